"""A gateway that caches, by a clock that stands still, and upstreams that answer one request after the other."""

import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

from lab.gateways import Destination
from lab.gateways.reference.cache.settings import CacheSettings
from tests.reference.parties import Gateway, Got, Peer, Upstream, gateway

BEGIN = 1_700_000_000.0
"""Tuesday, 14 November 2023, 22:13:20 GMT. The upstream's answers have no Date, so each was made when it came."""


@dataclass
class Clock:
    """What both clocks of the gateway say."""

    seconds: float = BEGIN

    def __call__(self) -> float:
        return self.seconds

    def after(self, seconds: float) -> None:
        """So long after the beginning."""
        self.seconds = BEGIN + seconds


@contextlib.asynccontextmanager
async def caching(
    *upstreams: Upstream | Destination,
    clock: Clock | None = None,
    cache: CacheSettings = CacheSettings(1 << 20),
    **changes: Any,
) -> AsyncIterator[Gateway]:
    """A gateway with a cache in memory."""
    clock = clock if clock is not None else Clock()
    changes = {"clock": clock, "monotonic": clock, "cache": cache, **changes}
    async with gateway(*upstreams, **changes) as between:
        yield between


@dataclass
class InTurn:
    """An upstream's script: each request gets the next answer, on whichever connection; b"" closes without one, also
    when the gateway repeats the request on a new connection. `asked`: the header sections of the requests."""

    answers: list[bytes]
    asked: list[bytes] = field(default_factory=list)

    async def __call__(self, peer: Peer) -> None:
        used = False
        while True:
            request = await peer.request()
            answer = self.answers[len(self.asked)]
            if answer or not used:
                self.asked.append(request)
            if not answer:
                peer.close()
                return
            await peer.send(answer)
            used = True


def in_turn(*answers: bytes) -> InTurn:
    return InTurn(list(answers))


def answer(content: bytes = b"hello", *lines: bytes, status: bytes = b"200 OK") -> bytes:
    """A response with these field lines, without their ends, and a Content-Length."""
    head = b"".join(b"%b\r\n" % line for line in (*lines, b"Content-Length: %d" % len(content)))
    return b"HTTP/1.1 %b\r\n%b\r\n%b" % (status, head, content)


NOT_MODIFIED = b"HTTP/1.1 304 Not Modified\r\n"
UNAVAILABLE = answer(b"down", status=b"503 Service Unavailable")


def asking(*lines: bytes, target: bytes = b"/", method: bytes = b"GET") -> bytes:
    """A request with these field lines, without their ends."""
    return b"%b %b HTTP/1.1\r\nHost: a.example\r\n%b\r\n" % (
        method,
        target,
        b"".join(b"%b\r\n" % line for line in lines),
    )


def cache_status(got: Got) -> str:
    """What Cache-Status says."""
    return got.value(b"cache-status").decode()
