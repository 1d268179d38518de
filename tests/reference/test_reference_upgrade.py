"""Switches of protocols, and the tunnels that they become (RFC 9110, 7.8)."""

import asyncio
import contextlib
import dataclasses
import os
import socket

import pytest

from lab.certificates import authority, server_context
from lab.gateways import Destination
from lab.gateways.reference.answer import offered
from lab.serving.sockets import listening_socket
from tests.reference.parties import (
    PATIENT,
    Client,
    Peer,
    answered,
    connected,
    gateway,
    saying,
    upstream,
)

pytestmark = pytest.mark.anyio

ASKING = b"GET /chat HTTP/1.1\r\nHost: a\r\nUpgrade: WebSocket, echo/1\r\nConnection: keep-alive, Upgrade\r\n\r\n"
SWITCHING = b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nX-Own: 1\r\n\r\n"
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"


async def exactly(client: Client, size: int, so_far: bytes = b"") -> bytes:
    while len(so_far) < size:
        data = await client.receive()
        assert data, f"the end came after {so_far!r}"
        so_far += data
    return so_far


async def switched(client: Client, request: bytes = ASKING) -> bytes:
    """Ask for the switch. Gives what came after the 101."""
    await client.send(request)
    so_far = b""
    while b"\r\n\r\n" not in so_far:
        data = await client.receive()
        assert data, f"the end came after {so_far!r}"
        so_far += data
    head, _, rest = so_far.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 101 Switching Protocols\r\n")
    return rest


async def echo(peer: Peer) -> None:
    """Switches, and says everything again until the gateway ends its side; then it ends its own."""
    await peer.request()
    await peer.send(SWITCHING)
    while peer.received or await peer.more():
        data, peer.received = peer.received, b""
        await peer.send(data)
    peer.close()


async def test_what_the_upstream_is_asked_and_what_the_client_is_answered() -> None:
    seen: list[bytes] = []

    async def script(peer: Peer) -> None:
        seen.append(await peer.request())
        await peer.send(SWITCHING)
        await peer.ended()

    async with upstream(script) as playing, gateway(playing) as between, connected(between) as client:
        await client.send(ASKING)
        head = await client.receive()
    assert b"\r\nUpgrade: WebSocket, echo/1\r\n" in seen[0]
    assert b"\r\nConnection: Upgrade\r\n" in seen[0]
    lines = head.split(b"\r\n")
    assert lines[0] == b"HTTP/1.1 101 Switching Protocols"
    assert sorted(lines[1:-2]) == [b"Connection: Upgrade", b"Upgrade: websocket", b"Via: 1.1 gw", b"X-Own: 1"]


async def test_http_2_is_not_asked_for_whatever_version_it_is_given() -> None:
    """In a tunnel nobody checks what is asked; and this use of h2c is deprecated (RFC 9113, 3.1)."""
    seen: list[bytes] = []

    async def script(peer: Peer) -> None:
        seen.append(await peer.request())
        await peer.send(OK)

    async with upstream(script) as playing, gateway(playing) as between, connected(between) as client:
        await client.ask(ASKING.replace(b"WebSocket,", b"h2c/1, H2C/, h2c ,"))
    assert b"\r\nUpgrade: echo/1\r\n" in seen[0]


async def test_an_upstream_that_goes_after_its_101_is_told_of_as_such() -> None:
    """The request is not complete yet, so the client has not been told to switch."""

    async def script(peer: Peer) -> None:
        await peer.request()
        await peer.send(SWITCHING)
        peer.reset()

    async def more(client: Client) -> None:
        with contextlib.suppress(ConnectionError):
            while client.ending is None:
                await client.send(b"1\r\na\r\n")
                await asyncio.sleep(0)

    request = ASKING.replace(b"GET", b"POST").replace(b"Host: a", b"Host: a\r\nTransfer-Encoding: chunked")
    async with upstream(script) as playing, gateway(playing) as between, connected(between) as client:
        await client.send(request)
        sending = asyncio.create_task(more(client))
        got = await client.response(b"POST")
        sending.cancel()
    assert got.status == 502
    assert "error=connection_terminated" in got.proxy_status


