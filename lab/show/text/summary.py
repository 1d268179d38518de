"""What there is to say after a run, and what to do next."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from lab.expect import Expectation
from lab.scenario import Case
from lab.show.text.lines import EMPTY, Line, Span, Style, line, wrapped
from lab.show.text.statuses import counted
from lab.show.text.table import verdict_span
from lab.verdict import FAILS, READS, Judgement, Verdict

_ORDER = tuple(Verdict)

Again = Callable[[Case], str]


def quoted(word: str) -> str:
    """In quotes for a shell, which takes brackets for a pattern."""
    quoted_inside = word.replace("'", "'\\''")
    return f"'{quoted_inside}'"


def by_name(case: Case) -> str:
    return quoted(case.name)


def failed(judgements: Sequence[Judgement]) -> bool:
    """Whether something deviates, is unsound or stays inconclusive."""
    return any(each.verdict in FAILS or each.verdict is Verdict.INCONCLUSIVE for each in judgements)


def summary(
    judgements: Sequence[Judgement], *, seconds: float, asked: int, width: int, again: Again = by_name
) -> Iterator[Line]:
    """Counts by verdict, and one line for each performance that failed. `asked`: how many were to be played.
    `again`: the words after `badgateway run` that play a case once more."""
    counts = Counter(each.verdict for each in judgements)
    said = ", ".join(f"{READS[verdict]}: {counts[verdict]:,}" for verdict in _ORDER if counts[verdict])
    played = (
        counted(len(judgements), "performance") if len(judgements) == asked else f"{len(judgements):,} of {asked:,}"
    )
    gateways = sorted({each.transcript.gateway.name for each in judgements})
    on = f" on {', '.join(gateways)}" if gateways else ""
    style = Style.BAD if failed(judgements) else Style.STRONG
    ends = f"; {said}." if said else "."
    yield from wrapped(line(Span(f"{played}{on} in {seconds:.1f} s{ends}", style)), width)
    worst = [each for each in judgements if failed([each])]
    if worst:
        yield EMPTY
    for each in worst:
        broken = [_expected(held.expectation) for held in each.judged if held.verdict in FAILS]
        reason = each.why or "; ".join(broken)
        yield from wrapped(line(verdict_span(each.verdict), f"  {each.case.name}: {reason}"), width, "    ")
    if worst:
        yield line(f"Look closer: badgateway run {again(worst[0].case)} -v")  # not wrapped: it is there to be copied


def _expected(expectation: Expectation) -> str:
    """What was expected, and not what happened: in the keyword of the standard, where it has one."""
    keyword = expectation.keyword
    return f"{keyword if keyword.isupper() else 'expected'}: {expectation.says}"
