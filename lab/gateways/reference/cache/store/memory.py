"""A store in memory."""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import replace
from itertools import count

from lab.gateways.reference.cache.body import Body
from lab.gateways.reference.cache.engine.values import Stored
from lab.gateways.reference.cache.store.blocks import Blocks
from lab.gateways.reference.cache.store.protocol import MOST_VARIANTS, SHARE, announced
from lab.gateways.reference.cache.store.unpacked import Unpacked
from lab.h1 import Fields

OVERHEAD = 640
"""Octets of memory that an entry takes beside its key, its packed form and its content."""


class _Entry:
    """`steady`: when it was received. `readers`: bodies that lead to it. `listed`: it can be found."""

    __slots__ = ("blocks", "cost", "ident", "listed", "packed", "readers", "steady")

    def __init__(self, ident: str) -> None:
        self.ident = ident
        self.blocks = Blocks()
        self.packed = b""
        self.steady = 0.0
        self.cost = 0
        self.readers = 0
        self.listed = False

    def pack(self, stored: Stored) -> None:
        self.packed = stored.pack()
        self.steady = stored.received_at.steady

    def stored(self) -> Stored:
        return Stored.unpack(self.packed, lambda _: self.steady)


class MemoryStore:
    """`size`: the limit in octets, of all that is stored: content, header sections, keys, and what it takes to keep
    them. What is being read counts as long as it is read."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.used = 0
        self._entries: OrderedDict[bytes, list[_Entry]] = OrderedDict()
        self._unpacked = Unpacked()
        self._writing: set[_Shelf] = set()
        self._idents = count(1)

    async def find(self, key: bytes) -> Sequence[Stored]:
        found = self._unpacked.get(key)
        if found is None:
            entries = self._entries.get(key, ())
            found = tuple(entry.stored() for entry in entries)
            if found:
                self._unpacked.put(key, found, sum(len(entry.packed) for entry in entries))
                if self._unpacked.crowded:
                    self._order()
        return found

    def begin(self, stored: Stored, replaces: Sequence[Stored] = ()) -> Body:
        if announced(stored) > self.size // SHARE:
            return Body()
        shelf = _Shelf(self, replace(stored, ident=str(next(self._idents))), replaces)
        self._writing.add(shelf)
        return Body(shelf)

    def open(self, stored: Stored) -> Body | None:
        entry = self._listed(stored)
        if entry is None:
            return None
        return Body.stored(_Opened(self, entry), stored.length, stored.trailers)

    async def update(self, old: Stored, new: Stored) -> None:
        entry = self._listed(old)
        if entry is None:
            return
        before = len(entry.packed)
        entry.pack(replace(new, key=old.key, ident=old.ident, length=old.length, trailers=old.trailers))
        self._unpacked.drop(old.key)
        self.charge(entry, len(entry.packed) - before)
        self.make_room(0)

    async def remove(self, stored: Stored) -> None:
        if (entry := self._listed(stored)) is not None:
            self._unlist(stored.key, entry)

    async def invalidate(self, key: bytes) -> None:
        for shelf in [shelf for shelf in self._writing if shelf.key == key]:
            shelf.drop()
        for entry in list(self._entries.get(key, ())):
            self._unlist(key, entry)

    async def close(self) -> None:
        self._entries.clear()
        self._unpacked.clear()

    # What its shelves call

    def fits(self, entry: _Entry, octets: int) -> bool:
        """Make room for so many octets more of one entry. False: there is none, or not for one alone."""
        return entry.cost + octets <= self.size // SHARE and self.make_room(octets)

    def make_room(self, octets: int) -> bool:
        """Drop what was not asked for longest, until there is room for so many. False: what is left is being read."""
        self._order()
        while self.used + octets > self.size:
            if (last := self._last()) is None:
                return False
            self._unlist(*last)
        return True

    def charge(self, entry: _Entry, octets: int) -> None:
        entry.cost += octets
        self.used += octets

    def place(self, entry: _Entry, stored: Stored, replaces: Sequence[Stored]) -> None:
        """From now on it is found, and what it replaces is not."""
        entry.pack(stored)
        octets = len(entry.packed) + len(stored.key) + OVERHEAD
        if not self.fits(entry, octets):
            return
        idents = {each.ident for each in replaces}
        for other in list(self._entries.get(stored.key, ())):
            if other.ident in idents or other.stored().selecting == stored.selecting:
                self._unlist(stored.key, other)
        self.charge(entry, octets)
        entry.listed = True
        entries = self._entries.setdefault(stored.key, [])
        entries.append(entry)
        self._entries.move_to_end(stored.key)
        self._unpacked.drop(stored.key)
        if len(entries) > MOST_VARIANTS:
            self._unlist(stored.key, entries[0])

    def done(self, shelf: "_Shelf") -> None:
        self._writing.discard(shelf)

    def left(self, entry: _Entry) -> None:
        """A body is gone."""
        entry.readers -= 1
        if not (entry.listed or entry.readers):
            self.charge(entry, -entry.cost)

    def _order(self) -> None:
        """Put what was asked for lately at the end of all."""
        for key in self._unpacked.touched():
            if key in self._entries:
                self._entries.move_to_end(key)

    def _listed(self, stored: Stored) -> _Entry | None:
        entries = self._entries.get(stored.key, ())
        return next((entry for entry in entries if entry.ident == stored.ident), None)

    def _last(self) -> tuple[bytes, _Entry] | None:
        """The entry that was not asked for longest, of those that nobody reads."""
        return next(
            ((key, entry) for key, entries in self._entries.items() for entry in entries if not entry.readers), None
        )

    def _unlist(self, key: bytes, entry: _Entry) -> None:
        entries = self._entries[key]
        entries.remove(entry)
        if not entries:
            del self._entries[key]
        self._unpacked.drop(key)
        entry.listed = False
        if not entry.readers:
            self.charge(entry, -entry.cost)


class _Opened:
    """The content of an entry, for as long as a body leads to it."""

    def __init__(self, store: MemoryStore, entry: _Entry) -> None:
        self._store = store
        self._entry = entry
        entry.readers += 1

    def at_once(self, offset: int) -> bytes | None:
        return self._entry.blocks.at(offset)

    async def get(self, offset: int) -> bytes:
        return self._entry.blocks.at(offset)

    async def put(self, data: bytes) -> bool:
        return False

    def finish(self, trailers: Fields) -> None: ...

    def drop(self) -> None: ...

    def release(self) -> None:
        self._store.left(self._entry)


class _Shelf(_Opened):
    """Where the content of a new entry is put."""

    def __init__(self, store: MemoryStore, stored: Stored, replaces: Sequence[Stored]) -> None:
        super().__init__(store, _Entry(stored.ident))
        self.key = stored.key
        self._stored = stored
        self._replaces = replaces
        self._length = 0
        self._dropped = False

    async def put(self, data: bytes) -> bool:
        if self._dropped or not self._store.fits(self._entry, len(data)):
            return False
        self._store.charge(self._entry, len(data))
        self._entry.blocks.add(data)
        self._length += len(data)
        return True

    def finish(self, trailers: Fields) -> None:
        self._entry.blocks.freeze()
        self._store.done(self)
        if not self._dropped:
            stored = replace(self._stored, length=self._length, trailers=trailers)
            self._store.place(self._entry, stored, self._replaces)

    def drop(self) -> None:
        self._dropped = True
        self._store.done(self)
