"""What a notebook shows: a value with a picture or a plain table for pages, and text for terminals.

Tables have neither style nor script: pages that only render notebooks strip those. Everything is escaped on the way in.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from lab.show.escape import visible
from lab.show.markup import Markup, safe, tag
from lab.show.text.lines import EMPTY, Line, Span, Style, line, plain, wrapped

WIDTH = 100
"""Columns of text."""

_WIDE = 1040
_SIZE = re.compile(r' width="([\d.]+)" height="([\d.]+)" viewBox="[\d. ]+"')
_LOUD = frozenset({Style.STRONG, Style.FAULT, Style.BAD, Style.DOUBT})


@dataclass(frozen=True, repr=False)
class Displayed:
    """Something to look at. `text` alone is enough; of `svg` and `html` at most one is given."""

    text: str
    html: str = ""
    svg: str = ""

    def __repr__(self) -> str:
        return self.text.rstrip("\n")

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        given = {"text/plain": repr(self), "text/html": self.html, "image/svg+xml": _as_wide_as_the_page(self.svg)}
        return {kind: data for kind, data in given.items() if data}


class Shown:
    """What a notebook shows as its `displayed` says."""

    @property
    def displayed(self) -> Displayed:
        """What there is to see."""
        raise NotImplementedError

    def __repr__(self) -> str:
        return repr(self.displayed)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        return self.displayed._repr_mimebundle_()


def _as_wide_as_the_page(svg: str) -> str:
    """Without a width of its own. JupyterLab would rather cut a picture that has one than make it smaller; none is made
    larger than the widest, whose letters are then as large as in all others."""
    return _SIZE.sub(lambda size: f' viewBox="0 0 {max(float(size[1]), _WIDE):g} {size[2]}"', svg, count=1)


def of_lines(lines: Iterable[Line]) -> Displayed:
    """Lines of text, in columns."""
    given = tuple(lines)
    # In `pre` alone, pages made by nbconvert do not set the letters in columns; `code` within it they do.
    return Displayed(plain(given), tag("pre", tag("code", Markup("\n".join(safe(map(_span, each)) for each in given)))))


def said(word: str, *sentences: str) -> Displayed:
    """A sentence that begins with a word of its own, `Right: ...`, or with a question."""
    first, rest = word if word.endswith("?") else f"{word}:", " ".join(filter(None, sentences))
    return Displayed(
        plain(wrapped(line(f"{first} {rest}"), WIDTH)), tag("p", tag("strong", first), " ", *_in_code(rest))
    )


def _in_code(text: str) -> Iterator[str]:
    """A sentence; what stands in it between two backquotes is code."""
    pieces = text.split("`")
    if len(pieces) % 2 == 0:
        yield text
        return
    for place, piece in enumerate(pieces):
        yield tag("code", piece) if place % 2 else piece


def in_a_table(head: Sequence[object], rows: Iterable[Sequence[object]], caption: str = "") -> Displayed:
    """A table. Its cells are shown as text: numbers, words, and bytes as in a bytes literal."""
    words = [as_text(each) for each in head]
    body = [[as_text(each) for each in row] for row in rows]
    html = tag(
        "table",
        tag("caption", caption) if caption else Markup(""),
        tag("thead", tag("tr", *(tag("th", left_aligned(word)) for word in words))),
        tag("tbody", *(tag("tr", *(tag("td", left_aligned(cell)) for cell in row)) for row in body)),
    )
    return Displayed(plain(_columns(words, body, caption)), html)


def as_text(given: object) -> str:
    """A value as people read it."""
    if given is None:
        return "-"
    if isinstance(given, bool):
        return "yes" if given else "no"
    if isinstance(given, bytes):
        return repr(given)
    if isinstance(given, tuple | list | set | frozenset):
        return ", ".join(map(as_text, given))
    return visible(str(given))


def left_aligned(text: str) -> Markup:
    """What a cell of a table says."""
    # JupyterLab sets the text of cells to the right; pages that only render notebooks keep `align` and no style.
    return tag("div", text, align="left")


def _span(span: Span) -> str:
    return tag("strong", span.text) if span.style in _LOUD else safe(span.text)


def _columns(head: list[str], body: list[list[str]], caption: str) -> Iterable[Line]:
    widths = [max(map(len, column)) for column in zip(head, *body, strict=True)]
    if caption:
        yield from wrapped(line(caption), WIDTH)
        yield EMPTY
    for row in (head, ["-" * width for width in widths], *body):
        yield line("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)))
