"""The three ways in which `run` tells what happens: lines of JSON, the report of one scenario, the table of many."""

import sys
from collections.abc import Sequence
from typing import Protocol

import click

from lab.scenario import Case
from lab.show.records import as_line, run_records
from lab.show.terminal import Terminal
from lab.show.text.lines import EMPTY, Span, Style, line
from lab.show.text.report import report
from lab.show.text.summary import Again, summary
from lab.show.text.table import columns_for, heading, rows
from lab.verdict import Judgement


class Telling(Protocol):
    """`terminal`: where the progress is drawn."""

    terminal: Terminal

    def tell(self, judgement: Judgement) -> None:
        """One performance is over."""

    def sum_up(self, judgements: Sequence[Judgement], seconds: float, asked: int) -> None:
        """All are over, or so many of those that were asked for."""


class JsonLines:
    """One object per line on standard output; the summary goes to standard error."""

    def __init__(self, again: Again) -> None:
        self.terminal = Terminal(stderr=True)
        self._again = again

    def tell(self, judgement: Judgement) -> None:
        for record in run_records(judgement):
            click.echo(as_line(record))
        sys.stdout.flush()

    def sum_up(self, judgements: Sequence[Judgement], seconds: float, asked: int) -> None:
        self.terminal.show(
            summary(judgements, seconds=seconds, asked=asked, width=self.terminal.text_width, again=self._again)
        )


class Report:
    """The picture and the three answers of each variant of one scenario; `verbose`: everything."""

    def __init__(self, verbose: bool, again: Again) -> None:
        self.terminal = Terminal()
        self._again = again
        self.verbose = verbose
        self._told = 0

    def tell(self, judgement: Judgement) -> None:
        if self._told:
            self.terminal.show([EMPTY, EMPTY])
        self.terminal.show(report(judgement, self.terminal.text_width, everything=self.verbose))
        self._told += 1

    def sum_up(self, judgements: Sequence[Judgement], seconds: float, asked: int) -> None:
        if asked > 1 or not judgements:
            self.terminal.show(
                [
                    EMPTY,
                    *summary(
                        judgements, seconds=seconds, asked=asked, width=self.terminal.text_width, again=self._again
                    ),
                ]
            )


class Table:
    """A row for each, under the name of its chapter, then the summary; `verbose`: below each row everything."""

    def __init__(self, cases: Sequence[Case], verbose: bool, again: Again) -> None:
        self.terminal = Terminal()
        self._again = again
        self.verbose = verbose
        self._columns = columns_for(cases, self.terminal.width)
        self._chapter: str | None = None

    def tell(self, judgement: Judgement) -> None:
        chapter = judgement.case.scenario.chapter
        if self._chapter is None:
            self.terminal.show(heading(self._columns))
        if chapter != self._chapter:
            self.terminal.show([line(Span(chapter, Style.STRONG))])
        self._chapter = chapter
        self.terminal.show(rows(judgement, self._columns))
        if self.verbose:
            self.terminal.show([EMPTY, *report(judgement, self.terminal.text_width, everything=True), EMPTY])

    def sum_up(self, judgements: Sequence[Judgement], seconds: float, asked: int) -> None:
        self.terminal.show(
            [
                EMPTY,
                *summary(judgements, seconds=seconds, asked=asked, width=self.terminal.text_width, again=self._again),
            ]
        )
