"""How `run` and `show` tell what happened: lines of JSON, the report of one scenario, the table of many."""

import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Generic, Protocol, TypeVar

import click

from lab.show.records import as_line, run_records
from lab.show.terminal import Terminal
from lab.show.text.hex import hex_report
from lab.show.text.lines import EMPTY, Span, Style, line
from lab.show.text.report import report
from lab.show.text.summary import Again, Tally, summary
from lab.show.text.table import columns_for, heading, rows
from lab.verdict import Judgement

T = TypeVar("T")


class Telling(Protocol):
    """`terminal`: where the progress is drawn."""

    terminal: Terminal

    def tell(self, judgement: Judgement) -> None:
        """One performance is over."""

    def sum_up(self, tally: Tally, seconds: float | None, asked: int) -> None:
        """All are over, or so many of those that were asked for."""


def telling(names: Sequence[str], again: Again, *, json_lines: bool, verbose: bool, octets: bool) -> Telling:
    """The way that fits the cases of these names: a report where they are of one scenario, else a table."""
    if json_lines:
        return JsonLines(again)
    if len({name.partition("[")[0] for name in names}) == 1:
        return Report(again, verbose=verbose, octets=octets)
    return Table(names, again, verbose=verbose, octets=octets)


class InOrder(Generic[T]):
    """Has things told in the order of these names, in whichever order they come; keeps none that was told.

    `tell`: each is called with each of them.
    """

    def __init__(self, names: Sequence[str], *tell: Callable[[T], object]) -> None:
        self._waiting = deque(names)
        self._expected = set(names)
        self._telling = tell
        self._early: dict[str, T] = {}

    def add(self, name: str, given: T) -> None:
        """One has come: it is told now, or when those before it have been."""
        if name not in self._expected:
            self._tell(given)
            return
        self._expected.remove(name)
        self._early[name] = given
        while self._waiting and (next_one := self._early.pop(self._waiting[0], None)) is not None:
            self._waiting.popleft()
            self._tell(next_one)

    def rest(self) -> None:
        """No more comes: tell those that others should have been before."""
        place = {name: number for number, name in enumerate(self._waiting)}
        for name in sorted(self._early, key=lambda name: place.get(name, len(place))):
            self._tell(self._early[name])
        self._early.clear()

    def _tell(self, given: T) -> None:
        for tell in self._telling:
            tell(given)


def in_order(names: Sequence[str], given: Iterable[T], name_of: Callable[[T], str]) -> Iterator[T]:
    """The same, in the order of these names, of what is asked for one by one."""
    ready: list[T] = []
    order = InOrder(names, ready.append)
    for each in given:
        order.add(name_of(each), each)
        yield from ready
        ready.clear()
    order.rest()
    yield from ready


class JsonLines:
    """One object per line on standard output; the summary goes to standard error."""

    def __init__(self, again: Again) -> None:
        self.terminal = Terminal(stderr=True)
        self._again = again

    def tell(self, judgement: Judgement) -> None:
        for record in run_records(judgement):
            click.echo(as_line(record))
        sys.stdout.flush()

    def sum_up(self, tally: Tally, seconds: float | None, asked: int) -> None:
        self.terminal.show(
            summary(tally, seconds=seconds, asked=asked, width=self.terminal.text_width, again=self._again)
        )


class Report:
    """The picture and the three answers of each variant of one scenario; `verbose`: everything; `octets`: each of them
    below."""

    def __init__(self, again: Again, *, verbose: bool, octets: bool) -> None:
        self.terminal = Terminal()
        self._again = again
        self._verbose, self._octets = verbose, octets
        self._told = 0

    def tell(self, judgement: Judgement) -> None:
        if self._told:
            self.terminal.show([EMPTY, EMPTY])
        width = self.terminal.text_width
        self.terminal.show(report(judgement, width, everything=self._verbose))
        if self._octets:
            self.terminal.show([EMPTY, *hex_report(judgement, width)])
        self._told += 1

    def sum_up(self, tally: Tally, seconds: float | None, asked: int) -> None:
        if asked > 1 or not tally.count:
            said = summary(tally, seconds=seconds, asked=asked, width=self.terminal.text_width, again=self._again)
            self.terminal.show([EMPTY, *said])


class Table:
    """A row for each, under the name of its chapter, then the summary; `verbose`: below each row everything;
    `octets`: and each of them."""

    def __init__(self, names: Sequence[str], again: Again, *, verbose: bool, octets: bool) -> None:
        self.terminal = Terminal()
        self._again = again
        self._verbose, self._octets = verbose, octets
        self._columns = columns_for(names, self.terminal.width)
        self._chapter: str | None = None

    def tell(self, judgement: Judgement) -> None:
        chapter = judgement.case.scenario.chapter
        if self._chapter is None:
            self.terminal.show(heading(self._columns))
        if chapter != self._chapter:
            self.terminal.show([line(Span(chapter, Style.STRONG))])
        self._chapter = chapter
        self.terminal.show(rows(judgement, self._columns))
        width = self.terminal.text_width
        if self._verbose:
            self.terminal.show([EMPTY, *report(judgement, width, everything=True), EMPTY])
        if self._octets:
            self.terminal.show([EMPTY, *hex_report(judgement, width), EMPTY])

    def sum_up(self, tally: Tally, seconds: float | None, asked: int) -> None:
        said = summary(tally, seconds=seconds, asked=asked, width=self.terminal.text_width, again=self._again)
        self.terminal.show([EMPTY, *said])
