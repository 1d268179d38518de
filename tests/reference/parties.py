"""Who plays in these tests, on real sockets: a client that keeps every byte, a gateway, and upstreams by function."""

import asyncio
import contextlib
import dataclasses
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from lab import h1
from lab.gateways import Address, Destination
from lab.gateways.reference.application import ReferenceGateway
from lab.gateways.reference.front import FrontSettings, front
from lab.gateways.reference.settings import LIMITS, Settings, Timeouts
from lab.serving.server import serving
from lab.serving.sockets import listening_socket, reset

DEADLINE = 5.0
NAME = "gw"
PATIENT = Timeouts(
    connect=20.0, tls=20.0, write=20.0, first_byte=20.0, read=20.0, response=90.0, idle=20.0, expect=20.0, tunnel=20.0
)
"""Longer than any test: where a time-out is the point, the test sets that one."""

GET = b"GET / HTTP/1.1\r\nHost: a.example\r\n\r\n"


class Peer:
    """The upstream's end of one connection."""

    def __init__(self, sock: socket.socket, number: int) -> None:
        self.sock = sock
        self.number = number
        self.received = b""
        self._loop = asyncio.get_running_loop()

    async def request(self) -> bytes:
        """The next header section."""
        return await self.until(b"\r\n\r\n")

    async def until(self, marker: bytes) -> bytes:
        while marker not in self.received:
            if not await self.more():
                raise ConnectionError(f"the gateway ended the connection; before: {self.received!r}")
        taken, _, self.received = self.received.partition(marker)
        return taken + marker

    async def more(self) -> bool:
        """Whether more came, rather than the end."""
        data = await self._loop.sock_recv(self.sock, 65536)
        self.received += data
        return bool(data)

    async def send(self, *data: bytes) -> None:
        await self._loop.sock_sendall(self.sock, b"".join(data))

    async def ended(self) -> bool:
        """Wait until the gateway ends the connection, however it does."""
        try:
            while await self.more():
                pass
        except ConnectionError:
            return True
        return True

    def close(self) -> None:
        self.sock.close()

    def reset(self) -> None:
        reset(self.sock)

    def half_close(self) -> None:
        self.sock.shutdown(socket.SHUT_WR)


Script = Callable[[Peer], Awaitable[None]]


@dataclass
class Upstream:
    destination: Destination
    peers: list[Peer] = field(default_factory=list)


@contextlib.asynccontextmanager
async def upstream(script: Script, *, host: str | None = None, **changes: Any) -> AsyncIterator[Upstream]:
    """An upstream that plays this on every connection, which stays open until the end unless the script ends it."""
    loop = asyncio.get_running_loop()
    with listening_socket(host) as listener:
        playing = Upstream(dataclasses.replace(Destination(listener.getsockname()[:2]), **changes))

        async def serve() -> None:
            async with asyncio.TaskGroup() as tasks:
                while True:
                    sock, _ = await loop.sock_accept(listener)
                    sock.setblocking(False)
                    peer = Peer(sock, len(playing.peers) + 1)
                    playing.peers.append(peer)
                    tasks.create_task(ignoring_the_end(script, peer))

        task = loop.create_task(serve())
        try:
            yield playing
        finally:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task  # raises what went wrong in a script
            for peer in playing.peers:
                peer.close()


async def ignoring_the_end(script: Script, peer: Peer) -> None:
    with contextlib.suppress(ConnectionError):
        await script(peer)


def saying(*data: bytes, end: Callable[[Peer], None] = Peer.close) -> Script:
    """A script that reads one request, says this, and ends."""

    async def script(peer: Peer) -> None:
        await peer.request()
        await peer.send(*data)
        end(peer)

    return script


def staying(peer: Peer) -> None:
    """An end that is none."""


@dataclass
class Gateway:
    """`log`: what it said."""

    address: Address
    reference: ReferenceGateway
    log: list[str]


