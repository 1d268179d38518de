"""The reference gateway as the lab starts it: known, quick to stop, and gone without a trace."""

import asyncio
import os
import socket
import ssl
import time
from pathlib import Path

import pytest

from lab import version
from lab.certificates import authority, client_context
from lab.gateways import Destination, Gateway, Running, Setup
from lab.gateways.names import gateway_named
from lab.gateways.reference import Reference
from lab.gateways.reference.adapter import TIMEOUTS
from lab.scenario import NEEDS
from lab.serving.sockets import loopback_address
from lab.transcript import Player
from tests.reference.parties import GET, Client, Peer, Script, Upstream, saying, staying, upstream

pytestmark = pytest.mark.anyio

HELLO = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"
BROKEN = b"HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\nhello"


def setup(*playing: Upstream) -> Setup:
    return Setup(tuple(each.destination for each in playing))


async def client_of(running: Running) -> Client:
    sock = socket.socket()
    sock.setblocking(False)
    await asyncio.get_running_loop().sock_connect(sock, running.address)
    return Client(sock)


async def asked(running: Running) -> bytes:
    client = await client_of(running)
    try:
        return (await client.ask()).raw
    finally:
        client.close()


@pytest.mark.parametrize(
    ("name", "mode"), [("reference", "stream"), ("reference-buffer", "buffer"), ("reference-lenient", "lenient")]
)
def test_the_player(name: str, mode: str) -> None:
    gateway: Gateway = gateway_named(name)
    assert gateway.player == Player(name, version.VERSION, mode)
    assert gateway.offers <= NEEDS.keys()


def test_the_deadline_is_longer_than_all_its_waiting() -> None:
    assert Reference().deadline > TIMEOUTS.connect + TIMEOUTS.tls + TIMEOUTS.write + TIMEOUTS.response
    assert TIMEOUTS.response > TIMEOUTS.first_byte + TIMEOUTS.read


async def test_stream_and_buffer_differ_where_the_content_breaks() -> None:
    async with upstream(saying(BROKEN)) as playing:
        answers = []
        for gateway in (Reference("stream"), Reference("buffer")):
            running = await gateway.start(setup(playing))
            answers.append(await asked(running))
            await running.stop()
    assert answers[0].startswith(b"HTTP/1.1 200 OK\r\n")
    assert answers[1].startswith(b"HTTP/1.1 502 Bad Gateway\r\n")


async def test_lenient_repairs_what_stream_refuses() -> None:
    async with upstream(saying(b"HTTP/1.1 200 OK\r\nContent-Length : 2\r\n\r\nhi")) as playing:
        answers = []
        for gateway in (Reference("stream"), Reference("lenient")):
            running = await gateway.start(setup(playing))
            answers.append(await asked(running))
            await running.stop()
    assert answers[0].startswith(b"HTTP/1.1 502 Bad Gateway\r\n")
    assert answers[1].startswith(b"HTTP/1.1 200 OK\r\n")
    assert b"Content-Length: 2\r\n" in answers[1]


async def test_what_was_tried() -> None:
    with socket.socket() as held:
        held.bind((loopback_address(), 0))
        refusing = Destination(held.getsockname())
        running = await Reference().start(Setup((refusing,)))
        assert running.attempts(refusing) == 0
        await asked(running)
        assert running.attempts(refusing) == 1
        assert running.attempts(Destination(("127.0.0.1", 1))) == 0
        assert "connection_refused" in running.log[0]
        await running.stop()


async def test_the_clock_is_the_scenario_s() -> None:
    async with upstream(saying(HELLO)) as playing:
        running = await Reference().start(Setup((playing.destination,), clock=lambda: 784_111_777.0))
        assert b"\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\n" in await asked(running)
        await running.stop()


async def test_two_at_once_are_told_apart() -> None:
    async with upstream(saying(HELLO)) as playing:
        inner = await Reference().start(setup(playing))
        outer = await Reference().start(Setup((Destination(inner.address),)))
        assert (await asked(outer)).endswith(b"\r\n\r\nhi")
        await outer.stop()
        await inner.stop()


async def test_a_front_over_tls() -> None:
    async with upstream(saying(HELLO)) as playing:
        running = await Reference().start(Setup((playing.destination,), secure_front=True))
        context = client_context(trust=authority(), alpn=("http/1.1",))
        reader, writer = await asyncio.open_connection(*running.address, ssl=context, server_hostname="lab.test")
        secured: ssl.SSLObject = writer.get_extra_info("ssl_object")
        assert secured.selected_alpn_protocol() == "http/1.1"
        writer.write(b"GET / HTTP/1.1\r\nHost: lab.test\r\nConnection: close\r\n\r\n")
        assert (await reader.read()).endswith(b"\r\n\r\nhi")
        writer.close()
        await writer.wait_closed()
        await running.stop()


async def idle(peer: Peer) -> None:
    await saying(HELLO, end=staying)(peer)
    await peer.ended()


async def silent(peer: Peer) -> None:
    await peer.request()
    await peer.ended()


async def halfway(peer: Peer) -> None:
    await saying(BROKEN, end=staying)(peer)
    await peer.ended()


def descriptors() -> int:
    folder = Path("/proc/self/fd")
    return len(os.listdir(folder)) if folder.is_dir() else 0


async def deaf(peer: Peer) -> None:
    await asyncio.get_running_loop().create_future()


UPLOAD = b"PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999\r\n\r\n" + bytes(500_000)


@pytest.mark.parametrize(("script", "request_"), [(idle, GET), (silent, GET), (halfway, GET), (deaf, UPLOAD)])
@pytest.mark.parametrize("gateway", [Reference("stream"), Reference("buffer")])
async def test_a_stop_leaves_nothing(script: Script, request_: bytes, gateway: Reference) -> None:
    """In the middle of a request too, and at once."""
    begun = asyncio.Event()

    async def beginning(peer: Peer) -> None:
        begun.set()
        await script(peer)

    tasks, open_before = len(asyncio.all_tasks()), descriptors()
    async with upstream(beginning) as playing:
        running = await gateway.start(setup(playing))
        client = await client_of(running)
        await client.send(request_)
        await begun.wait()
        since = time.perf_counter()
        await running.stop()
        assert time.perf_counter() - since < TIMEOUTS.first_byte
        if open_before:
            assert descriptors() == open_before + 3, "more than the client and the upstream's two sockets"
        client.close()
    assert len(asyncio.all_tasks()) == tasks


async def test_many_in_a_row_leave_nothing() -> None:
    tasks, open_before = len(asyncio.all_tasks()), descriptors()
    async with upstream(saying(HELLO)) as playing:
        for _ in range(50):
            running = await Reference().start(setup(playing))
            assert (await asked(running)).endswith(b"hi")
            await running.stop()
    assert len(asyncio.all_tasks()) == tasks
    assert descriptors() == open_before
