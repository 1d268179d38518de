"""Requests whose content waits for a 100 (RFC 9110, 10.1.1): nobody sends it before somebody wants it."""

import asyncio
import dataclasses

import pytest

from tests.reference.parties import GET, PATIENT, Client, Peer, connected, gateway, upstream

pytestmark = pytest.mark.anyio

EXPECTING = b"PUT / HTTP/1.1\r\nHost: a\r\nExpect: 100-Continue\r\nContent-Length: 5\r\n\r\n"
CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"
NOTHING = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"


async def until(client: Client, marker: bytes) -> bytes:
    so_far = b""
    while marker not in so_far:
        so_far += await client.receive()
    return so_far


async def test_the_content_is_asked_for_when_the_upstream_wants_it() -> None:
    wanted, seen = asyncio.Event(), []

    async def script(peer: Peer) -> None:
        seen.append(await peer.request())
        await wanted.wait()
        await peer.send(CONTINUE)
        seen.append(await peer.until(b"hello"))
        await peer.send(NOTHING)

    async with upstream(script) as playing, gateway(playing) as between, connected(between) as client:
        await client.send(EXPECTING)
        wanted.set()
        assert await client.receive() == CONTINUE
        await client.send(b"hello")
        got = await client.response()
        assert (got.status, got.interim) == (200, [])
    assert b"\r\nExpect: 100-continue\r\n" in seen[0]
    assert seen[1] == b"hello"


async def test_the_upstream_may_say_100_more_than_once() -> None:
    async def script(peer: Peer) -> None:
        await peer.request()
        await peer.send(CONTINUE * 3)
        await peer.until(b"hello")
        await peer.send(NOTHING)

    async with upstream(script) as playing, gateway(playing) as between, connected(between) as client:
        await client.send(EXPECTING)
        so_far = await until(client, b"\r\n\r\n")
        await client.send(b"hello")
        got = await client.response(so_far=so_far)
    assert ([each.status for each in got.interim], got.status) == ([100], 200)


@pytest.mark.parametrize("status", [b"200 OK", b"303 See Other", b"413 Content Too Large", b"417 Expectation Failed"])
async def test_a_final_response_comes_instead_and_the_content_is_never_sent(status: bytes) -> None:
    ended = asyncio.Event()

    async def script(peer: Peer) -> None:
        await peer.request()
        await peer.send(b"HTTP/1.1 " + status + b"\r\nContent-Length: 2\r\n\r\nno")
        assert not await peer.more()  # the content was announced: without it the connection is of no more use
        ended.set()

    async with upstream(script) as playing, gateway(playing) as between, connected(between) as client:
        await client.send(EXPECTING)
        got = await client.response()
        await ended.wait()
    assert (got.status, got.content, got.interim) == (int(status[:3]), b"no", [])
    assert got.value(b"connection") == b"close"  # for the client may or may not send its content


async def test_an_upstream_that_says_nothing_gets_the_content_after_a_while() -> None:
    async def script(peer: Peer) -> None:
        await peer.until(b"hello")
        await peer.send(NOTHING)

    timeouts = dataclasses.replace(PATIENT, expect=0.05)
    async with (
        upstream(script) as playing,
        gateway(playing, timeouts=timeouts) as between,
        connected(between) as client,
    ):
        await client.send(EXPECTING)
        assert await client.receive() == CONTINUE
        await client.send(b"hello")
        assert (await client.response()).status == 200


@pytest.mark.parametrize("together", [True, False])
@pytest.mark.parametrize(
    ("head", "content"),
    [
        (EXPECTING, b"hello"),
        (EXPECTING.replace(b"Content-Length: 5", b"Transfer-Encoding: chunked"), b"5\r\nhello\r\n0\r\n\r\n"),
        (EXPECTING.replace(b"Content-Length: 5", b"Transfer-Encoding: chunked"), b"0\r\n\r\n"),
    ],
)
async def test_a_client_that_does_not_wait_is_not_made_to_wait(head: bytes, content: bytes, together: bool) -> None:
    """RFC 9110, 10.1.1: it need not; and this upstream will never say 100."""
    asked = asyncio.Event()

    async def script(peer: Peer) -> None:
        while True:
            await peer.request()
            asked.set()
            await peer.until(content)
            await peer.send(NOTHING)

    timeouts = dataclasses.replace(PATIENT, expect=60.0)
    async with (
        upstream(script) as playing,
        gateway(playing, timeouts=timeouts) as between,
        connected(between) as client,
    ):
        await client.send(head, content if together else b"")
        await asked.wait()
        await client.send(b"" if together else content)
        got = await client.response()
        assert (got.status, got.interim) == (200, [])
        assert (await client.ask(head + content)).status == 200
        assert len(playing.peers) == 1


