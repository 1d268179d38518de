"""What came of the tests, as text. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

KINDS = ("required", "optimal", "check")

_FIRST = "of a list the first member counts (RFC 9111, 5.1)"
_IGNORED = "an invalid Age is to be ignored (RFC 9111, 5.1)"
_NO_STALE = "ours serves nothing stale without permission (RFC 9111, 4.2.4), and this asks what forbids it"
_UNKNOWN = "a 304 that names an ETag which nobody has updates nothing (RFC 9111, 4.3.4): ours asks once more, in vain"
_STRICT = "the suite's server sends what is no HTTP here, and ours refuses it"

OTHERWISE = {
    "age-parse-dup-0": _FIRST,
    "age-parse-dup-0-twoline": _FIRST,
    "age-parse-dup-old": _FIRST,
    "age-parse-prefix-twoline": _FIRST,
    "age-parse-float": _IGNORED,
    "age-parse-negative": _IGNORED,
    "age-parse-nonnumeric": _IGNORED,
    "age-parse-numeric-parameter": _IGNORED,
    "age-parse-parameter": _IGNORED,
    "stale-close-must-revalidate": _NO_STALE,
    "stale-close-no-cache": _NO_STALE,
    "stale-close-proxy-revalidate": _NO_STALE,
    "stale-close-s-maxage=2": _NO_STALE,
    "304-etag-update-response-ETag": _UNKNOWN,
    "headers-store-Transfer-Encoding": _STRICT,
}
"""Of the required tests, those that ours does not pass, and why it should not. This release of the suite was made
before RFC 9111, whose 5.1 says twice what a cache should do with such an Age; later versions of the suite agree."""


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
    """Each test that was not passed, with what it said, and what there is to say to it."""
    found = [
        f"  {told.kind:8}  {told.result:8}  {id_}: {told.name}" + _notes(told.says, OTHERWISE.get(id_, ""))
        for id_, told in results.items()
        if told.kind in kinds and told.result != "pass"
    ]
    return "\n".join(sorted(found))


def _notes(*notes: str) -> str:
    return "".join(f"\n{'':22}{note}" for note in notes if note)


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
