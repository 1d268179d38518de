"""badgateway compare: 502 against 304, both performed and measured."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from lab.cli.choosing import Shelf, scenarios_option
from lab.cli.completing import CODES, codes, gateways
from lab.cli.problems import Problem, problems_of
from lab.cli.writing import refuse_unwritable, write

if TYPE_CHECKING:
    from lab.compare.comparison import Comparison
    from lab.gateways import Gateway
    from lab.scenario import Case


@click.command("compare")
@click.argument("codes", nargs=-1, metavar="502 304", shell_complete=codes)
@click.option("--gateway", metavar="NAME", default="reference", shell_complete=gateways,
              help="Which gateway to play on (reference); also: reference-buffer, reference-lenient.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="One JSON object, with all the evidence.")
@click.option("--html", metavar="FILE", type=click.Path(path_type=Path),
              help="Write it into FILE, one page with all that belongs to it.")  # fmt: skip
@click.option(
    "-v", "--verbose", is_flag=True, help="More, and the evidence: which performance, which bytes, which times."
)
@scenarios_option
def command(
    codes: tuple[str, ...], gateway: str, as_json: bool, html: Path | None, verbose: bool, folder: Path | None
) -> int:
    """Compare a 502 with a 304: definition, causes, indication, impact, resolution, stage, parties.

    \b
    Examples: badgateway compare 502 304
              badgateway compare 502 304 --html comparison.html
              badgateway compare 502 304 --json | jq '.claims[] | {claim, result}'

    Both are performed live, and every cell says what was just measured. Folk remedies and common beliefs are tried,
    each with a result: holds, holds partly, fails. The causes are counted by playing the whole catalogue.

    Exit status: 0 it was measured; 1 a 502 or a 304 did not come about on this gateway; 2 wrong usage.
    """
    from lab.gateways.names import gateway_named

    _refuse_others(codes)
    with problems_of(LookupError):
        player = gateway_named(gateway)
    if html is not None:
        refuse_unwritable(html, "--html")
    comparison = _compare(player, Shelf(folder).cases(()))
    if html is not None:
        from lab.show.compare.page import page

        write(html, "--html", [page(comparison)])
    if as_json:
        from lab.show.compare.record import comparison_record
        from lab.show.records import as_line

        click.echo(as_line(comparison_record(comparison)))
    elif html is None:
        from lab.show.compare.text import comparison_lines
        from lab.show.terminal import Terminal

        terminal = Terminal()
        terminal.show(comparison_lines(comparison, terminal.width, everything=verbose))
    return int(not comparison.came_about)


def _refuse_others(codes: tuple[str, ...]) -> None:
    if set(codes) != set(CODES) or len(codes) != len(CODES):
        given = f", not {' '.join(codes)!r}" if codes else ""
        raise Problem(f"there is one comparison: badgateway compare 502 304{given}")


def _compare(gateway: "Gateway", cases: "tuple[Case, ...]") -> "Comparison":
    import asyncio

    from lab.compare.comparison import trials
    from lab.compare.performing import compare
    from lab.show.terminal import Terminal

    total = len({trial.name for trial in trials()}) + len(cases)
    with Terminal(stderr=True).progress(total) as advance:
        return asyncio.run(compare(gateway, cases, done=advance))
