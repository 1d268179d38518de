"""A store on disk, that outlives the process."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path

from lab.gateways.reference.cache.body import Body, lost
from lab.gateways.reference.cache.engine.values import Instant, Stored
from lab.gateways.reference.cache.store.database import Damaged, Database, digested
from lab.gateways.reference.cache.store.protocol import SHARE, announced
from lab.gateways.reference.cache.store.shelves import Reading, Writing
from lab.gateways.reference.cache.store.unpacked import Unpacked
from lab.gateways.reference.cache.store.worker import Worker

MOST_PENDING = 1 << 20
"""Octets that wait for the disk before whoever writes more has to wait, too."""


class DiskStore:
    """`size`: the limit in octets of its file; see `connecting.SLACK`. `now`: the moment in which it is opened.

    Where the directory cannot be used, or no longer, `log` is told so once; then nothing is found, and nothing is
    stored. That the rest could still be read is not enough: what is to be invalidated would stay.
    """

    def __init__(self, directory: Path, size: int, *, log: Callable[[str], None], now: Instant) -> None:
        self.largest = size // SHARE
        self._log = log
        self._pins: dict[int, int] = {}
        self._worker = Worker(lambda: Database(directory, size, now, self._pins.keys()), log)
        self._idents = count(self._worker.database.first_ident if self._worker.database is not None else 1)
        self._unpacked = Unpacked()
        self._finding: dict[bytes, object] = {}
        self._writing: set[Writing] = set()
        self._begun = self._sweeping = self._unswept = self._told_of_damage = False

    async def find(self, key: bytes) -> Sequence[Stored]:
        if self._worker.database is None:
            return ()
        while self._worker.database.driven_out:
            self._unpacked.drop(self._worker.database.driven_out.popleft())
        found = self._unpacked.get(digested(key))
        if found is None:
            if not self._begun:
                self._begun = True
                self._sweep()  # what an earlier process left incomplete
            found = await self._look_up(key)
        return found

    def begin(self, stored: Stored, replaces: Sequence[Stored] = ()) -> Body:
        if self._worker.database is None or announced(stored) > self.largest:
            return Body()
        named = replace(stored, ident=str(next(self._idents)))
        writing = Writing(self, named, tuple(int(old.ident) for old in replaces))
        self._writing.add(writing)
        return Body(writing)

    def open(self, stored: Stored) -> Body | None:
        if self._worker.database is None:
            return None
        return Body.stored(Reading(self, stored), stored.length, stored.trailers)

    async def update(self, old: Stored, new: Stored) -> None:
        new = replace(new, key=old.key, ident=old.ident, length=old.length, trailers=old.trailers)
        self._changes(old.key)
        await self._worker.ask(lambda database: database.update(new), None)

    async def remove(self, stored: Stored) -> None:
        self._changes(stored.key)
        await self._worker.ask(lambda database: database.remove([int(stored.ident)]), None)
        self._sweep()

    async def invalidate(self, key: bytes) -> None:
        self._changes(key)
        for writing in [writing for writing in self._writing if writing.stored.key == key]:
            writing.drop()
        await self._worker.ask(lambda database: database.invalidate(key), None)
        self._sweep()

    async def close(self) -> None:
        self._write_touched()
        await self._worker.close()

    # What its shelves call

    async def read(self, stored: Stored, number: int, *, first: bool) -> bytes:
        try:
            ident = int(stored.ident)
            data = await self._worker.ask(lambda database: database.read(ident, number, first=first), None)
        except Damaged:
            self._tell_of_damage()
            await self.remove(stored)
            raise lost("what was stored is damaged") from None
        if data is None:
            raise lost("what was stored is no longer there")
        return data

    def write(self, ident: int, number: int, data: bytes, then: Callable[[bool], None]) -> None:
        self._write_touched()
        self._worker.post(lambda database: database.write(ident, number, data), False, then, len(data))

    async def caught_up(self) -> None:
        if self._worker.pending > MOST_PENDING:
            await self._worker.ask(lambda _: None, None)

    def finish(self, writing: Writing, stored: Stored, last: tuple[int, bytes] | None) -> None:
        self._writing.discard(writing)
        self._changes(stored.key)
        self._write_touched()
        octets = len(last[1]) if last is not None else 0
        self._worker.post(
            lambda database: database.finish(stored, writing.replaces, last), False, lambda _: self._sweep(), octets
        )

    def drop(self, writing: Writing) -> None:
        self._writing.discard(writing)
        self._sweep()  # which finds it held back, until nobody reads it

    def pin(self, ident: int) -> None:
        self._pins[ident] = self._pins.get(ident, 0) + 1

    def release(self, ident: int, *, written: bool) -> None:
        if written:  # what is still to be written must not be swept before
            self._worker.soon(lambda: self._worker.post(lambda _: None, None, lambda _: self._unpin(ident)))
        else:
            self._worker.soon(lambda: self._unpin(ident))

    # Its own

    async def _look_up(self, key: bytes) -> tuple[Stored, ...]:
        nothing: tuple[Stored, ...] = ()
        self._finding[key] = mine = object()
        try:
            found = await self._worker.ask(lambda database: database.find(key), nothing)
        except Damaged:
            self._tell_of_damage()
            return await self._look_up(key)
        if self._finding.get(key) is mine:  # else it has changed since
            del self._finding[key]
            if found:
                octets = sum(len(name) + len(value) for each in found for name, value in each.fields)
                self._unpacked.put(digested(key), found, octets)
                if self._unpacked.crowded:
                    self._write_touched()
        return found

    def _unpin(self, ident: int) -> None:
        self._pins[ident] -= 1
        if not self._pins[ident]:
            del self._pins[ident]
            if self._worker.database is not None and self._worker.database.held_back:
                self._sweep()

    def _changes(self, key: bytes) -> None:
        self._unpacked.drop(digested(key))
        self._finding.pop(key, None)

    def _write_touched(self) -> None:
        if digests := self._unpacked.touched():
            self._worker.post(lambda database: database.touch(digests), None, lambda _: None)

    def _sweep(self) -> None:
        """Delete what is not wanted any more, a little at a time, so that others are not held up."""
        self._unswept = True
        if not self._sweeping:
            self._sweeping, self._unswept = True, False
            self._worker.post(lambda database: database.sweep(), False, self._swept)

    def _swept(self, more: bool) -> None:
        self._sweeping = False
        if more or self._unswept:
            self._sweep()

    def _tell_of_damage(self) -> None:
        if not self._told_of_damage:
            self._told_of_damage = True
            self._log(
                "the cache on disk: a stored response is damaged; it is removed, and so is each further one, unsaid"
            )
