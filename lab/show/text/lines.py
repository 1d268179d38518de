"""Lines of text with a style on each stretch: what the terminal prints, and what a test can read."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from lab.show.escape import visible


class Style(StrEnum):
    """What a stretch of text is; `lab.show.terminal` knows how that looks."""

    PLAIN = "plain"
    STRONG = "strong"
    QUIET = "quiet"
    FAULT = "fault"
    GOOD = "good"
    BAD = "bad"
    DOUBT = "doubt"
    BYTES = "bytes"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text in one style. Its text is visible: whatever was given, nothing in it can steer a terminal."""

    text: str
    style: Style = Style.PLAIN

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", visible(self.text))


Line = tuple[Span, ...]

EMPTY: Line = ()


def line(*parts: str | Span) -> Line:
    """A line of spans; what is given as text is plain."""
    return tuple(part if isinstance(part, Span) else Span(part) for part in parts)


def plain(lines: Iterable[Line]) -> str:
    """The text alone, each line ended by LF, no white space at the ends of lines."""
    return "".join("".join(span.text for span in each).rstrip() + "\n" for each in lines)


def width(given: Line) -> int:
    return sum(len(span.text) for span in given)


def cut(text: str, most: int) -> str:
    """At most so many characters; what was cut off shows as one `…`."""
    text = visible(text)
    return text if len(text) <= most else text[: max(most - 1, 0)] + "…"[:most]


def wrapped(given: Line, most: int, hanging: str = "") -> Iterator[Line]:
    """Break a line at spaces so that each is at most so wide; lines after the first begin with `hanging`.

    A word longer than a whole line is broken where it must be.
    """
    most = max(most, len(hanging) + 8)
    row: list[Span] = []
    used = 0
    for span in given:
        for word in _words(span.text):
            if used + len(word.rstrip()) > most and used > len(hanging):
                yield tuple(row)
                row, used, word = [Span(hanging)], len(hanging), word.lstrip()
            while used + len(word.rstrip()) > most:
                yield (*row, Span(word[: most - used], span.style))
                word = word[most - used :]
                row, used = [Span(hanging)], len(hanging)
            _add(row, word, span.style)
            used += len(word)
    yield tuple(row)


def _add(row: list[Span], text: str, style: Style) -> None:
    """Go on with the last span, where it has the same style."""
    if row and row[-1].style is style:
        text = row.pop().text + text
    row.append(Span(text, style))


def chopped(given: Line, most: int, hanging: str = "") -> Iterator[Line]:
    """Break a line wherever it is full, as bytes want it: no space gets lost."""
    most = max(most, len(hanging) + 8)
    row: list[Span] = []
    used = 0
    for span in given:
        text = span.text
        while used + len(text) > most:
            yield (*row, Span(text[: most - used], span.style))
            text = text[most - used :]
            row, used = [Span(hanging)], len(hanging)
        row.append(Span(text, span.style))
        used += len(text)
    yield tuple(row)


def _words(text: str) -> Iterator[str]:
    """Words, each with the white space before it."""
    start = 0
    while start < len(text):
        end = start
        while end < len(text) and text[end] == " ":
            end += 1
        while end < len(text) and text[end] != " ":
            end += 1
        yield text[start:end]
        start = end


def prose(text: str, most: int, indent: str = "", style: Style = Style.PLAIN) -> Iterator[Line]:
    """Paragraphs, divided by empty lines, filled to the width; lines that begin with white space stay as they are."""
    paragraph: list[str] = []
    for given in (*text.strip("\n").expandtabs(4).splitlines(), None):
        if given and given.strip() and not given.startswith(" "):
            paragraph.append(given.strip())
            continue
        if paragraph:
            yield from wrapped(line(indent, Span(" ".join(paragraph), style)), most, indent)
            paragraph = []
        if given is not None:
            yield line(indent, Span(given.rstrip(), style)) if given.strip() else EMPTY
