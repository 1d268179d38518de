"""Listening sockets, and the socket option that turns a close into a reset."""

import contextlib
import os
import random
import socket
import struct
import sys
from typing import Protocol

# Connections that wait to be accepted. Clients that come before the server has started queue here.
BACKLOG = 512

# `struct linger`: two ints, on Windows two unsigned shorts.
_LINGER = struct.Struct("HH" if os.name == "nt" else "ii")

# Bytes that the system keeps unsent for a peer that does not read on.
_UNSENT = 16_384


class _HasOptions(Protocol):
    def setsockopt(self, level: int, name: int, value: bytes, /) -> None: ...


def loopback_address() -> str:
    """An address of this machine for one listener: on Linux one of 127.0.0.0/8, elsewhere 127.0.0.1.

    With an address of its own, a listener's closed connections (TIME_WAIT) do not slow down the next one's.
    """
    if sys.platform != "linux":
        return "127.0.0.1"
    return f"127.{random.randint(1, 254)}.{random.randint(0, 255)}.{random.randint(1, 254)}"


def listening_socket(host: str | None = None, port: int = 0) -> socket.socket:
    """A bound, listening TCP socket, non-blocking; `host` None is a fresh loopback address, `port` 0 a free port.

    Raises OSError where the address cannot be bound.
    """
    listener = bound_socket(host, port)
    try:
        listener.listen(BACKLOG)
    except BaseException:
        listener.close()
        raise
    return listener


def bound_socket(host: str | None = None, port: int = 0) -> socket.socket:
    """The same, but nobody listens yet: the address is held, and who connects to it is refused.

    The protocol is named (IPPROTO_TCP) because asyncio turns off Nagle's algorithm only where it is.
    """
    host = loopback_address() if host is None else host
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    bound = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if port:
            _claim(bound)
        bound.bind((host, port))
        bound.setblocking(False)
    except BaseException:
        bound.close()
        raise
    return bound


def _claim(listener: socket.socket) -> None:
    """Allow a port whose old connections are in TIME_WAIT, but never one on which somebody listens."""
    if os.name == "nt":
        listener.setsockopt(socket.SOL_SOCKET, getattr(socket, "SO_EXCLUSIVEADDRUSE"), 1)  # noqa: B009  (Windows only)
    else:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)


def allow_sockets(count: int) -> None:
    """Raise the limit of open files for this process, as far as the system allows it, so that so many can be open.

    What a shell allows at first is often less, and a server that cannot accept does nothing but complain.
    """
    with contextlib.suppress(ImportError, OSError, ValueError):  # not on Windows; or not to be raised
        import resource

        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        most = count if hard == resource.RLIM_INFINITY else min(count, hard)
        if soft < most and soft != resource.RLIM_INFINITY:
            resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


def end_with_reset(sock: _HasOptions) -> None:
    """Make the next close of this socket send RST instead of FIN, and leave no TIME_WAIT behind."""
    with contextlib.suppress(OSError):  # already closed, or gone
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _LINGER.pack(1, 0))


def show_progress(sock: _HasOptions) -> None:
    """Make a peer that reads slowly look different from one that does not read, where the system can do that.

    Else it takes millions of bytes to send, and says nothing before the peer has read a third of them.
    """
    if option := getattr(socket, "TCP_NOTSENT_LOWAT", None):
        with contextlib.suppress(OSError):  # no TCP, or gone
            sock.setsockopt(socket.IPPROTO_TCP, option, _UNSENT.to_bytes(4, sys.byteorder))


def reset(sock: socket.socket) -> None:
    """Close a socket with RST."""
    end_with_reset(sock)
    sock.close()
