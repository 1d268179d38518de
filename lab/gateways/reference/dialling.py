"""Opening an upstream connection: name, addresses, TCP or Unix socket, PROXY protocol, TLS; each way to fail told
apart."""

import asyncio
import errno
import os
import random
import socket
from collections.abc import Callable

from lab.gateways import Destination
from lab.gateways.reference.connection import UpstreamConnection
from lab.gateways.reference.failure import Failure
from lab.gateways.reference.racing import Race, race
from lab.gateways.reference.resolving import Resolved, resolve
from lab.gateways.reference.secured import Secured, client_context
from lab.gateways.reference.settings import Settings, shown_address
from lab.rfc.conditions import Condition
from lab.serving.sockets import show_progress

Say = Callable[[str], None]


async def dial(destination: Destination, settings: Settings, say: Say, preamble: bytes = b"") -> UpstreamConnection:
    """A new connection, ready for a request. `preamble`: goes before everything else, TLS included. `say` is told of an
    address that was tried in vain. Raises Failure: no byte of a request has been sent then."""
    sock = await _connected(destination, settings, say)
    try:
        secured = Secured(client_context(settings.trust), destination.server_name) if destination.secure else None
        loop = asyncio.get_running_loop()
        _, connection = await loop.create_connection(lambda: UpstreamConnection(sock, secured), sock=sock)
    except BaseException:
        sock.close()
        raise
    try:
        connection.introduce(preamble)
        await connection.secure(settings.timeouts.tls)
    except BaseException:
        connection.close()
        raise
    return connection


async def _connected(destination: Destination, settings: Settings, say: Say) -> socket.socket:
    seconds, resolved = settings.timeouts.connect, False
    try:
        async with asyncio.timeout(seconds):
            addresses = await resolve(destination)
            resolved = True
            found = await race(addresses, lambda each: _connect(each, settings.local_ports), settings.attempt_delay)
    except TimeoutError:
        if not resolved:
            details = f"no address of {destination.address[0]} after {seconds:g} s"
            raise Failure(Condition.NAME_TIMEOUT, details) from None
        raise Failure(Condition.CONNECT_TIMEOUT, f"no connection after {seconds:g} s") from None
    if found.sock is None:
        raise _failure(found, destination)
    in_vain = [(address, str(refused(error, destination))) for address, error in found.failed]
    in_vain += [(address, "no answer so far") for address in found.silent]
    for address, why in in_vain:
        say(f"{shown_address(destination)}: {address}: {why}; {found.winner} is connected")
    return found.sock


def _failure(found: Race, destination: Destination) -> Failure:
    """What it means that every address failed: a refusal says more than a missing route."""
    failures = [(address, refused(error, destination)) for address, error in found.failed]
    telling = next((each for _, each in failures if each.condition is Condition.REFUSED), failures[-1][1])
    if len(failures) > 1:
        telling.details = ", ".join(f"{address}: {failure.details}" for address, failure in failures)
    return telling


async def _connect(to: Resolved, local_ports: range | None) -> socket.socket:
    if local_ports is None or not isinstance(to.address, tuple):
        return await _open(to, None)
    start = random.randrange(len(local_ports))  # not from the first: those are the ones in use
    for port in (*local_ports[start:], *local_ports[:start]):
        try:
            return await _open(to, port)
        except OSError as error:
            if error.errno not in (errno.EADDRINUSE, errno.EADDRNOTAVAIL):
                raise
    raise OSError(errno.EADDRNOTAVAIL, os.strerror(errno.EADDRNOTAVAIL))


async def _open(to: Resolved, local_port: int | None) -> socket.socket:
    # Where IPPROTO_TCP is not named, asyncio leaves Nagle's algorithm on.
    unix = isinstance(to.address, str)
    sock = socket.socket(to.family, socket.SOCK_STREAM, 0 if unix else socket.IPPROTO_TCP)
    try:
        sock.setblocking(False)
        if local_port is not None:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # towards another address it can be used again
            sock.bind(("", local_port))
        if unix:
            sock.connect(to.address)  # at once, or EAGAIN: asyncio would take a full queue for a slow connection
        else:
            show_progress(sock)
            await asyncio.get_running_loop().sock_connect(sock, to.address)
    except BaseException:
        sock.close()
        raise
    return sock


def refused(error: OSError, destination: Destination) -> Failure:
    """What the system's answer to an attempt to connect means."""
    if destination.path is not None:
        condition = _UNIX.get(error.errno or 0, Condition.INTERNAL)
    else:
        condition = _TCP.get(error.errno or 0, Condition.INTERNAL)
    return Failure(condition, _reason(error))


def _reason(error: OSError) -> str:
    """The system's own words, without the address that asyncio adds."""
    return os.strerror(error.errno).lower() if error.errno else str(error)


_TCP = {
    errno.ECONNREFUSED: Condition.REFUSED,
    errno.ECONNRESET: Condition.NO_BYTE,
    errno.ECONNABORTED: Condition.NO_BYTE,
    errno.ENETUNREACH: Condition.UNREACHABLE,
    errno.EHOSTUNREACH: Condition.UNREACHABLE,
    errno.ENETDOWN: Condition.UNREACHABLE,
    errno.EHOSTDOWN: Condition.UNREACHABLE,
    errno.EACCES: Condition.PROHIBITED,
    errno.EPERM: Condition.PROHIBITED,
    errno.ETIMEDOUT: Condition.CONNECT_TIMEOUT,
    errno.EADDRNOTAVAIL: Condition.PORTS_EXHAUSTED,
    errno.EAGAIN: Condition.PORTS_EXHAUSTED,
}
_UNIX = {
    errno.ENOENT: Condition.SOCKET_MISSING,
    errno.ECONNREFUSED: Condition.REFUSED,
    errno.EACCES: Condition.SOCKET_DENIED,
    errno.EPERM: Condition.SOCKET_DENIED,
    errno.EAGAIN: Condition.SOCKET_FULL,
}
