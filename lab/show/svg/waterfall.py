"""The waterfall: each stage of each exchange as a bar to scale, as the developer tools of browsers draw them.

What a bar says with its colour it also says with its form: solid where octets go, empty while somebody waits, hatched
in a handshake, dotted in silence; and the words stand beside it.
"""

from collections.abc import Iterator, Sequence

from lab.outcome.stages import Doing
from lab.show.svg.kit import (
    SMALL_SIZE,
    Markup,
    Tone,
    box,
    card,
    fitting,
    group,
    line,
    number,
    path,
    picture,
    rule,
    solid,
    width,
    words,
    wrapped,
)  # fmt: skip
from lab.show.svg.tones import OF_MARK, OF_STAGE
from lab.show.text.statuses import counted
from lab.show.times import Block, Marked, Row, Times, at, in_words, lasted, ticks, times
from lab.verdict import Judgement

WIDE = 760
_LEFT, _DOING, _PLOT, _RIGHT = 20, 112, 196, WIDE - 112
"""The plot ends where the longest words beside a bar still have room."""
_TOP, _HEAD, _ROW, _GAP, _BAR = 66, 26, 19, 10, 10

_SOLID = (Doing.CONNECT, Doing.SENDING, Doing.RECEIVING, Doing.SURPLUS)
_HATCHED = (Doing.TLS, Doing.INTERIM, Doing.TUNNEL)


def waterfall(judgement: Judgement) -> str:
    """The picture, as one SVG document."""
    whole, name = times(judgement), judgement.case.name
    gateway = judgement.transcript.gateway
    on = " ".join(filter(None, (gateway.name, gateway.mode)))
    drawing = _Drawing(whole)
    body = [
        words(_LEFT, 24, fitting(f"Stages of {name}", WIDE - 2 * _LEFT, strong=True), Tone.PLAIN, "strong"),
        words(
            _LEFT,
            41,
            fitting(f"on {on}; {lasted(whole.length)} in all", WIDE - 2 * _LEFT, SMALL_SIZE),
            Tone.QUIET,
            "small",
        ),
        *drawing.blocks(),
    ]
    return picture(
        f"Stages of {name} on {on}, {lasted(whole.length)} in all", in_words(whole), WIDE, drawing.y + 6,
        [*drawing.axis(), *body],
    )  # fmt: skip


