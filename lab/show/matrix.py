"""Many scenarios on many gateways, in a letter each: the values of a heat map, drawn or in characters."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lab.show.text.statuses import status_words
from lab.verdict import FAILS, READS, Judgement, Verdict

LETTERS = {
    Verdict.CONFORMS: "k",
    Verdict.DEVIATES: "B",
    Verdict.INADVISABLE: "a",
    Verdict.UNSOUND: "U",
    Verdict.YES: "y",
    Verdict.NO: "n",
    Verdict.NOT_REACHED: "s",
    Verdict.INCONCLUSIVE: "?",
    Verdict.NOT_APPLICABLE: "-",
}
"""What fails a test is a capital."""

_WORST_FIRST = (
    Verdict.DEVIATES, Verdict.UNSOUND, Verdict.INCONCLUSIVE, Verdict.INADVISABLE, Verdict.NOT_REACHED, Verdict.NO,
    Verdict.YES, Verdict.CONFORMS, Verdict.NOT_APPLICABLE,
)  # fmt: skip


@dataclass(frozen=True)
class Cell:
    """What is kept of one performance. `gateway`: its name, and its mode where that is not part of the name already.
    `got`: what the client got, in a few words."""

    scenario: str
    variant: str
    gateway: str
    verdict: Verdict
    got: str

    @property
    def chapter(self) -> str:
        return self.scenario.partition("/")[0]

    @property
    def name(self) -> str:
        """The scenario's, within its chapter."""
        return self.scenario.partition("/")[2] or self.scenario


def cell_of(judgement: Judgement) -> Cell:
    """What a matrix needs of a performance: of 10,000 it can keep them all."""
    last = judgement.exchanges[-1].facts if judgement.exchanges else None
    got = judgement.why
    if last is not None:
        status = status_words(last.status) if last.status else "no status"
        got = f"{status}, {last.outcome}{f' ({judgement.why})' if judgement.why else ''}"
    scenario = judgement.case.scenario
    return Cell(scenario.address, judgement.case.variant, judgement.transcript.gateway.name, judgement.verdict, got)


@dataclass(frozen=True)
class Place:
    """One scenario on one gateway: the performances of its variants, of which the worst counts; perhaps none."""

    cells: tuple[Cell, ...]

    @property
    def verdict(self) -> Verdict | None:
        return min((each.verdict for each in self.cells), key=_WORST_FIRST.index, default=None)

    @property
    def letter(self) -> str:
        """One character; a space where nothing was played."""
        return LETTERS[self.verdict] if self.verdict else " "

    @property
    def fails(self) -> bool:
        return self.verdict in FAILS

    @property
    def says(self) -> str:
        """The verdict in words, then what the client got; of each variant where there are several."""
        if self.verdict is None:
            return "not played"
        several = len(self.cells) > 1
        each = (f"{f'[{c.variant}] ' if several else ''}{READS[c.verdict]}: {c.got}" for c in self.cells[:_MOST_SAID])
        return "; ".join(each) + (f"; {len(self.cells) - _MOST_SAID} more" if len(self.cells) > _MOST_SAID else "")


_MOST_SAID = 8


@dataclass(frozen=True)
class Row:
    """One scenario, on each gateway."""

    name: str
    places: tuple[Place, ...]


@dataclass(frozen=True)
class Chapter:
    """The scenarios of a chapter, in the order in which they were given."""

    name: str
    rows: tuple[Row, ...]

    def counts(self, gateway: int) -> Counter[Verdict]:
        """How many scenarios came to which verdict, on the gateway of this place."""
        return Counter(verdict for row in self.rows if (verdict := row.places[gateway].verdict) is not None)


@dataclass(frozen=True)
class Matrix:
    """`gateways`: their names, in the order in which they came."""

    gateways: tuple[str, ...]
    chapters: tuple[Chapter, ...]

    def counts(self, gateway: int) -> Counter[Verdict]:
        """Of all chapters."""
        return sum((chapter.counts(gateway) for chapter in self.chapters), Counter())

    def used(self) -> list[Verdict]:
        """The verdicts that there are, the worst first."""
        found = {verdict for number in range(len(self.gateways)) for verdict in self.counts(number)}
        return [each for each in _WORST_FIRST if each in found]

    @property
    def scenarios(self) -> int:
        return sum(len(chapter.rows) for chapter in self.chapters)


def arranged(cells: Iterable[Cell]) -> Matrix:
    """Cells in rows and columns: chapters, scenarios and gateways in the order in which they came."""
    given = tuple(cells)
    gateways = tuple(dict.fromkeys(each.gateway for each in given))
    found: dict[str, dict[str, dict[str, list[Cell]]]] = {}
    for each in given:
        found.setdefault(each.chapter, {}).setdefault(each.name, {}).setdefault(each.gateway, []).append(each)
    chapters = (Chapter(name, tuple(_rows(rows, gateways))) for name, rows in found.items())
    return Matrix(gateways, tuple(chapters))


def _rows(rows: dict[str, dict[str, list[Cell]]], gateways: Sequence[str]) -> Iterable[Row]:
    for name, on in rows.items():
        yield Row(name, tuple(Place(tuple(on.get(gateway, ()))) for gateway in gateways))


def tally(counts: Counter[Verdict]) -> str:
    """`k 24, B 2, ? 1`."""
    return ", ".join(f"{LETTERS[each]} {counts[each]:,}" for each in _WORST_FIRST if counts[each]) or "nothing played"
