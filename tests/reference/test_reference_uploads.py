"""The content of a request on its way to the upstream, and requests that never get there."""

import asyncio

import pytest

from tests.reference.parties import Client, Got, Peer, ask, connected, gateway, upstream

pytestmark = pytest.mark.anyio

NOTHING = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"


async def uploaded(head: bytes, *pieces: bytes) -> bytes:
    """The request that reaches the upstream, each piece of the content before the next one is sent."""
    arrived = [asyncio.Event() for _ in pieces]
    seen: list[bytes] = []

    async def script(peer: Peer) -> None:
        seen.append(await peer.request())
        for piece, event in zip(pieces, arrived, strict=True):
            seen.append(await peer.until(piece))
            event.set()
        await peer.send(NOTHING)

    async with upstream(script) as playing, gateway(playing) as between, connected(between) as client:
        await client.send(head)
        for piece, event in zip(pieces, arrived, strict=True):
            await client.send(piece)
            await event.wait()
        assert (await client.response()).status == 200
    return b"".join(seen)


async def test_content_with_a_length_is_sent_on_as_it_comes() -> None:
    seen = await uploaded(b"PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 8\r\n\r\n", b"abcd", b"efgh")
    assert b"\r\nContent-Length: 8\r\n" in seen
    assert seen.endswith(b"\r\n\r\nabcdefgh")


async def test_content_in_chunks_is_sent_on_as_it_comes() -> None:
    chunks = (b"4\r\nabcd\r\n", b"4\r\nefgh\r\n", b"0\r\n\r\n")
    seen = await uploaded(b"PUT / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n", *chunks)
    assert b"\r\nTransfer-Encoding: chunked\r\n" in seen
    assert seen.endswith(b"\r\n\r\n" + b"".join(chunks))


async def test_extensions_of_chunks_stay_behind() -> None:
    seen: list[bytes] = []

    async def script(peer: Peer) -> None:
        await peer.request()
        seen.append(await peer.until(b"0\r\n\r\n"))
        await peer.send(NOTHING)

    async with upstream(script) as playing, gateway(playing) as between:
        head = b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
        await ask(between, head + b"2;x=y\r\nab\r\n0;z\r\n\r\n")
    assert seen == [b"2\r\nab\r\n0\r\n\r\n"]


async def test_no_100_where_nobody_can_be_asked() -> None:
    async with gateway() as between, connected(between) as client:
        await client.send(b"POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n")
        got: Got = await client.response()
    assert (got.status, got.interim) == (500, [])


@pytest.mark.parametrize(
    ("octets", "status"),
    [
        (b"GET / HTTP/1.1\r\n\r\n", 400),
        (b"GET / HTTP/9.9\r\nHost: a\r\n\r\n", 505),
        (b"CONNECT a:1 HTTP/1.1\r\nHost: a:1\r\n\r\n", 501),
        (b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n", 400),
        (b"GET /" + b"a" * 9_000 + b" HTTP/1.1\r\nHost: a\r\n\r\n", 414),
        (b"A" * 9_000 + b" / HTTP/1.1\r\nHost: a\r\n\r\n", 501),
        (b"GET / HTTP/1.1\r\nHost: a\r\nA: " + b"a" * 17_000 + b"\r\n\r\n", 431),
    ],
)
async def test_what_the_front_refuses_is_explained_and_never_forwarded(octets: bytes, status: int) -> None:
    async def script(peer: Peer) -> None:
        raise AssertionError("asked")

    async with upstream(script) as playing, gateway(playing) as between, connected(between) as client:
        got = await refused(client, octets)
    assert got.status == status
    expected = "http_request_error" if status < 500 else "proxy_internal_response"
    assert got.proxy_status.startswith(f"gw;error={expected};")
    assert got.value(b"content-type") == b"text/plain; charset=utf-8"
    assert b"gateway gw" in got.content
    assert len(between.log) == 1
    assert not playing.peers


async def test_content_that_the_front_refuses_ends_the_upstream_connection() -> None:
    asked, ended = asyncio.Event(), asyncio.Event()

    async def script(peer: Peer) -> None:
        await peer.request()
        asked.set()
        await peer.ended()
        ended.set()

    async with upstream(script) as playing, gateway(playing) as between, connected(between) as client:
        await client.send(b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n")
        await asked.wait()
        await client.send(b"zz\r\n")
        assert (await client.response()).status == 400
        await ended.wait()
    assert len(between.log) == 1
    assert between.log[0].startswith("400 chunk-size-invalid: ")


async def refused(client: Client, octets: bytes) -> Got:
    await client.send(octets)
    return await client.response()
