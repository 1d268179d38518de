"""What stands under a diagram: the three answers, the verdict, and what to take home; in the words of the terminal."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from lab.show.svg.kit import Markup, Tone, card, rule, words, wrapped
from lab.show.svg.tones import of_style
from lab.show.text.answers import Answers, answers
from lab.show.text.report import SENTENCES
from lab.show.text.table import verdict_span
from lab.verdict import Judgement

_LINE, _LABEL, _INSET = 19, 126, 14
MOST = 6
"""Of more answers, the first and the last ones are shown."""


@dataclass(frozen=True)
class Said:
    """One row: a label, and its text in lines; without a label and text, a rule."""

    label: str
    lines: tuple[str, ...]
    tone: Tone = Tone.PLAIN


Answered = list[tuple[str, Answers]]
"""The three answers, each with the requests that they are given to."""


def said(judgement: Judgement, room: float, given: Answered | None = None) -> tuple[Said, ...]:
    """All rows. `room`: pixels for a line of text with its label. `given`: the answers, where they are known."""
    known = answered(judgement) if given is None else given
    return tuple(_said(judgement, room - _LABEL - 2 * _INSET, known))


def _said(judgement: Judgement, room: float, given: Answered) -> Iterator[Said]:
    if not judgement.delivered and judgement.case.marked and not judgement.case.repaired:
        yield Said("", ("!! the fault never took effect",), Tone.FAULT)
    for place, (which, said) in enumerate(given):
        if len(given) > MOST and MOST // 2 <= place < len(given) - MOST // 2:
            if place == MOST // 2:
                yield Said("", (f"{len(given) - MOST} more are left out here",), Tone.QUIET)
            continue
        if len(judgement.exchanges) > 1:
            yield Said("", (which,), Tone.QUIET)
        for label, text in (("You got", said.got), ("Who made it", said.made), ("Could you tell?", said.tell)):
            yield Said(label, tuple(wrapped(text, room)))
    if not judgement.judged and not judgement.why:
        return  # steps that somebody just wrote down: nothing was expected of them
    yield Said("", ())
    why = f" ({judgement.why})" if judgement.why else ""
    span = verdict_span(judgement.verdict, SENTENCES[judgement.verdict])
    yield Said("Verdict", tuple(wrapped(span.text + why, room)), of_style(span.style))
    yield Said("Take home", tuple(wrapped(judgement.case.scenario.lesson, room)))


def answered(judgement: Judgement) -> Answered:
    """The answers, and to which request; where several in a row are the same, once."""
    each = [(number, answers(exchange, judgement)) for number, exchange in enumerate(judgement.exchanges, 1)]
    found: list[tuple[str, Answers]] = []
    for said, run in groupby(each, key=lambda pair: pair[1]):
        numbers = [number for number, _ in run]
        link = "and" if len(numbers) == 2 else "to"
        which = f"request {numbers[0]}" if len(numbers) == 1 else f"requests {numbers[0]} {link} {numbers[-1]}"
        found.append((which, said))
    return found


def height(given: Sequence[Said]) -> float:
    return sum(len(each.lines) * _LINE or 12 for each in given) + 2 * _INSET - 2


def drawn(given: Sequence[Said], x: float, y: float, wide: float) -> Iterator[Markup]:
    """The rows on a card."""
    yield card(x, y, wide, height(given))
    y += _INSET
    for each in given:
        if not each.lines:
            yield rule(x + _INSET, y + 6, x + wide - _INSET, y + 6)
            y += 12
            continue
        if each.label:
            yield words(x + _INSET, y + 14, each.label, Tone.PLAIN, "strong")
        for text in each.lines:
            yield words(x + _INSET + (_LABEL if each.label else 0), y + 14, text, each.tone)
            y += _LINE
