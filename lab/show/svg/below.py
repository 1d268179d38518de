"""What stands under a diagram: the three answers, the verdict, and what to take home; in the words of the terminal."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lab.show.svg.kit import Markup, Tone, card, rule, words, wrapped
from lab.show.text.answers import answers
from lab.show.text.lines import Style
from lab.show.text.report import SENTENCES
from lab.show.text.table import verdict_span
from lab.verdict import Exchange, Judgement

_LINE, _LABEL, _INSET = 19, 126, 14
MOST = 6
"""Of more requests, the first and the last ones are answered for."""


@dataclass(frozen=True)
class Said:
    """One row: a label, and its text in lines; without a label and text, a rule."""

    label: str
    lines: tuple[str, ...]
    tone: Tone = Tone.PLAIN


_TONES = {Style.GOOD: Tone.GOOD, Style.BAD: Tone.BAD, Style.DOUBT: Tone.DOUBT, Style.QUIET: Tone.QUIET}


def said(judgement: Judgement, room: float) -> tuple[Said, ...]:
    """All rows. `room`: pixels for a line of text with its label."""
    return tuple(_said(judgement, room - _LABEL - 2 * _INSET))


def _said(judgement: Judgement, room: float) -> Iterator[Said]:
    exchanges = judgement.exchanges
    several = len(exchanges) > 1
    if not judgement.delivered and judgement.case.marked and not judgement.case.repaired:
        yield Said("", ("!! the fault never took effect",), Tone.FAULT)
    for number, exchange in _shown(exchanges):
        if exchange is None:
            yield Said("", (f"{len(exchanges) - MOST} more requests are left out here.",), Tone.QUIET)
            continue
        if several:
            yield Said("", (f"request {number}",), Tone.QUIET)
        given = answers(exchange, judgement)
        for label, text in (("You got", given.got), ("Who made it", given.made), ("Could you tell?", given.tell)):
            yield Said(label, tuple(wrapped(text, room)))
    yield Said("", ())
    why = f" ({judgement.why})" if judgement.why else ""
    span = verdict_span(judgement.verdict, SENTENCES[judgement.verdict])
    yield Said("Verdict", tuple(wrapped(span.text + why, room)), _TONES.get(span.style, Tone.PLAIN))
    yield Said("Take home", tuple(wrapped(judgement.case.scenario.lesson, room)))


def _shown(exchanges: Sequence[Exchange]) -> Iterator[tuple[int, Exchange | None]]:
    for number, exchange in enumerate(exchanges, 1):
        if len(exchanges) <= MOST or number <= MOST // 2 or number > len(exchanges) - MOST // 2:
            yield number, exchange
        elif number == MOST // 2 + 1:
            yield number, None


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