async def test_bytes_go_both_ways_and_half_closed_ends_too() -> None:
    async with upstream(echo) as playing, gateway(playing) as between, connected(between) as client:
        assert await switched(client) == b""
        for word in (b"one", b"two \0\r\n\r\n", b"HTTP/1.1 200 OK\r\n\r\n"):
            await client.send(word)
            assert await exactly(client, len(word)) == word
        client.half_close()
        assert (await client.receive(), client.ending) == (b"", "FIN")
        assert between.log == []


async def test_what_came_together_with_the_101_or_the_request_is_not_lost() -> None:
    async def script(peer: Peer) -> None:
        await peer.request()
        await peer.send(SWITCHING, b"first")
        await peer.until(b"early")
        await peer.send(b"got it")
        await peer.ended()

    async with upstream(script) as playing, gateway(playing) as between, connected(between) as client:
        assert await exactly(client, 11, await switched(client, ASKING + b"early")) == b"firstgot it"


async def test_the_upstream_may_end_its_side_first() -> None:
    async def script(peer: Peer) -> None:
        await peer.request()
        await peer.send(SWITCHING, b"bye")
        peer.half_close()
        await peer.until(b"and you")
        assert not await peer.more()
        ended.set()

    ended = asyncio.Event()
    async with upstream(script) as playing, gateway(playing) as between, connected(between) as client:
        assert await exactly(client, 3, await switched(client)) == b"bye"
        assert (await client.receive(), client.ending) == (b"", "FIN")
        await client.send(b"and you")
        client.half_close()
        await ended.wait()
        assert between.log == []


async def test_a_reset_of_the_upstream_is_passed_on_as_one() -> None:
    go = asyncio.Event()

    async def script(peer: Peer) -> None:
        await peer.request()
        await peer.send(SWITCHING, b"so far")
        await go.wait()
        peer.reset()

    async with upstream(script) as playing, gateway(playing) as between, connected(between) as client:
        assert await exactly(client, 6, await switched(client)) == b"so far"
        go.set()
        assert (await client.receive(), client.ending) == (b"", "RST")
        assert "tunnel broken off: the upstream reset the connection" in between.log[0]


async def test_a_reset_of_the_client_is_passed_on_as_one() -> None:
    how: list[str] = []
    ended = asyncio.Event()

    async def script(peer: Peer) -> None:
        await peer.request()
        await peer.send(SWITCHING)
        try:
            how.append("FIN" if not await peer.more() else "more")
        except ConnectionResetError:
            how.append("RST")
        ended.set()

    async with upstream(script) as playing, gateway(playing) as between, connected(between) as client:
        await switched(client)
        client.reset()
        await ended.wait()
    assert how == ["RST"]


async def test_a_tunnel_without_a_word_is_broken_off() -> None:
    timeouts = dataclasses.replace(PATIENT, tunnel=0.4)
    async with (
        upstream(echo) as playing,
        gateway(playing, timeouts=timeouts) as between,
        connected(between) as client,
    ):
        await switched(client)
        for _ in range(3):
            await asyncio.sleep(0.2)  # together longer than the time-out
            await client.send(b"x")
            assert await exactly(client, 1) == b"x"
        assert (await client.receive(), client.ending) == (b"", "RST")
        assert "tunnel broken off: nothing went through the tunnel for 0.4 s" in between.log[0]


async def test_a_connection_that_was_a_tunnel_is_used_no_more() -> None:
    async with upstream(echo) as playing, gateway(playing) as between:
        for _ in range(2):
            async with connected(between) as client:
                await switched(client)
                client.half_close()
                assert await client.receive() == b""
        assert len(playing.peers) == 2


