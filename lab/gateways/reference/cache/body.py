"""The content of one response: one writes it, many read it, also while it is written.

While it is being stored it is written as fast as the store takes it, and a reader that falls behind reads from the
store. Where it is not stored, or no longer, it is written as fast as the slowest reader reads.
"""

from bisect import bisect_right
from dataclasses import replace
from operator import itemgetter
from typing import Protocol, Self

from lab.gateways.reference.failure import Failure
from lab.gateways.reference.front.exchange import Notice
from lab.gateways.reference.waiting import Bell
from lab.h1 import Fields
from lab.rfc.conditions import Condition

WINDOW = 65_536
"""Octets by which the writer may be ahead of the slowest reader, where they are not stored."""

_NO_FIELDS = Fields()


class Lost(Failure):
    """Content that was stored, or has been read by others, cannot be had any more."""


def lost(why: str) -> Lost:
    return Lost(Condition.INTERNAL, why)


class Shelf(Protocol):
    """Where the content of one response lies in a store."""

    async def put(self, data: bytes) -> bool:
        """Keep this, too; returns as soon as more can be taken. False: this is not kept, and nothing will be from now
        on. What was kept before can still be read."""

    def at_once(self, offset: int) -> bytes | None:
        """Some of what was kept, from there on; None where that takes waiting."""

    async def get(self, offset: int) -> bytes:
        """The same, after waiting. Raises Lost."""

    def finish(self, trailers: Fields) -> None:
        """It is complete: now the response can be found."""

    def drop(self) -> None:
        """It will never be complete. What was kept can still be read."""

    def release(self) -> None:
        """Nobody will read it any more."""


