"""Answers that come before the request is complete, and clients that leave before the answer is."""

import asyncio
import contextlib
from collections.abc import Callable

import pytest

from tests.reference.parties import GET, Client, Peer, Script, connected, gateway, upstream

pytestmark = pytest.mark.anyio

OK = b"HTTP/1.1 200 OK\r\n"
LENGTH_20 = OK + b"Content-Length: 20\r\n\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"
UPLOAD = b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n"


class TestEarlyAnswer:
    """RFC 9112, 9.5: an answer while the request is still being sent."""

    @pytest.mark.parametrize("end", [Peer.close, Peer.reset, lambda _: None])
    async def test_a_refusal_is_relayed_and_nothing_more_is_sent(self, end: Callable[[Peer], None]) -> None:
        said = b"HTTP/1.1 413 Content Too Large\r\nContent-Length: 3\r\n\r\nno!"

        async def script(peer: Peer) -> None:
            await peer.until(b"12345")
            await peer.send(said)
            end(peer)

        async with upstream(script) as playing, gateway(playing) as between, connected(between) as client:
            await client.send(UPLOAD, b"12345")
            got = await client.response()
            assert (got.status, got.content, got.complete) == (413, b"no!", True)
            assert got.value(b"connection") == b"close"
            assert between.log == []

    @pytest.mark.parametrize(
        "head",
        [
            b"HTTP/1.1 413 Content Too Large\r\nContent-Length: 3\r\n\r\n",
            b"HTTP/1.1 303 See Other\r\nLocation: /\r\nConnection: close\r\nContent-Length: 3\r\n\r\n",
        ],
    )
    async def test_nothing_more_is_sent_while_the_refusal_is_relayed(self, head: bytes) -> None:
        seen, sent = asyncio.Event(), asyncio.Event()

        async def script(peer: Peer) -> None:
            await peer.until(b"12345")
            await peer.send(head, b"no")
            await sent.wait()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(0.1):  # for what must not come
                    await peer.more()
            assert peer.received == b""
            await peer.send(b"!")
            seen.set()

        async with upstream(script) as playing, gateway(playing) as between, connected(between) as client:
            await client.send(UPLOAD, b"12345")
            so_far = await client.until(b"no")
            await client.send(b"67890")
            sent.set()
            await seen.wait()
            assert (await client.response(so_far=so_far)).content == b"no!"

    async def test_the_upstream_connection_is_closed(self) -> None:
        ended = asyncio.Event()

        async def script(peer: Peer) -> None:
            await peer.until(b"12345")
            await peer.send(b"HTTP/1.1 413 Content Too Large\r\nContent-Length: 0\r\n\r\n")
            await peer.ended()
            ended.set()

        async with upstream(script) as playing, gateway(playing) as between, connected(between) as client:
            await client.send(UPLOAD, b"12345")
            assert (await client.response()).status == 413
            await ended.wait()

    async def test_an_answer_that_survives_a_failing_write(self) -> None:
        """The answer has arrived, the upstream has reset the connection, and the next write finds that out."""
        said = b"HTTP/1.1 413 Content Too Large\r\nContent-Length: 3\r\n\r\nno!"

        async def script(peer: Peer) -> None:
            await peer.request()
            await peer.send(said)
            peer.reset()

        for _ in range(20):
            async with upstream(script) as playing, gateway(playing) as between, connected(between) as client:
                await client.send(UPLOAD, bytes(100_000))
                assert (await client.response()).content == b"no!"

    @pytest.mark.parametrize(
        "head",
        [
            CHUNKED,
            b"HTTP/1.1 200 OK\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n",
            b"HTTP/1.1 303 See Other\r\nLocation: /\r\nTransfer-Encoding: chunked\r\n\r\n",
        ],
    )
    async def test_a_success_does_not_stop_the_upload(self, head: bytes) -> None:
        """An echo: each piece of the request comes back before the next one is sent."""

        async def script(peer: Peer) -> None:
            await peer.request()
            await peer.send(head)
            for piece in (b"one", b"two"):
                await peer.until(piece)
                await peer.send(b"3\r\n", piece, b"\r\n")
            await peer.send(b"0\r\n\r\n")

        async with upstream(script) as playing, gateway(playing) as between, connected(between) as client:
            await client.send(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 6\r\n\r\none")
            so_far = await client.until(b"one")
            await client.send(b"two")
            got = await client.response(so_far=so_far)
        assert (got.content, got.complete) == (b"onetwo", True)


class TestClientGone:
    """A client that leaves takes its upstream connection with it. (FIN alone does not say that it left.)"""

    async def leaves(self, script: Script, request: bytes, leave: Callable[[Client], None]) -> None:
        """The client leaves when the script is over; the upstream connection ends then."""
        until, ended = asyncio.Event(), asyncio.Event()

        async def and_then(peer: Peer) -> None:
            await script(peer)
            until.set()
            await asyncio.gather(self.talk(peer), peer.ended(), return_exceptions=True)
            ended.set()

        async with upstream(and_then) as playing, gateway(playing) as between, connected(between) as client:
            await client.send(request)
            await until.wait()
            leave(client)
            await ended.wait()

    async def talk(self, peer: Peer) -> None:
        """What the upstream does while the client leaves: nothing."""

    async def test_while_the_upstream_is_silent(self) -> None:
        async def script(peer: Peer) -> None:
            await peer.request()

        await self.leaves(script, GET, Client.reset)

    async def test_while_the_response_is_relayed(self) -> None:
        async def script(peer: Peer) -> None:
            await peer.request()
            await peer.send(LENGTH_20, b"hello")

        await self.leaves(script, GET, Client.reset)

    @pytest.mark.parametrize("leave", [Client.close, Client.reset])
    async def test_while_the_request_is_sent(self, leave: Callable[[Client], None]) -> None:
        async def script(peer: Peer) -> None:
            await peer.until(b"12345")

        await self.leaves(script, UPLOAD + b"12345", leave)

    async def test_by_fin_while_more_and_more_is_relayed(self) -> None:
        async def script(peer: Peer) -> None:
            await peer.request()
            await peer.send(CHUNKED)

        async def talk(peer: Peer) -> None:
            while True:
                await peer.send(b"1000\r\n", bytes(4096), b"\r\n")

        self.talk = talk  # type: ignore[method-assign]
        await self.leaves(script, GET, Client.close)
