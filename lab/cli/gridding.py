"""How `grid` tells what happened: row by row in the order that was asked for, whichever cell ends first."""

import sys
from collections import Counter, deque
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager

import click

from lab.cli.paging import Drawing, Page
from lab.grid import Asking, Cell, State
from lab.scenario import Case
from lab.show.grid.counts import counts
from lab.show.grid.records import grid_record
from lab.show.grid.text import (
    compact,
    explained,
    grouped,
    heading,
    in_one_row,
    legend,
    reasons,
    summary,
    table,
)
from lab.show.grid.words import Row, remarks, sign
from lab.show.records import as_line
from lab.show.terminal import Terminal
from lab.show.text.lines import EMPTY, Span, Style, line
from lab.transcript import Player

FEW = 6
"""So many scenarios get a table each."""

CELLS = len(State) * len(Asking)


class Rows:
    """Has the cells of each case told together, in the order of the cases; keeps none that was told."""

    def __init__(self, cases: Sequence[Case], tell: Callable[[Case, Row], None]) -> None:
        self._waiting = deque(cases)
        self._tell = tell
        self._rows: dict[str, dict[tuple[State, Asking], Cell]] = {case.name: {} for case in cases}

    def add(self, cell: Cell) -> None:
        """One is over: its row is told when it is full, and those before it have been told."""
        self._rows[cell.question.case.name][cell.question.state, cell.question.asking] = cell
        while self._waiting and len(self._rows[self._waiting[0].name]) == CELLS:
            self._next()

    def rest(self) -> None:
        """No more comes: tell what there is."""
        while self._waiting:
            self._next()

    def _next(self) -> None:
        case = self._waiting.popleft()
        if row := self._rows.pop(case.name):
            order = ((state, asking) for state in State for asking in Asking)
            self._tell(case, {place: row[place] for place in order if place in row})


class Gridding:
    """Tells a grid: in lines of JSON, in a table of each case where they are few, else in one row of each.

    `failed`: whether somebody got what looks complete and is not, or a cell could not be tested.
    """

    def __init__(
        self, cases: Sequence[Case], player: Player, page: Page | None, drawing: Drawing | None, *,
        json_lines: bool, verbose: bool,
    ) -> None:  # fmt: skip
        self._terminal = Terminal(stderr=json_lines)
        self._player, self._verbose, self._json = player, verbose, json_lines
        self._page, self._drawing = page, drawing
        self._asked = len(cases) * CELLS
        self._tables = len(cases) <= FEW or not in_one_row(self._terminal.width)
        self._rows = Rows(cases, self._tell)
        self._counts: Counter[str] = Counter()
        self._signs: set[str] = set()
        self._unknown: dict[str, str] = {}
        self._chapter: str | None = None

    def progress(self) -> AbstractContextManager[Callable[[str], None]]:
        """A bar below what is told; on standard error, where nobody looks at that."""
        terminal = self._terminal if self._terminal.alive else Terminal(stderr=True)
        return terminal.progress(self._asked)

    def add(self, cell: Cell) -> None:
        """One cell is over."""
        self._counts += counts([cell])
        self._signs |= {sign(cell), *(letter for letter, _ in remarks(cell))}
        if cell.why and not self._tables:
            self._unknown[cell.question.name] = cell.why
        self._rows.add(cell)

    @property
    def failed(self) -> bool:
        return bool(self._counts["disguised"] or self._counts["not tested"])

    def sum_up(self, seconds: float, left_out: Mapping[str, str]) -> None:
        """All are over, or some of them."""
        self._rows.rest()
        width = self._terminal.text_width
        if not self._json:
            self._terminal.show([EMPTY, *legend(self._signs, width)])
        self._terminal.show(grouped(self._unknown, "cell", "unknown", width))
        self._terminal.show(grouped(left_out, "scenario", "left out", width))
        name = self._player.name
        self._terminal.show(summary(name, self._counts, seconds=seconds, asked=self._asked, width=width))

        if self._page is not None:
            self._page.write(self._player, self._counts, self._signs, left_out, asked=self._asked)
        if self._drawing is not None:
            self._drawing.write(self._player)

    def _tell(self, case: Case, row: Row) -> None:
        if self._json:
            for cell in row.values():
                click.echo(as_line(grid_record(cell)))
            sys.stdout.flush()
        else:
            self._row(case, row)
        if self._page is not None:
            self._page.add(case, row)
        if self._drawing is not None:
            self._drawing.add(case, row)

    def _row(self, case: Case, row: Row) -> None:
        width, show = self._terminal.width, self._terminal.show
        if self._tables:
            show([*([EMPTY] if self._chapter is not None else []), *table(case, row, width)])
        else:
            if self._chapter is None:
                show(heading(width))
            if self._chapter != case.scenario.chapter:
                show([line(Span(case.scenario.chapter, Style.STRONG))])
            show(compact(case, row, width))
        self._chapter = case.scenario.chapter
        if self._tables or self._verbose:
            show(reasons(row.values(), width))
        if self._verbose:
            for cell in row.values():
                show(explained(cell, width))
