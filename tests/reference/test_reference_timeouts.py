"""Each phase has its own time-out, and its own way of being told."""

import asyncio
import dataclasses
import socket
import sys
import threading
from typing import NoReturn

import pytest

from lab.gateways import Destination
from lab.serving.sockets import loopback_address
from tests.reference.parties import PATIENT, Peer, answered, ask, connected, gateway, saying, staying, upstream

pytestmark = pytest.mark.anyio

OK = b"HTTP/1.1 200 OK\r\n"
QUICK = 0.05


@pytest.mark.parametrize(
    ("said", "limit", "error", "details"),
    [
        (b"", "first_byte", "connection_read_timeout", "nothing came for 0.05 s"),
        (OK, "read", "connection_read_timeout", "nothing more came for 0.05 s"),
        (OK, "response", "http_response_timeout", "the response was not complete after 0.05 s"),
    ],
)
async def test_silence(said: bytes, limit: str, error: str, details: str) -> None:
    timeouts = dataclasses.replace(PATIENT, **{limit: QUICK})
    got = await answered(saying(said, end=staying), timeouts=timeouts)
    assert got.status == 504
    assert got.proxy_status.startswith(f"gw;error={error};")
    assert got.proxy_status.endswith(f';details="{details}"')


async def test_a_response_that_drips_is_slow_as_a_whole() -> None:
    async def dripping(peer: Peer) -> None:
        await peer.request()
        await peer.send(OK)
        while True:
            await peer.send(b"A: b\r\n")
            await asyncio.sleep(QUICK / 2)  # time is the fault

    timeouts = dataclasses.replace(PATIENT, read=QUICK * 4, response=QUICK * 5)
    got = await answered(dripping, timeouts=timeouts)
    assert got.status == 504
    assert got.proxy_status.startswith("gw;error=http_response_timeout;")


async def test_an_upstream_that_takes_nothing_more_of_the_request() -> None:
    async def deaf(peer: Peer) -> None:
        await asyncio.get_running_loop().create_future()

    timeouts = dataclasses.replace(PATIENT, write=QUICK)
    async with upstream(deaf) as playing, gateway(playing, timeouts=timeouts) as between, connected(between) as client:
        await client.send(b"POST / HTTP/1.1\r\nHost: a.example\r\nContent-Length: 99000000\r\n\r\n")
        sending = asyncio.create_task(client.send(bytes(99_000_000)))
        got = await client.response()
        sending.cancel()
    assert got.status == 504
    assert "error=connection_write_timeout" in got.proxy_status
    assert got.proxy_status.endswith(';details="the upstream took nothing more of the request for 0.05 s"')


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a full backlog refuses")
async def test_a_black_hole() -> None:
    with socket.socket() as listener, socket.socket() as held:
        listener.bind((loopback_address(), 0))
        listener.listen(0)
        held.connect(listener.getsockname())
        timeouts = dataclasses.replace(PATIENT, connect=QUICK)
        async with gateway(Destination(listener.getsockname()), timeouts=timeouts) as between:
            got = await ask(between)
    assert got.status == 504
    assert got.proxy_status.startswith("gw;error=connection_timeout;")
    assert got.proxy_status.endswith(';details="no connection after 0.05 s"')


async def test_an_address_that_is_not_found_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    asked, over = threading.Event(), threading.Event()

    def silent(*_: object, **__: object) -> NoReturn:
        asked.set()
        over.wait()
        raise socket.gaierror(socket.EAI_AGAIN, "too late")

    monkeypatch.setattr(socket, "getaddrinfo", silent)  # a mock: no test can make the system's resolver fall silent
    try:
        timeouts = dataclasses.replace(PATIENT, connect=QUICK)
        async with gateway(Destination(("upstream.example", 80)), timeouts=timeouts) as between:
            got = await ask(between)
    finally:
        over.set()
    assert asked.is_set()
    assert got.status == 504
    assert got.proxy_status == (
        'gw;error=dns_timeout;next-hop="upstream.example:80";details="no address of upstream.example after 0.05 s"'
    )
