"""What the streams have to send, in turns: each a frame, as far as the client's windows and its socket go."""

import asyncio
from collections import deque
from collections.abc import Callable, Coroutine
from enum import Enum
from typing import Any, Protocol

from lab.gateways.reference.front.http2.allowance import Allowance
from lab.gateways.reference.front.http2.machine import Machine
from lab.gateways.reference.front.tunnel import ClientGone
from lab.gateways.reference.front.wire import HIGH_WATER, Wire
from lab.h2.codes import FRAME_SIZE

# A turn more than the high-water mark, so that waiting for less really waits.
MOST_UNSENT = HIGH_WATER + FRAME_SIZE

# Octets of content that are worth a frame of their own.
WORTH_A_FRAME = 1_024


class Turn(Enum):
    """What has become of a stream's turn."""

    MORE = "there is more to be sent"
    BLOCKED = "the client's window is used up"
    DONE = "all has been sent"


class Sender(Protocol):
    """A stream with something to send."""

    number: int
    waiting: bool  # for a turn, or for its window

    def turn(self, machine: Machine) -> tuple[Turn, int]:
        """Send at most one frame of DATA. Gives also how many octets of content went into it."""


class Outbox:
    """`frames`: what the client may send for nothing; content of any size earns it two, to open its windows again.
    `spawn` starts a task of the connection's."""

    def __init__(
        self,
        machine: Machine,
        wire: Wire,
        frames: Allowance,
        spawn: Callable[[Callable[[], Coroutine[Any, Any, None]]], None],
    ) -> None:
        self._machine = machine
        self._wire = wire
        self._frames = frames
        self._spawn = spawn
        self._queue: deque[Sender] = deque()
        self._later: list[Sender] = []
        self._blocked: dict[int, Sender] = {}
        self._unflushed = 0
        self._scheduled = False
        self._draining = False

    def push(self, stream: Sender) -> None:
        """A stream has something to send: at once, where nobody else waits, and there is room."""
        if self._enqueue(stream) and len(self._queue) == 1:
            self._take_turns()
        self.soon()

    def later(self, stream: Sender) -> None:
        """A stream has something to send that can wait for the end of this turn of the loop: more may follow."""
        self._later.append(stream)
        self.soon()

    def drop(self, stream: Sender) -> None:
        """A stream has been given up."""
        if stream.waiting:
            stream.waiting = False
            self._blocked.pop(stream.number, None)
            if stream in self._queue:
                self._queue.remove(stream)

    def opened(self, number: int) -> None:
        """The client's window has grown: that of this stream; 0: that of all."""
        if number:
            streams = [self._blocked.pop(number)] if number in self._blocked else []
        else:
            streams = [*self._blocked.values()]
            self._blocked.clear()
        if streams:
            self._queue.extend(streams)
            self.soon()

    def is_blocked(self, stream: Sender) -> bool:
        """Whether it is its window that it waits for."""
        return stream.number in self._blocked

    def soon(self) -> None:
        """Send what there is at the end of this turn of the loop, all in one."""
        if not self._scheduled:
            self._scheduled = True
            asyncio.get_running_loop().call_soon(self._send)

    def flush(self) -> None:
        """Hand over what is ready."""
        self._unflushed = 0
        if octets := self._machine.data_to_send():
            self._wire.write(octets)

    async def drain(self) -> None:
        """Wait until the client has taken enough of what knows no window. Raises ClientGone."""
        self.flush()
        await self._wire.drain()

    def _send(self) -> None:
        self._scheduled = False
        if self._wire.closing:
            return
        for stream in self._later:
            self._enqueue(stream)
        self._later.clear()
        self._take_turns()
        self.flush()
        if self._queue and not self._draining:
            if self._room > 0:
                self.soon()
            else:
                self._draining = True
                self._spawn(self._drain)

    def _enqueue(self, stream: Sender) -> bool:
        if stream.waiting:
            return False
        stream.waiting = True
        self._queue.append(stream)
        return True

    @property
    def _room(self) -> int:
        return MOST_UNSENT - self._wire.unsent - self._unflushed

    def _take_turns(self) -> None:
        room = self._room
        while self._queue and room > 0:
            stream = self._queue.popleft()
            turn, size = stream.turn(self._machine)
            room -= size
            self._unflushed += size
            if size >= WORTH_A_FRAME:
                self._frames.earn(2)
            match turn:
                case Turn.MORE:
                    self._queue.append(stream)
                case Turn.BLOCKED:
                    self._blocked[stream.number] = stream
                case Turn.DONE:
                    stream.waiting = False

    async def _drain(self) -> None:
        try:
            await self._wire.drain()
        except ClientGone:
            return  # the connection knows
        finally:
            self._draining = False
        self._send()