async def test_a_late_100_is_for_nobody() -> None:
    async def script(peer: Peer) -> None:
        await peer.until(b"hello")
        await peer.send(CONTINUE, NOTHING)

    timeouts = dataclasses.replace(PATIENT, expect=0.05)
    async with (
        upstream(script) as playing,
        gateway(playing, timeouts=timeouts) as between,
        connected(between) as client,
    ):
        await client.send(EXPECTING)
        assert await client.receive() == CONTINUE
        await client.send(b"hello")
        got = await client.response()
        assert (got.status, got.interim) == (200, [])


async def test_other_interim_responses_do_not_ask_for_the_content() -> None:
    seen_103 = asyncio.Event()

    async def script(peer: Peer) -> None:
        await peer.request()
        await peer.send(b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n")
        await seen_103.wait()
        assert peer.received == b""
        await peer.send(CONTINUE)
        await peer.until(b"hello")
        await peer.send(NOTHING)

    async with upstream(script) as playing, gateway(playing) as between, connected(between) as client:
        await client.send(EXPECTING)
        assert (await until(client, b"\r\n\r\n")).startswith(b"HTTP/1.1 103 ")
        seen_103.set()
        assert await client.receive() == CONTINUE
        await client.send(b"hello")
        assert (await client.response()).status == 200


@pytest.mark.parametrize(
    "request_head",
    [
        b"PUT / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n\r\n",
        b"PUT / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 0\r\n\r\n",
        b"PUT / HTTP/1.0\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\nhello",
    ],
)
async def test_no_expectation_without_content_and_from_no_client_of_http_1_0(request_head: bytes) -> None:
    async def script(peer: Peer) -> None:
        assert b"expect" not in (await peer.request()).lower()
        await peer.send(CONTINUE, NOTHING)

    async with upstream(script) as playing, gateway(playing) as between, connected(between) as client:
        got = await client.ask(request_head)
    assert (got.status, got.interim) == (200, [])


async def test_a_client_that_did_not_ask_gets_no_100() -> None:
    """RFC 9110, 15.2.1: whoever has asked, here the gateway, discards one that it does not expect."""

    async def script(peer: Peer) -> None:
        await peer.request()
        await peer.send(CONTINUE, NOTHING)

    async with upstream(script) as playing, gateway(playing) as between, connected(between) as client:
        got = await client.ask()
    assert (got.status, got.interim) == (200, [])


async def test_a_request_is_repeated_as_long_as_its_content_was_not_asked_for() -> None:
    async def script(peer: Peer) -> None:
        await peer.request()
        if peer.number == 1:
            await peer.send(NOTHING)
            await peer.request()
            peer.close()
        else:
            await peer.send(CONTINUE)
            await peer.until(b"hello")
            await peer.send(NOTHING)

    async with upstream(script) as playing, gateway(playing) as between, connected(between) as client:
        assert (await client.ask(GET)).status == 200
        await client.send(EXPECTING)
        assert await client.receive() == CONTINUE
        await client.send(b"hello")
        assert (await client.response()).status == 200
        assert len(playing.peers) == 2


async def test_a_request_is_not_repeated_when_its_content_was_asked_for() -> None:
    async def script(peer: Peer) -> None:
        await peer.request()
        await peer.send(NOTHING)
        await peer.request()
        await peer.send(CONTINUE)
        await peer.until(b"hel")
        peer.close()

    async with upstream(script) as playing, gateway(playing) as between, connected(between) as client:
        assert (await client.ask(GET)).status == 200
        await client.send(EXPECTING)
        so_far = await client.receive()
        assert so_far == CONTINUE
        await client.send(b"hel")
        assert (await client.response()).status == 502
        assert len(playing.peers) == 1


async def test_the_upstream_closes_without_a_word() -> None:
    async def script(peer: Peer) -> None:
        await peer.request()
        peer.close()

    async with upstream(script) as playing, gateway(playing) as between, connected(between) as client:
        await client.send(EXPECTING)
        got = await client.response()
    assert (got.status, got.interim) == (502, [])
    assert "error=connection_terminated" in got.proxy_status