class Body:
    """`length`: octets that have been written. `finished`: those are all, and `trailers` are the trailer fields.

    `unwanted`: set when no reader is left and nothing is being stored; the writer may stop then. So the first reader
    comes before the first octet. Whoever writes ends with `complete` or `fail`, or its readers wait for ever.
    """

    def __init__(self, shelf: Shelf | None = None) -> None:
        self.length = 0
        self.finished = False
        self.trailers = _NO_FIELDS
        self.unwanted = Notice()
        self._failure: Failure | None = None
        self._shelf = shelf
        self._storing = shelf is not None
        self._kept = 0  # octets on the shelf
        self._window: list[tuple[int, bytes]] = []  # the latest of the others, each piece with its offset
        self._start = 0  # the first octet that can still be read where there is no shelf
        self._readers: set[Reader] = set()
        self._read_on = Bell()

    @classmethod
    def stored(cls, shelf: Shelf, length: int, trailers: Fields) -> Self:
        """One that is complete, and lies on a shelf."""
        body = cls(shelf)
        body._storing = False
        body.length = body._kept = length
        body.trailers = trailers
        body.finished = True
        return body

    def __del__(self) -> None:
        if self._shelf is not None:
            if self._storing and not self.finished:
                self._shelf.drop()
            self._shelf.release()

    @property
    def storing(self) -> bool:
        """Whether what is written is being stored."""
        return self._storing

    @property
    def ended(self) -> bool:
        """Whether nothing more will be written."""
        return self.finished or self._failure is not None

    @property
    def read_by_some(self) -> bool:
        """Whether there is a reader."""
        return bool(self._readers)

    @property
    def whole(self) -> bool:
        """Whether somebody who comes now can still read all of it."""
        return self._start <= self._kept and not self.unwanted.is_set()

    # What the writer calls

    async def add(self, data: bytes) -> bool:
        """Write this; returns when more can be taken. False: nobody wants any more."""
        if self._storing and self._shelf is not None:
            if await self._shelf.put(data):
                self.length += len(data)
                self._kept = self.length
                self._tell()
                return True
            self._storing = False
            self._start = self._kept
            self._shelf.drop()
        self._window.append((self.length, data))
        self.length += len(data)
        self._tell()
        while self._readers and self.length - self._slowest() > WINDOW:
            await self._read_on.wait(None)
        self._forget()
        self._ask_whether_wanted()
        return not self.unwanted.is_set()

    def complete(self, trailers: Fields = _NO_FIELDS) -> None:
        """All has been written."""
        self.trailers = trailers
        self.finished = True
        if self._storing and self._shelf is not None:
            self._shelf.finish(trailers)
        self._tell()

    def fail(self, failure: Failure) -> None:
        """Nothing more comes, and it is not complete: each reader gets what there is, and then this failure."""
        if self.ended:
            return
        self._failure = failure
        if self._storing and self._shelf is not None:
            self._storing = False
            self._shelf.drop()
        self._tell()

    # What readers call

    def octets(self, content: range) -> bytes | None:
        """These octets, where they lie in memory in one piece, as those of most responses do."""
        if self._shelf is None or content.stop > self._kept:
            return None
        data = self._shelf.at_once(content.start)
        if data is None or len(data) < len(content):
            return None
        return data if len(data) == len(content) else data[: len(content)]

    def read(self, content: range | None = None) -> "Reader":
        """These octets, or all of them, in pieces. Raises Lost where they cannot be had any more."""
        content = content if content is not None else range(0, 1 << 62)
        if self._kept <= content.start < self._start or self.unwanted.is_set():
            raise lost("others have read this content already, and nobody has kept it")
        reader = Reader(self, content)
        self._readers.add(reader)
        return reader

    async def piece(self, reader: "Reader") -> bytes:
        """The octets at this reader's position; empty: no more will come. Raises the writer's failure, or Lost."""
        while reader.position >= self.length:
            if reader not in self._readers:
                return b""
            if self._failure is not None:
                raise replace(self._failure)
            if self.finished:
                return b""
            await reader.bell.wait(None)
        if reader.position < self._kept and self._shelf is not None:
            data = self._shelf.at_once(reader.position)
            return data if data is not None else await self._shelf.get(reader.position)
        offset, data = self._window[bisect_right(self._window, reader.position, key=itemgetter(0)) - 1]
        return data[reader.position - offset :]

    def moved(self) -> None:
        """A reader has come further."""
        self._read_on.ring()

    def leave(self, reader: "Reader") -> None:
        self._readers.discard(reader)
        reader.bell.ring()
        self._read_on.ring()
        self._ask_whether_wanted()

    def _ask_whether_wanted(self) -> None:
        if not (self._readers or self._storing or self.ended or self.unwanted.is_set()):
            self.unwanted.set()

    def _tell(self) -> None:
        for reader in self._readers:
            reader.bell.ring()

    def _slowest(self) -> int:
        return min(reader.position for reader in self._readers)

    def _forget(self) -> None:
        """Drop what all readers have read, but for the latest: somebody may still come."""
        needed = min([self.length - WINDOW, *(reader.position for reader in self._readers)])
        read = bisect_right(self._window, needed, key=itemgetter(0)) - 1
        if read > 0:
            del self._window[:read]
            self._start = self._window[0][0]


class Reader:
    """An asynchronous iterator over pieces. Who does not read to the end calls `close`.

    `position`: of the next octet. `bell`: rung when there is news.
    """

    __slots__ = ("_body", "_stop", "bell", "position")

    def __init__(self, body: Body, content: range) -> None:
        self.position = content.start
        self.bell = Bell()
        self._stop = content.stop
        self._body: Body | None = body

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> bytes:
        body = self._body
        if body is None:
            raise StopAsyncIteration
        try:
            data = await body.piece(self) if self.position < self._stop else b""
        except BaseException:
            self.close()
            raise
        if not data:
            self.close()
            raise StopAsyncIteration
        data = data[: self._stop - self.position]
        self.position += len(data)
        body.moved()
        return data

    def close(self) -> None:
        """Read no further: ends the iteration, also where somebody waits for its next piece."""
        body, self._body = self._body, None
        if body is not None:
            body.leave(self)
