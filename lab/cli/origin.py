"""badgateway origin: a healthy origin, for any cache, gateway or client."""

from typing import TYPE_CHECKING

import click

from lab.cli.problems import problems_of

if TYPE_CHECKING:
    from lab.gateways import Address
    from lab.origin import Asked

_TOLD = ("If-Match", "If-None-Match", "If-Modified-Since", "If-Unmodified-Since", "If-Range", "Range", "Cache-Control")
"""Of a request's fields, those without which its answer could not be understood."""

_OTHER_FILES = 64  # open besides connections
_LONGEST = 200  # characters of a line that come from a client


@click.command("origin")
@click.option("--listen", default="127.0.0.1:9000", show_default=True, metavar="HOST:PORT", help="Where it listens.")
def command(listen: str) -> None:
    """Start a healthy origin, whose resources say to caches whatever can be said; Ctrl-C ends it.

    Each request is told in a line: what was asked, under which condition, and what was answered. A browser shows at /
    what there is to ask.

    \b
    Example, in three terminals: who answers the second time?
      badgateway origin --listen 127.0.0.1:9000
      badgateway gateway --cache --upstream http://127.0.0.1:9000
      curl -i http://127.0.0.1:8080/max-age     (and again; then /news, twice)

    \b
    Then let the origin fail: which pages still come? DELETE heals it.
      curl -i http://127.0.0.1:8080/stale-if-error
      curl -X PUT --data 503 http://127.0.0.1:9000/_failing
      curl -i http://127.0.0.1:8080/stale-if-error     (and /must-revalidate)
    """
    import asyncio

    from lab.gateways.names import address_of

    with problems_of(ValueError):
        asyncio.run(_serve(address_of(listen)))


async def _serve(address: "Address") -> None:
    from lab.gateways.reference.front import FrontSettings, front
    from lab.gateways.reference.standalone import listen_at
    from lab.origin import Origin
    from lab.serving.addresses import host_and_port
    from lab.serving.server import Server, serve_until_signalled
    from lab.serving.sockets import allow_sockets

    listener = listen_at(address)
    allow_sockets(FrontSettings.connections + _OTHER_FILES)
    url = f"http://{host_and_port(listener.getsockname()[:2])}"
    origin = Origin(tell=lambda asked: click.echo(line_of(asked), err=True), url=url)
    # The gateway's front, because Hypercorn's own sends no reason phrases, and fills the memory over HTTP/2.
    server = Server(origin.application, listener, protocol=front())
    await serve_until_signalled(server, "a healthy origin (open it in a browser: it says what it has)")


def line_of(asked: "Asked") -> str:
    """`GET /news, If-None-Match: "abc" -> 304, no content`"""
    from lab.show.escape import visible

    told = [f"{name}: {value}" for name, value in asked.fields if name in _TOLD]
    said = visible(", ".join([f"{asked.method} {asked.target}", *told]))
    short = said if len(said) <= _LONGEST else f"{said[:_LONGEST]}..."
    return f"{short} -> {asked.status}" + (f", {asked.octets:,} bytes" if asked.octets else ", no content")
