"""The simplest gateway: it pipes the bytes of each client connection to a new upstream connection, and back.

FIN is passed on as FIN and RST as RST, so what a client gets is what the upstream did. It makes no answer of its own:
where the upstream cannot be reached, it closes.
"""

import asyncio
import contextlib
from collections import Counter
from dataclasses import dataclass, field

from lab.gateways import Address, Destination, Setup
from lab.serving.sockets import end_with_reset, listening_socket
from lab.transcript import Player

PIECE = 65536


@dataclass
class Relay:
    """`knows_attempts`: whether it can be asked which upstreams it tried. `back`: what handles the upstream's bytes."""

    deadline: float = 1.0
    knows_attempts: bool = True
    player: Player = field(default_factory=lambda: Player("relay"))
    offers: frozenset[str] = frozenset(
        {"reuse", "streams-upload", "interim", "upgrade", "trailers", "several-upstreams"}
    )
    back: "type[End]" = field(default_factory=lambda: End)

    async def start(self, setup: Setup) -> "RunningRelay":
        running = RunningRelay(setup, self.knows_attempts, back=self.back)
        await running.start()
        return running


class End(asyncio.Protocol):
    """One end of the pipe; `other` is the one that its bytes go to."""

    def __init__(self, running: "RunningRelay") -> None:
        self.running = running
        self.other: End | None = None
        self.transport: asyncio.Transport
        self.waiting: list[bytes | None] = []

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self.running.ends.add(self)

    def data_received(self, data: bytes) -> None:
        self.waiting.append(data)
        self.flush()

    def eof_received(self) -> bool:
        self.waiting.append(None)
        self.flush()
        return True

    def flush(self) -> None:
        while self.waiting and self.other is not None and not self.other.transport.is_closing():
            piece = self.waiting.pop(0)
            if piece is not None:
                self.other.transport.write(piece)
            else:
                with contextlib.suppress(OSError):
                    self.other.transport.write_eof()

    def connection_lost(self, exc: Exception | None) -> None:
        self.running.ends.discard(self)
        if self.other is not None and not self.other.transport.is_closing():
            if exc is not None:
                end_with_reset(self.other.transport.get_extra_info("socket"))
                self.other.transport.abort()
            else:
                self.other.transport.close()


async def connect(back: End, destination: Destination) -> None:
    """Connect there: to the path, or to the address that comes last."""
    loop = asyncio.get_running_loop()
    if destination.path is not None:
        await loop.create_unix_connection(lambda: back, destination.path)
    else:
        await loop.create_connection(lambda: back, *(destination.addresses or (destination.address,))[-1])


class Front(End):
    """The client's end."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        task = asyncio.get_running_loop().create_task(self.reach())
        self.running.tasks.add(task)
        task.add_done_callback(self.running.tasks.discard)

    async def reach(self) -> None:
        """Connect to the first upstream that can be reached."""
        for destination in self.running.setup.destinations:
            self.running.connects[destination] += 1
            back = self.running.back(self.running)
            back.other = self
            try:
                await connect(back, destination)
            except OSError:
                continue
            self.other = back
            if self.transport.is_closing():
                back.transport.abort()
            self.flush()
            return
        self.transport.close()


@dataclass
class RunningRelay:
    setup: Setup
    knows_attempts: bool
    log: list[str] = field(default_factory=list)
    connects: Counter[Destination] = field(default_factory=Counter)
    ends: set[End] = field(default_factory=set)
    tasks: set[asyncio.Task[None]] = field(default_factory=set)
    back: type[End] = End
    address: Address = ("", 0)

    async def start(self) -> None:
        sock = listening_socket()
        self.address = sock.getsockname()
        loop = asyncio.get_running_loop()
        self.server = await loop.create_server(lambda: Front(self), sock=sock, start_serving=False)
        try:
            await self.server.start_serving()
        except BaseException:
            self.server.close()
            raise

    def attempts(self, destination: Destination) -> int | None:
        return self.connects[destination] if self.knows_attempts else None

    async def stop(self) -> None:
        self.server.close()
        for end in tuple(self.ends):
            end_with_reset(end.transport.get_extra_info("socket"))
            end.transport.abort()
        for task in tuple(self.tasks):
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)
        await asyncio.sleep(0)
