"""Trailer fields both ways: to those who take them, never merged into the header section (RFC 9110, 6.5)."""

import asyncio

import pytest

from lab import h1
from tests.reference.parties import Client, Peer, connected, gateway, saying, upstream

pytestmark = pytest.mark.anyio

OK = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: Check\r\n"
BODY = b"\r\n2\r\nhi\r\n0\r\n"
TAKING = b"GET / HTTP/1.1\r\nHost: a\r\nTE: trailers\r\nConnection: TE\r\n\r\n"
NOTHING = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"


async def all_of(client: Client, method: bytes = b"GET") -> tuple[bytes, h1.Fields]:
    """A whole response, and its trailer fields."""
    got = await client.response(method)
    reader = h1.Reader(method=method, strict=True)
    reader.feed(got.raw)
    reader.close(True)
    return got.raw, next((event.fields for event in reader.events() if isinstance(event, h1.Trailers)), h1.Fields())


async def relayed(*said: bytes, request: bytes = TAKING, **changes: object) -> tuple[bytes, h1.Fields]:
    async with (
        upstream(saying(*said)) as playing,
        gateway(playing, **changes) as between,
        connected(between) as client,
    ):
        await client.send(request)
        return await all_of(client)


@pytest.mark.parametrize("buffer", [None, 65536])
async def test_a_client_that_takes_them_gets_them(buffer: int | None) -> None:
    raw, trailers = await relayed(OK, BODY, b"Check: 5\r\nCheck: 6\r\nOther: x\r\n\r\n", buffer=buffer)
    assert trailers == ((b"Check", b"5"), (b"Check", b"6"), (b"Other", b"x"))
    assert b"\r\nTrailer: Check\r\n" in raw


@pytest.mark.parametrize(
    "request_head",
    [
        b"GET / HTTP/1.1\r\nHost: a\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nTE: trailers\r\n\r\n",  # which Connection does not name (RFC 9110, 7.6.1)
        b"GET / HTTP/1.0\r\nHost: a\r\nTE: trailers\r\nConnection: TE\r\n\r\n",
    ],
)
async def test_for_others_they_are_discarded_and_the_hint_stays(request_head: bytes) -> None:
    raw, trailers = await relayed(OK, BODY, b"Check: 5\r\n\r\n", request=request_head)
    assert not trailers
    assert b"Check: 5" not in raw
    assert b"\r\nTrailer: Check\r\n" in raw


async def test_those_of_one_connection_stay_behind() -> None:
    """RFC 9110, 7.6.1: trailer fields, too."""
    head = OK + b"Connection: x-hop\r\n"
    _, trailers = await relayed(head, BODY, b"X-Hop: 1\r\nKeep-Alive: 5\r\nCheck: 5\r\n\r\n")
    assert trailers == ((b"Check", b"5"),)


async def test_those_of_the_way_that_a_message_has_come_stay_behind() -> None:
    """Routing (RFC 9110, 6.5.1): what merges them would take them for what this gateway says of the way."""
    last = b"0\r\nVia: 1.1 x\r\nForwarded: for=192.0.2.1\r\nCheck: 5\r\n\r\n"
    _, trailers = await relayed(OK, BODY.removesuffix(b"0\r\n"), last)
    assert trailers == ((b"Check", b"5"),)
    head = b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
    assert (await asked_upstream(head + b"2\r\nhi\r\n" + last, b"5\r\n\r\n")).endswith(b"\r\n0\r\nCheck: 5\r\n\r\n")


async def test_with_chunks_that_are_on_their_way() -> None:
    """They come when the client has had the content: they go with the last chunk."""
    seen = asyncio.Event()

    async def script(peer: Peer) -> None:
        await peer.request()
        await peer.send(OK, b"\r\n2\r\nhi\r\n")
        await seen.wait()
        await peer.send(b"0\r\nCheck: 5\r\n\r\n")

    async with upstream(script) as playing, gateway(playing) as between, connected(between) as client:
        await client.send(TAKING)
        so_far = await client.until(b"hi\r\n")
        seen.set()
        raw = (await client.response(so_far=so_far)).raw
    assert raw.endswith(b"2\r\nhi\r\n0\r\nCheck: 5\r\n\r\n")


@pytest.mark.parametrize(
    ("section", "error"),
    [
        (b"A: " + b"a" * 9_000 + b"\r\n\r\n", "http_response_trailer_size"),
        (b"".join(b"A-%d: %s\r\n" % (n, b"a" * 5_000) for n in range(4)) + b"\r\n", "trailer_section_size"),
        (b"Content-Length: 2\r\n\r\n", "http_protocol_error"),
    ],
)
async def test_bad_ones_are_refused_before_the_last_chunk(section: bytes, error: str) -> None:
    has_content = asyncio.Event()

    async def script(peer: Peer) -> None:
        await peer.request()
        await peer.send(OK, b"\r\n2\r\nhi\r\n")
        await has_content.wait()
        await peer.send(b"0\r\n", section)

    async with upstream(script) as playing, gateway(playing) as between, connected(between) as client:
        await client.send(TAKING)
        so_far = await client.until(b"hi\r\n")
        has_content.set()
        got = await client.response(so_far=so_far)
    assert (got.content, got.complete) == (b"hi", False)
    assert error in between.log[0]


async def asked_upstream(request: bytes, last: bytes) -> bytes:
    """What the upstream receives of a request that ends so."""
    seen: list[bytes] = []

    async def script(peer: Peer) -> None:
        seen.append(await peer.until(last))
        await peer.send(NOTHING)

    async with upstream(script) as playing, gateway(playing) as between, connected(between) as client:
        await client.send(request)
        assert (await client.response()).status == 200
    return seen[0]


async def test_the_upstream_learns_that_the_client_takes_them() -> None:
    seen = await asked_upstream(TAKING, b"\r\n\r\n")
    assert b"\r\nTE: trailers\r\n" in seen
    assert b"\r\nConnection: TE\r\n" in seen


async def test_only_that_is_passed_on_of_te() -> None:
    asked = TAKING.replace(b"TE: trailers", b"TE: gzip;q=0.5, trailers")
    seen = await asked_upstream(asked, b"\r\n\r\n")
    assert b"gzip" not in seen
    seen = await asked_upstream(TAKING.replace(b"trailers", b"gzip"), b"\r\n\r\n")
    assert b"\r\nTE:" not in seen
    assert b"\r\nConnection:" not in seen


async def test_those_of_a_request_go_to_the_upstream() -> None:
    head = b"PUT / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nTrailer: Check\r\nConnection: x-hop\r\n"
    seen = await asked_upstream(head + BODY + b"Check: 5\r\nX-Hop: 1\r\n\r\n", b"0\r\nCheck: 5\r\n\r\n")
    assert b"\r\nTrailer: Check\r\n" in seen
    assert seen.endswith(b"\r\n\r\n2\r\nhi\r\n0\r\nCheck: 5\r\n\r\n")


async def test_a_request_with_a_field_that_belongs_into_its_header_section_is_refused() -> None:
    async def script(peer: Peer) -> None:
        await peer.request()
        await peer.ended()

    head = b"PUT / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n"
    async with upstream(script) as playing, gateway(playing) as between, connected(between) as client:
        await client.send(head, BODY, b"Authorization: me\r\n\r\n")
        assert (await client.response()).status == 400
