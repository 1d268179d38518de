"""The stages of the HTTP cycle beside the lanes: the client's connection on the left, the upstream's on the right.

A bracket holds the rows of one stage of one connection; a dotted one is the wait for the answer, with its length.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lab.outcome.stages import Doing, Stage
from lab.scenario.rehearsal import rehearse
from lab.script import Peer
from lab.show.svg.kit import Markup, Tone, path, words
from lab.show.svg.layout import LANES_TOP, LEFT_STAGES, RIGHT_STAGES, Layout, arrow_at
from lab.show.svg.rows import Kind, Row
from lab.show.svg.tones import OF_STAGE
from lab.transcript import CLIENT_HOP

_OVER = (Kind.DEADLINE, Kind.SILENCE, Kind.FIN, Kind.RST, Kind.ALERT)
_SHORTEST_WAIT = 30.0


@dataclass(frozen=True)
class Bracket:
    """One stage of one connection, from y to y; `waiting`: for how long, in nanoseconds, where nothing came."""

    stage: Stage
    top: float
    bottom: float
    waiting: int | None = None


@dataclass
class _Open:
    key: tuple[int, int]
    stage: Stage
    top: float
    bottom: float
    until: int


def brackets(rows: Sequence[Row], hop: int) -> Iterator[Bracket]:
    """The brackets of one hop, from the top down."""
    now: _Open | None = None
    for row in rows:
        if row.hop != hop or row.kind in (Kind.ACT, Kind.STORE, Kind.LEFT_OUT):
            continue
        key = row.peer, row.connection
        y = arrow_at(row)
        stage = row.stage
        if stage is None:
            if now and key == now.key and row.kind in _OVER and now.stage is Stage.REQUEST and row.at is not None:
                yield _closed(now)
                yield from _waiting(now, y - 6, row.at)
                now = None
            continue
        if now and (key, stage) == (now.key, now.stage):
            now.bottom, now.until = _bottom(row), row.until
            continue
        if now:
            yield _closed(now)
            if key == now.key and now.stage is Stage.REQUEST and stage is Stage.RESPONSE and row.at is not None:
                yield from _waiting(now, row.top, row.at)
        now = _Open(key, stage, row.top + 4, _bottom(row), row.until)
    if now:
        yield _closed(now)


def _closed(open_: _Open) -> Bracket:
    return Bracket(open_.stage, open_.top, open_.bottom)


def _waiting(before: _Open, end: float, at: int) -> Iterator[Bracket]:
    if end - before.bottom >= _SHORTEST_WAIT:
        yield Bracket(Stage.RESPONSE, before.bottom + 4, end - 2, max(at - before.until, 0))


def _bottom(row: Row) -> float:
    return row.top + row.high - 5


def drawn_brackets(layout: Layout) -> Iterator[Markup]:
    """Both columns, and over each what is said of the first stage."""
    last = layout.hops[-1]
    right = layout.lanes[-1].x + RIGHT_STAGES
    for hop, x, side in ((CLIENT_HOP, LEFT_STAGES, -1), (last, right, 1)):
        found = list(brackets(layout.rows, hop))
        if found:
            yield from _name(x, side, seen=hop == CLIENT_HOP or not _has_a_name(layout))
        for each in found:
            yield from _drawn(each, x, side)


def _name(x: float, side: int, *, seen: bool) -> Iterator[Markup]:
    look = "small end" if side < 0 else "small"
    said = Doing.NOT_NEEDED if seen else "not seen"
    yield words(x + 8 * side, LANES_TOP + 22, f"{Stage.NAME}: {said}", Tone.NAME, look)


def _has_a_name(layout: Layout) -> bool:
    """Whether the gateway was told a name for an upstream: what it did to look it up, nobody of the lab saw."""
    given = rehearse(layout.judgement.case).peers
    return any(isinstance(peer, Peer) and peer.first_address for act in given for peer in act)


def _drawn(bracket: Bracket, x: float, side: int) -> Iterator[Markup]:
    tone, edge = OF_STAGE[bracket.stage], x - 5 * side
    look = "small end" if side < 0 else "small"
    middle = (bracket.top + bracket.bottom) / 2 + 4
    if bracket.waiting is not None:
        yield path(f"M{x:.1f} {bracket.top:.1f}V{bracket.bottom:.1f}", tone, "dotted")
        yield words(x + 8 * side, middle - 6, Doing.WAITING, tone, look)
        yield words(x + 8 * side, middle + 8, milliseconds(bracket.waiting), Tone.QUIET, look)
        return
    yield path(f"M{edge:.1f} {bracket.top:.1f}H{x:.1f}V{bracket.bottom:.1f}H{edge:.1f}", tone)
    yield words(x + 8 * side, middle, bracket.stage, tone, look)


def clock(at: int) -> str:
    """A time in the column of milliseconds; of hours, what has room there."""
    if at < 1e12:
        return f"{at / 1e6:,.1f}"
    return f"{at / 1e9:,.0f} s" if at < 1e14 else f"{at / 3.6e12:,.0f} h"


def milliseconds(nanoseconds: int) -> str:
    """`0.3 ms`, `250 ms`, `3.0 s`."""
    value = nanoseconds / 1e6
    if value >= 1000:
        return f"{value / 1000:,.1f} s"
    return f"{value:.0f} ms" if value >= 100 else f"{value:.1f} ms"