async def test_much_goes_through_and_whoever_does_not_read_holds_the_other_back() -> None:
    size, sent = 8_000_000, 0

    async def script(peer: Peer) -> None:
        nonlocal sent
        await peer.request()
        await peer.send(SWITCHING)
        piece = bytes(100_000)
        for _ in range(size // len(piece)):
            await peer.send(piece)
            sent += len(piece)
        peer.close()

    async with upstream(script) as playing, gateway(playing) as between, connected(between, 10.0) as client:
        so_far = len(await switched(client))
        before = -1
        while sent > before:  # until the upstream is held back
            before = sent
            await asyncio.sleep(0.2)  # nothing happens then, and that is the point
        assert sent < size
        while data := await client.receive():
            so_far += len(data)
    assert (so_far, client.ending) == (size, "FIN")


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (SWITCHING.replace(b"websocket", b"telnet"), "not offered: telnet"),
        (SWITCHING.replace(b"websocket", b"websocket, echo/2"), "not offered: echo/2"),
        (SWITCHING.replace(b"Upgrade: websocket\r\n", b""), "does not name the new protocol"),
        (SWITCHING.replace(b"Connection: Upgrade\r\n", b""), "does not name the new protocol"),
    ],
)
async def test_a_101_that_cannot_be_passed_on(said: bytes, why: str) -> None:
    got = await answered(saying(said), ASKING)
    assert got.status == 502
    assert got.proxy_status.startswith("gw;error=http_protocol_error;")
    assert why in got.proxy_status


@pytest.mark.parametrize(
    "request_head",
    [
        ASKING.replace(b"HTTP/1.1", b"HTTP/1.0"),
        ASKING.replace(b", Upgrade", b""),
        ASKING.replace(b"WebSocket, echo/1", b"h2c"),
    ],
)
async def test_where_no_switch_is_asked_for_none_is_passed_on_and_none_is_taken(request_head: bytes) -> None:
    async def script(peer: Peer) -> None:
        assert b"upgrade" not in (await peer.request()).lower()
        await peer.send(SWITCHING)

    got = await answered(script, request_head)
    assert got.status == 502
    assert got.proxy_status.startswith("gw;error=http_protocol_error;")


async def test_an_upstream_that_does_not_switch_is_answered_as_usual() -> None:
    async def script(peer: Peer) -> None:
        while True:
            await peer.request()
            await peer.send(OK)

    async with upstream(script) as playing, gateway(playing) as between, connected(between) as client:
        for request in (ASKING, ASKING):
            assert (await client.ask(request)).content == b"hi"
        assert len(playing.peers) == 1


REQUIRED = (
    b"HTTP/1.1 426 Upgrade Required\r\nUpgrade: TLS/1.2, HTTP/3.0\r\nConnection: Upgrade\r\nContent-Length: 0\r\n\r\n"
)


async def test_a_426_says_what_it_requires() -> None:
    """RFC 9110, 15.5.22: it must. The field concerns one connection (7.6.1), so it is said anew."""
    got = await answered(saying(REQUIRED))
    assert (got.status, got.value(b"upgrade")) == (426, b"TLS/1.2, HTTP/3.0")
    assert b"Upgrade" in got.head.fields.members(b"connection")


async def test_a_client_of_http_1_0_is_told_of_no_upgrade() -> None:
    got = await answered(saying(REQUIRED), b"GET / HTTP/1.0\r\nHost: a\r\n\r\n")
    assert (got.status, got.value(b"upgrade")) == (426, b"")


async def test_other_responses_advertise_nothing() -> None:
    got = await answered(saying(OK[:17], b"Upgrade: h2,h2c\r\nConnection: Upgrade\r\n", OK[17:]))
    assert (got.status, got.value(b"upgrade"), got.content) == (200, b"", b"hi")


