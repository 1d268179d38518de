"""The reference gateway for anybody: `badgateway gateway --upstream URL`. Raises ValueError, in one line each, for what
cannot be done: what, where, and what to do instead."""

import contextlib
import dataclasses
import os
import re
import socket
import ssl
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from lab.gateways import Address
from lab.gateways.reference.access import telling_answers
from lab.gateways.reference.adapter import unique_name
from lab.gateways.reference.application import ReferenceGateway
from lab.gateways.reference.front import FrontSettings, front
from lab.gateways.reference.secured import client_context
from lab.gateways.reference.settings import LIMITS, Settings, Timeouts
from lab.gateways.reference.told import upstreams_at
from lab.h1 import Limits
from lab.serving.addresses import host_and_port
from lab.serving.server import Server, serve_until_signalled
from lab.serving.sockets import allow_sockets, listening_socket

_UNITS = {"": 1, "k": 1 << 10, "m": 1 << 20, "g": 1 << 30}
_OTHER_FILES = 64  # open besides connections
_ANYWHERE = ("0.0.0.0", "::", "")


def size(text: str, option: str = "") -> int:
    """`65536`, `64k` or `1m` as a number of bytes. `option`: to which it was given."""
    found = re.fullmatch(r"(\d{1,12})([kmg]?)b?", text.strip().lower())
    if found is None:
        where = f"{option}: " if option else ""
        raise ValueError(f"{where}a size is a number of bytes such as 65536, 64k or 1m, not {text!r}")
    return int(found[1]) * _UNITS[found[2]]


def limits_of(sizes: Mapping[str, str]) -> Limits:
    """The usual limits, but with these for `line`, `field`, `section` or `content`. Those of a trailer section, which
    are lower, follow where they would be higher."""
    given = {name: _limit(name, text) for name, text in sizes.items()}
    limits = dataclasses.replace(LIMITS, **given)
    return dataclasses.replace(
        limits,
        trailer_field=min(limits.trailer_field, limits.field),
        trailer_section=min(limits.trailer_section, limits.section),
    )


def _limit(name: str, text: str) -> int:
    number = size(text, f"--limit-{name}")
    if not number and name != "content":
        raise ValueError(f"--limit-{name}: nothing at all would fit into 0 bytes")
    return number


def authorities_in(file: str | os.PathLike[str]) -> bytes:
    """The certificates, in PEM, of those whose signature an upstream's certificate must have."""
    try:
        pem = Path(file).read_bytes()
    except OSError as error:
        raise ValueError(f"--upstream-ca {os.fspath(file)!r} cannot be read: {error.strerror}") from None
    with contextlib.suppress(ValueError):
        if pem:
            client_context(pem)
            return pem
    raise ValueError(f"--upstream-ca {os.fspath(file)!r} holds no certificate in PEM")


def settings_for(
    upstreams: Sequence[str],
    *,
    upstream_ca: str | os.PathLike[str] | None = None,
    buffer: int | None = None,
    timeouts: Timeouts = Timeouts(),
    limits: Limits = LIMITS,
    connections: int = Settings.connections,
    strict: bool = True,
) -> Settings:
    """What a gateway in front of these URLs is told. `buffer`: bytes of content to hold back; None: stream. `strict`:
    refuse a response with any anomaly, else repair what a clause allows to repair."""
    destinations = upstreams_at(upstreams)
    if upstream_ca is not None and not any(destination.secure for destination in destinations):
        raise ValueError(f"--upstream-ca is for an https upstream, and {upstreams[0]!r} is none")
    trust = None if upstream_ca is None else authorities_in(upstream_ca)
    return Settings(destinations, unique_name(), trust, buffer, timeouts, limits, connections, strict)


def listen_at(listen: Address) -> socket.socket:
    """The socket to listen on."""
    try:
        return listening_socket(*listen)
    except (OSError, OverflowError, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ValueError(
            f"cannot listen on {host_and_port(listen)}: {reason}; choose another address with --listen"
        ) from None


async def run(
    listen: Address,
    settings: Settings,
    *,
    secure: bool = False,
    clients: FrontSettings = FrontSettings(),
    log_requests: bool = False,
) -> None:
    """Serve until SIGINT or SIGTERM. `secure`: over TLS, with a certificate of the lab's own authority. `clients`: how
    many at once, and how long they are waited for; their requests are held to the same limits as responses.
    `log_requests`: tell of every answer, not of failures alone."""
    sock = listen_at(listen)
    allow_sockets(clients.connections + settings.connections + _OTHER_FILES)
    gateway = ReferenceGateway(settings, _say)
    with contextlib.ExitStack() as stack:
        context = stack.enter_context(_certificate(listen[0])) if secure else None
        protocol = front(dataclasses.replace(clients, error_page=gateway.error_page, limits=settings.limits))
        application = gateway.application()
        if log_requests:
            application = telling_answers(application, _say, settings.name)
        server = Server(application, sock, ssl=context, protocol=protocol)
        await serve_until_signalled(server, _introduction(settings))


def _introduction(settings: Settings) -> str:
    urls = ", then ".join(upstream.url for upstream in settings.upstreams)
    mode = "streaming" if settings.buffer is None else f"holding back {settings.buffer} bytes"
    mode += "" if settings.strict else ", lenient"
    if settings.cache is not None:
        mode += f", caching {settings.cache}"
    return f"{settings.name}, in front of {urls}, {mode},"


@contextlib.contextmanager
def _certificate(host: str) -> Iterator[ssl.SSLContext]:
    """A certificate for this host, and the authority in a file for as long as it is of use."""
    from lab.certificates import NAMES, authority_file, server_context

    names = NAMES if host in (*NAMES, *_ANYWHERE) else (*NAMES, host)
    with authority_file() as file:
        _say(f"its certificate is signed by the lab's authority: trust {file} (curl --cacert) while it runs")
        yield server_context(names=names, alpn=("h2", "http/1.1"))


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
