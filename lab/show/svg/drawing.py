"""A layout drawn: the head, the lanes, each row. A row is drawn by itself, so that an animation can show them one by
one."""

from collections.abc import Iterator

from lab.show.svg.brackets import clock, milliseconds
from lab.show.svg.endings import drawn
from lab.show.svg.kit import (
    BYTES_SIZE,
    SIZE,
    SMALL_SIZE,
    Markup,
    Tone,
    area,
    box,
    card,
    circle,
    columns,
    fitting,
    group,
    line,
    octets_row,
    path,
    rule,
    veil,
    width,
    words,
)
from lab.show.svg.layout import (
    LABEL,
    LANES_TOP,
    MARGIN,
    SAID,
    TIMES,
    UNDER,
    Break,
    Lane,
    Layout,
    arrow_at,
    is_compact,
    label_lines,
    said_lines,
)
from lab.show.svg.measure import COLUMN, LARGE_SIZE
from lab.show.svg.rows import Kind, Row
from lab.show.svg.tones import OF_MARK
from lab.show.svg.under import Under

_LONG = 10_000_000
"""Nanoseconds after which it is said of what came in pieces when the last one came."""


def head(layout: Layout) -> Iterator[Markup]:
    """What it is a picture of."""
    case, gateway = layout.judgement.case, layout.judgement.transcript.gateway
    room = layout.wide - 2 * MARGIN
    title = fitting(case.scenario.title, room, LARGE_SIZE, strong=True)
    yield words(MARGIN, 34, title, Tone.PLAIN, "large strong")
    yield words(MARGIN, 54, fitting(f"{case.name} on {gateway.full_name}", room, SIZE), Tone.QUIET)


def lanes(layout: Layout) -> Iterator[Markup]:
    """The parties, and their lines down to the end."""
    for lane in layout.lanes:
        yield from _line(lane, layout.bottom)
    for lane in layout.lanes:
        yield from _party(lane)
    yield words(TIMES, LANES_TOP - 20, "ms", Tone.QUIET, "small end")


def _line(lane: Lane, bottom: float) -> Iterator[Markup]:
    if lane.kind == "gateway":
        yield card(lane.x - 4, LANES_TOP, 8, bottom - LANES_TOP, 2)
    elif lane.kind == "store":
        yield line(lane.x, LANES_TOP, lane.x, bottom, Tone.STORE, "dashed")
    else:
        yield line(lane.x, LANES_TOP, lane.x, bottom, Tone.QUIET)


def _party(lane: Lane) -> Iterator[Markup]:
    wide = max(width(lane.name, SIZE, strong=True) + 22, 56)
    tone = Tone.STORE if lane.kind == "store" else Tone.PLAIN
    yield box(lane.x - wide / 2, LANES_TOP - 28, wide, 28, tone)
    yield words(lane.x, LANES_TOP - 9.5, lane.name, tone, "strong middle")
    if lane.below:
        yield words(lane.x, LANES_TOP - 34, lane.below, Tone.QUIET, "small middle")


def row(layout: Layout, given: Row) -> Markup:
    """One row, whole."""
    return group(*_row(layout, given))


def _row(layout: Layout, given: Row) -> Iterator[Markup]:
    if given.kind is Kind.ACT:
        yield from _act(layout, given)
        return
    tone = tone_of(given)
    y = arrow_at(given)
    if given.at is not None:
        yield words(TIMES, y + 4, clock(given.at), Tone.QUIET, "small end")
        if given.until - given.at >= _LONG and given.kind is Kind.MESSAGE:
            yield words(TIMES, y + 17, f"to {clock(given.until)}", Tone.QUIET, "small end")
    if given.kind is Kind.LEFT_OUT:
        yield from _left_out(layout, given, y)
        return
    left, right = layout.ends(given)
    yield from drawn(given.kind, given.way, left, right, y, tone, "thick" if given.mark else "")
    if given.number:
        yield from _numbered(left, y, given.number)
    if is_compact(given):
        yield from _on_the_line(layout, given, y, tone)
        return
    x, end = layout.room(given)
    look = "strong" if given.mark else ""
    for place, text in enumerate(label_lines(given)):
        yield words(x, given.top + LABEL * (place + 1) - 4, text, tone, look)
    for place, under in enumerate(given.under):
        yield from _under(under, x, end, y + 4 + UNDER * (place + 1))
    if said := said_lines(given):
        yield from _said(said, x, end, y + 10 + (len(given.under) * UNDER + 4 if given.under else 0), tone)


