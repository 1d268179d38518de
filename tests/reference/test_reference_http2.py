"""What a client of HTTP/2 gets of an upstream that speaks HTTP/1.1, and the other way round."""

import asyncio

import h2.errors
import pytest

from tests.reference.http2 import over_http2
from tests.reference.parties import Peer, gateway, saying, staying, upstream

pytestmark = pytest.mark.anyio

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n"
CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"


async def test_a_request_is_made_over_and_so_is_its_response() -> None:
    seen: list[bytes] = []

    async def script(peer: Peer) -> None:
        seen.append(await peer.request())
        await peer.send(OK[:17], b"Connection: x-hop\r\nX-Hop: 1\r\nKeep-Alive: 5\r\nX-Own: 1\r\n", OK[17:])

    async with upstream(script) as playing, gateway(playing) as between, over_http2(between) as client:
        answer = await client.ask(("x-asked", "1"), ("cookie", "a=b"), ("cookie", "c=d"))
    assert (answer.status, answer.content, answer.complete) == (200, b"hi", True)
    assert answer.fields.keys() == {"content-length", "x-own", "date", "via"}
    lines = seen[0].split(b"\r\n")
    assert lines[:2] == [b"GET / HTTP/1.1", b"Host: a.example"]
    assert {b"x-asked: 1", b"cookie: a=b; c=d", b"Via: 2 gw"} <= set(lines)
    assert not [line for line in lines if line.startswith((b"Connection", b"Upgrade", b"TE", b"Transfer-Encoding"))]


async def test_no_content_is_told_of_where_some_could_be() -> None:
    """RFC 9110, 8.6: some upstreams answer 411 otherwise; END_STREAM is nothing that they could see."""
    seen: list[bytes] = []

    async def script(peer: Peer) -> None:
        for _ in range(2):
            seen.append(await peer.request())
            await peer.send(OK)

    async with upstream(script) as playing, gateway(playing) as between, over_http2(between) as client:
        for method in ("POST", "DELETE"):
            assert (await client.answer(await client.begin(method))).content == b"hi"
    assert [b"\r\nContent-Length: 0\r\n" in request for request in seen] == [True, False]


async def test_interim_responses() -> None:
    hints = b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\nConnection: x\r\nX: 1\r\n\r\n"
    async with (
        upstream(saying(hints, hints, OK)) as playing,
        gateway(playing) as between,
        over_http2(between) as client,
    ):
        answer = await client.ask()
    assert answer.interim == [(103, {"link": "</a>"})] * 2
    assert answer.content == b"hi"


async def test_trailers_both_ways() -> None:
    """HTTP/2 has them in any message; the upstream is promised only what the client said (RFC 9110, 6.5.1)."""
    seen: list[bytes] = []

    async def script(peer: Peer) -> None:
        seen.append(await peer.until(b"0\r\ncheck: 1\r\n\r\n"))
        await peer.send(CHUNKED, b"0\r\nCheck: 2\r\n\r\n")

    async with upstream(script) as playing, gateway(playing) as between, over_http2(between) as client:
        stream = await client.begin("POST", more=True)
        await client.content(stream, b"content", [("check", "1")])
        answer = await client.answer(stream)
    assert (answer.content, answer.trailers, answer.complete) == (b"hi", [("check", "2")], True)
    assert b"\r\nTransfer-Encoding: chunked\r\n" in seen[0]
    assert b"\r\nTE:" not in seen[0]


async def test_te_trailers() -> None:
    async def script(peer: Peer) -> None:
        seen = await peer.request()
        assert b"\r\nTE: trailers\r\nConnection: TE\r\n" in seen
        await peer.send(OK)

    async with upstream(script) as playing, gateway(playing) as between, over_http2(between) as client:
        assert (await client.ask(("te", "trailers"))).status == 200


async def test_content_that_waits_for_a_100() -> None:
    async def script(peer: Peer) -> None:
        assert b"\r\nExpect: 100-continue\r\n" in await peer.request()
        await peer.send(CONTINUE)
        await peer.until(b"hello")
        await peer.send(OK)

    async with upstream(script) as playing, gateway(playing) as between, over_http2(between) as client:
        stream = await client.begin("PUT", ("expect", "100-continue"), ("content-length", "5"), more=True)
        assert (await client.interim(stream))[0] == 100
        await client.content(stream, b"hello")
        answer = await client.answer(stream)
    assert ([status for status, _ in answer.interim], answer.status) == ([100], 200)


async def test_content_that_nobody_wants() -> None:
    async def script(peer: Peer) -> None:
        await peer.request()
        await peer.send(b"HTTP/1.1 413 Content Too Large\r\nContent-Length: 0\r\n\r\n")
        assert not await peer.more()

    async with upstream(script) as playing, gateway(playing) as between, over_http2(between) as client:
        stream = await client.begin("PUT", ("expect", "100-continue"), ("content-length", "5"), more=True)
        answer = await client.answer(stream)
    assert (answer.status, answer.interim) == (413, [])


@pytest.mark.parametrize("fault", [b"zz", b"0\r\nContent-Length: 2\r\n\r\n"])
async def test_what_breaks_when_it_has_begun_resets_the_stream_alone(fault: bytes) -> None:
    has_content = asyncio.Event()

    async def script(peer: Peer) -> None:
        await peer.request()
        if peer.number > 1:
            await peer.send(OK)
            return
        await peer.send(CHUNKED)
        await has_content.wait()
        await peer.send(fault)
        await peer.ended()

    async with upstream(script) as playing, gateway(playing) as between, over_http2(between) as client:
        stream = await client.begin()
        while client.so_far(stream).content != b"hi":
            await client.more()
        has_content.set()
        answer = await client.answer(stream)
        assert (answer.status, answer.complete) == (200, False)
        assert answer.reset == h2.errors.ErrorCodes.INTERNAL_ERROR
        assert (await client.ask()).content == b"hi"
        assert "aborted" in between.log[0]


async def test_a_stream_that_the_client_resets_ends_its_upstream_connection_alone() -> None:
    asked, ended, go = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def script(peer: Peer) -> None:
        await peer.request()
        if peer.number == 1:
            asked.set()
            await peer.ended()
            ended.set()
        else:
            await go.wait()
            await peer.send(OK)

    async with upstream(script) as playing, gateway(playing) as between, over_http2(between) as client:
        stream = await client.begin()
        await asked.wait()
        other = await client.begin()
        await client.reset(stream)
        await ended.wait()
        go.set()
        assert (await client.answer(other)).content == b"hi"


async def test_a_101_is_no_answer() -> None:
    switching = b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n"
    async with upstream(saying(switching)) as playing, gateway(playing) as between, over_http2(between) as client:
        answer = await client.ask()
    assert answer.status == 502
    assert "error=http_protocol_error" in answer.fields["proxy-status"]


async def test_a_426_without_an_upgrade_that_http_2_does_not_have() -> None:
    required = b"HTTP/1.1 426 Upgrade Required\r\nUpgrade: x\r\nConnection: upgrade\r\nContent-Length: 0\r\n\r\n"
    async with (
        upstream(saying(required, end=staying)) as playing,
        gateway(playing) as between,
        over_http2(between) as client,
    ):
        answer = await client.ask()
    assert (answer.status, answer.fields.keys() & {"upgrade", "connection"}) == (426, set())
