"""Clients that stop reading, or read slowly: memory stays bounded, and no end is lost."""

import asyncio
import gc
import os
import ssl
from typing import Any

import pytest

from lab.gateways.reference.front import ClientGone, FrontSettings
from lab.serving.server import Server
from tests.front.wire import DEADLINE, Application, connected, for_ever, front_of, fronting, http_only

pytestmark = pytest.mark.anyio

GET = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"


def resident() -> int:
    with open("/proc/self/statm") as statm:
        return int(statm.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


@pytest.mark.skipif(not os.path.exists("/proc/self/statm"), reason="reads /proc/self/statm")
@pytest.mark.parametrize("secure", [False, True], ids=["plain", "TLS"])
async def test_a_client_that_stops_reading_holds_the_application_back(
    secure: bool, server_tls: ssl.SSLContext, client_tls: ssl.SSLContext
) -> None:
    sent = 0

    @http_only
    async def endless(scope: Any, receive: Any, send: Any) -> None:
        nonlocal sent
        await send({"type": "http.response.start", "status": 200, "headers": []})
        while True:
            await send({"type": "http.response.body", "body": bytes(65_536), "more_body": True})
            sent += 65_536

    tls = (server_tls, client_tls) if secure else (None, None)
    async with fronting(endless, tls=tls[0]) as server, connected(server, tls[1], buffer=65_536) as client:
        gc.collect()
        before = resident()
        await client.send(GET)
        await client.until(b"\r\n\r\n")
        stood = -1
        while stood != sent:
            stood = sent
            await asyncio.sleep(0.05)
        assert 0 < sent < 10_000_000
        assert resident() - before < 10_000_000


async def test_a_client_that_never_reads_on_is_reset() -> None:
    told = asyncio.Event()

    @http_only
    async def endless(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        with pytest.raises(ClientGone):
            await for_ever(send)
        assert front_of(scope).disconnected.is_set()
        told.set()

    settings = FrontSettings(write_timeout=0.1)
    async with fronting(endless, settings) as server, connected(server, buffer=65_536) as client:
        await client.send(GET)
        await asyncio.wait_for(told.wait(), DEADLINE)
        await client.rest()
        assert client.ending == "RST"


async def test_a_client_that_reads_slowly_is_not_one_that_does_not_read() -> None:
    """Two times the time-out: the system's own buffer, of millions of bytes, would hide so long that it reads."""

    @http_only
    async def long(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        with pytest.raises(ClientGone):
            await send({"type": "http.response.body", "body": bytes(10_000_000)})

    settings = FrontSettings(write_timeout=0.5)
    async with fronting(long, settings) as server, connected(server, buffer=4_096) as client:
        await client.send(GET)
        loop = asyncio.get_running_loop()
        since = loop.time()
        while loop.time() - since < 2 * settings.write_timeout:
            assert await loop.sock_recv(client.sock, 4_096)
            await asyncio.sleep(0.01)  # slowness is the matter here


async def stuck(transport: asyncio.Transport) -> bool:
    """Whether TCP takes nothing more for a while."""
    before = transport.get_write_buffer_size()
    await asyncio.sleep(0.05)
    return transport.get_write_buffer_size() == before


def filling(server: list[Server], sent: asyncio.Event) -> Application:
    """An application that sends until TCP takes no more, and a little beyond that, and ends its response."""

    @http_only
    async def application(scope: Any, receive: Any, send: Any) -> None:
        (transport,) = server[0]._open.values()
        await send({"type": "http.response.start", "status": 200, "headers": [(b"Connection", b"close")]})
        while transport.get_write_buffer_size() < 32_768 or not await stuck(transport):
            await send({"type": "http.response.body", "body": bytes(1_000), "more_body": True})
        await send({"type": "http.response.body", "body": b"the end"})
        sent.set()

    return application


async def test_a_close_waits_for_a_client_that_reads_slowly() -> None:
    """Longer than it lingers: until nothing is left to be sent."""
    servers: list[Server] = []
    sent = asyncio.Event()
    settings = FrontSettings(linger=0.01)
    async with fronting(filling(servers, sent), settings) as server, connected(server, buffer=65_536) as client:
        servers.append(server)
        await client.send(GET)
        await asyncio.wait_for(sent.wait(), DEADLINE)
        await asyncio.sleep(0.05)  # slowness is the matter here
        assert (await client.rest()).endswith(b"the end\r\n0\r\n\r\n")
        assert client.ending == "FIN"


async def test_a_close_does_not_wait_for_ever() -> None:
    servers: list[Server] = []
    sent = asyncio.Event()
    settings = FrontSettings(linger=0.01, write_timeout=0.05)
    async with fronting(filling(servers, sent), settings) as server, connected(server, buffer=65_536) as client:
        servers.append(server)
        await client.send(GET)
        await asyncio.wait_for(sent.wait(), DEADLINE)
        async with asyncio.timeout(DEADLINE):
            while server._open:
                await asyncio.sleep(0.01)
        assert b"the end" not in await client.rest()