def tone_of(given: Row) -> Tone:
    """What a row is, for its colour; its sign, words and form say it, too."""
    if given.mark:
        return OF_MARK[given.mark]
    if given.kind is Kind.STORE:
        return Tone.STORE
    return Tone.QUIET if given.quiet else Tone.PLAIN


def _on_the_line(layout: Layout, given: Row, y: float, tone: Tone) -> Iterator[Markup]:
    """Words that stand on their line; those of the store beside it, where there is room."""
    x, end = layout.room(given)
    text = fitting(given.text, end - x - 20, SMALL_SIZE)
    if given.kind is Kind.STORE:
        yield words(x, y + 4, fitting(given.text, end - x, SIZE), tone)
        return
    wide = width(text, SMALL_SIZE)
    middle = (x + end) / 2
    yield veil(middle - wide / 2 - 5, y - 8, wide + 10, 16)
    yield words(middle, y + 4, text, tone, "small middle")


def _under(under: Under, x: float, end: float, y: float) -> Iterator[Markup]:
    sign = "!!" if under.sign == "!" else under.sign
    indent = 20 if under.sign else 0
    room = end - x - indent
    if under.sign == "!":
        yield area(x - 4, y - 11.5, end - x + 8, UNDER, Tone.FAULT, 2)
    if under.sign:
        yield words(x, y, sign, under.tone, "bytes strong")
    if under.words:
        yield words(x + indent, y, fitting(under.text, room, SMALL_SIZE), under.tone, "small")
        return
    tail = columns(under.end) * COLUMN * BYTES_SIZE
    text = fitting(under.text, room - tail, BYTES_SIZE, octets=True)
    yield octets_row(
        x + indent, y, [(text, under.tone), (under.end, Tone.QUIET)] if under.end else [(text, under.tone)]
    )


def _said(said: list[str], x: float, end: float, y: float, tone: Tone) -> Iterator[Markup]:
    yield box(x - 4, y, end - x + 8, len(said) * SAID + 9, tone)
    for place, text in enumerate(said):
        yield words(x + 4, y + SAID * (place + 1) - 1, text, tone)


def _numbered(x: float, y: float, number: int) -> Iterator[Markup]:
    yield circle(x, y, 10, Tone.PLAIN, "soft")
    yield words(x, y + 4, str(number), Tone.PLAIN, "small middle strong")


def _act(layout: Layout, given: Row) -> Iterator[Markup]:
    y = given.top + 20
    yield rule(MARGIN, y, layout.wide - MARGIN, y)
    wide = width(given.text, SIZE, strong=True)
    later = width(given.says, SMALL_SIZE) + 12 if given.says else 0
    yield veil(MARGIN - 2, y - 11, wide + later + 12, 22)
    yield words(MARGIN, y + 4.5, given.text, Tone.PLAIN, "strong")
    if given.says:
        yield words(MARGIN + wide + 10, y + 4.5, given.says, Tone.QUIET, "small")


def _left_out(layout: Layout, given: Row, y: float) -> Iterator[Markup]:
    left, right = layout.lanes[0].x, layout.lanes[-1].x
    middle, wide = (left + right) / 2, width(given.text, SMALL_SIZE, strong=True)
    yield line(left, y, right, y, Tone.QUIET, "dotted")
    yield veil(middle - wide / 2 - 8, y - 9, wide + 16, 18)
    yield words(middle, y + 4, given.text, Tone.QUIET, "small middle strong")


def breaks(layout: Layout) -> Iterator[Markup]:
    """Where the axis of time is cut short."""
    for each in layout.breaks:
        yield from _break(layout, each)


def _break(layout: Layout, given: Break) -> Iterator[Markup]:
    for lane in layout.lanes:
        yield veil(lane.x - 9, given.y - 5, 18, 10)
        for y in (given.y - 4, given.y + 4):
            yield path(f"M{lane.x - 8:.1f} {y + 3:.1f}l5 -6l5 6l5 -6", Tone.QUIET)
    yield words(TIMES, given.y + 4, f"≈ {milliseconds(given.length)}", Tone.QUIET, "small end")
