"""The healthy upstream: it stands where the faulty one does, and answers as it should."""

import re
from collections.abc import Generator
from dataclasses import dataclass
from functools import partial
from typing import Any

from lab.script import (
    NONCE,
    AnyPeer,
    Close,
    Peer,
    Receive,
    Received,
    ReceiveRequest,
    Send,
    StartTLS,
    Step,
    UnixSocket,
)

_IF_NONE_MATCH = re.compile(rb"^if-none-match:[ \t]*([^\r\n]*)", re.IGNORECASE | re.MULTILINE)


def if_none_match(raw: bytes) -> bytes:
    """The values of If-None-Match in the bytes of a request, or of several, as a list."""
    return b", ".join(value.strip() for value in _IF_NONE_MATCH.findall(raw))


@dataclass(frozen=True)
class Representation:
    """What a healthy origin has: entity tag, content, and the value of Cache-Control."""

    tag: bytes
    content: bytes
    freshness: bytes


@dataclass(frozen=True)
class Place:
    """How a gateway reaches one upstream: at a port, at a name that stands for two addresses, or at a Unix socket.

    `secure`: over TLS. `preamble`: each connection begins with one of the PROXY protocol.
    """

    unix: bool = False
    two_addresses: bool = False
    secure: bool = False
    server_name: str = "upstream.test"
    preamble: bool = False

    @classmethod
    def of(cls, peer: AnyPeer, *, preamble: bool) -> "Place":
        """Where this peer is, or would be if it listened."""
        if not isinstance(peer, Peer):
            return cls(preamble=preamble)
        unix, two = isinstance(peer, UnixSocket), peer.first_address is not None
        return cls(unix, two, peer.uses_tls, peer.server_name, preamble)

    def healthy(self, representation: Representation) -> Peer:
        """An upstream that is well, in this place."""
        script = partial(_answering, self, representation)
        if self.unix:
            return UnixSocket(script, secure=self.secure, server_name=self.server_name)
        there = "listens" if self.two_addresses else None
        return Peer(script, secure=self.secure, server_name=self.server_name, first_address=there)


def _answering(place: Place, has: Representation) -> Generator[Step, Any, None]:
    if place.secure:
        yield StartTLS()
    asked = (yield from _behind_a_preamble()) if place.preamble else (yield from _request())
    validators = (b"ETag: " + has.tag + b"\r\n", b"Cache-Control: " + has.freshness + b"\r\n")
    if has.tag in if_none_match(asked):
        yield Send(b"HTTP/1.1 304 Not Modified\r\n", NONCE, *validators, b"Connection: close\r\n", b"\r\n")
    else:
        yield Send(
            b"HTTP/1.1 200 OK\r\n", NONCE, *validators, b"Content-Type: text/plain\r\n",
            b"Content-Length: %d\r\n" % len(has.content), b"Connection: close\r\n", b"\r\n", has.content,
        )  # fmt: skip
    yield Close()


def _request() -> Generator[Step, Received, bytes]:
    request = yield ReceiveRequest()
    return request.raw


def _behind_a_preamble() -> Generator[Step, bytes, bytes]:
    """A request whose connection began with a preamble, of either version: what comes before it is passed over."""
    raw = b""
    while b" HTTP/1." not in raw or not raw.endswith(b"\r\n\r\n"):
        raw += yield Receive()
    return raw
