"""badgateway run: play scenarios on a gateway, and say what came of it."""

import asyncio
import shlex
import time
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import aclosing
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from lab.cli.choosing import Shelf, scenarios_option
from lab.cli.door import INTERRUPTED
from lab.cli.problems import Problem, problems_of
from lab.cli.telling import JsonLines, Report, Table, Telling
from lab.show.text.summary import Again, failed, quoted

if TYPE_CHECKING:
    from lab.gateways import Address, Gateway
    from lab.scenario import Case
    from lab.verdict import Judgement

JOBS = 16


@click.command("run", short_help="Play scenarios and see what came of it.")
@click.argument("names", nargs=-1, metavar="[SCENARIO|CHAPTER|FILE]...")
@click.option("--gateway", default="reference", show_default=True, metavar="NAME", help="Which gateway to play on.")
@click.option("-j", "--jobs", type=click.IntRange(1, 1000), default=JOBS, show_default=True, metavar="N",
              help="So many at the same time.")  # fmt: skip
@click.option("--json", "json_lines", is_flag=True, help="One JSON object per line and request.")
@click.option("--junit", metavar="FILE", type=click.Path(path_type=Path), help="Also write JUnit XML into FILE.")
@click.option("-v", "--verbose", is_flag=True, help="Expectations with their clauses, and the whole transcript.")
@click.option("--gateway-url", metavar="URL", help="Play through a gateway that already runs there ...")
@click.option("--upstream-listen", metavar="HOST:PORT", help="... and that expects its upstream here.")
@scenarios_option
def command(
    names: tuple[str, ...], gateway: str, jobs: int, json_lines: bool, junit: Path | None, verbose: bool,
    gateway_url: str | None, upstream_listen: str | None, folder: Path | None,
) -> int:  # fmt: skip
    """Play scenarios: all, or those that are named; a variant is named in brackets.

    \b
    Examples: badgateway run first/broken_promise
              badgateway run truncated_bodies tls --gateway reference-buffer
              badgateway run --json | jq 'select(.outcome == "disguised") | .scenario'

    One scenario is shown as a picture with three answers, many as a table.

    Exit status: 0 nothing deviates; 1 something deviates, is unsound or stays inconclusive; 2 wrong usage; 130 you
    interrupted it (what was played until then is summed up).

    With --json, each line has these keys. What was played: scenario, variant, gateway, gateway_version, mode, act,
    request. What the client got: status, outcome, made_by, ending, fidelity, complete, interim, surplus, proxy_status,
    cache_status. What the upstream saw: upstream_requests, delivered (whether the fault took effect), reports (the
    error types that would name it). What to think of it: verdict, expectations (a list of objects with says, keyword,
    clauses, verdict), elapsed_ms.
    """
    shelf = Shelf(folder)
    cases = shelf.cases(names)
    player = _gateway(gateway, gateway_url, upstream_listen)
    file = _opened(junit)
    options = _options(gateway, gateway_url, upstream_listen, folder)

    def again(case: "Case") -> str:
        return " ".join([quoted(shelf.word_for(case)), *map(shlex.quote, options)])

    telling = _telling(cases, json_lines, verbose, again)
    judgements, seconds, interrupted = _played(cases, player, 1 if gateway_url else jobs, telling)
    telling.sum_up(judgements, seconds, len(cases))
    if file is not None:
        from lab.show.junit import junit as as_junit

        with file:
            file.write(as_junit(judgements))
    return INTERRUPTED if interrupted else int(failed(judgements))


def _telling(cases: "Sequence[Case]", json_lines: bool, verbose: bool, again: Again) -> Telling:
    if json_lines:
        return JsonLines(again)
    one = len({case.scenario.address for case in cases}) == 1
    return Report(verbose, again) if one else Table(cases, verbose, again)


def _options(gateway: str, url: str | None, upstream_listen: str | None, folder: Path | None) -> list[str]:
    """The options that play on the same gateway, out of the same folder, once more."""
    if url is not None and upstream_listen is not None:
        on = ["--gateway-url", url, "--upstream-listen", upstream_listen]
    else:
        on = ["--gateway", gateway] if gateway != "reference" else []
    return [*on, *(["--scenarios", str(folder)] if folder is not None else [])]


def _played(
    cases: "Sequence[Case]", gateway: "Gateway", jobs: int, telling: Telling
) -> "tuple[list[Judgement], float, bool]":
    """Play them all, and tell each in the order of the cases. Gives what was played, the seconds that it took, and
    whether it was interrupted."""
    found: dict[str, Judgement] = {}
    waiting = deque(cases)
    began = time.monotonic()
    interrupted = False

    def done(judgement: "Judgement") -> None:
        found[judgement.case.name] = judgement
        advance(judgement.case.name)
        while waiting and waiting[0].name in found:
            telling.tell(found[waiting.popleft().name])

    try:
        with telling.terminal.progress(len(cases)) as advance:
            asyncio.run(_play(cases, gateway, jobs, done))
    except KeyboardInterrupt:
        interrupted = True
    for case in waiting:
        if case.name in found:
            telling.tell(found[case.name])
    return [found[case.name] for case in cases if case.name in found], time.monotonic() - began, interrupted


async def _play(cases: "Sequence[Case]", gateway: "Gateway", jobs: int, done: "Callable[[Judgement], None]") -> None:
    from lab.performance import perform_all

    async with aclosing(perform_all(cases, gateway, jobs=jobs)) as performed:
        async for each in performed:
            done(each.judgement)


def _gateway(name: str, url: str | None, upstream_listen: str | None) -> "Gateway":
    from lab.gateways.names import address_of, gateway_named, running_gateway

    if (url is None) != (upstream_listen is None):
        raise Problem(
            "--gateway-url and --upstream-listen go together: where it is asked, and where it finds its upstream"
        )
    with problems_of(LookupError, ValueError):
        if url is None or upstream_listen is None:
            return gateway_named(name)
        _free(address_of(upstream_listen))
        return running_gateway(url, upstream_listen)


def _free(address: "Address") -> None:
    """Whether the upstream will be able to listen where the gateway expects it."""
    from lab.serving.sockets import listening_socket

    try:
        listening_socket(*address).close()
    except OSError as error:
        raise Problem("--upstream-listen {}:{}: cannot listen there: {}".format(*address, error.strerror)) from None


def _opened(junit: Path | None) -> TextIO | None:
    """The file for JUnit, opened before anything is played: what cannot be written is said at once."""
    if junit is None:
        return None
    try:
        return junit.open("w", encoding="utf-8", newline="\n")
    except OSError as error:
        raise Problem(f"--junit {junit} cannot be written: {error.strerror}") from None
