"""The waterfall in characters: each stage of each exchange, to scale, with how long it took.

A bar is full where octets go, light while somebody waits, grey in a handshake, and dotted in silence.
"""

from collections.abc import Iterator, Sequence

from lab.outcome.stages import Doing
from lab.show.text.lines import EMPTY, Line, Span, Style, cut, line, wrapped
from lab.show.text.messages import Mark
from lab.show.text.statuses import counted
from lab.show.times import Block, Marked, Row, Times, at, lasted, ticks, times
from lab.verdict import Judgement

_STAGE, _DOING, _TOOK = 14, 11, 15
_NARROWEST = 64
_WIDEST = 110

_FULL, _LIGHT, _GREY, _DOTS, _DASH, _INSTANT = "█", "░", "▒", "·", "-", "│"
_CHARACTERS = {
    Doing.WAITING: _LIGHT,
    Doing.TLS: _GREY,
    Doing.INTERIM: _GREY,
    Doing.TUNNEL: _GREY,
    Doing.SILENCE: _DOTS,
    Doing.FAILED: _DASH,
    Doing.REFUSED: _DASH,
    Doing.NO_ANSWER: _DASH,
}
_STYLES = {Mark.WRONG: Style.FAULT, Mark.WATCH: Style.DOUBT}


def waterfall_lines(judgement: Judgement, width: int) -> Iterator[Line]:
    """The stages of a performance; where it is narrow, without bars."""
    whole = times(judgement)
    width = min(width, _WIDEST)
    yield from wrapped(line(Span("Stages", Style.STRONG), f" (milliseconds; {lasted(whole.length)} in all)"), width)
    room = width - _STAGE - _DOING - _TOOK if width >= _NARROWEST else 0
    if room:
        yield _axis(whole, room)
    for place, block in enumerate(whole.blocks):
        if whole.left_out and place == whole.gap:
            yield line(Span(f"... {counted(whole.left_out, 'exchange')} left out ...", Style.QUIET))
        if room and place:
            yield EMPTY
        yield from _block(block, whole, room, width)
    if not whole.blocks:
        yield line("There was no connection at all.")


def _axis(whole: Times, room: int) -> Line:
    row = [" "] * room
    for tick in ticks(whole, max(room // 7, 1)):
        label, place = f"{tick / 1e6:g}", _column(tick, whole, room)
        if place + len(label) <= room:
            row[place : place + len(label)] = label
    return line(Span(" " * (_STAGE + _DOING) + "".join(row), Style.QUIET))


def _block(block: Block, whole: Times, room: int, width: int) -> Iterator[Line]:
    ended = Span(block.ended, Style.PLAIN if block.complete else Style.DOUBT)
    asks = f", {block.asks}" if block.asks else ""
    yield from wrapped(line(Span(block.who, Style.STRONG), f"{asks}: ", ended), width, "  ")
    for row in block.rows:
        yield from wrapped(_row(row, whole, room), width, " " * (_STAGE + 2))
    for marks in block.said:
        mark = marks[0].mark
        said = line("  ", Span(f"{mark}{_when(marks)} {marks[0].says}", _STYLES[mark]))
        yield from wrapped(said, width, "     ")


def _when(marks: Sequence[Marked]) -> str:
    """When these took effect, which say the same."""
    seen = [each.at for each in marks if each.at is not None]
    if not seen:
        return ""
    return f" at {at(seen[0])}:" if len(seen) == 1 else f" at {at(seen[0])} to {at(seen[-1])}, {len(seen)} times:"


def _row(row: Row, whole: Times, room: int) -> Line:
    stage = Span(f"  {row.stage if row.first else '':{_STAGE - 2}}", Style.QUIET)
    if row.empty:
        return line(stage, Span(row.doing, Style.QUIET))
    doing = f"{cut(row.doing, _DOING - 1):{_DOING}}"
    took = f"{row.took:>{_TOOK}}"
    if not room:
        return line(stage, doing, Span(row.took, Style.QUIET))
    return line(stage, doing, f"{_bar(row, whole, room):{room}}", Span(took, Style.QUIET))


def _bar(row: Row, whole: Times, room: int) -> str:
    begin, end = _column(row.phase.begin, whole, room), _column(row.phase.end, whole, room)
    if row.instant:
        return " " * begin + _INSTANT
    bar = _CHARACTERS.get(row.phase.name, _FULL) * max(end - begin, 1)
    return " " * begin + (bar[:-1] + "X" if bar[0] == _DASH else bar)


def _column(time: int, whole: Times, room: int) -> int:
    return round((time - whole.begin) / whole.length * (room - 1))
