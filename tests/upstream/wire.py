"""A raw socket against an upstream, which tells FIN, RST and closure alert apart by itself."""

import asyncio
import contextlib
import socket
import ssl
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from lab.gateways import Address
from lab.script import AnyPeer, peers
from lab.serving.sockets import reset
from lab.transcript import Event, What
from lab.upstream import Recording, Upstream, closed

PATIENCE = 5.0
REQUEST = b"GET /page HTTP/1.1\r\nHost: a\r\n\r\n"
HELLO = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"


class Wire:
    """A plain socket. `received`: all bytes so far. `ending`: "fin", "rst" or "" while it is open."""

    def __init__(self, sock: Any) -> None:
        self.sock = sock
        self.received = b""
        self.ending = ""

    async def send(self, data: bytes) -> None:
        await asyncio.get_running_loop().sock_sendall(self.sock, data)

    async def read(self) -> bytes:
        """What comes next; nothing at the end."""
        try:
            data = await asyncio.wait_for(asyncio.get_running_loop().sock_recv(self.sock, 1 << 20), PATIENCE)
            self.ending = "" if data else "fin"
        except OSError as error:
            if isinstance(error, TimeoutError):
                raise
            data, self.ending = b"", "rst"
        self.received += data
        return data

    async def until(self, end: bytes) -> bytes:
        while end not in self.received and await self.read():
            pass
        return self.received

    async def to_the_end(self) -> tuple[bytes, str]:
        while not self.ending:
            await self.read()
        return self.received, self.ending

    async def silent(self, seconds: float = 0.05) -> bool:
        """Whether nothing comes for so long."""
        try:
            await asyncio.wait_for(asyncio.get_running_loop().sock_recv(self.sock, 1), seconds)
        except TimeoutError:
            return True
        return False

    def close(self) -> None:
        self.sock.close()

    def reset(self) -> None:
        reset(self.sock)


class SecureWire:
    """TLS in memory over a plain socket. `said`: what was decrypted. `alert`: the reason of what ended it."""

    def __init__(self, wire: Wire, context: ssl.SSLContext, name: str | None) -> None:
        self.wire = wire
        self.incoming, self.outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        self.tls = context.wrap_bio(self.incoming, self.outgoing, server_hostname=name)
        self.said = b""
        self.closure_alert = False
        self.error: ssl.SSLError | None = None

    async def shake_hands(self) -> None:
        while True:
            try:
                self.tls.do_handshake()
            except ssl.SSLWantReadError:
                await self.flush()
                if not await self.wire.read():
                    raise EOFError(self.wire.ending) from None
                self.incoming.write(self.wire.received)
                self.wire.received = b""
            except ssl.SSLError:
                await self.flush()
                raise
            else:
                await self.flush()
                return

    async def send(self, data: bytes) -> None:
        self.tls.write(data)
        await self.flush()

    async def flush(self) -> None:
        if self.outgoing.pending:
            await self.wire.send(self.outgoing.read())

    async def step(self) -> bool:
        """Read once. Gives whether there may be more."""
        try:
            data = self.tls.read(65536)
        except ssl.SSLWantReadError:
            if not await self.wire.read():
                return False
            self.incoming.write(self.wire.received)
            self.wire.received = b""
        except ssl.SSLError as error:
            self.error = error
            return False
        else:
            self.said += data
            self.closure_alert = self.closure_alert or not data
            return bool(data)
        return True

    async def until(self, end: bytes) -> bytes:
        while end not in self.said and await self.step():
            pass
        return self.said

    async def to_the_end(self) -> tuple[bytes, bool, str]:
        """What was said, whether a closure alert came, and how the connection ended."""
        while await self.step():
            pass
        _, ending = await self.wire.to_the_end()
        return self.said, self.closure_alert, ending


@dataclass
class Playing:
    """An upstream that plays, and what has happened."""

    record: Recording
    upstream: Upstream
    addresses: tuple[Address, ...]
    wires: list[Wire] = field(default_factory=list)

    async def connect(self, place: int = 0) -> Wire:
        return await self.connect_within(PATIENCE, place)

    async def connect_within(self, seconds: float, place: int = 0) -> Wire:
        loop = asyncio.get_running_loop()
        sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        sock.setblocking(False)
        try:
            await asyncio.wait_for(loop.sock_connect(sock, self.addresses[place]), seconds)
        except BaseException:
            sock.close()
            raise
        self.wires.append(Wire(sock))
        return self.wires[-1]

    async def secure(self, context: ssl.SSLContext, name: str | None = "upstream.test") -> SecureWire:
        wire = SecureWire(await self.connect(), context, name)
        await wire.shake_hands()
        return wire

    async def happened(self, *whats: What, times: int = 1) -> list[Event]:
        """Wait until all of these have happened so often."""

        def all_there() -> bool:
            return all(sum(event.what is what for event in self.record.events) >= times for what in whats)

        async with asyncio.timeout(PATIENCE):
            await self.record.until(all_there)
        return [event for event in self.record.events if event.what in whats]

    def whats(self, connection: int = 1) -> list[What]:
        return [event.what for event in self.record.events if event.connection == connection]

    def details(self, what: What) -> list[str]:
        return [event.detail for event in self.record.events if event.what is what]

    async def begin(self, act: int, upstream: Any) -> None:
        self.record.act = act
        if upstream is not None:
            await self.upstream.begin(act, peers(upstream))


@contextlib.asynccontextmanager
async def playing(upstream: Any, *, fields: bytes = b"") -> AsyncIterator[Playing]:
    """Play `upstream=` of a scenario."""
    given: Sequence[AnyPeer] = peers(upstream)
    record = Recording()
    parties = Upstream(record, given, performance="test", fields=fields)
    played = Playing(record, parties, tuple(place.address for place in await parties.listen()))
    try:
        yield played
    finally:
        connections = list(parties.connections)
        record.seal()
        await parties.close()
        for wire in played.wires:
            wire.close()
        await closed(connections)
