"""Gateways with a habit each, so that every judgement can be seen to come out otherwise than on the reference gateway.

A habit is given a client's request (or as much of it as came) and what the gateway knows, and gives the bytes that the
client gets; empty: the connection is closed.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field

from lab import h1
from lab.gateways import Address, Destination, Setup
from lab.transcript import Player
from tests.performance.accepting import Accepting

TIME_OUT = 0.25
BAD_GATEWAY = b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 3\r\n\r\nbad"


@dataclass
class Heard:
    """One request: its bytes; its number on its connection and that of its connection, from 1; how many there were
    before it; and, by `ask`, the bytes of an upstream's answer (empty: none came)."""

    request: bytes
    place: int
    connection: int
    before: int
    setup: Setup

    async def ask(self, destination: int = 0) -> bytes:
        with suppress(OSError, TimeoutError):
            async with asyncio.timeout(TIME_OUT):
                return await _asked(self.setup.destinations[destination].address, self.request)
        return b""

    async def connect(self) -> None:
        """To the first upstream, and no more. Raises OSError, of which TimeoutError is one."""
        async with asyncio.timeout(TIME_OUT):
            _, writer = await asyncio.open_connection(*self.setup.destinations[0].address)
        writer.close()

    @property
    def seconds(self) -> float:
        """What the clock says; the first visit is in the first minute."""
        assert self.setup.clock is not None
        return self.setup.clock()

    def says(self, line: bytes) -> bool:
        return line in self.request.lower()


async def _asked(address: Address, request: bytes) -> bytes:
    reader, writer = await asyncio.open_connection(*address)
    try:
        writer.write(request)
        answer, read = b"", h1.Reader("response")
        while piece := await reader.read(65_536):
            answer += piece
            read.feed(piece)
            if any(isinstance(event, h1.End | h1.Broken) for event in read.events()):
                break
        return answer
    finally:
        writer.close()


Habit = Callable[[Heard], Awaitable[bytes]]


@dataclass
class Habitual:
    """A gateway with this habit, said to be able to do everything."""

    habit: Habit
    deadline: float = 0.6
    player: Player = field(default_factory=lambda: Player("habitual"))
    offers: frozenset[str] = frozenset({"cache", "clock", "several-upstreams", "reuse"})

    async def start(self, setup: Setup) -> "RunningHabitual":
        running = RunningHabitual(self.habit, setup)
        await running.start()
        return running


class RunningHabitual(Accepting):
    def __init__(self, habit: Habit, setup: Setup) -> None:
        super().__init__()
        self.habit, self.setup = habit, setup
        self.connections = self.requests = 0

    def attempts(self, destination: Destination) -> int | None:
        return None

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        connection = self.connections
        place = 0
        try:
            with suppress(OSError):
                while request := await _request(reader):
                    place += 1
                    heard = Heard(request, place, connection, self.requests, self.setup)
                    self.requests += 1
                    answer = await self.habit(heard)
                    writer.write(answer)
                    await writer.drain()
                    if not answer or not request.endswith(b"\r\n\r\n"):
                        break
        finally:
            writer.close()


async def _request(reader: asyncio.StreamReader) -> bytes:
    try:
        return await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError as error:
        return error.partial


# Habits that several tests need


TAGGED = b'HTTP/1.1 %b\r\nETag: "v1"\r\nCache-Control: no-cache\r\n%b\r\n'


def page(content: bytes) -> bytes:
    """A 200 with the tag of the trials' page."""
    return TAGGED % (b"200 OK", b"Content-Length: %d\r\n" % len(content)) + content


UNCHANGED = TAGGED % (b"304 Not Modified", b"")


def by_itself(content: bytes) -> Habit:
    """Never asks the upstream, and says 304 to whoever has anything."""

    async def habit(heard: Heard) -> bytes:
        return UNCHANGED if heard.says(b"if-none-match") else page(content)

    return habit


async def passes_on(heard: Heard) -> bytes:
    """What the upstream sends; nothing where it sends nothing."""
    return await heard.ask()


async def always_502(heard: Heard) -> bytes:
    """Whatever is asked."""
    return BAD_GATEWAY
