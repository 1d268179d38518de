"""The content of one response on disk: while it is written, and while it is read."""

from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

from lab.gateways.reference.cache.body import lost
from lab.gateways.reference.cache.engine.values import Stored
from lab.gateways.reference.cache.store.database import PIECE
from lab.h1 import Fields

RECENT = 4
"""Pieces that stay in memory when they have been written: for readers that are not far behind."""


class Disk(Protocol):
    """What shelves need of their store. `largest`: octets of one response at most."""

    largest: int

    def pin(self, ident: int) -> None:
        """Its content stays."""

    def release(self, ident: int, *, written: bool) -> None:
        """One that pinned it is gone. `written`: it wrote it."""

    async def read(self, stored: Stored, number: int, *, first: bool) -> bytes:
        """A piece of content. Raises Lost."""

    def write(self, ident: int, number: int, data: bytes, then: Callable[[bool], None]) -> None:
        """Keep a piece; `then`: told whether there was room."""

    async def caught_up(self) -> None:
        """Until not too much waits to be written."""

    def finish(self, writing: "Writing", stored: Stored, last: tuple[int, bytes] | None) -> None:
        """Let it be found, with this last piece."""

    def drop(self, writing: "Writing") -> None:
        """It will never be found."""


class Reading:
    """Of one that is stored."""

    def __init__(self, disk: Disk, stored: Stored) -> None:
        self.stored = stored
        self._ident = int(stored.ident)
        self._disk = disk
        self._first = True
        disk.pin(self._ident)

    def at_once(self, offset: int) -> bytes | None:
        return None

    async def get(self, offset: int) -> bytes:
        number, start = divmod(offset, PIECE)
        data = await self._disk.read(self.stored, number, first=self._first)
        self._first = False
        if start >= len(data):
            raise lost("what was stored is shorter than it was")
        return data[start:]

    async def put(self, data: bytes) -> bool:
        return False

    def finish(self, trailers: Fields) -> None: ...

    def drop(self) -> None: ...

    def release(self) -> None:
        self._disk.release(self._ident, written=False)


class Writing(Reading):
    """Of one that is being stored. `replaces`: those that it takes the place of."""

    def __init__(self, disk: Disk, stored: Stored, replaces: tuple[int, ...]) -> None:
        super().__init__(disk, stored)
        self.replaces = replaces
        self.length = 0
        self._first = False  # it cannot be found yet, but it is there
        self._tail = bytearray()
        self._number = 0  # of the piece that the tail will be
        self._recent: dict[int, bytes] = {}
        self._refused = False

    def at_once(self, offset: int) -> bytes | None:
        number, start = divmod(offset, PIECE)
        if number == self._number:
            return bytes(self._tail[start:])
        data = self._recent.get(number)
        return data[start:] if data is not None and start else data

    async def put(self, data: bytes) -> bool:
        await self._disk.caught_up()
        if self._refused or self.length + len(data) > self._disk.largest:
            return False
        self.length += len(data)
        self._tail += data
        while len(self._tail) > PIECE:  # so that there is always a last one to finish with
            self._hand_over(bytes(self._tail[:PIECE]))
            del self._tail[:PIECE]
        return True

    def finish(self, trailers: Fields) -> None:
        if self._refused:
            self._disk.drop(self)
            return
        last = (self._number, bytes(self._tail)) if self._tail else None
        self._disk.finish(self, replace(self.stored, length=self.length, trailers=trailers), last)

    def drop(self) -> None:
        self._refused = True
        self._disk.drop(self)

    def release(self) -> None:
        self._disk.release(self._ident, written=True)

    def _hand_over(self, piece: bytes) -> None:
        number = self._number
        self._number += 1
        self._recent[number] = piece

        def then(kept: bool) -> None:
            if kept:
                self._recent.pop(number - RECENT, None)
            else:
                self._refused = True  # what is not on disk stays in memory, for its readers

        self._disk.write(self._ident, number, piece, then)
