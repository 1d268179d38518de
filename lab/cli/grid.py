"""badgateway grid: each fault against the states of a store."""

import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import aclosing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lab.cli.choosing import Shelf, scenarios_option
from lab.cli.completing import gateways, scenarios
from lab.cli.door import INTERRUPTED
from lab.cli.playing import interrupted
from lab.cli.problems import Problem, problems_of

if TYPE_CHECKING:
    from lab.gateways import Gateway
    from lab.grid import Cell
    from lab.scenario import Case

JOBS = 16


@click.command("grid")
@click.argument("names", nargs=-1, metavar="[SCENARIO|CHAPTER|FILE]...", shell_complete=scenarios)
@click.option(
    "--gateway", metavar="NAME", default="reference", shell_complete=gateways,
    help="Which gateway to play on (reference); also: reference-buffer, reference-lenient.",
)  # fmt: skip
@click.option("-j", "--jobs", type=click.IntRange(1, 1000), default=JOBS, show_default=True, metavar="N",
              help="So many at the same time.")  # fmt: skip
@click.option("--json", "json_lines", is_flag=True, help="One JSON object per line and cell.")
@click.option("--html", metavar="FILE", type=click.Path(path_type=Path), help="Also write a page for a browser.")
@click.option("--svg", metavar="FILE", type=click.Path(path_type=Path), help="Also draw it, as a heat map.")
@click.option("-v", "--verbose", is_flag=True, help="Also tell each cell in sentences, with its whole transcript.")
@scenarios_option
def command(
    names: tuple[str, ...], gateway: str, jobs: int, json_lines: bool, html: Path | None, svg: Path | None,
    verbose: bool, folder: Path | None,
) -> int:  # fmt: skip
    """Play faults against a cache: for the same URL and the same broken upstream, when is it a 502, a 304, a stale
    200, or a good copy lost?

    Each scenario that is named (all, if none is: that takes a minute or two) meets a store in five states: cold, fresh,
    stale, stale-if-error, must-revalidate; each with a plain client, one whose If-None-Match matches the stored copy,
    and one whose does not. Then the upstream is well again and has changed, and a last request shows what the store was
    left with.

    \b
    Examples: badgateway grid first/broken_promise
              badgateway grid truncated_bodies --html grid.html --svg grid.svg
              badgateway grid --json | jq 'select(.findings | length > 0)'

    What cannot be replayed so is left out, and said: scenarios that send several requests, that ask otherwise than
    with GET over HTTP/1.1, or whose client writes its bytes itself.

    Exit status: 0 all was played, whatever was found: that a copy was lost, or a failure stored, is no fault of a test;
    1 somebody got what looks complete and is nobody's true answer, or a cell could not be tested (that a state was not
    set up is told, and no failure); 2 wrong usage; 130 you interrupted it.

    The keys of --json are told in lab/show/grid.schema.json; `met` is what the client got while the upstream was
    faulty, `last` what came at the end.
    """
    from lab.cli.gridding import Gridding
    from lab.cli.paging import Drawing, Page

    cases, left_out = _replayed(Shelf(folder).cases(names))
    player = _gateway(gateway)
    page = None if html is None else Page(html)
    drawing = None if svg is None else Drawing(svg)
    told = Gridding(cases, player.player, page, drawing, json_lines=json_lines, verbose=verbose)
    began = time.monotonic()
    with told.progress() as advance:

        def done(cell: "Cell") -> None:
            advance(cell.question.name)
            told.add(cell)

        stopped = interrupted(_play(cases, player, jobs, done))
    told.sum_up(time.monotonic() - began, left_out)
    return INTERRUPTED if stopped else int(told.failed)


def _replayed(cases: "Iterable[Case]") -> "tuple[tuple[Case, ...], dict[str, str]]":
    """Those that can be replayed; the names of the others, with why they cannot."""
    from lab.grid import why_not

    given = tuple(cases)
    left_out = {case.name: why for case in given if (why := why_not(case))}
    kept = tuple(case for case in given if case.name not in left_out)
    if not kept:
        name, why = next(iter(left_out.items()))
        more = f" (and {len(left_out) - 1} more)" if len(left_out) > 1 else ""
        raise Problem(f"{name} cannot be replayed against a store: {why}{more}")
    return kept, left_out


def _gateway(name: str) -> "Gateway":
    from lab.gateways.names import gateway_named
    from lab.scenario import NEEDS

    with problems_of(LookupError):
        player = gateway_named(name)
    lacking = [NEEDS[need] for need in ("cache", "clock") if need not in player.offers]
    if lacking:
        raise Problem(f"--gateway {name}: there is no grid without a gateway that {' and '.join(lacking)}")
    return player


async def _play(cases: "Sequence[Case]", gateway: "Gateway", jobs: int, done: "Callable[[Cell], None]") -> None:
    from lab.grid import questions
    from lab.grid.playing import play

    async with aclosing(play(questions(cases), gateway, jobs=jobs)) as cells:
        async for cell in cells:
            done(cell)
