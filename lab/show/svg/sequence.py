"""The sequence diagram of one performance: who sent what to whom, the fault, what the gateway changed, how it ended.

`layout` gives the diagram as values, and `drawing` draws single rows of it; here they become one picture.
"""

from lab.show.svg import below, drawing
from lab.show.svg.brackets import drawn_brackets
from lab.show.svg.kit import SMALL_SIZE, Tone, number, picture, words, wrapped
from lab.show.svg.layout import MARGIN, Layout, layout
from lab.show.svg.rows import Kind, Row
from lab.show.text.messages import Way
from lab.transcript import CLIENT_HOP
from lab.verdict import Judgement

__all__ = ["Layout", "description", "diagram", "layout", "title"]


def diagram(judgement: Judgement, *, to_scale: bool = False) -> str:
    """One SVG document. `to_scale`: the space between rows is that of the time between them."""
    laid = layout(judgement, to_scale=to_scale)
    wide = laid.wide
    answers = below.answered(judgement)
    said = below.said(judgement, wide - 2 * MARGIN, answers)
    notes = _notes(laid)
    y = laid.bottom + 14 + 16 * len(notes)
    body = (
        *drawing.head(laid),
        *drawing.lanes(laid),
        *drawn_brackets(laid),
        *drawing.breaks(laid),
        *(drawing.row(laid, each) for each in laid.rows),
        *(words(MARGIN, laid.bottom + 16 * (n + 1), text, Tone.QUIET, "small") for n, text in enumerate(notes)),
        *below.drawn(said, MARGIN, y, wide - 2 * MARGIN),
    )
    high = y + below.height(said) + MARGIN
    return picture(title(judgement), description(laid, answers), wide, high, body)


def _notes(laid: Layout) -> list[str]:
    """What one has to know to read it right."""
    found: list[str] = []
    if laid.scale:
        found.append(
            f"Time to scale: 1 ms is {number(laid.scale)} pixels. Where rows need more room they take it, and where"
            " nothing happened for long the axis is broken (≈)."
        )
    if any(row.kind in (Kind.REFUSED, Kind.NO_ANSWER) and row.at is None for row in laid.rows):
        found.append("When the gateway tried to connect, the lab cannot see: that stands where it must have been.")
    return [line for text in found for line in wrapped(text, laid.wide - 2 * MARGIN, SMALL_SIZE)]


def title(judgement: Judgement) -> str:
    """What it is a picture of, in one line."""
    return f"{judgement.case.scenario.title} {judgement.case.name} on {judgement.transcript.gateway.name}"


def description(laid: Layout, answers: below.Answered | None = None) -> str:
    """The picture in words, row by row, and then what stands under it."""
    parts = [f"From left to right: {', '.join(lane.name for lane in laid.lanes)}.", *map(_sentence, laid.rows)]
    for each in below.said(laid.judgement, 100_000, answers):
        if each.lines:
            text = " ".join(each.lines)
            parts.append(f"{each.label.rstrip('?')}: {text}" if each.label else f"{text.rstrip('.:')}:")
    return " ".join(parts)


def _sentence(row: Row) -> str:
    near, far = ("client", "gateway") if row.hop == CLIENT_HOP else ("gateway", "upstream")
    if row.kind is Kind.STORE:
        near, far = "gateway", "store"
    parties = {Way.LEFT: f"{far} to {near}", Way.RIGHT: f"{near} to {far}", Way.REFUSED: f"{near} to {far}"}
    who = "" if row.kind in (Kind.ACT, Kind.LEFT_OUT) else f"{parties.get(row.way, f'between {near} and {far}')}: "
    sign = f"{row.mark} " if row.mark else ""
    says = f" ({row.says})" if row.says else ""
    return f"{sign}{who}{row.text}{says}."
