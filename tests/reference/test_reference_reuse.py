"""Upstream connections that are kept, and requests that are repeated."""

import asyncio
import dataclasses
from collections.abc import Awaitable, Callable

import pytest

from lab.gateways.reference.connection import UpstreamConnection
from tests.reference.parties import GET, PATIENT, Peer, connected, gateway, upstream

pytestmark = pytest.mark.anyio

HELLO = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"


async def serving(peer: Peer) -> None:
    """A healthy upstream."""
    while True:
        await peer.request()
        await peer.send(HELLO)


async def closed(peer: Peer) -> None:
    """The gateway has closed this connection."""
    await peer.ended()


async def test_one_connection_for_many_requests() -> None:
    async with upstream(serving) as playing, gateway(playing) as between, connected(between) as client:
        for _ in range(20):
            assert (await client.ask()).content == b"hi"
        assert len(playing.peers) == 1


async def test_one_connection_for_many_clients() -> None:
    async with upstream(serving) as playing, gateway(playing) as between:
        for _ in range(5):
            async with connected(between) as client:
                assert (await client.ask()).content == b"hi"
        assert len(playing.peers) == 1


async def test_a_connection_for_each_of_two_requests_at_the_same_time() -> None:
    both = asyncio.Event()

    async def script(peer: Peer) -> None:
        await peer.request()
        if peer.number == 2:
            both.set()
        await both.wait()
        await peer.send(HELLO)

    async with upstream(script) as playing, gateway(playing) as between:
        async with connected(between) as one, connected(between) as other:
            got = await asyncio.gather(one.ask(), other.ask())
        assert [each.content for each in got] == [b"hi", b"hi"]
        assert len(playing.peers) == 2


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nhi",
        b"HTTP/1.1 200 OK\r\nConnection: x, CLOSE\r\nContent-Length: 2\r\n\r\nhi",
        b"HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nhi",
        b"HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 2\r\n\r\nhi",
    ],
)
async def test_a_connection_that_does_not_persist_is_closed(answer: bytes) -> None:
    async def script(peer: Peer) -> None:
        await peer.request()
        await peer.send(answer)
        await closed(peer)

    async with upstream(script) as playing, gateway(playing) as between, connected(between) as client:
        for _ in range(2):
            assert (await client.ask()).content == b"hi"
        assert len(playing.peers) == 2


Surprise = Callable[[Peer], Awaitable[None]]


async def leaves(peer: Peer) -> None:
    peer.half_close()


async def speaks(peer: Peer) -> None:
    await peer.send(b"HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n\r\n")


@pytest.mark.parametrize("surprise", [leaves, speaks])
async def test_whatever_comes_on_an_idle_connection_closes_it(surprise: Surprise) -> None:
    """RFC 9112, 9.2, 9.5."""
    answered, ended = asyncio.Event(), asyncio.Event()

    async def script(peer: Peer) -> None:
        await peer.request()
        await peer.send(HELLO)
        if peer.number == 1:
            await answered.wait()
            await surprise(peer)
            await closed(peer)
            ended.set()

    async with upstream(script) as playing, gateway(playing) as between, connected(between) as client:
        assert (await client.ask()).content == b"hi"
        answered.set()
        await ended.wait()
        assert (await client.ask()).content == b"hi"
        assert (len(playing.peers), between.log) == (2, [])


@pytest.mark.parametrize("end", [Peer.reset, Peer.half_close])
async def test_a_connection_that_has_ended_while_idle_has_no_share_in_what_is_read(end: Callable[[Peer], None]) -> None:
    before = set(UpstreamConnection._in_use)

    async def script(peer: Peer) -> None:
        await peer.request()
        await peer.send(HELLO)
        await kept.wait()
        end(peer)

    async with upstream(script) as playing, gateway(playing) as between, connected(between) as client:
        for _ in range(3):
            kept = asyncio.Event()
            assert (await client.ask()).content == b"hi"
            kept.set()
            [connection] = between.reference.pool._open
            await connection.lost
        assert len(playing.peers) == 3
    assert UpstreamConnection._in_use == before


async def test_an_idle_connection_is_not_kept_for_ever() -> None:
    ended = asyncio.Event()

    async def script(peer: Peer) -> None:
        await peer.request()
        await peer.send(HELLO)
        await closed(peer)
        ended.set()

    timeouts = dataclasses.replace(PATIENT, idle=0.05)
    async with (
        upstream(script) as playing,
        gateway(playing, timeouts=timeouts) as between,
        connected(between) as client,
    ):
        await client.ask()
        await ended.wait()


