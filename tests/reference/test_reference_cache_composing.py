"""A cache together with all else that the gateway can: HTTP/2, holding back, repairs, upstreams of every kind."""

import asyncio
import contextlib

import pytest

from lab.certificates import authority
from lab.gateways import Destination
from lab.gateways.reference.cache.settings import CacheSettings
from lab.gateways.reference.marking import MarkDown
from lab.h2.codes import ErrorCode
from lab.serving.sockets import bound_socket
from tests.reference.caching import Clock, answer, asking, caching, in_turn
from tests.reference.crowd import crowd
from tests.reference.http2 import over_http2
from tests.reference.parties import GET, Peer, ask, connected, saying, upstream
from tests.reference.test_reference_tls import answering, over_tls

pytestmark = pytest.mark.anyio

MINUTE = b"Cache-Control: max-age=60"
PERMITTING = b"Cache-Control: max-age=60, stale-if-error=600"
HALF = b"HTTP/1.1 200 OK\r\n%b\r\nContent-Length: 10\r\n\r\nhello" % PERMITTING
CHUNKS = (
    b"HTTP/1.1 200 OK\r\n%b\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n5\r\nhello\r\n0\r\nX-Sum: 9\r\n\r\n"
    % MINUTE
)


class TestHttp2:
    async def test_a_miss_and_a_hit(self) -> None:
        async with upstream(in_turn(answer(b"hello", MINUTE))) as playing, caching(playing) as between:
            async with over_http2(between) as client:
                for says in ("fwd=uri-miss", ";hit;"):
                    got = await client.ask()
                    assert (got.status, got.content, got.complete) == (200, b"hello", True)
                    assert says in got.fields["cache-status"].replace("; ", ";")
                head = await client.ask(method="HEAD")
            assert (head.status, head.content, head.fields["content-length"]) == (200, b"", "5")

    async def test_streams_share_one_request(self) -> None:
        async with crowd() as clients, over_http2(clients.between) as client:
            streams = [await client.begin() for _ in range(5)]
            await (await clients.held.peer(1)).send(answer(b"hello", MINUTE))
            for stream in streams:
                assert (await client.answer(stream)).content == b"hello"
            assert len(clients.held.asked) == 1

    async def test_a_stream_that_is_reset_is_forgotten(self) -> None:
        async with crowd() as clients, over_http2(clients.between) as client:
            streams = [await client.begin() for _ in range(3)]
            peer = await clients.held.peer(1)
            for stream in streams[:2]:
                await client.reset(stream)
            await peer.send(answer(b"hello", MINUTE))
            assert (await client.answer(streams[2])).content == b"hello"
            assert len(clients.held.asked) == 1

    async def test_what_breaks_resets_each_stream(self) -> None:
        async with crowd() as clients, over_http2(clients.between) as client:
            streams = [await client.begin() for _ in range(2)]
            peer = await clients.held.peer(1)
            await peer.send(HALF)
            for stream in streams:
                while not client.so_far(stream).content:
                    await client.more()
            peer.half_close()
            for stream in streams:
                assert (await client.answer(stream)).reset == ErrorCode.INTERNAL_ERROR

    async def test_trailers_come_out_of_the_store(self) -> None:
        async with (
            upstream(in_turn(CHUNKS)) as playing,
            caching(playing) as between,
            over_http2(between) as client,
        ):
            for _ in range(2):
                got = await client.ask()
                assert (got.content, got.trailers) == (b"hello", [("x-sum", "9")])


class TestHeldBack:
    async def test_what_breaks_before_it_is_sent_on_is_an_error(self) -> None:
        script = saying(HALF)
        async with upstream(script) as playing, caching(playing, buffer=100) as between:
            got = await ask(between)
        assert (got.status, got.complete, got.value(b"cache-status")) == (502, True, b"")
        assert "error=http_response_incomplete" in got.proxy_status

    async def test_or_a_stale_response(self) -> None:
        clock, whole = Clock(), answer(b"helloworld", PERMITTING, b"Connection: close")

        async def script(peer: Peer) -> None:
            await peer.request()
            await peer.send(whole if peer.number == 1 else HALF)
            peer.close()

        async with upstream(script) as playing, caching(playing, clock=clock, buffer=100) as between:
            await ask(between)
            clock.after(61)
            got = await ask(between)
            again = await ask(between)
        assert (got.status, got.content, got.complete) == (200, b"helloworld", True)
        assert got.proxy_status.startswith("gw;error=http_response_incomplete;")
        assert again.content == b"helloworld"


