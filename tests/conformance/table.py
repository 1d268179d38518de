"""What came of the tests, as text. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

KINDS = ("required", "optimal", "check")


@dataclass(frozen=True)
class Told:
    """What came of one test. `result`: pass, fail, or why it says nothing: depends (on one that failed), setup,
    harness, untested."""

    suite: str
    name: str
    kind: str
    result: str
    says: str


Results = Mapping[str, Told]


def passed(results: Results, kind: str) -> int:
    return sum(told.result == "pass" for told in results.values() if told.kind == kind)


def table(caches: Mapping[str, Results]) -> str:
    """A line for each cache, of how many tests of each kind it passed and failed; the rest says nothing."""
    width = max(map(len, caches), default=0)
    lines = [f"{'':{width}}  {'required':>24}  {'optimal':>24}  {'to know':>16}"]
    lines.append(f"{'':{width}}  {'passed failed  untold':>24}  {'passed failed  untold':>24}  {'yes      no':>16}")
    for name, results in caches.items():
        cells = [Counter(told.result for told in results.values() if told.kind == kind) for kind in KINDS]
        lines.append(f"{name:{width}}  {_cell(cells[0])}  {_cell(cells[1])}  {cells[2]['pass']:8}{cells[2]['fail']:8}")
    return "\n".join(lines)


def failures(results: Results, kinds: Iterable[str] = ("required", "optimal")) -> str:
    """Each test that was not passed, with what it said."""
    found = [
        f"  {told.kind:8}  {told.result:8}  {id_:50}  {told.name}{': ' if told.says else ''}{told.says}"
        for id_, told in results.items()
        if told.kind in kinds and told.result != "pass"
    ]
    return "\n".join(sorted(found))


def beaten(ours: Results, others: Mapping[str, Results]) -> list[str]:
    """What of the others is as good as ours or better, a line each; none: ours passes more than any."""
    return [
        f"{name} passes {passed(results, kind)} of the {kind} tests, ours {passed(ours, kind)}"
        for name, results in others.items()
        for kind in ("required", "optimal")
        if passed(results, kind) >= passed(ours, kind)
    ]


def _cell(counts: Counter[str]) -> str:
    untold = counts.total() - counts["pass"] - counts["fail"]
    return f"{counts['pass']:9} {counts['fail']:6} {untold:7}"