class TestRetry:
    """RFC 9110, 9.2.2: at most once, after a kept connection that ended without a byte, where it does no harm."""

    async def ask_twice(self, second: bytes, script: Callable[[Peer], Awaitable[None]], **changes: object) -> int:
        """The status code of the second answer; the first made the connection a used one."""
        async with upstream(script) as playing, gateway(playing, **changes) as between, connected(between) as client:
            assert (await client.ask()).status == 200
            got = await client.ask(second)
            self.connections = len(playing.peers)
            if got.status != 200:
                self.proxy_status = got.proxy_status
            return got.status

    @staticmethod
    def racing(end: Callable[[Peer], None], *said: bytes) -> Callable[[Peer], Awaitable[None]]:
        """Answers once, and ends the connection when the next request is there. The next connection is healthy."""

        async def script(peer: Peer) -> None:
            await peer.request()
            await peer.send(HELLO)
            if peer.number == 1:
                await peer.request()
                await peer.send(*said)
                end(peer)
            else:
                await serving(peer)

        return script

    @pytest.mark.parametrize("method", [b"GET", b"HEAD", b"OPTIONS", b"TRACE", b"PUT", b"DELETE"])
    @pytest.mark.parametrize("end", [Peer.close, Peer.reset])
    async def test_idempotent_methods(self, method: bytes, end: Callable[[Peer], None]) -> None:
        request = method + b" / HTTP/1.1\r\nHost: a\r\n\r\n"
        assert await self.ask_twice(request, self.racing(end)) == 200
        assert self.connections == 2

    async def test_on_a_new_connection_rather_than_another_used_one(self) -> None:
        both = asyncio.Event()

        async def script(peer: Peer) -> None:
            await peer.request()
            if peer.number == 2:
                both.set()
            await both.wait()
            await peer.send(HELLO)
            if peer.number <= 2:
                await peer.request()
                peer.close()

        async with upstream(script) as playing, gateway(playing) as between:
            async with connected(between) as one, connected(between) as other:
                await asyncio.gather(one.ask(), other.ask())
                assert (await one.ask()).status == 200
            assert len(playing.peers) == 3

    async def test_it_needs_no_room_for_a_second_connection(self) -> None:
        assert await self.ask_twice(GET, self.racing(Peer.close), connections=1) == 200

    @pytest.mark.parametrize("method", [b"POST", b"PATCH", b"get", b"UNKNOWN"])
    async def test_other_methods(self, method: bytes) -> None:
        request = method + b" / HTTP/1.1\r\nHost: a\r\n\r\n"
        assert await self.ask_twice(request, self.racing(Peer.close)) == 502
        assert self.proxy_status.startswith("gw;error=connection_terminated;")
        assert self.connections == 1

    async def test_content_that_is_on_its_way(self) -> None:
        request = b"PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi"
        assert await self.ask_twice(request, self.racing(Peer.close)) == 502
        assert self.connections == 1

    async def test_after_a_byte_of_the_response(self) -> None:
        assert await self.ask_twice(GET, self.racing(Peer.close, b"H")) == 502
        assert self.proxy_status.startswith("gw;error=http_response_incomplete;")
        assert self.connections == 1

    async def test_on_silence(self) -> None:
        timeouts = dataclasses.replace(PATIENT, first_byte=0.05)
        script = self.racing(lambda _: None)
        assert await self.ask_twice(GET, script, timeouts=timeouts) == 504
        assert self.connections == 1

    async def test_only_once(self) -> None:
        async def script(peer: Peer) -> None:
            await peer.request()
            if peer.number == 1:
                await peer.send(HELLO)
                await peer.request()
            peer.close()

        assert await self.ask_twice(GET, script) == 502
        assert self.proxy_status.startswith("gw;error=connection_terminated;")
        assert self.connections == 2

    async def test_never_on_a_new_connection(self) -> None:
        async def script(peer: Peer) -> None:
            await peer.request()
            peer.close()

        async with upstream(script) as playing, gateway(playing) as between, connected(between) as client:
            assert (await client.ask()).status == 502
            assert len(playing.peers) == 1
