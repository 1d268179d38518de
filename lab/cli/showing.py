"""`badgateway show FILE.json...`: kept performances, told as `run` told them, and judged once more."""

import shlex
from collections.abc import Sequence
from pathlib import Path

import click

from lab.cli.choosing import Shelf
from lab.cli.exporting import Exports
from lab.cli.kept import Kept
from lab.cli.problems import Problem
from lab.cli.stock import Stock
from lab.cli.telling import telling
from lab.scenario import Case
from lab.show.escape import visible
from lab.show.matrix import Cell, cell_of
from lab.show.text.lines import EMPTY
from lab.show.text.matrix import matrix_lines
from lab.show.text.summary import Tally, quoted


def show_kept(
    files: Sequence[Path],
    only: Sequence[str],
    folder: Path | None,
    exports: Exports,
    *,
    json_lines: bool,
    verbose: bool,
    octets: bool,
) -> int:
    """Show what is in the files, or only what these words name. Gives the exit status of `run`."""
    stock = Stock(Shelf(folder), only)
    kept = Kept(files, stock)
    exports.refuse(*files)
    options = [] if folder is None else ["--scenarios", str(folder)]

    def again(case: Case) -> str:
        named = map(shlex.quote, map(str, files))
        return " ".join(["show", *named, quoted(case.name), *map(shlex.quote, options)])

    names = [name for of_file in kept.names.values() for name in of_file]
    told, tally = telling(names, again, json_lines=json_lines, verbose=verbose, octets=octets), Tally()
    cells: list[Cell] = []
    for each in kept.again():
        tally.add(each.judgement)
        told.tell(each.judgement)
        cells.append(cell_of(each.judgement))
    told.sum_up(tally, kept.seconds, max(len(names), tally.count))
    if not json_lines and len({cell.gateway for cell in cells}) > 1:
        told.terminal.show([EMPTY, *matrix_lines(cells, told.terminal.text_width)])
    for note in stock.notes(kept.unknown):
        click.echo(f"badgateway: {visible(note)}", err=True)
    if exports:
        exports.write(kept.again)
    for file, broken in kept.broken.items():
        raise Problem(f"{file}: {broken}; what stands before it is shown")
    return int(tally.failed)
