"""Opening an upstream connection: name, address, TCP or Unix socket, TLS; each way to fail told apart."""

import asyncio
import errno
import os
import socket
from collections.abc import Sequence
from ipaddress import ip_address
from typing import Any

from lab.gateways import Destination
from lab.gateways.reference.connection import UpstreamConnection
from lab.gateways.reference.failure import Failure
from lab.gateways.reference.secured import Secured, client_context
from lab.gateways.reference.settings import Settings
from lab.rfc.conditions import Condition
from lab.serving.sockets import show_progress

_Resolved = tuple[int, Any]
"""An address family, and the address as `connect` takes it."""


async def dial(destination: Destination, settings: Settings) -> UpstreamConnection:
    """A new connection, ready for a request. Raises Failure: nothing has been sent then but a handshake."""
    sock = await _connected(destination, settings.timeouts.connect)
    try:
        secured = Secured(client_context(settings.trust), destination.server_name) if destination.secure else None
        loop = asyncio.get_running_loop()
        _, connection = await loop.create_connection(lambda: UpstreamConnection(sock, secured), sock=sock)
    except BaseException:
        sock.close()
        raise
    try:
        await connection.secure(settings.timeouts.tls)
    except BaseException:
        connection.close()
        raise
    return connection


async def _connected(destination: Destination, seconds: float) -> socket.socket:
    found: Sequence[_Resolved] = ()
    try:
        async with asyncio.timeout(seconds) as limit:
            found = await _resolve(destination)
            for family, address in found[:-1]:
                try:
                    return await _connect(family, address)
                except OSError:
                    continue
            return await _connect(*found[-1])
    except TimeoutError as error:
        if limit.expired() and not found:
            details = f"no address of {destination.address[0]} after {seconds:g} s"
            raise Failure(Condition.NAME_TIMEOUT, details) from None
        if limit.expired():
            raise Failure(Condition.CONNECT_TIMEOUT, f"no connection after {seconds:g} s") from None
        raise refused(error, destination) from error
    except OSError as error:
        raise refused(error, destination) from error


async def _resolve(destination: Destination) -> Sequence[_Resolved]:
    if destination.path is not None:
        return [(socket.AF_UNIX, destination.path)]
    host, port = destination.address
    try:
        return [(socket.AF_INET6 if ip_address(host).version == 6 else socket.AF_INET, (host, port))]
    except ValueError:
        pass
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except socket.gaierror as error:
        unknown = error.errno in (socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME))
        condition = Condition.NAME_NOT_FOUND if unknown else Condition.NAME_ERROR
        raise Failure(condition, f"{host}: {error.strerror}") from error
    return [(family, address) for family, _, _, _, address in found]


async def _connect(family: int, address: Any) -> socket.socket:
    # Where IPPROTO_TCP is not named, asyncio leaves Nagle's algorithm on.
    unix = family == getattr(socket, "AF_UNIX", None)
    sock = socket.socket(family, socket.SOCK_STREAM, 0 if unix else socket.IPPROTO_TCP)
    try:
        sock.setblocking(False)
        if unix:
            sock.connect(address)  # at once, or EAGAIN: asyncio would take a full queue for a slow connection
        else:
            show_progress(sock)
            await asyncio.get_running_loop().sock_connect(sock, address)
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
