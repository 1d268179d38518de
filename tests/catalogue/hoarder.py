"""A gateway that keeps the first answer to each target for ever, whole or not, and gives it to everybody who asks."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field

from lab.gateways import Destination, Setup
from lab.transcript import Player
from tests.performance.accepting import Accepting

A_MOMENT = 0.1
"""Seconds without a byte after which it takes an answer for complete."""


@dataclass(frozen=True)
class Hoarder:
    player: Player = field(default_factory=lambda: Player("hoarder"))
    offers: frozenset[str] = frozenset({"cache", "clock"})
    deadline: float = 1.0

    async def start(self, setup: Setup) -> "RunningHoarder":
        running = RunningHoarder(setup.destinations[0])
        await running.start()
        return running


class RunningHoarder(Accepting):
    def __init__(self, destination: Destination) -> None:
        super().__init__()
        self.destination = destination
        self.kept: dict[bytes, bytes] = {}
        self.tries = 0

    def attempts(self, destination: Destination) -> int | None:
        return self.tries

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, asyncio.IncompleteReadError):
            request = await reader.readuntil(b"\r\n\r\n")
            target = request.split(b" ")[1]
            if target not in self.kept:
                self.kept[target] = await self.asked(request)
            writer.write(self.kept[target])
        writer.close()

    async def asked(self, request: bytes) -> bytes:
        """All that the upstream says."""
        self.tries += 1
        reader, writer = await asyncio.open_connection(*self.destination.address)
        writer.write(request)
        answer = b""
        with suppress(TimeoutError, OSError):
            while piece := await asyncio.wait_for(reader.read(65_536), A_MOMENT):
                answer += piece
        writer.close()
        return answer