async def test_content_goes_before_the_switch() -> None:
    """RFC 9110, 7.8: the client cannot speak the new protocol before its request is complete."""

    async def script(peer: Peer) -> None:
        await peer.request()
        await peer.send(SWITCHING, b"first")
        await peer.until(b"content!")
        await peer.until(b"tunnel")
        await peer.send(b"done")
        await peer.ended()

    request = ASKING.replace(b"GET", b"POST")[:-2] + b"Content-Length: 8\r\n\r\n"
    async with upstream(script) as playing, gateway(playing) as between, connected(between) as client:
        await client.send(request)
        await client.send(b"content!")
        assert await exactly(client, 9, (await switched(client, b"tunnel"))) == b"firstdone"


async def test_a_101_before_the_100_that_the_client_waits_for() -> None:
    """RFC 9110, 7.8: the upstream must send the 100 first."""
    request = ASKING.replace(b"GET", b"POST")[:-2] + b"Content-Length: 8\r\nExpect: 100-continue\r\n\r\n"
    got = await answered(saying(SWITCHING), request)
    assert got.status == 502
    assert "before the 100" in got.proxy_status


@pytest.mark.parametrize(
    ("protocol", "same"),
    [
        (b"websocket", True),
        (b"WebSocket/13", True),
        (b"ECHO/1", True),
        (b"echo", True),
        (b"echo/2", False),
        (b"x", False),
    ],
)
def test_what_counts_as_offered(protocol: bytes, same: bool) -> None:
    assert offered(protocol, (b"WebSocket", b"echo/1")) is same


async def test_stopping_ends_the_tunnels() -> None:
    ended = asyncio.Event()

    async def script(peer: Peer) -> None:
        await peer.request()
        await peer.send(SWITCHING)
        await peer.ended()
        ended.set()

    async with upstream(script) as playing, contextlib.AsyncExitStack() as running:
        between = await running.enter_async_context(gateway(playing))
        async with connected(between) as client:
            await switched(client)
            await running.aclose()
            assert await client.receive() == b""
            await ended.wait()


@pytest.mark.parametrize("version", ["1.2", "1.3"])
@pytest.mark.parametrize("ends_first", ["client", "upstream"])
async def test_a_tunnel_to_an_upstream_over_tls(version: str, ends_first: str) -> None:
    """Each end is told apart from a truncation: by the closure alert."""
    heard: list[bytes] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(SWITCHING + b"first")
        heard.append(await reader.readexactly(5))
        if ends_first == "client":
            heard.append(await reader.read())
        writer.close()

    context = server_context(oldest=version, newest=version)
    server = await asyncio.start_server(serve, sock=listening_socket(), ssl=context)
    async with server:
        destination = Destination(server.sockets[0].getsockname()[:2], secure=True)
        async with gateway(destination, trust=authority()) as between, connected(between) as client:
            assert await exactly(client, 5, await switched(client)) == b"first"
            await client.send(b"hello")
            if ends_first == "client":
                client.half_close()
            assert (await client.receive(), client.ending) == (b"", "FIN")
            client.close()
        assert between.log == []
    assert heard == [b"hello", b""][: len(heard)]


async def test_a_truncation_by_an_upstream_over_tls_is_passed_on_as_a_reset() -> None:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(SWITCHING + b"first")
        await reader.readexactly(5)
        raw = socket.socket(fileno=os.dup(writer.get_extra_info("socket").fileno()))
        raw.shutdown(socket.SHUT_WR)  # FIN without a closure alert
        raw.close()
        writer.transport.abort()

    server = await asyncio.start_server(serve, sock=listening_socket(), ssl=server_context())
    async with server:
        destination = Destination(server.sockets[0].getsockname()[:2], secure=True)
        async with gateway(destination, trust=authority()) as between, connected(between) as client:
            assert await exactly(client, 5, await switched(client)) == b"first"
            await client.send(b"hello")
            assert (await client.receive(), client.ending) == (b"", "RST")
        assert "tunnel broken off: no closure alert" in between.log[0]
