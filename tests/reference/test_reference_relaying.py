"""Sent on as it comes, or held back: what the client has when the upstream breaks, and how it can tell."""

import asyncio
from collections.abc import Callable

import pytest

from tests.reference.parties import GET, Got, Peer, answered, ask, connected, gateway, saying, upstream

pytestmark = pytest.mark.anyio

OK = b"HTTP/1.1 200 OK\r\n"
LENGTH_20 = OK + b"Content-Length: 20\r\n\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"


async def test_the_header_section_goes_out_when_it_came() -> None:
    seen = asyncio.Event()

    async def script(peer: Peer) -> None:
        await peer.request()
        await peer.send(LENGTH_20)
        await seen.wait()
        await peer.send(b"x" * 20)

    async with upstream(script) as playing, gateway(playing) as between, connected(between) as client:
        await client.send(GET)
        head = await client.receive()
        assert head.endswith(b"\r\n\r\n")
        seen.set()
        assert (await client.response(so_far=head)).content == b"x" * 20


async def test_content_goes_out_as_it_comes() -> None:
    seen = [asyncio.Event() for _ in range(3)]

    async def script(peer: Peer) -> None:
        await peer.request()
        await peer.send(CHUNKED)
        for event in seen:
            await peer.send(b"2\r\nab\r\n")
            await event.wait()
        await peer.send(b"0\r\n\r\n")

    async with upstream(script) as playing, gateway(playing) as between, connected(between) as client:
        await client.send(GET)
        so_far = b""
        for count, event in enumerate(seen, 1):
            while so_far.count(b"2\r\nab\r\n") < count:
                so_far += await client.receive()
            event.set()
        assert (await client.response(so_far=so_far)).content == b"ababab"


async def broken_after(seen: bytes, first: bytes, then: bytes, **changes: object) -> tuple[Got, list[str]]:
    """What a client gets of an upstream that says `then`, and closes, when the client has seen `seen`."""
    has_seen = asyncio.Event()

    async def script(peer: Peer) -> None:
        await peer.request()
        await peer.send(first)
        await has_seen.wait()
        await peer.send(then)
        peer.close()

    async with upstream(script) as playing, gateway(playing, **changes) as between, connected(between) as client:
        await client.send(GET)
        so_far = b""
        while seen not in so_far:
            so_far += await client.receive()
        has_seen.set()
        return await client.response(so_far=so_far), between.log


@pytest.mark.parametrize(
    ("first", "then", "error"),
    [
        (LENGTH_20 + b"hello", b"", "http_response_incomplete"),
        (CHUNKED + b"5\r\nhello\r\n", b"", "http_response_incomplete"),
        (CHUNKED + b"5\r\nhello\r\n", b"zz", "http_response_transfer_coding"),
        (CHUNKED + b"3\r\nhel\r\n", b"2\r\nlo\r\nzz", "http_response_transfer_coding"),
        (CHUNKED + b"5\r\nhello\r\n", b"0\r\nA: " + b"a" * 9_000 + b"\r\n", "http_response_trailer_size"),
    ],
)
async def test_a_response_that_breaks_when_it_has_begun_is_cut_and_logged(
    first: bytes, then: bytes, error: str
) -> None:
    got, log = await broken_after(b"hel", first, then)
    assert (got.status, got.content, got.complete, got.proxy_status) == (200, b"hello", False, "")
    assert got.ending == "FIN"
    assert len(log) == 1
    assert f": aborted: {error}: " in log[0]


@pytest.mark.parametrize("fault", [LENGTH_20 + b"hello", CHUNKED + b"5\r\nhello\r\nzz"])
async def test_a_client_of_http_1_0_can_tell_by_a_reset(fault: bytes) -> None:
    async with upstream(saying(fault.partition(b"zz")[0])) as playing, gateway(playing) as between:
        got = await ask(between, b"GET / HTTP/1.0\r\nHost: a\r\n\r\n")
    assert (got.status, got.complete) == (200, False)
    assert got.ending == ("FIN" if got.head.fields.has(b"content-length") else "RST")


async def test_what_comes_together_with_the_header_section_is_known_in_time() -> None:
    got = await answered(saying(CHUNKED, b"5\r\nhello\r\nzz"))
    assert (got.status, got.complete) == (502, True)
    assert "error=http_response_transfer_coding" in got.proxy_status
    assert "received-status=200" in got.proxy_status


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (LENGTH_20 + b"hello", "http_response_incomplete"),
        (CHUNKED + b"5\r\nhello\r\n", "http_response_incomplete"),
        (CHUNKED + b"5\r\nhello\r\nzz", "http_response_transfer_coding"),
    ],
)
@pytest.mark.parametrize("end", [Peer.close, Peer.reset])
async def test_what_is_held_back_can_still_become_a_502(fault: bytes, error: str, end: Callable[[Peer], None]) -> None:
    got = await answered(saying(fault, end=end), buffer=5)
    assert (got.status, got.complete) == (502, True)
    assert got.proxy_status.startswith(f"gw;error={error};")
    assert b"hello" not in got.raw


async def test_what_is_longer_than_the_buffer_is_sent_on() -> None:
    got, log = await broken_after(b"hello!", LENGTH_20 + b"hello!", b"", buffer=5)
    assert (got.status, got.content, got.complete) == (200, b"hello!", False)
    assert "aborted: http_response_incomplete" in log[0]


async def test_what_is_held_back_is_relayed_when_it_is_complete() -> None:
    got = await answered(saying(CHUNKED, b"5\r\nhello\r\n0\r\n\r\n"), buffer=5)
    assert (got.content, got.complete) == (b"hello", True)


async def test_a_client_that_half_closes_is_still_answered() -> None:
    async with (
        upstream(saying(OK, b"Content-Length: 2\r\n\r\nhi")) as playing,
        gateway(playing) as between,
        connected(between) as client,
    ):
        await client.send(GET)
        client.half_close()
        assert (await client.response()).content == b"hi"
