"""badgateway gateway: the reference gateway, for any upstream and any client."""

import dataclasses
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from lab.cli.headings import Headed
from lab.cli.problems import Problem, problems_of

TIMEOUTS = {
    "connect": "for a connection to the upstream to be there (5)",
    "tls": "for the TLS handshake with the upstream (5)",
    "write": "for the upstream to take more of the request (30)",
    "first_byte": "from the end of the request to the first byte of the response (30)",
    "read": "between one byte of the response and the next (30)",
    "response": "for the whole response (600)",
    "idle": "for which an unused upstream connection is kept (60)",
    "expect": "for which content that expects a 100 is kept back for one from the upstream (1)",
    "tunnel": "for which nothing may go through a connection that has switched protocols (300)",
}
"""What each of the gateway's time-outs towards upstreams is for, and how long it is by default; the names are those of
its settings."""

CLIENT_TIMEOUTS = {
    "header": "for a client to send a whole header section (10)",
    "content": "for a client to send more of its request's content (10)",
    "idle": "for which a client connection without a request is kept (60)",
    "write": "for a client to take more of its response (60)",
}
"""The same towards clients."""

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
    purposes = {f"{name}_timeout": purpose for name, purpose in TIMEOUTS.items()}
    purposes |= {f"client_{name}_timeout": purpose for name, purpose in CLIENT_TIMEOUTS.items()}
    for name, purpose in reversed(purposes.items()):
        option = f"--{name.replace('_', '-')}"
        function = click.option(option, name, type=float, metavar="S", help=f"Seconds {purpose}.")(function)
    return function


HEADINGS = {
    "Where it stands": "listen|tls|upstream.*",
    "How it answers": "stream|buffer|strict|lenient",
    "What it stores": "cache.*|targets",
    "What it says": "log_.*",
    "How it reaches upstreams": "mark_down|proxy_protocol|attempt_delay|local_ports",
    "How long it waits for an upstream": "(?!client_).*_timeout",
    "How long it waits for a client": "client_.*_timeout",
    "How much it takes": ".*_limit|limit_.*",
}
"""Of the options in the help, each with the parameters that stand under it."""


@click.command("gateway", cls=Headed, headings=HEADINGS)
@click.option("--listen", default="127.0.0.1:8080", show_default=True, metavar="HOST:PORT", help="Where clients ask.")
@click.option("--upstream", "upstreams", required=True, multiple=True, metavar="URL",
              help="The server behind it, such as http://127.0.0.1:9000 or unix:/run/app.sock. Given several times: the"
                   " next one is tried where there is no connection to the one before.")  # fmt: skip
@click.option("--upstream-ca", metavar="FILE", type=click.Path(path_type=Path),
              help="Certificates (PEM) of those who may sign an https upstream's; else the system's.")  # fmt: skip
@click.option("--tls", is_flag=True,
              help="Speak TLS to clients, HTTP/2 by ALPN; says where the certificate's authority lies.")  # fmt: skip
@click.option("--stream", is_flag=True, help="Send a response on as it comes (this is the default).")
@click.option(
    "--buffer", metavar="SIZE", help="Hold back so many bytes of content, such as 64k: what breaks can still be a 502."
)
@click.option("--strict", is_flag=True, help="Refuse a response with anything wrong in it (this is the default).")
@click.option("--lenient", is_flag=True, help="Repair what the standard allows to repair, and say so in the log.")
@click.option("--cache", is_flag=True, help="Store responses, and answer from the store (RFC 9111).")
@click.option("--cache-size", metavar="SIZE", help="Most bytes that are stored (256m).")
@click.option("--cache-dir", metavar="DIR", type=click.Path(path_type=Path),
              help="Store in this directory, for after a restart, too; else in memory.")  # fmt: skip
@click.option("--target", "targets", multiple=True, metavar="FIELD",
              help="Obey this field, such as CDN-Cache-Control, rather than Cache-Control (RFC 9213). Given several"
                   " times: the first that is there.")  # fmt: skip
@click.option("--log-requests", is_flag=True,
              help="Say a line of every answer; failures are always told. A header section that is refused"
                   " (such as by 400 or 408) is told of as a failure alone, without the client's address.")  # fmt: skip