async def test_trailers_go_to_a_client_that_takes_them_while_they_are_stored() -> None:
    async with upstream(in_turn(CHUNKS)) as playing, caching(playing) as between:
        got = await ask(between, asking(b"TE: trailers", b"Connection: TE"))
    assert got.raw.endswith(b"0\r\nX-Sum: 9\r\n\r\n")


async def test_interim_responses_go_to_the_one_who_asked_first() -> None:
    async with crowd(2) as clients:
        peer = await clients.held.peer(1)
        await peer.send(b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n", answer(b"hello", MINUTE))
        first, second = await clients.responses()
    assert [head.status for head in first.interim] == [103]
    assert second.interim == []
    assert first.content == second.content == b"hello"


async def test_a_client_of_http_1_0_can_tell_by_a_reset() -> None:
    async with crowd() as clients:
        client = await clients.ask(b"GET / HTTP/1.0\r\nHost: a.example\r\n\r\n")
        peer = await clients.held.peer(1)
        await peer.send(b"HTTP/1.1 200 OK\r\n%b\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n" % MINUTE)
        begun = await client.until(b"hello")
        peer.half_close()
        got = await client.response(so_far=begun)
    assert (got.complete, got.ending) == (False, "RST")


async def test_what_was_repaired_is_stored() -> None:
    spaced = b"HTTP/1.1 200 OK\r\nContent-Length : 5\r\n%b\r\n\r\nhello" % MINUTE
    async with upstream(in_turn(spaced)) as playing, caching(playing, strict=False) as between:
        for _ in range(2):
            assert (await ask(between)).content == b"hello"
        assert len(between.log) == 1


async def test_over_tls() -> None:
    script = over_tls(answering(answer(b"hello", MINUTE)))
    async with upstream(script, secure=True) as playing, caching(playing, trust=authority()) as between:
        for _ in range(2):
            assert (await ask(between)).content == b"hello"


class TestUpstreams:
    async def test_the_next_one_where_the_first_refuses(self) -> None:
        with bound_socket() as nobody:
            refusing = Destination(nobody.getsockname())
            script = in_turn(answer(b"hello", MINUTE))
            async with upstream(script) as playing, caching(refusing, playing) as between:
                for _ in range(2):
                    assert (await ask(between)).content == b"hello"

    async def test_a_stale_response_where_all_are_marked_down(self) -> None:
        clock, listening = Clock(), contextlib.AsyncExitStack()
        playing = await listening.enter_async_context(upstream(in_turn(answer(b"hello", PERMITTING))))
        async with caching(playing, clock=clock, mark_down=MarkDown(1, 600.0)) as between:
            await ask(between)
            await listening.aclose()
            clock.after(61)
            refused, down = await ask(between), await ask(between)
        for got, says in ((refused, "connection_refused"), (down, "destination_unavailable")):
            assert (got.status, got.content) == (200, b"hello")
            assert "error=" not in got.proxy_status
            assert f'details="{says}' in got.proxy_status


class TestLarge:
    async def test_what_is_too_large_to_be_stored_is_sent_on_in_full(self) -> None:
        large = bytes(1 << 20)
        script = in_turn(answer(large, MINUTE), answer(b"next", MINUTE))
        async with upstream(script) as playing, caching(playing) as between:
            first = await ask(between)
            assert (first.content, first.complete) == (large, True)
            assert b";stored=?0;" in first.value(b"cache-status")
            assert (await ask(between)).content == b"next"

    async def test_also_where_its_length_is_not_announced(self) -> None:
        pieces = b"".join(b"8000\r\n" + bytes(0x8000) + b"\r\n" for _ in range(32))
        chunked = b"HTTP/1.1 200 OK\r\n%b\r\nTransfer-Encoding: chunked\r\n\r\n" % MINUTE + pieces + b"0\r\n\r\n"
        async with upstream(in_turn(chunked, answer(b"next", MINUTE))) as playing, caching(playing) as between:
            first = await ask(between)
            assert (len(first.content), first.complete) == (1 << 20, True)
            assert (await ask(between)).content == b"next"

    async def test_a_client_that_does_not_read_holds_up_nobody_else(self) -> None:
        large, sent = bytes(8 << 20), asyncio.Event()

        async def script(peer: Peer) -> None:
            await peer.request()
            await peer.send(answer(large, MINUTE))
            sent.set()

        cache = CacheSettings(64 << 20)
        async with upstream(script) as playing, caching(playing, cache=cache) as between, connected(between) as stuck:
            await stuck.send(GET)
            await stuck.receive()
            await sent.wait()
            assert (await ask(between)).content == large
            assert len(playing.peers) == 1
