"""The tables of a store on disk, as its one thread sees them: everything here waits for the disk."""

import contextlib
import sqlite3
import struct
from collections import deque
from collections.abc import Collection, Iterator, Sequence
from hashlib import blake2b
from itertools import count
from pathlib import Path
from zlib import crc32

from lab.gateways.reference.cache.engine.values import Instant, Stored
from lab.gateways.reference.cache.store.connecting import FILE, PAGE, connected
from lab.gateways.reference.cache.store.protocol import MOST_VARIANTS
from lab.gateways.reference.cache.store.unusable import Unusable, because
from lab.semantics.directives import INFINITE

PIECE = 131_072
"""Octets of content in a row."""

_NUMBERS = 24  # bits of the number of a piece
_MARGIN = 24  # pages that a change may need beside those for its octets: nodes of trees that are split
_SWEPT = 32  # pieces that are deleted at once
_VACUUMED = 512  # pages that are given back at once


class Damaged(Exception):
    """What was read is not what was written."""


class Database:
    """`pinned`: entries whose content is being written or read, which stays as long. `held_back`: some of what is to be
    deleted is among them. `driven_out`: digests of keys under which something has gone to make room.

    Any method may raise Unusable: then nothing can be done with it any more but `close`.
    """

    def __init__(self, directory: Path, size: int, now: Instant, pinned: Collection[int]) -> None:
        self.path = directory / FILE
        self._connection = connected(directory, size)
        self._most = size // PAGE
        self._now = now
        self._pinned = pinned
        self._refused: set[int] = set()
        self.held_back = False
        self.driven_out: deque[bytes] = deque()
        with self._guarded(), self._transaction():
            self._connection.execute("UPDATE runs SET run = run + 1")
            self._run = self._number("SELECT run FROM runs")
            self._uses = count(self._number("SELECT coalesce(max(used), 0) FROM entries") + 1)
            self.first_ident = self._number("SELECT coalesce(max(ident), 0) FROM entries") + 1

    # Finding

    def find(self, key: bytes) -> tuple[Stored, ...]:
        """What is stored under this key. What is damaged is removed. Raises Damaged then: the rest can be found."""
        digest = digested(key)
        with self._guarded():
            found = self._rows(digest)
            if damaged := [ident for ident, stored in found.items() if stored is None]:
                self._doom(damaged)
                raise Damaged
        return tuple(stored for stored in found.values() if stored is not None and stored.key == key)

    def touch(self, digests: Sequence[bytes]) -> None:
        """These were asked for, the last one last."""
        rows = [(next(self._uses), digest) for digest in digests]
        with self._guarded(), self._transaction():
            self._connection.executemany("UPDATE entries SET used = ? WHERE key = ?", rows)

    def read(self, ident: int, number: int, *, first: bool) -> bytes | None:
        """A piece of content. None: it is gone, as the first one that is asked for may be. Raises Damaged."""
        if first and not self._begins(ident):
            return None
        with self._guarded():
            row = self._connection.execute(
                "SELECT checksum, data FROM pieces WHERE id = ?", (_id(ident, number),)
            ).fetchone()
        if row is None or not isinstance(row[1], bytes) or row[0] != _checksum(ident, number, row[1]):
            raise Damaged
        return row[1]

    # Writing

    def write(self, ident: int, number: int, data: bytes) -> bool:
        """Keep a piece. False: there is no room, and nothing more is taken of this one."""
        with self._guarded():
            return self._write(ident, number, data)

    def finish(self, stored: Stored, replaces: Sequence[int], last: tuple[int, bytes] | None) -> bool:
        """Let it be found, in place of those that it replaces, and of the same variant."""
        ident = int(stored.ident)
        with self._guarded():
            if not (last is None or self._write(ident, *last)) or ident in self._refused:
                return False
            if not self._room(_long(stored)):
                return False
            digest = digested(stored.key)
            before = self._same(stored, digest, replaces)
            with self._transaction():
                self._doom(before)
                row = digest, next(self._uses), *self._row(stored, digest)
                self._connection.execute("INSERT OR REPLACE INTO entries VALUES (?, ?, ?, ?, ?, ?, ?)", (ident, *row))
        return True

    def update(self, new: Stored) -> None:
        """Another header section for the same content."""
        ident, digest = int(new.ident), digested(new.key)
        with self._guarded():
            if self._room(_long(new)):  # else it stays as it was
                self._connection.execute(
                    "UPDATE entries SET run = ?, steady = ?, packed = ?, checksum = ? "
                    "WHERE ident = ? AND key IS NOT NULL",
                    (*self._row(new, digest), ident),
                )

    def remove(self, idents: Sequence[int]) -> None:
        with self._guarded(), self._transaction():
            self._doom(idents)

    def invalidate(self, key: bytes) -> None:
        with self._guarded():
            self._connection.execute("UPDATE entries SET key = NULL WHERE key = ?", (digested(key),))

    def sweep(self) -> bool:
        """Delete some of what cannot be found and nobody reads. Whether there may be more."""
        with self._guarded():
            return self._sweep()

    def close(self) -> None:
        with contextlib.suppress(sqlite3.Error):
            self._connection.close()

    # Within a call

    @contextlib.contextmanager
    def _guarded(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise because(self.path, error) from error
        except (TypeError, ValueError, OverflowError, struct.error) as error:  # what never was written here
            raise Unusable(self.path, f"is damaged ({error})", "remove it") from error

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[None]:
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            with contextlib.suppress(sqlite3.Error):
                self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")

    def _number(self, statement: str) -> int:
        return int(self._connection.execute(statement).fetchone()[0])

    def _begins(self, ident: int) -> bool:
        """Whether its content is there: the first piece is swept first, and nothing of what is pinned."""
        with self._guarded():
            return self._number(f"SELECT count(*) FROM pieces WHERE id = {_id(ident, 0)}") == 1

    def _write(self, ident: int, number: int, data: bytes) -> bool:
        if ident in self._refused or not self._room(len(data)):
            self._refused.add(ident)
            return False
        with self._transaction():
            if number == 0:
                self._connection.execute("INSERT INTO entries (ident, used) VALUES (?, 0)", (ident,))
            self._connection.execute(
                "INSERT INTO pieces VALUES (?, ?, ?)", (_id(ident, number), _checksum(ident, number, data), data)
            )
        return True

    def _same(self, stored: Stored, digest: bytes, replaces: Sequence[int]) -> list[int]:
        old = self._rows(digest)
        gone = [
            ident
            for ident, each in old.items()
            if ident in replaces or each is None or each.selecting == stored.selecting
        ]
        left = [ident for ident in old if ident not in gone]
        return gone + left[: max(0, len(left) - MOST_VARIANTS + 1)]

    def _row(self, stored: Stored, digest: bytes) -> tuple[int, float, bytes, int]:
        packed, steady = stored.pack(), stored.received_at.steady
        return self._run, steady, packed, _entry_checksum(digest, int(stored.ident), self._run, steady, packed)

    def _doom(self, idents: Sequence[int]) -> None:
        self._connection.executemany("UPDATE entries SET key = NULL WHERE ident = ?", [(ident,) for ident in idents])

    def _room(self, octets: int) -> bool:
        """Whether there are pages for so many octets more, when what was not asked for longest has gone."""
        needed = octets // (PAGE - 64) + _MARGIN
        while self._number("PRAGMA page_count") - self._number("PRAGMA freelist_count") + needed > self._most:
            if not self._sweep() and not self._drive_out():
                return False
        return True

    def _drive_out(self) -> bool:
        oldest = "SELECT ident, key FROM entries WHERE key IS NOT NULL ORDER BY used, ident"
        for ident, digest in self._connection.execute(oldest):
            if ident not in self._pinned:
                self._doom([ident])
                self.driven_out.append(digest)
                return True
        return False

    def _sweep(self) -> bool:
        doomed = [ident for (ident,) in self._connection.execute("SELECT ident FROM entries WHERE key IS NULL")]
        free = [ident for ident in doomed if ident not in self._pinned]
        self.held_back = len(free) < len(doomed)
        if not free:
            return self._shrink()
        ident = free[0]
        with self._transaction():
            deleted = self._connection.execute(
                "DELETE FROM pieces WHERE id IN (SELECT id FROM pieces WHERE id >= ? AND id < ? ORDER BY id LIMIT ?)",
                (_id(ident, 0), _id(ident + 1, 0), _SWEPT),
            ).rowcount
            if deleted < _SWEPT:
                self._connection.execute("DELETE FROM entries WHERE ident = ?", (ident,))
                self._refused.discard(ident)
        return True

    def _shrink(self) -> bool:
        """Where the file was allowed to be larger than it is now: let it become smaller, a little at a time."""
        pages = self._number("PRAGMA page_count")
        if pages <= self._most:
            return False
        free = self._number("PRAGMA freelist_count")
        if pages - free + _MARGIN > self._most:
            return self._drive_out()
        # A statement that gives no rows is carried on to its end by `executescript` alone.
        self._connection.executescript(f"PRAGMA incremental_vacuum({_VACUUMED})")
        self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()  # only now is the file shorter
        self._connection.execute(f"PRAGMA max_page_count = {self._most}").fetchall()
        return True

    def _rows(self, digest: bytes) -> dict[int, Stored | None]:
        """What is stored there, by ident; None where it is damaged."""
        rows = self._connection.execute(
            "SELECT ident, run, steady, packed, checksum FROM entries WHERE key = ? ORDER BY ident", (digest,)
        )
        return {row[0]: self._unpacked(digest, *row) for row in rows.fetchall()}

    def _unpacked(
        self, digest: bytes, ident: int, run: int, steady: float, packed: object, checksum: int
    ) -> Stored | None:
        if not isinstance(packed, bytes) or checksum != _entry_checksum(digest, ident, run, steady, packed):
            return None
        try:
            return Stored.unpack(packed, lambda wall: steady if run == self._run else self._steady(wall))
        except ValueError:
            return None

    def _steady(self, wall: float) -> float:
        """When it was on this process's steady clock, as the wall clock has it. Where that has been set back
        since, nobody knows: then so long ago that nothing is fresh."""
        passed = self._now.wall - wall
        return self._now.steady - (passed if passed >= 0 else INFINITE)


def digested(key: bytes) -> bytes:
    return blake2b(key, digest_size=16).digest()


def _long(stored: Stored) -> int:
    """About as many octets as its header section takes, and more."""
    return 2 * sum(len(name) + len(value) + 8 for name, value in (*stored.fields, *stored.trailers)) + len(stored.key)


def _id(ident: int, number: int) -> int:
    return ident << _NUMBERS | number


def _checksum(ident: int, number: int, data: bytes) -> int:
    """Of a piece, and of its place: a piece of something else is not right either."""
    return crc32(data, crc32(struct.pack(">QQ", ident, number)))


def _entry_checksum(digest: bytes, ident: int, run: int, steady: float, packed: bytes) -> int:
    return crc32(packed, crc32(struct.pack(">16sQQd", digest, ident, run, steady)))