@click.option(
    "--mark-down",
    metavar="N[:S]",
    help="Leave an upstream alone for S seconds (10) after N failures in a row; then one request tries it.",
)
@click.option(
    "--proxy-protocol",
    type=click.Choice(["1", "2"]),
    help="Tell upstreams who the client is, by this version of the PROXY protocol.",
)
@click.option(
    "--attempt-delay",
    type=float,
    metavar="S",
    help="Seconds after which the next address of a name is tried beside a silent one (0.25).",
)
@click.option("--local-ports", metavar="FIRST-LAST", help="Connect to upstreams from these ports alone.")
@_timeouts
@_limits
@click.option("--limit-connections", type=int, metavar="N", help="Most upstream connections at once (512).")
@click.option("--limit-clients", type=int, metavar="N", help="Most client connections at once (1000).")
def command(
    listen: str,
    upstreams: tuple[str, ...],
    upstream_ca: Path | None,
    tls: bool,
    stream: bool,
    buffer: str | None,
    strict: bool,
    lenient: bool,
    cache: bool,
    cache_size: str | None,
    cache_dir: Path | None,
    targets: tuple[str, ...],
    log_requests: bool,
    mark_down: str | None,
    proxy_protocol: str | None,
    attempt_delay: float | None,
    local_ports: str | None,
    limit_connections: int | None,
    limit_clients: int | None,
    **named: Any,
) -> None:
    """Start the reference gateway in front of any upstream; Ctrl-C ends it.

    \b
    Example, in two terminals (then: curl -i http://127.0.0.1:8080/report):
      badgateway upstream first/broken_promise --listen 127.0.0.1:9000
      badgateway gateway --upstream http://127.0.0.1:9000 --listen 127.0.0.1:8080

    \b
    Two upstreams, the second where the first cannot be reached, which is left
    alone for 30 seconds after 3 failures:
      badgateway gateway --upstream unix:/run/app.sock \\
        --upstream http://127.0.0.1:9000 --mark-down 3:30

    \b
    With a cache that outlives a restart:
      badgateway gateway --upstream http://127.0.0.1:9000 --cache \\
        --cache-dir stored
    """
    if stream and buffer is not None:
        raise Problem("--stream and --buffer exclude each other: stream sends on at once, buffer holds back")
    if strict and lenient:
        raise Problem("--strict and --lenient exclude each other: strict refuses what lenient repairs")
    import asyncio

    from lab.gateways.names import address_of
    from lab.gateways.reference import standalone, told
    from lab.gateways.reference.cache.told import cache_settings, without_a_cache
    from lab.gateways.reference.front import FrontSettings
    from lab.gateways.reference.settings import Settings, Timeouts

    given = _given(named, "_timeout")
    client_times = {name: given.pop(f"client_{name}") for name in CLIENT_TIMEOUTS if f"client_{name}" in given}
    with problems_of(ValueError):
        if not cache:
            without_a_cache(cache_size, cache_dir, targets)
        size = None if cache_size is None else standalone.size(cache_size, "--cache-size")
        settings = standalone.settings_for(
            upstreams,
            upstream_ca=upstream_ca,
            buffer=None if buffer is None else standalone.size(buffer),
            timeouts=dataclasses.replace(Timeouts(), **given),
            limits=standalone.limits_of(_given(named, "_limit")),
            connections=Settings.connections if limit_connections is None else limit_connections,
            strict=not lenient,
        )
        settings = dataclasses.replace(
            settings,
            mark_down=None if mark_down is None else told.mark_down(mark_down),
            proxy_protocol=None if proxy_protocol is None else int(proxy_protocol),
            attempt_delay=Settings.attempt_delay if attempt_delay is None else attempt_delay,
            local_ports=None if local_ports is None else told.local_ports(local_ports),
            cache=cache_settings(size, cache_dir, targets) if cache else None,
        )
        times = {f"{name}_timeout": seconds for name, seconds in client_times.items()}
        most = FrontSettings.connections if limit_clients is None else limit_clients
        clients = FrontSettings(connections=most, **times)
        asyncio.run(
            standalone.run(address_of(listen), settings, secure=tls, clients=clients, log_requests=log_requests)
        )


def _given(named: dict[str, Any], suffix: str) -> dict[str, Any]:
    """The options of one group that were given, by the names of the settings."""
    return {
        name.removesuffix(suffix): value for name, value in named.items() if name.endswith(suffix) and value is not None
    }