class _Drawing:
    """`y`: how far down it has come."""

    def __init__(self, whole: Times) -> None:
        self.whole = whole
        self.y = float(_TOP)

    def x(self, time: int) -> float:
        """Where this time is."""
        return _PLOT + (time - self.whole.begin) / self.whole.length * (_RIGHT - _PLOT)

    def axis(self) -> Iterator[Markup]:
        """Round times above the plot, with a thin line each; made when everything below is known."""
        unit = self.whole.length >= 10_000_000_000
        yield words(_LEFT, _TOP - 8, "since the beginning", Tone.QUIET, "small")
        for tick in ticks(self.whole, 8):
            label = f"{tick / 1e9:g} s" if unit else f"{tick / 1e6:g} ms"
            yield words(self.x(tick), _TOP - 8, label, Tone.QUIET, "small middle")

    def blocks(self) -> Iterator[Markup]:
        acts = {block.act for block in self.whole.blocks}
        before = 0
        for place, block in enumerate(self.whole.blocks):
            if self.whole.left_out and place == self.whole.gap:
                yield self._said(f"{counted(self.whole.left_out, 'exchange')} left out")
            if len(acts) > 1 and block.act != before and block.act > before:
                yield self._said(f"Request {block.act}")
                before = block.act
            yield from self._block(block)
        if not self.whole.blocks:
            yield self._said("There was no connection at all.")

    def _said(self, text: str) -> Markup:
        self.y += 18
        said = words(_LEFT, self.y, text, Tone.PLAIN, "strong")
        self.y += 8
        return said

    def _block(self, block: Block) -> Iterator[Markup]:
        room = _RIGHT - _DOING
        marks = [(each[0].mark, wrapped(_said(each), room, lines=2, strong=True)) for each in block.said]
        high = _HEAD + len(block.rows) * _ROW + sum(len(rows) * 16 + 6 for _, rows in marks) + 6
        top = self.y
        yield card(8, top, WIDE - 16, high)
        yield from self._scale(top + _HEAD - 2, top + _HEAD + len(block.rows) * _ROW + 2)
        yield from self._heading(block, top + 18)
        y = top + _HEAD
        yield from (self._mark(mark, top + _HEAD - 2, y + len(block.rows) * _ROW + 4) for mark in block.marks)
        for row in block.rows:
            yield group(*self._row(row, y), title=f"{row.stage}: {row.doing} {row.took}. {row.phase.says}".strip())
            y += _ROW
        for mark, rows in marks:
            for text in rows:
                y += 16
                yield words(_DOING, y, text, OF_MARK[mark], "strong")
            y += 6
        self.y = top + high + _GAP

    def _scale(self, top: float, bottom: float) -> Iterator[Markup]:
        for tick in ticks(self.whole, 8):
            yield rule(self.x(tick), top, self.x(tick), bottom)

    def _heading(self, block: Block, y: float) -> Iterator[Markup]:
        tone = Tone.QUIET if block.complete else Tone.DOUBT
        yield words(WIDE - _LEFT, y, block.ended, tone, "end")
        room = WIDE - 2 * _LEFT - width(block.ended) - 20
        who = fitting(block.who, room, strong=True)
        yield words(_LEFT, y, who, Tone.PLAIN, "strong")
        used = width(who, strong=True) + 8
        if block.asks and room > used + 40:
            yield words(_LEFT + used, y, fitting(block.asks, room - used, 12, octets=True), Tone.PLAIN, "bytes")

    def _row(self, row: Row, y: float) -> Iterator[Markup]:
        base, tone = y + 13, OF_STAGE[row.stage]
        if row.first:
            yield words(_LEFT, base, str(row.stage), tone)
        yield words(_DOING, base, row.doing, Tone.QUIET if row.empty else Tone.PLAIN)
        if row.empty:
            return
        begin, end = self.x(row.phase.begin), self.x(row.phase.end)
        yield from _bar(row, begin, max(end, begin + 2), y + (_ROW - _BAR) / 2, tone)
        after = max(end, begin + 2) + (9 if row.instant or row.unseen else 6)
        yield words(after, base - 1, row.took, Tone.QUIET, "small")

    def _mark(self, mark: Marked, top: float, bottom: float) -> Markup:
        if mark.at is None:
            return Markup("")
        x, tone = self.x(mark.at), OF_MARK[mark.mark]
        title = f"{mark.mark} {mark.says}, at {at(mark.at)} ms"
        return group(line(x, top, x, bottom, tone, "dashed"), title=title)


def _said(marks: Sequence[Marked]) -> str:
    """What these say, which all say the same."""
    often = f" ({len(marks)} times)" if len(marks) > 1 else ""
    return f"{marks[0].mark} {marks[0].says}{often}"


def _bar(row: Row, begin: float, end: float, y: float, tone: Tone) -> Iterator[Markup]:
    middle, doing = y + _BAR / 2, row.phase.name
    if doing is Doing.SILENCE:
        yield line(begin, middle, end, middle, Tone.DOUBT, "thick dotted")
    elif row.unseen:
        yield line(begin, middle, end, middle, Tone.DOUBT, "dashed")
        yield _cross(end, middle)
    elif row.instant:
        yield solid(f"M{number(begin)} {number(y)}l4 5l-4 5l-4 -5Z", tone)
    elif doing in _SOLID:
        yield solid(_rectangle(begin, y, end), Tone.FAULT if doing is Doing.SURPLUS else tone)
    elif doing is Doing.FAILED:
        yield line(begin, middle, end, middle, Tone.DOUBT, "dashed")
        yield _cross(end, middle)
    else:
        yield box(begin, y, end - begin, _BAR, tone, 1)
        if doing in _HATCHED:
            yield path(_hatching(begin, y, end), tone)


def _rectangle(begin: float, y: float, end: float) -> str:
    return f"M{number(begin)} {number(y)}H{number(end)}V{number(y + _BAR)}H{number(begin)}Z"


def _hatching(begin: float, y: float, end: float) -> str:
    """Slanting lines, all of them inside."""
    places = range(int(begin) + 1, int(end) - 4, 6)
    return (
        "".join(f"M{place} {number(y + _BAR)}l5 -{_BAR}" for place in places) or f"M{number(begin)} {number(y)}v{_BAR}"
    )


def _cross(x: float, y: float) -> Markup:
    return path(f"M{number(x - 4)} {number(y - 4)}l8 8m0 -8l-8 8", Tone.DOUBT, "thick")
