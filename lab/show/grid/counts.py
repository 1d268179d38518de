"""What a grid comes to, in numbers."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping

from lab.grid import Cell, Finding, Sort
from lab.outcome import Outcome

Kind = Callable[[Cell], bool]


def _outcome(*outcomes: Outcome, status: int | None = None) -> Kind:
    def fits(cell: Cell) -> bool:
        met = cell.met if cell.sort in (Sort.PLAYED, Sort.NOT_REACHED) else None
        return met is not None and met.outcome in outcomes and status in (None, met.status)

    return fits


KINDS: Mapping[str, Kind] = {
    "502": _outcome(Outcome.REPORTED, status=502),
    "504": _outcome(Outcome.REPORTED, status=504),
    "304": lambda cell: cell.sort is not Sort.INCONCLUSIVE and cell.met is not None and cell.met.status == 304,
    "fresh 200": _outcome(Outcome.STORED, status=200),
    "stale 200": _outcome(Outcome.STALE, status=200),
    "relayed": _outcome(Outcome.RELAYED, Outcome.REPAIRED),
    "cut": _outcome(Outcome.CUT_SHORT),
    "no answer": _outcome(Outcome.NO_ANSWER, Outcome.HUNG),
    "disguised": lambda cell: cell.disguised,
    "copy lost": lambda cell: Finding.COPY_LOST in cell.findings,
    "failure stored": lambda cell: Finding.FAILURE_STORED in cell.findings,
    "not set up": lambda cell: cell.not_set_up,
    "not tested": lambda cell: cell.sort is Sort.INCONCLUSIVE and not cell.not_set_up,
    "does not apply": lambda cell: cell.sort is Sort.NOT_APPLICABLE,
}
"""A cell may count for several, such as a cut answer after which the copy is lost."""

ALWAYS_TOLD = ("502", "304", "stale 200", "cut", "copy lost", "failure stored", "disguised")


def counts(cells: Iterable[Cell]) -> Counter[str]:
    """How many cells are of each kind, and (under "") how many there are."""
    found: Counter[str] = Counter()
    for cell in cells:
        found[""] += 1
        found.update(kind for kind, fits in KINDS.items() if fits(cell))
    return found


def told(found: Mapping[str, int]) -> str:
    """`502: 12, 304: 3, ...`: what is asked for always, the rest where there is some."""
    return ", ".join(f"{kind}: {found[kind]:,}" for kind in KINDS if found[kind] or kind in ALWAYS_TOLD)
