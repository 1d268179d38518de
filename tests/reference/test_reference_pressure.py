"""Back-pressure in both directions, and memory that does not grow with what is relayed."""

import asyncio
import dataclasses
import socket
import ssl

import psutil
import pytest

from lab.certificates import authority, server_context
from lab.gateways import Destination
from lab.gateways.reference.dialling import dial
from lab.gateways.reference.settings import Settings
from lab.serving.sockets import listening_socket
from tests.reference.parties import DEADLINE, GET, PATIENT, Client, Peer, connected, gateway, upstream

pytestmark = pytest.mark.anyio

SIZE = 64 << 20
PIECE = bytes(1 << 18)
MOST_GROWTH = 10 << 20
PAUSE = 0.3
LONG = 60.0

process = psutil.Process()


class Growth:
    """The most memory that this process had at any look, over what it had at first."""

    def __init__(self) -> None:
        self.before = process.memory_info().rss
        self.most = 0

    def look(self) -> None:
        self.most = max(self.most, process.memory_info().rss - self.before)


async def download(client: Client, growth: Growth) -> None:
    await client.send(GET)
    so_far = await client.until(b"\r\n\r\n")
    received = len(so_far.partition(b"\r\n\r\n")[2])
    while received < SIZE:
        received += len(await client.receive())
        growth.look()
    assert received == SIZE


@pytest.mark.parametrize("buffer", [None, 65_536])
async def test_a_long_response_takes_no_memory(buffer: int | None) -> None:
    async def script(peer: Peer) -> None:
        while True:
            await peer.request()
            await peer.send(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % SIZE)
            for _ in range(SIZE // len(PIECE)):
                await peer.send(PIECE)

    async with (
        upstream(script) as playing,
        gateway(playing, buffer=buffer) as between,
        connected(between, LONG) as client,
    ):
        await download(client, Growth())  # a first one for buffers that the process keeps
        growth = Growth()
        await download(client, growth)
    assert growth.most < MOST_GROWTH


async def test_a_long_request_takes_no_memory() -> None:
    async def script(peer: Peer) -> None:
        await peer.request()
        received = len(peer.received)
        while received < SIZE:
            peer.received = b""
            await peer.more()
            received += len(peer.received)
            growth.look()
        await peer.send(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")

    async with upstream(script) as playing, gateway(playing) as between, connected(between, LONG) as client:
        await client.send(b"PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: %d\r\n\r\n" % SIZE)
        growth = Growth()
        for _ in range(SIZE // len(PIECE)):
            await client.send(PIECE)
        assert (await client.response()).status == 200
    assert growth.most < MOST_GROWTH


async def stuck(sending: asyncio.Event, sent: list[int]) -> int:
    """How much was sent until nothing more could be."""
    await sending.wait()
    before = -1
    while before != sum(sent):
        before = sum(sent)
        await asyncio.sleep(PAUSE)  # nothing happens, and that is the point
    return before


@pytest.mark.parametrize("secure", [False, True])
async def test_a_client_that_does_not_read_stops_the_upstream(secure: bool) -> None:
    sending, sent = asyncio.Event(), [0]

    async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % SIZE)
        sending.set()
        for _ in range(SIZE // len(PIECE)):
            writer.write(PIECE)
            await writer.drain()
            sent.append(len(PIECE))
        writer.close()

    context: ssl.SSLContext | None = server_context() if secure else None
    server = await asyncio.start_server(script, "127.0.0.1", 0, ssl=context)
    async with server:
        destination = Destination(server.sockets[0].getsockname(), secure)
        async with gateway(destination, trust=authority()) as between, connected(between, LONG) as client:
            growth = Growth()
            await client.send(GET)
            assert await stuck(sending, sent) < SIZE // 2
            growth.look()
            assert growth.most < MOST_GROWTH
            received = 0
            while received < SIZE:
                received += len(await client.receive())


async def test_what_an_upstream_does_not_take_does_not_keep_its_connection_open() -> None:
    async def deaf(peer: Peer) -> None:
        await asyncio.get_running_loop().create_future()

    async with upstream(deaf) as playing:
        connection = await dial(playing.destination, Settings((playing.destination,), "gw"), print)
        connection.write(bytes(SIZE))
        connection.close()
        async with asyncio.timeout(DEADLINE):
            await connection.lost


async def test_an_upstream_that_does_not_read_stops_the_client() -> None:
    go_on, sending, sent = asyncio.Event(), asyncio.Event(), [0]

    async def script(peer: Peer) -> None:
        await go_on.wait()
        await peer.request()
        received = len(peer.received)
        while received < SIZE:
            peer.received = b""
            await peer.more()
            received += len(peer.received)
        await peer.send(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")

    async def send(client: Client) -> None:
        await client.send(b"PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: %d\r\n\r\n" % SIZE)
        sending.set()
        for _ in range(SIZE // len(PIECE)):
            await client.send(PIECE)
            sent.append(len(PIECE))

    async with upstream(script) as playing, gateway(playing) as between, connected(between, LONG) as client:
        growth = Growth()
        task = asyncio.create_task(send(client))
        assert await stuck(sending, sent) < SIZE // 2
        growth.look()
        assert growth.most < MOST_GROWTH
        go_on.set()
        await task
        assert (await client.response()).status == 200


async def test_an_upstream_that_reads_slowly_is_not_one_that_takes_nothing() -> None:
    """Two times the time-out: the system's own buffer, of millions of bytes, would hide so long that it reads."""
    loop, seconds = asyncio.get_running_loop(), 0.5
    with listening_socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
        destination, timeouts = Destination(listener.getsockname()), dataclasses.replace(PATIENT, write=seconds)
        async with gateway(destination, timeouts=timeouts) as between, connected(between) as client:
            await client.send(b"PUT / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n")
            sending = asyncio.create_task(for_ever(client))
            sock, _ = await loop.sock_accept(listener)
            with sock:
                since = loop.time()
                while loop.time() - since < 2 * seconds:
                    assert await loop.sock_recv(sock, 4_096)
                    await asyncio.sleep(0.04)  # slowness is the matter here
                assert between.log == []
                sending.cancel()


async def for_ever(client: Client) -> None:
    while True:
        await client.send(b"40000\r\n", PIECE, b"\r\n")
