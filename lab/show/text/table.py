"""Many performances as a table that is printed row by row, while it is played."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lab.outcome import Outcome
from lab.show.text.lines import Line, Span, Style, cut, line
from lab.verdict import FAILS, READS, Exchange, Judgement, Verdict

_STYLES = {
    Verdict.CONFORMS: Style.GOOD,
    Verdict.INADVISABLE: Style.DOUBT,
    Verdict.INCONCLUSIVE: Style.DOUBT,
    Verdict.NOT_REACHED: Style.DOUBT,
    Verdict.NOT_APPLICABLE: Style.QUIET,
}
_GAP, _BELOW = "  ", "      "
_STATUS, _OUTCOME, _MAKER, _VERDICT, _ERROR = 6, 13, 8, 18, 33
_CELLS = sum((_STATUS, _OUTCOME, _MAKER, _VERDICT)) + 4 * len(_GAP)
_SHORTEST_NAME = 24
_NO_NAME, _INDENT = 14, 4
_LATER = "    request "


@dataclass(frozen=True)
class Columns:
    """How wide names are (longer ones get a line of their own; with less than a few columns, all of them), and whether
    the error type has a column (else it stands below its row)."""

    name: int
    width: int
    error: bool


def columns_for(names: Iterable[str], width: int) -> Columns:
    """Columns into which the cases of these names fit, as far as the width allows."""
    longest = max((len(_below_chapter(name)) + 2 for name in names), default=_SHORTEST_NAME)
    longest = max(longest, len(_LATER) + 1)  # the rows below the first need room, too
    with_error = width - _CELLS - _ERROR - len(_GAP)
    error = with_error >= min(longest, _SHORTEST_NAME)
    name = min(longest, with_error if error else width - _CELLS)
    return Columns(name if name >= min(longest, _NO_NAME) else _INDENT, width, error)


def verdict_span(verdict: Verdict, words: str = "") -> Span:
    """The verdict as people read it, or in these words; what fails also carries a sign."""
    sign = "!! " if verdict in FAILS else "?? " if verdict is Verdict.INCONCLUSIVE else ""
    return Span(sign + (words or READS[verdict]), Style.BAD if verdict in FAILS else _STYLES.get(verdict, Style.PLAIN))


def heading(columns: Columns) -> Iterator[Line]:
    cells = _cells("status", "outcome", "made by", "Proxy-Status error", columns)
    middle = Span(_GAP.join(["", *cells, ""]), Style.STRONG)
    return _in_columns(Span("scenario", Style.STRONG), middle, Span("verdict", Style.STRONG), columns)


def rows(judgement: Judgement, columns: Columns) -> Iterator[Line]:
    """The rows of one performance: one for each of its requests, the verdict in the first."""
    name, verdict = _below_chapter(judgement.case.name), verdict_span(judgement.verdict)
    for number, exchange in enumerate(judgement.exchanges or (None,), 1):
        yield from _row(f"  {name}" if number == 1 else f"{_LATER}{number}", exchange, verdict, columns)
        verdict = Span("")
    if judgement.why:
        yield line(Span(cut(f"{_BELOW}{judgement.why}", columns.width), Style.DOUBT))


def _row(name: str, exchange: Exchange | None, verdict: Span, columns: Columns) -> Iterator[Line]:
    facts = exchange.facts if exchange else None
    errors = ", ".join(facts.errors) if facts else ""
    cells = _cells("-", "-", "-", errors, columns)
    if facts is not None:
        cells = _cells(str(facts.status or "-"), facts.outcome, facts.made_by, errors, columns)
    bad = facts is not None and facts.outcome is Outcome.DISGUISED
    middle = Span(_GAP.join(["", *cells, ""]), Style.BAD if bad else Style.PLAIN)
    yield from _in_columns(Span(name), middle, verdict, columns)
    if errors and not columns.error:
        yield line(Span(cut(f"{_BELOW}Proxy-Status: {errors}", columns.width), Style.QUIET))


def _in_columns(name: Span, middle: Span, verdict: Span, columns: Columns) -> Iterator[Line]:
    """One row; a name for which there is no room stands above it, and a verdict below."""
    if len(name.text) > columns.name:
        yield line(Span(cut(name.text, columns.width), name.style))
        name = Span("")
    row = line(Span(f"{name.text:{columns.name}}", name.style), middle)
    if columns.name + _CELLS <= columns.width:
        yield (*row, verdict)
        return
    yield row
    if verdict.text:
        yield line(_BELOW, verdict)


def _cells(status: str, outcome: str, maker: str, errors: str, columns: Columns) -> list[str]:
    cells = [f"{status:{_STATUS}}", f"{outcome:{_OUTCOME}}", f"{maker:{_MAKER}}"]
    return [*cells, f"{cut(errors, _ERROR):{_ERROR}}"] if columns.error else cells


def _below_chapter(name: str) -> str:
    return name.partition("/")[2] or name
