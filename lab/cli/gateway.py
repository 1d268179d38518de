"""badgateway gateway: the reference gateway, for any upstream and any client."""

import dataclasses
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from lab.cli.problems import Problem, problems_of

TIMEOUTS = {
    "connect": "for a connection to the upstream to be there",
    "tls": "for the TLS handshake with the upstream",
    "write": "for the upstream to take more of the request",
    "first_byte": "from the end of the request to the first byte of the response",
    "read": "between one byte of the response and the next",
    "response": "for the whole response",
    "idle": "for which an unused upstream connection is kept",
}
"""What each of the gateway's time-outs is for; the names are those of its settings."""

LIMITS = {
    "line": "of a request line or a status line (8k)",
    "field": "of one field line (16k)",
    "section": "of a header section (64k)",
    "content": "of the content (unlimited)",
}
"""What each of the gateway's limits holds of a request and of a response; the names are those of its settings."""


def _limits(function: Callable[..., Any]) -> Callable[..., Any]:
    for name, of_what in reversed(LIMITS.items()):
        function = click.option(f"--limit-{name}", f"{name}_limit", metavar="SIZE", help=f"Most bytes {of_what}.")(
            function
        )
    return function


def _timeouts(function: Callable[..., Any]) -> Callable[..., Any]:
    for name, purpose in reversed(TIMEOUTS.items()):
        option = f"--{name.replace('_', '-')}-timeout"
        function = click.option(option, f"{name}_timeout", type=float, metavar="S", help=f"Seconds {purpose}.")(
            function
        )
    return function


@click.command("gateway", short_help="Start the reference gateway in front of any upstream.")
@click.option("--listen", default="127.0.0.1:8080", show_default=True, metavar="HOST:PORT", help="Where clients ask.")
@click.option("--upstream", required=True, metavar="URL", help="The server behind it, such as http://127.0.0.1:9000.")
@click.option("--upstream-ca", metavar="FILE", type=click.Path(path_type=Path),
              help="Certificates (PEM) of those who may sign an https upstream's; else the system's.")  # fmt: skip
@click.option("--tls", is_flag=True, help="Speak TLS to clients; it says where the certificate's authority lies.")
@click.option("--stream", is_flag=True, help="Send a response on as it comes (this is the default).")
@click.option(
    "--buffer", metavar="SIZE", help="Hold back so much content (64k): a body that breaks can still be a 502."
)
@_timeouts
@_limits
@click.option("--limit-connections", type=int, metavar="N", help="Most upstream connections at once (512).")
@click.option("--limit-clients", type=int, metavar="N", help="Most client connections at once (1000).")
def command(
    listen: str,
    upstream: str,
    upstream_ca: Path | None,
    tls: bool,
    stream: bool,
    buffer: str | None,
    limit_connections: int | None,
    limit_clients: int | None,
    **named: Any,
) -> None:
    """Start the reference gateway in front of any upstream; Ctrl-C ends it.

    \b
    Example, in two terminals (then: curl -i http://127.0.0.1:8080/report):
      badgateway upstream first/broken_promise --listen 127.0.0.1:9000
      badgateway gateway --upstream http://127.0.0.1:9000 --listen 127.0.0.1:8080
    """
    if stream and buffer is not None:
        raise Problem("--stream and --buffer exclude each other: stream sends on at once, buffer holds back")
    import asyncio

    from lab.gateways.names import address_of
    from lab.gateways.reference import standalone
    from lab.gateways.reference.front import FrontSettings
    from lab.gateways.reference.settings import Settings, Timeouts

    with problems_of(ValueError):
        settings = standalone.settings_for(
            upstream,
            upstream_ca=upstream_ca,
            buffer=None if buffer is None else standalone.size(buffer),
            timeouts=dataclasses.replace(Timeouts(), **_given(named, "_timeout")),
            limits=standalone.limits_of(_given(named, "_limit")),
            connections=Settings.connections if limit_connections is None else limit_connections,
        )
        clients = FrontSettings.connections if limit_clients is None else limit_clients
        asyncio.run(standalone.run(address_of(listen), settings, secure=tls, clients=clients))


def _given(named: dict[str, Any], suffix: str) -> dict[str, Any]:
    """The options of one group that were given, by the names of the settings."""
    return {
        name.removesuffix(suffix): value for name, value in named.items() if name.endswith(suffix) and value is not None
    }
