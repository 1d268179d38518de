"""A small multiple: one scenario on many gateways, a small picture each, all alike, so that what differs is seen."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lab.outcome import OUTCOMES
from lab.outcome.stages import stages
from lab.show.svg import endings
from lab.show.svg.kit import (
    SMALL_SIZE,
    Markup,
    Tone,
    card,
    fitting,
    group,
    line,
    picture,
    rule,
    words,
    wrapped,
)  # fmt: skip
from lab.show.svg.rows import Kind, kind_of
from lab.show.svg.tones import OF_MARK, of_style
from lab.show.text.messages import Mark, Message, Way, marked_steps
from lab.show.text.picture import condensed
from lab.show.text.statuses import counted, status_words
from lab.show.text.table import verdict_span
from lab.show.times import at, ended_words
from lab.transcript import CLIENT_HOP, What
from lab.verdict import Judgement

MOST = 24
"""Pictures; what is left out is said."""

_EDGE, _GAP, _CARD = 16, 14, 318
_CLIENT, _GATEWAY, _UPSTREAM = 20, 159, 298
_TOP, _ROW, _MOST_ROWS = 66, 27, 8
_UNDER = 84


@dataclass(frozen=True)
class _Card:
    """One performance: what it is called, its messages, what the client got, how that ended, the verdict."""

    name: str
    below: str
    messages: tuple[Message, ...]
    got: str
    made: str
    ended: str
    verdict: str
    tone: Tone

    @property
    def words(self) -> str:
        return f"{self.name}{self.below and f' ({self.below})'}: {self.got}; {self.made}; {self.ended}; {self.verdict}."


def small_multiple(judgements: Sequence[Judgement]) -> str:
    """The picture, as one SVG document. Of one scenario, of its variants, or of a few."""
    scenarios = {each.case.scenario.address for each in judgements}
    cards = [_card(each, several=len(scenarios) > 1) for each in judgements[:MOST]]
    per_row = max(min(len(cards), 3), 1)
    wide = 2 * _EDGE + per_row * _CARD + (per_row - 1) * _GAP
    title, below = _titles(judgements, len(scenarios))
    titles = wrapped(title, wide - 2 * _EDGE, 16, strong=True, lines=3)
    body = [words(_EDGE, 28 + 20 * place, text, Tone.PLAIN, "strong large") for place, text in enumerate(titles)]
    y = 28.0 + 20 * len(titles)
    for text in wrapped(below, wide - 2 * _EDGE):
        body.append(words(_EDGE, y, text, Tone.QUIET))
        y += 18
    for mark, says in _faults(judgements) if len(scenarios) == 1 else ():
        for text in wrapped(f"{mark} {says}", wide - 2 * _EDGE, lines=2, strong=True):
            body.append(words(_EDGE, y, text, OF_MARK[mark], "strong"))
            y += 18
    for place in range(0, len(cards), per_row):
        row = cards[place : place + per_row]
        high = _TOP + _ROW * max(len(each.messages) for each in row) + _UNDER
        for number, each in enumerate(row):
            body += _drawn(each, _EDGE + number * (_CARD + _GAP), y, high)
        y += high + _GAP
    said = " ".join(each.words for each in cards)
    return picture(title, f"{below} {said}", wide, y + 2, body)


def _titles(judgements: Sequence[Judgement], scenarios: int) -> tuple[str, str]:
    if not judgements:
        return "No performance", "Nothing was played."
    left_out = f"; {len(judgements) - MOST} more left out" if len(judgements) > MOST else ""
    if scenarios > 1:
        return counted(scenarios, "scenario"), f"{counted(len(judgements), 'performance')}{left_out}"
    scenario = judgements[0].case.scenario
    gateways = len({each.transcript.gateway.name for each in judgements})
    return scenario.title, f"{scenario.address} on {counted(gateways, 'gateway')}{left_out}"


def _faults(judgements: Sequence[Judgement]) -> list[tuple[Mark, str]]:
    """What the marks say that took effect in any of them; at most two."""
    found: dict[str, Mark] = {}
    for each in judgements:
        steps = marked_steps(each.case)
        for event in each.transcript.events:
            if event.what is What.DELIVERED:
                watch = event.detail in steps and steps[event.detail].watch
                found.setdefault(event.detail, Mark.WATCH if watch else Mark.WRONG)
    return [(mark, says) for says, mark in found.items()][:2]


def _card(judgement: Judgement, *, several: bool) -> _Card:
    gateway, case = judgement.transcript.gateway, judgement.case
    facts = judgement.exchanges[-1].facts if judgement.exchanges else None
    got, made = "nothing was played", judgement.why
    if facts is not None:
        got = f"{status_words(facts.status) if facts.status else 'no status'}: {facts.outcome}"
        made = f"made by the {facts.made_by}" if facts.made_by != "nobody" else OUTCOMES[facts.outcome]
    verdict = verdict_span(judgement.verdict)
    return _Card(
        gateway.name,
        case.name if several else " ".join(filter(None, (gateway.version, gateway.mode, case.variant))),
        tuple(condensed(judgement, _MOST_ROWS)) if judgement.exchanges else (),
        got, made, _ended(judgement), verdict.text, of_style(verdict.style),
    )  # fmt: skip


def _ended(judgement: Judgement) -> str:
    """How the last exchange ended for the client, and when."""
    found = [each for each in stages(judgement.transcript) if each.hop == CLIENT_HOP]
    return f"ended: {ended_words(found[-1])}, at {at(found[-1].ending.at)} ms" if found else "no connection"


def _drawn(given: _Card, x: float, y: float, high: float) -> Iterator[Markup]:
    room = _CARD - 24
    yield card(x, y, _CARD, high)
    yield words(x + 12, y + 20, fitting(given.name, room, strong=True), Tone.PLAIN, "strong")
    yield words(x + 12, y + 36, fitting(given.below, room, SMALL_SIZE), Tone.QUIET, "small")
    bottom = y + high - _UNDER
    for lane, name, look in (
        (_CLIENT, "client", ""),
        (_GATEWAY, "gateway", " middle"),
        (_UPSTREAM, "upstream", " end"),
    ):
        yield words(
            x + lane - (12 if not look else -12 if "end" in look else 0), y + 54, name, Tone.QUIET, f"small{look}"
        )
        yield rule(x + lane, y + 59, x + lane, bottom)
    for place, message in enumerate(given.messages):
        yield from _message(message, x, y + _TOP + _ROW * place + 16)
    yield from _under(given, x + 12, bottom + 20, room)


def _message(message: Message, x: float, y: float) -> Iterator[Markup]:
    """An arrow with its words above it."""
    tone = OF_MARK[message.mark] if message.mark else Tone.PLAIN
    left, right = (_CLIENT, _GATEWAY) if message.hop == CLIENT_HOP else (_GATEWAY, _UPSTREAM)
    kind, label = kind_of(message), f"{message.mark or ''} {message.text}".strip()
    look = "small middle strong" if message.mark else "small middle"
    said = fitting(label, right - left - 6, SMALL_SIZE, strong=bool(message.mark))
    drawn = [words(x + (left + right) / 2, y - 5, said, tone, look)]
    if message.way is Way.NOWHERE:
        look = "dotted" if kind is Kind.MESSAGE else "dotted thick"
        drawn.append(line(x + left + 4, y + 2, x + right - 4, y + 2, tone if message.mark else Tone.QUIET, look))
    else:
        drawn += endings.drawn(kind, message.way, x + left, x + right, y + 2, tone, "")
    yield group(*drawn, title=f"{label}, at {at(message.at)} ms")


def _under(given: _Card, x: float, y: float, room: float) -> Iterator[Markup]:
    yield rule(x, y - 14, x + room, y - 14)
    yield words(x, y + 2, fitting(given.got, room, strong=True), Tone.PLAIN, "strong")
    yield words(x, y + 19, fitting(given.made, room, SMALL_SIZE), Tone.QUIET, "small")
    yield words(x, y + 34, fitting(given.ended, room, SMALL_SIZE), Tone.QUIET, "small")
    yield words(x, y + 53, fitting(given.verdict, room, strong=True), given.tone, "strong")
