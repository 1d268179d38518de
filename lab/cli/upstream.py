"""badgateway upstream: one scenario's upstream, for anyone's client or gateway."""

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lab.cli.choosing import Shelf, scenarios_option
from lab.cli.completing import scenarios
from lab.cli.problems import Problem, problems_of

if TYPE_CHECKING:
    from lab.gateways import Address
    from lab.scenario import Case
    from lab.transcript import Event


@click.command("upstream")
@click.argument("scenario", shell_complete=scenarios)
@click.option("--listen", default="127.0.0.1:9000", show_default=True, metavar="HOST:PORT", help="Where it listens.")
@scenarios_option
def command(scenario: str, listen: str, folder: Path | None) -> None:
    """Play the upstream of a SCENARIO for ever, for your own client or gateway; Ctrl-C ends it.

    \b
    Example:  badgateway upstream first/garbage --listen 127.0.0.1:9000
              curl -i http://127.0.0.1:9000/
    """
    import asyncio

    from lab.gateways.names import address_of

    case = Shelf(folder).case(scenario)
    with problems_of(ValueError):
        address = address_of(listen)
    asyncio.run(_play(case, address))


async def _play(case: "Case", address: "Address") -> None:
    from lab.performance import serving_upstream
    from lab.serving.addresses import host_and_port
    from lab.serving.signals import stop_signals
    from lab.show.terminal import Terminal
    from lab.show.text.lines import line
    from lab.show.text.wire import event_lines

    terminal = Terminal(stderr=True)

    def tell(event: "Event") -> None:
        terminal.show(event_lines(event, terminal.width))

    with stop_signals() as stop, contextlib.ExitStack() as stack:
        try:
            async with serving_upstream(case, listen=address, tell=tell) as served:
                if any(url.startswith("https:") for url in served.urls):
                    from lab.certificates import authority_file  # slow to load, where there is no TLS

                    file = stack.enter_context(authority_file())
                    terminal.show([line(f"the lab's authority lies in {file} (curl --cacert) while it plays")])
                terminal.show([line(f"{case.name} plays at {' and '.join(served.urls)}, until Ctrl-C")])
                await stop.wait()
        except OSError as error:
            raise Problem(
                f"cannot listen on {host_and_port(address)}: {error.strerror}; choose another with --listen"
            ) from None