@contextlib.asynccontextmanager
async def gateway(*upstreams: Upstream | Destination, **changes: Any) -> AsyncIterator[Gateway]:
    """A gateway in front of these, with these changes to its settings."""
    destinations = tuple(u.destination if isinstance(u, Upstream) else u for u in upstreams)
    settings = dataclasses.replace(Settings(destinations, NAME, timeouts=PATIENT), **changes)
    log: list[str] = []
    reference = ReferenceGateway(settings, log.append)
    protocol = front(FrontSettings(error_page=reference.error_page, limits=LIMITS))
    async with serving(reference.application(), listening_socket(), protocol=protocol) as server:
        yield Gateway(server.address, reference, log)


@dataclass
class Got:
    """What a client got of one response. `ending`: None while the connection is open, else "FIN" or "RST"."""

    raw: bytes
    head: h1.Head
    content: bytes
    complete: bool
    interim: list[h1.Head]
    ending: str | None

    @property
    def status(self) -> int:
        return self.head.status

    def value(self, name: bytes) -> bytes:
        """The values of a field, joined."""
        return b", ".join(self.head.fields.get(name))

    @property
    def proxy_status(self) -> str:
        return self.value(b"proxy-status").decode()


class Client:
    """One client connection: raw, forgiving, keeps every byte."""

    def __init__(self, sock: socket.socket) -> None:
        self.sock = sock
        self.ending: str | None = None
        self._loop = asyncio.get_running_loop()

    async def send(self, *data: bytes) -> None:
        await self._loop.sock_sendall(self.sock, b"".join(data))

    async def receive(self) -> bytes:
        """What comes next; empty at the end."""
        try:
            data = await self._loop.sock_recv(self.sock, 65536)
        except ConnectionError:
            self.ending = "RST"
            return b""
        if not data:
            self.ending = "FIN"
        return data

    async def until(self, marker: bytes) -> bytes:
        """All that comes, as far as a piece with this in it."""
        so_far = b""
        while marker not in so_far:
            if not (piece := await self.receive()):
                raise ConnectionError(f"the gateway ended the connection; before: {so_far!r}")
            so_far += piece
        return so_far

    async def response(self, method: bytes = b"GET", *, so_far: bytes = b"") -> Got:
        """The next response, to its end or as far as it goes."""
        reader, raw, content = h1.Reader(method=method), so_far, b""
        reader.feed(so_far)
        interim: list[h1.Head] = []
        head: h1.Head | None = None
        while True:
            for event in reader.events():
                match event:
                    case h1.Head(final=False):
                        interim.append(event)
                    case h1.Head():
                        head = event
                    case h1.Content(data):
                        content += data
                    case h1.End(complete=complete):
                        assert head is not None, f"no final response, but {raw!r}"
                        return Got(raw, head, content, complete, interim, self.ending)
            assert self.ending is None, f"no response, but {raw!r} and {self.ending}"
            data = await self.receive()
            raw += data
            if data:
                reader.feed(data)
            else:
                reader.close(clean=self.ending == "FIN")

    async def ask(self, request: bytes = GET) -> Got:
        await self.send(request)
        return await self.response(request.partition(b" ")[0])

    def half_close(self) -> None:
        self.sock.shutdown(socket.SHUT_WR)

    def close(self) -> None:
        self.sock.close()

    def reset(self) -> None:
        reset(self.sock)


@contextlib.asynccontextmanager
async def connected(to: Gateway, deadline: float = DEADLINE) -> AsyncIterator[Client]:
    """A client, with a deadline for all that it does."""
    with socket.socket() as sock:
        sock.setblocking(False)
        async with asyncio.timeout(deadline):
            await asyncio.get_running_loop().sock_connect(sock, to.address)
            yield Client(sock)


async def ask(to: Gateway, request: bytes = GET) -> Got:
    """One request on a connection of its own."""
    async with connected(to) as client:
        return await client.ask(request)


async def answered(script: Script, request: bytes = GET, **changes: Any) -> Got:
    """What a client gets from a gateway in front of an upstream that plays this."""
    async with upstream(script) as playing, gateway(playing, **changes) as between:
        return await ask(between, request)
