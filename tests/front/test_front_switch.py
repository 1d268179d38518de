"""Switches of protocols: HTTP/1.1 only, and afterwards octets, both ways, with back-pressure and every kind of end."""

import asyncio
import logging
import ssl
from typing import Any

import pytest

from lab.gateways.reference.front import ClientGone, FrontSettings, Tunnel
from lab.serving.server import Server
from tests.front.wire import DEADLINE, Application, connected, described, front_of, fronting, http_only

pytestmark = pytest.mark.anyio

UPGRADE = b"GET /chat HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n"
SWITCHING = b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: echo\r\nConnection: upgrade\r\n\r\n"
SWITCHED = [(b"Upgrade", b"echo")]


def carrying(use: Any) -> Application:
    """An application that switches, and lets this coroutine function use the tunnel."""

    @http_only
    async def application(scope: Any, receive: Any, send: Any) -> None:
        await use(await front_of(scope).switch(SWITCHED))

    return application


async def echo(tunnel: Tunnel) -> None:
    while data := await tunnel.receive():
        await tunnel.send(data)
    await tunnel.send(b"bye")


@pytest.mark.parametrize(
    ("lines", "version", "asked"),
    [
        ([b"Connection: Upgrade", b"Upgrade: websocket"], b"1.1", ["websocket"]),
        ([b"Connection: close, upgrade", b"Upgrade: websocket, IRC/6.9", b"Upgrade: h2c, x"], b"1.1",
         ["websocket", "IRC/6.9", "x"]),
        ([b"Connection: Upgrade, HTTP2-Settings", b"Upgrade: h2c", b"HTTP2-Settings: AAMAAABk"], b"1.1", []),
        ([b"Upgrade: websocket"], b"1.1", []),
        ([b"Connection: Upgrade", b"Upgrade: websocket"], b"1.0", []),
    ],
    ids=["one", "several", "h2c", "Connection does not name it", "HTTP/1.0"],
)  # fmt: skip
async def test_what_a_request_asks_to_switch_to(lines: list[bytes], version: bytes, asked: list[str]) -> None:
    seen = await described(b"\r\n".join([b"GET / HTTP/" + version, b"Host: a", *lines, b"", b""]))
    assert seen["upgrade"] == asked


@pytest.mark.parametrize("secure", [False, True], ids=["plain", "TLS"])
async def test_octets_go_both_ways_and_those_right_behind_the_request_come_first(
    secure: bool, server_tls: ssl.SSLContext, client_tls: ssl.SSLContext
) -> None:
    tls = (server_tls, client_tls) if secure else (None, None)
    async with fronting(carrying(echo), tls=tls[0]) as server, connected(server, tls[1]) as client:
        await client.send(UPGRADE + b"GET / HTTP/1.1\r\n")
        assert await client.until(b"GET / HTTP/1.1\r\n") == SWITCHING + b"GET / HTTP/1.1\r\n"
        for message in (b"\0\xff\n", b"second"):
            await client.send(message)
            assert await client.until(message) == message


async def test_a_client_that_ends_its_side_still_reads() -> None:
    async with fronting(carrying(echo)) as server, connected(server) as client:
        await client.send(UPGRADE + b"hello")
        client.half_close()
        assert await client.rest() == SWITCHING + b"hellobye"
        assert client.ending == "FIN"


async def test_an_application_that_ends_its_side_still_receives() -> None:
    received: list[bytes] = []

    async def ending(tunnel: Tunnel) -> None:
        await tunnel.send(b"last words")
        tunnel.end()
        with pytest.raises(ClientGone):
            await tunnel.send(b"more")
        while data := await tunnel.receive():
            received.append(data)

    async with fronting(carrying(ending)) as server, connected(server) as client:
        await client.send(UPGRADE)
        assert await client.rest() == SWITCHING + b"last words"
        assert client.ending == "FIN"
        await client.send(b"hello")
        client.half_close()
        await gone(server)
    assert b"".join(received) == b"hello"


async def test_what_a_tls_client_sends_before_its_closure_alert_is_received(
    server_tls: ssl.SSLContext, client_tls: ssl.SSLContext
) -> None:
    received = asyncio.get_running_loop().create_future()

    async def collecting(tunnel: Tunnel) -> None:
        data = b""
        while piece := await tunnel.receive():
            data += piece
        received.set_result(data)

    async with fronting(carrying(collecting), tls=server_tls) as server, connected(server, client_tls) as client:
        await client.send(UPGRADE)
        await client.until(b"\r\n\r\n")
        await client.send(b"x" * 300_000)
        await client.close_tls()
        assert await asyncio.wait_for(received, DEADLINE) == b"x" * 300_000


