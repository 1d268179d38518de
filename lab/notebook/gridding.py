"""The grid in a notebook: one fault, or several, against the states of a store."""

from collections.abc import Iterable, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from functools import cached_property

from lab.grid import Asking, Cell, State, questions, why_not
from lab.grid.building import build
from lab.notebook.displayed import WIDTH, Displayed, Shown, in_a_table, of_lines
from lab.notebook.finding import Named, cases_of
from lab.notebook.performing import JOBS, gateway_of
from lab.notebook.problems import Problem
from lab.notebook.run import Run
from lab.scenario import Case
from lab.show.escape import visible
from lab.show.grid.counts import counts
from lab.show.grid.text import explained
from lab.show.grid.words import HEADS, Row, meanings, remarks, sign, words
from lab.show.markup import Markup, tag
from lab.show.svg.heat import fault_of, heat
from lab.verdict import judge


async def perform_grid(*names: Named, gateway: str = "reference", clients: Iterable[str] = tuple(Asking)) -> "Grid":
    """Play each of these against a store that is `cold`, `fresh`, `stale`, `stale-if-error` or `must-revalidate`, asked
    by a client without a condition (`plain`), with the copy's tag (`matching`), or with another (`non-matching`)."""
    from lab.grid.playing import play

    cases = [case for each in names for case in cases_of(each)]
    for case in cases:
        if why := why_not(case):
            raise Problem(f"{case.name} has no place in the grid: {why}")
    asking = frozenset(clients)
    if strange := asking - frozenset(Asking):
        raise Problem(f"there is no client {min(strange)!r}: there are {_listed(Asking)}")
    asked = (question for question in questions(cases) if question.asking in asking)
    found: dict[tuple[str, State, Asking], Cell] = {}
    async with aclosing(play(asked, gateway_of(gateway), jobs=JOBS)) as cells:
        async for cell in cells:
            found[cell.question.case.name, cell.question.state, cell.question.asking] = cell
    order = ((case.name, state, asking) for case in cases for state in State for asking in Asking)
    return Grid(tuple(found[place] for place in order if place in found))


@dataclass(frozen=True, repr=False)
class Grid(Shown):
    """Cells of the grid. One fault shows itself as a table of states and clients, several as a heat map."""

    cells: tuple[Cell, ...]

    def cell(self, state: str, asking: str = "plain", name: str = "") -> Cell:
        """One cell; `name`: of the fault, where there are several. `.met.status`: what the client got, `.last.status`:
        when the upstream was well again; `.copy_kept`, `.findings`: what the store was left with."""
        for cell in self.cells:
            of = cell.question
            if (of.state, of.asking) == (state, asking) and name in ("", of.case.name):
                return cell
        raise Problem(f"no such cell: its state is one of {_listed(State)}; its client one of {_listed(Asking)}")

    def run(self, state: str, asking: str = "plain", name: str = "") -> Run:
        """The performance of one cell, with its picture: the copy is fetched, the fault is met, all is well again."""
        cell = self.cell(state, asking, name)
        return Run(judge(build(cell.question), cell.transcript))

    def story(self, state: str, asking: str = "plain", name: str = "") -> Displayed:
        """One cell in sentences, with everything that happened."""
        return of_lines(list(explained(self.cell(state, asking, name), WIDTH))[1:])

    def of(self, asking: str = "plain") -> Displayed:
        """One client: a row for each fault, a column for each state."""
        rows = [
            (case.name, *(_words(self.cell(state, asking, case.name)) for state in State)) for case in self._cases()
        ]
        shown = in_a_table(("fault", *State), rows, f"A client that asks with {Asking(asking).says}")
        return self._with_legend([shown])

    def count(self, kind: str) -> int:
        """How many cells are of a kind: `502`, `304`, `stale 200`, `copy lost`, `failure stored` ..."""
        return counts(self.cells)[kind]

    @property
    def picture(self) -> Displayed:
        """All cells as a heat map; a sign says what a colour says."""
        faults = [fault_of(case, self._row(case)) for case in self._cases()]
        return Displayed(self._in_tables().text, svg=heat(self.cells[0].transcript.gateway, faults))

    @cached_property
    def displayed(self) -> Displayed:
        return self._in_tables() if len(self._cases()) == 1 else self.picture

    def _in_tables(self) -> Displayed:
        return self._with_legend([self._table(case) for case in self._cases()])

    def _row(self, case: Case) -> Row:
        mine = (cell for cell in self.cells if cell.question.case.name == case.name)
        return {(cell.question.state, cell.question.asking): cell for cell in mine}

    def _cases(self) -> Sequence[Case]:
        return list({cell.question.case.name: cell.question.case for cell in self.cells}.values())

    def _table(self, case: Case) -> Displayed:
        asked = [asking for asking in Asking if any(cell.question.asking == asking for cell in self.cells)]
        rows = [(state, *(_words(self.cell(state, asking, case.name)) for asking in asked)) for state in State]
        return in_a_table(("the store", *(HEADS[asking] for asking in asked)), rows, case.name)

    def _with_legend(self, tables: Sequence[Displayed]) -> Displayed:
        used = {sign(cell) for cell in self.cells} | {mark for cell in self.cells for mark, _ in remarks(cell)}
        told = [(mark, name, says) for mark, name, says, _ in meanings(used)]
        text = "\n".join((*(each.text for each in tables), *(f"{mark} {name}: {says}" for mark, name, says in told)))
        legend = tag("ul", *(tag("li", tag("code", mark), f" {name}: {says}") for mark, name, says in told))
        return Displayed(text, Markup("".join((*(each.html for each in tables), legend))))


def _words(cell: Cell) -> str:
    return visible(", ".join([words(cell), *(says for _, says in remarks(cell))]))


def _listed(kind: type[State] | type[Asking]) -> str:
    return ", ".join(kind)
