r"""Octets for a terminal: offset, hexadecimal, text in which CR LF are `\r\n`; below them what is pointed at."""

from collections.abc import Iterator
from itertools import groupby

from lab.show.escape import octets
from lab.show.hex import Direction, Head, LeftOut, Part, Row, directions, parts
from lab.show.text.lines import EMPTY, Line, Span, Style, chopped, line, wrapped
from lab.show.text.messages import Mark
from lab.show.text.statuses import counted
from lab.verdict import Judgement

_STYLES = {Mark.WRONG: Style.FAULT, Mark.WATCH: Style.DOUBT, None: Style.BYTES}
_MARGIN = 3
_OFFSET = 7
_ROWS = ((16, 77), (8, 44), (4, 0))
"""So many octets in a row, where the width is so many columns."""


def hex_report(judgement: Judgement, width: int) -> Iterator[Line]:
    """Each direction of each connection of a performance, with what is wrong pointed at."""
    nothing = True
    for direction in directions(judgement):
        if not nothing:
            yield EMPTY
        nothing = False
        yield from wrapped(line(Span(direction.title, Style.STRONG)), width)
        yield from direction_lines(direction, width)
    if nothing:
        yield line("No octet went over any connection.")


def direction_lines(direction: Direction, width: int) -> Iterator[Line]:
    """The rows of one direction, without its title."""
    per_row = next(number for number, least in _ROWS if width >= least)
    for part in parts(direction, per_row):
        yield from _part(part, per_row, width)


def _part(part: Part, per_row: int, width: int) -> Iterator[Line]:
    match part:
        case Head(says):
            yield from wrapped(line(" " * _MARGIN, Span(says, Style.QUIET)), width, " " * _MARGIN)
        case LeftOut(count):
            yield line(" " * _MARGIN, Span(f"... {counted(count, 'octet')} left out ...", Style.QUIET))
        case Row():
            yield from _row(part, per_row, width)


def _row(row: Row, per_row: int, width: int) -> Iterator[Line]:
    spans = [Span(f"{row.sign:{_MARGIN}}", _STYLES[row.mark]), Span(f"{row.offset:05x}  ", Style.QUIET)]
    stretches = list(_stretches(row))
    for begin, end, style in stretches:
        spans.append(Span("".join(f"{row.data[at]:02x}{_AFTER[at]}" for at in range(begin, end)), style))
    spans.append(Span(" " * (_column(per_row) - _column(len(row.data)))))
    spans += [Span("".join(_LEGIBLE[octet] for octet in row.data[begin:end]), style) for begin, end, style in stretches]
    yield from chopped(tuple(spans), width, " " * _column(per_row))
    if row.mark:
        yield line(_under(row))
    for each in row.pointed:
        if each.says:
            at = _column(max(each.begin - row.offset, 0))
            said = Span(f"{each.mark or '^'} {each.says}", _STYLES[each.mark] if each.mark else Style.DOUBT)
            indent = " " * min(at, _MARGIN + _OFFSET + 3)
            lead = " " * at if at + 40 < width and not each.mark else indent
            yield from wrapped(line(lead, said), width, f"{lead}  ")


def _stretches(row: Row) -> Iterator[tuple[int, int, Style]]:
    """Begin, end and style of neighbours that are marked alike."""
    if row.mark is None:
        yield 0, len(row.data), Style.BYTES
        return
    for mark, places in groupby(range(len(row.data)), row.marked):
        found = tuple(places)
        yield found[0], found[-1] + 1, _STYLES[mark]


def _under(row: Row) -> Span:
    """A sign under each octet that is marked: which ones they are never hangs on a colour."""
    text = [" "] * _column(len(row.data))
    for place in range(len(row.data)):
        if row.marked(place):
            text[_column(place) : _column(place) + 2] = "~~"
    return Span("".join(text).rstrip(), _STYLES[row.mark])


def _column(place: int) -> int:
    """Where the octet at this place of a row stands."""
    return _MARGIN + _OFFSET + 3 * place + place // 8


def _legible(octet: int) -> str:
    """As in a bytes literal; what would be a number there is a dot here."""
    text = octets(bytes((octet,)))
    return "." if text.startswith("\\x") else text


_LEGIBLE = tuple(map(_legible, range(256)))
_AFTER = tuple("  " if place % 8 == 7 else " " for place in range(16))
"""Between an octet and the next."""