@pytest.mark.parametrize("secure", [False, True], ids=["plain", "TLS"])
@pytest.mark.parametrize(("how", "ending"), [("return", "orderly"), ("abort", "RST"), ("error", "RST")])
async def test_how_the_application_ends_it(
    how: str, ending: str, secure: bool, server_tls: ssl.SSLContext, client_tls: ssl.SSLContext, caplog: Any
) -> None:
    async def using(tunnel: Tunnel) -> None:
        assert await tunnel.receive() == b"go"
        if how == "abort":
            tunnel.abort()
        elif how == "error":
            raise ZeroDivisionError

    tls = (server_tls, client_tls) if secure else (None, None)
    with caplog.at_level(logging.CRITICAL):
        async with fronting(carrying(using), tls=tls[0]) as server, connected(server, tls[1]) as client:
            await client.send(UPGRADE)
            await client.until(b"\r\n\r\n")
            await client.send(b"go")
            await client.rest()
            assert client.ending == {"orderly": "closure alert" if secure else "FIN"}.get(ending, ending)


async def test_a_reset_is_told_from_an_end() -> None:
    told = asyncio.Event()

    @http_only
    async def application(scope: Any, receive: Any, send: Any) -> None:
        tunnel = await front_of(scope).switch(SWITCHED)
        with pytest.raises(ClientGone):
            await tunnel.receive()
        await front_of(scope).disconnected.wait()
        with pytest.raises(ClientGone):
            await tunnel.send(b"more")
        told.set()

    async with fronting(application) as server, connected(server) as client:
        await client.send(UPGRADE)
        await client.until(b"\r\n\r\n")
        client.reset()
        await asyncio.wait_for(told.wait(), DEADLINE)


async def test_no_time_out_runs_but_that_for_writing() -> None:
    settings = FrontSettings(header_timeout=0.05, content_timeout=0.05, idle_timeout=0.05, linger=0.05)
    async with fronting(carrying(echo), settings) as server, connected(server) as client:
        await client.send(UPGRADE)
        await client.until(b"\r\n\r\n")
        await asyncio.sleep(0.2)  # silence is the matter here
        await client.send(b"still there")
        assert await client.until(b"there") == b"still there"


async def test_a_client_that_does_not_read_is_reset() -> None:
    told = asyncio.Event()

    async def flooding(tunnel: Tunnel) -> None:
        try:
            while True:
                await tunnel.send(bytes(65_536))
        except ClientGone:
            told.set()

    settings = FrontSettings(write_timeout=0.1)
    async with fronting(carrying(flooding), settings) as server, connected(server, buffer=65_536) as client:
        await client.send(UPGRADE)
        await asyncio.wait_for(told.wait(), DEADLINE)
        await client.rest()
        assert client.ending == "RST"


async def test_a_client_is_held_back_by_an_application_that_does_not_receive() -> None:
    go_on = asyncio.Event()
    total = 0

    async def waiting(tunnel: Tunnel) -> None:
        nonlocal total
        await go_on.wait()
        while data := await tunnel.receive():
            total += len(data)

    size = 20_000_000
    async with fronting(carrying(waiting)) as server, connected(server) as client:
        await client.send(UPGRADE)
        await client.until(b"\r\n\r\n")
        upload = asyncio.create_task(client.send(bytes(size)))
        await asyncio.sleep(0.2)  # every chance to send it all
        assert not upload.done()
        go_on.set()
        await asyncio.wait_for(upload, DEADLINE)
        client.half_close()
        await client.rest()
    assert total == size


async def test_a_switch_before_the_end_of_the_request_waits_for_its_rest() -> None:
    """RFC 9110, 7.8: the client cannot speak the new protocol before its request is complete; 100 comes before 101."""

    @http_only
    async def application(scope: Any, receive: Any, send: Any) -> None:
        assert front_of(scope).expects_continue
        await front_of(scope).interim(100)
        await echo(await front_of(scope).switch(SWITCHED))

    request = UPGRADE[:-2] + b"Content-Length: 5\r\nExpect: 100-continue\r\n\r\n"
    async with fronting(application) as server, connected(server) as client:
        await client.send(request)
        assert await client.until(SWITCHING) == b"HTTP/1.1 100 Continue\r\n\r\n" + SWITCHING
        await client.send(b"hello" + b"new words")
        assert await client.until(b"new words") == b"new words"


@pytest.mark.parametrize(
    "request_octets",
    [b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", UPGRADE.replace(b"1.1", b"1.0")],
    ids=["not asked for", "HTTP/1.0"],
)
async def test_no_switch_that_was_not_asked_for(request_octets: bytes) -> None:
    @http_only
    async def application(scope: Any, receive: Any, send: Any) -> None:
        with pytest.raises(RuntimeError):
            await front_of(scope).switch(SWITCHED)
        await send({"type": "http.response.start", "status": 400, "headers": []})
        await send({"type": "http.response.body"})

    async with fronting(application) as server, connected(server) as client:
        await client.send(request_octets)
        assert (await client.rest()).startswith(b"HTTP/1.1 400 ")


async def test_a_stop_ends_open_tunnels() -> None:
    async with fronting(carrying(echo)) as server, connected(server) as client:
        await client.send(UPGRADE)
        await client.until(b"\r\n\r\n")
        await asyncio.wait_for(server.stop(grace=0.05), DEADLINE)
        await client.rest()


async def gone(server: Server) -> None:
    async with asyncio.timeout(DEADLINE):
        while server._open:
            await asyncio.sleep(0.01)
