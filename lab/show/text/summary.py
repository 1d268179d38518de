"""What there is to say after a run, and what to do next."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from lab.expect import Expectation
from lab.scenario import Case
from lab.show.text.lines import EMPTY, Line, Span, Style, line, wrapped
from lab.show.text.statuses import counted
from lab.show.text.table import verdict_span
from lab.verdict import FAILS, READS, Judgement, Verdict

_ORDER = tuple(Verdict)

Again = Callable[[Case], str]
"""The words after `badgateway` that tell of a case once more."""


@dataclass
class Tally:
    """What a summary needs of performances that are over, without keeping them: 10,000 fit as well as one.

    `failures`: the verdict, the name and the reason of each that failed; `first`: the case of the first of them.
    """

    count: int = 0
    verdicts: Counter[Verdict] = field(default_factory=Counter)
    gateways: set[str] = field(default_factory=set)
    failures: list[tuple[Verdict, str, str]] = field(default_factory=list)
    first: Case | None = None

    def add(self, judgement: Judgement) -> None:
        """One more is over."""
        self.count += 1
        self.verdicts[judgement.verdict] += 1
        self.gateways.add(judgement.transcript.gateway.name)
        if judgement.verdict in FAILS or judgement.verdict is Verdict.INCONCLUSIVE:
            broken = [_expected(held.expectation) for held in judgement.judged if held.verdict in FAILS]
            self.failures.append((judgement.verdict, judgement.case.name, judgement.why or "; ".join(broken)))
            self.first = self.first or judgement.case

    @property
    def failed(self) -> bool:
        """Whether something deviates, is unsound or stays inconclusive."""
        return bool(self.failures)


def tally(judgements: Iterable[Judgement]) -> Tally:
    """The tally of these."""
    found = Tally()
    for each in judgements:
        found.add(each)
    return found


def quoted(word: str) -> str:
    """In quotes for a shell, which takes brackets for a pattern."""
    quoted_inside = word.replace("'", "'\\''")
    return f"'{quoted_inside}'"


def by_name(case: Case) -> str:
    return f"run {quoted(case.name)}"


def summary(found: Tally, *, seconds: float | None, asked: int, width: int, again: Again = by_name) -> Iterator[Line]:
    """Counts by verdict, and one line for each performance that failed. `asked`: how many were to be played.
    `seconds`: how long it took; None: nobody knows."""
    said = ", ".join(f"{READS[verdict]}: {found.verdicts[verdict]:,}" for verdict in _ORDER if found.verdicts[verdict])
    played = counted(found.count, "performance") if found.count == asked else f"{found.count:,} of {asked:,}"
    on = f" on {', '.join(sorted(found.gateways))}" if found.gateways else ""
    took = "" if seconds is None else f" in {seconds:.1f} s"
    style = Style.BAD if found.failed else Style.STRONG
    yield from wrapped(line(Span(f"{played}{on}{took}{f'; {said}' if said else ''}.", style)), width)
    if found.failures:
        yield EMPTY
    for verdict, name, reason in found.failures:
        yield from wrapped(line(verdict_span(verdict), f"  {name}: {reason}"), width, "    ")
    if found.first is not None:
        yield line(f"Look closer: badgateway {again(found.first)} -v")  # not wrapped: it is there to be copied


def _expected(expectation: Expectation) -> str:
    """What was expected, and not what happened: in the keyword of the standard, where it has one."""
    keyword = expectation.keyword
    return f"{keyword if keyword.isupper() else 'expected'}: {expectation.says}"
