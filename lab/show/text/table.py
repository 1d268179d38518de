"""Many performances as a table that is printed row by row, while it is played."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lab.outcome import Outcome
from lab.scenario import Case
from lab.show.text.lines import Line, Span, Style, cut, line
from lab.verdict import FAILS, READS, Exchange, Judgement, Verdict

_STYLES = {
    Verdict.CONFORMS: Style.GOOD,
    Verdict.INADVISABLE: Style.DOUBT,
    Verdict.INCONCLUSIVE: Style.DOUBT,
    Verdict.NOT_REACHED: Style.DOUBT,
    Verdict.NOT_APPLICABLE: Style.QUIET,
}
_STATUS, _OUTCOME, _MAKER, _VERDICT, _ERROR = 6, 13, 8, 18, 34
_GAP = "  "


@dataclass(frozen=True)
class Columns:
    """How wide the names may be, and whether the error type has a column (else it goes below)."""

    name: int
    width: int
    error: bool

    @property
    def short(self) -> bool:
        """No room even without the error type: the name stands on a line of its own."""
        return self.name + 2 > self.width - _REST


_REST = sum((_STATUS, _OUTCOME, _MAKER, _VERDICT)) + 4 * len(_GAP)


def columns_for(cases: Iterable[Case], width: int) -> Columns:
    """Columns into which these cases fit, as far as the width allows."""
    longest = max((len(_name(case)) for case in cases), default=8)
    error = 2 + longest + _REST + len(_GAP) + _ERROR <= width
    return Columns(longest, width, error)


def verdict_span(verdict: Verdict) -> Span:
    """The verdict as people read it; what fails also carries a sign."""
    sign = "!! " if verdict in FAILS else "?? " if verdict is Verdict.INCONCLUSIVE else ""
    return Span(sign + READS[verdict], Style.BAD if verdict in FAILS else _STYLES.get(verdict, Style.PLAIN))


def heading(columns: Columns) -> Line:
    cells = [f"{'scenario':{columns.name + 2}}", *_cells("status", "outcome", "made by"), f"{'verdict':{_VERDICT}}"]
    if columns.short:
        cells = [f"    {cells[1]}", *cells[2:]]
    if columns.error:
        cells.append("Proxy-Status error")
    return line(Span(_GAP.join(cells), Style.STRONG))


def rows(judgement: Judgement, columns: Columns) -> Iterator[Line]:
    """The rows of one performance: one for each of its requests, the verdict in the first."""
    name: str = _name(judgement.case)
    verdict = verdict_span(judgement.verdict)
    for number, exchange in enumerate(judgement.exchanges or (None,), 1):
        yield from _row(name if number == 1 else f"  request {number}", exchange, verdict, columns)
        verdict = Span("")
    if judgement.why:
        yield line(Span(cut(f"      {judgement.why}", columns.width), Style.DOUBT))


def _row(name: str, exchange: Exchange | None, verdict: Span, columns: Columns) -> Iterator[Line]:
    status, outcome, maker, errors = "-", "-", "-", ""
    style = Style.PLAIN
    if exchange is not None:
        facts = exchange.facts
        status, outcome, maker = str(facts.status or "-"), str(facts.outcome), str(facts.made_by)
        errors = ", ".join(facts.errors)
        style = Style.BAD if facts.outcome is Outcome.DISGUISED else Style.PLAIN
    first = f"  {name:{columns.name}}"
    if columns.short:
        yield line(cut(first.rstrip(), columns.width))
        first = "  "
    cells = _GAP.join(["", *_cells(status, outcome, maker), ""])
    spans: list[str | Span] = [first, Span(cells, style), verdict]
    if columns.error and errors:
        spans.append(Span(" " * (_VERDICT - len(verdict.text)) + _GAP + cut(errors, _ERROR), Style.QUIET))
    yield line(*spans)
    if errors and not columns.error:
        yield line(Span(cut(f"      Proxy-Status: {errors}", columns.width), Style.QUIET))


def _cells(status: str, outcome: str, maker: str) -> list[str]:
    return [f"{status:{_STATUS}}", f"{outcome:{_OUTCOME}}", f"{maker:{_MAKER}}"]


def _name(case: Case) -> str:
    """The name below its chapter's heading."""
    return case.name.partition("/")[2] or case.name
