"""badgateway run: play scenarios on a gateway, and say what came of it."""

import shlex
import time
from collections.abc import Callable, Sequence
from contextlib import aclosing, closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lab.cli.choosing import Shelf, scenarios_option
from lab.cli.completing import gateways, scenarios
from lab.cli.door import INTERRUPTED
from lab.cli.exporting import Exports, export_options
from lab.cli.playing import interrupted
from lab.cli.problems import Problem
from lab.cli.reaching import options, player

if TYPE_CHECKING:
    from lab.gateways import Gateway
    from lab.performance import Performed
    from lab.scenario import Case

JOBS = 16


@click.command("run")
@click.argument("names", nargs=-1, metavar="[SCENARIO|CHAPTER|FILE]...", shell_complete=scenarios)
@click.option(
    "--gateway",
    metavar="NAME",
    shell_complete=gateways,
    help="Which gateway to play on (reference); also: reference-buffer, reference-lenient.",
)
@click.option("-j", "--jobs", type=click.IntRange(1, 1000), default=JOBS, show_default=True, metavar="N",
              help="So many at the same time.")  # fmt: skip
@click.option("--json", "json_lines", is_flag=True, help="One JSON object per line and request.")
@click.option("--junit", metavar="FILE", type=click.Path(path_type=Path), help="Also write JUnit XML into FILE.")
@click.option("--save", metavar="FILE", type=click.Path(path_type=Path),
              help="Keep every byte in FILE.json (or .json.gz), for `badgateway show FILE.json`.")  # fmt: skip
@export_options
@click.option("-v", "--verbose", is_flag=True, help="Expectations with their clauses, and the whole transcript.")
@click.option("--hex", "octets", is_flag=True, help="What went over each connection, octet by octet.")
@click.option("--http2", is_flag=True, help="Ask over HTTP/2 what the stories ask over HTTP/1.1.")
@click.option("--gateway-url", metavar="URL", help="Play through a gateway that already runs there ...")
@click.option("--upstream-listen", metavar="HOST:PORT", help="... and that expects its upstream here.")
@scenarios_option
def command(
    names: tuple[str, ...], gateway: str | None, jobs: int, json_lines: bool, junit: Path | None, save: Path | None,
    exports: Exports, verbose: bool, octets: bool, http2: bool, gateway_url: str | None, upstream_listen: str | None,
    folder: Path | None,
) -> int:  # fmt: skip
    """Play scenarios: all, or those that are named; a variant is named in brackets.

    \b
    Examples: badgateway run first/broken_promise
              badgateway run truncated_bodies tls --gateway reference-buffer
              badgateway run --save all.json
              badgateway run --json | jq 'select(.outcome == "disguised")'

    One scenario is shown as a picture with three answers, many as a table.

    With --http2, what cannot be asked over HTTP/2 is left out: a client that writes its bytes itself, speaks HTTP/1.0
    or asks for an upgrade.

    Exit status: 0 nothing deviates; 1 something deviates, is unsound or stays inconclusive; 2 wrong usage; 130 you
    interrupted it (what was played until then is summed up, and kept).

    With --json, each line has these keys. What was played: scenario, variant, gateway, gateway_version, mode, act,
    request, client_version (of HTTP). What the client got: status, outcome, made_by, ending, error_code (with which its
    stream was given up), fidelity, complete, interim, surplus, proxy_status, cache_status. What the upstream saw:
    upstream_requests, delivered (whether the fault took effect), reports (the error types that would name it). What to
    think of it: verdict, expectations (a list of objects with says, keyword, clauses, verdict), elapsed_ms.
    """
    from lab.cli.saving import JUnit, Keeper
    from lab.cli.spooling import Spool
    from lab.cli.telling import InOrder, telling
    from lab.show.text.summary import Tally, quoted

    shelf = Shelf(folder)
    cases = _over_http2(shelf.cases(names)) if http2 else shelf.cases(names)
    on = player(gateway, gateway_url, upstream_listen, http2=http2)
    asked = [case.name for case in cases]
    given = [*(["--http2"] if http2 else []), *options(gateway, gateway_url, upstream_listen, folder)]

    def again(case: "Case") -> str:
        return " ".join(["run", quoted(shelf.word_for(case)), *map(shlex.quote, given)])

    exports.refuse(save, junit)
    report = None if junit is None else JUnit(junit)
    keeper = None if save is None else Keeper(save, asked)
    spool = click.get_current_context().with_resource(closing(Spool(cases))) if exports else None
    told, tally = telling(asked, again, json_lines=json_lines, verbose=verbose, octets=octets), Tally()
    order = InOrder(asked, tally.add, told.tell, *([report.add] if report else []))
    began = time.monotonic()
    with told.terminal.progress(len(cases)) as advance:

        def done(performed: "Performed") -> None:
            judgement = performed.judgement
            if keeper is not None:
                keeper.add(performed, judgement)
            if spool is not None:
                spool.add(performed)
            advance(judgement.case.name)
            order.add(judgement.case.name, judgement)

        stopped = interrupted(_play(cases, on, 1 if gateway_url else jobs, done, http2=http2))
    order.rest()
    seconds = time.monotonic() - began
    if keeper is not None:
        keeper.close(seconds)
    told.sum_up(tally, seconds, len(cases))
    if gateway_url:
        _tell_of_stores(cases)
    if report is not None:
        report.write()
    if spool is not None:
        exports.write(spool.again)
    return INTERRUPTED if stopped else int(tally.failed)


def _over_http2(cases: "tuple[Case, ...]") -> "tuple[Case, ...]":
    """Those that can be asked over HTTP/2, asked so."""
    over = tuple(asked for case in cases if (asked := case.over_http2()) is not None)
    if not over:
        raise Problem("--http2: this cannot be asked over HTTP/2; its client writes its bytes itself, speaks HTTP/1.0"
                      " or asks for an upgrade")  # fmt: skip
    if left_out := len(cases) - len(over):
        click.echo(f"{left_out} of {len(cases)} cannot be asked over HTTP/2, and are left out.", err=True)
    return over


def _tell_of_stores(cases: "tuple[Case, ...]") -> None:
    """Why no story of stores was played through a gateway that runs already, though it may well have a store."""
    if count := sum("cache" in case.needs for case in cases):
        click.echo(
            f"{count} of {len(cases)} are about stores: they need one that is empty, and most a clock that the lab"
            " sets.\nNo gateway that runs already can promise that. By hand: badgateway upstream, badgateway origin.",
            err=True,
        )


async def _play(
    cases: "Sequence[Case]", gateway: "Gateway", jobs: int, done: "Callable[[Performed], None]", *, http2: bool
) -> None:
    from lab.performance import perform_all, why_unreached

    if why := await why_unreached(gateway, http2=http2):
        raise Problem(why)
    async with aclosing(perform_all(cases, gateway, jobs=jobs)) as performed:
        async for each in performed:
            done(each)
