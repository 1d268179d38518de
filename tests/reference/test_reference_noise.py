"""Whatever an upstream says: no crash, no hang, and nothing relayed as complete that it did not say."""

import asyncio
import contextlib
import logging
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lab import h1
from tests.reference.parties import Gateway, Got, Peer, ask, gateway, upstream

RESPONSES = (
    b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nETag: x\r\n\r\nhello",
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;a=b\r\nhello\r\n0\r\nA: b\r\n\r\n",
    b"HTTP/1.0 404 Not Found\r\nConnection: close\r\n\r\nnothing here",
    b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n",
    b"HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\nConnection: x, etag\r\nETag: y\r\n\r\n",
)
PIECES = (
    b"\r\n", b"\n", b"\r", b"\0", b" ", b":", b",", b"\r\n\r\n", b"\x80", b"0\r\n\r\n", b"5\r\n", b"hello",
    b"HTTP/1.1 200 OK\r\n", b"Content-Length: 5\r\n", b"Content-Length: 6\r\n", b"Transfer-Encoding: chunked\r\n",
    b"Connection: close\r\n", b"A" * 20_000,
)  # fmt: skip

edits = st.lists(st.tuples(st.integers(0, 200), st.integers(0, 12), st.sampled_from((b"", *PIECES))), max_size=4)


def edited(response: bytes, changes: list[tuple[int, int, bytes]]) -> bytes:
    for at, length, piece in changes:
        at %= len(response) + 1
        response = response[:at] + piece + response[at + length :]
    return response


noise = st.one_of(st.builds(edited, st.sampled_from(RESPONSES), edits), st.binary(max_size=300))


class Theatre:
    """A gateway in front of an upstream that says what it was told, in pieces, and ends."""

    def __init__(self) -> None:
        self.pieces: list[bytes] = []
        self.end = Peer.close

    async def script(self, peer: Peer) -> None:
        await peer.request()
        for piece in self.pieces:
            await peer.send(piece)
            await asyncio.sleep(0)
        self.end(peer)

    @contextlib.contextmanager
    def open(self, buffer: int | None) -> Iterator[None]:
        with asyncio.Runner() as self.runner:
            stack = contextlib.AsyncExitStack()

            async def set_up() -> Gateway:
                playing = await stack.enter_async_context(upstream(self.script))
                return await stack.enter_async_context(gateway(playing, buffer=buffer))

            self.gateway = self.runner.run(set_up())
            yield
            self.runner.run(stack.aclose())

    def get(self) -> Got | None:
        """What the client gets; None: no final response."""
        try:
            return self.runner.run(ask(self.gateway))
        except AssertionError:
            return None


@pytest.fixture(params=[None, 65_536], ids=["stream", "buffer"], scope="module")
def theatre(request: pytest.FixtureRequest) -> Iterator[Theatre]:
    theatre = Theatre()
    with theatre.open(request.param):
        yield theatre


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(noise, st.integers(0, 300), st.booleans())
def test_noise(theatre: Theatre, caplog: pytest.LogCaptureFixture, said: bytes, cut: int, clean: bool) -> None:
    theatre.pieces = [said[:cut], said[cut:]]
    theatre.end = Peer.close if clean else Peer.reset
    got = theatre.get()
    assert got is not None, "no answer at all"
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]
    assert "proxy_internal_error" not in got.proxy_status
    if got.complete and not got.proxy_status.startswith("gw;error="):
        readings = [
            each for each in h1.readings(said, method=b"GET", clean_end=clean) if each.complete and not each.repairs
        ]
        assert [(got.status, got.content)] == [(each.status, each.content) for each in readings[:1]]


def test_all_is_well_afterwards(theatre: Theatre) -> None:
    theatre.pieces, theatre.end = [RESPONSES[0]], Peer.close
    got = theatre.get()
    assert got is not None
    assert (got.status, got.content) == (200, b"hello")
