"""Stores on disk, opened for as long as a test needs them."""

import contextlib
from collections.abc import AsyncIterator
from pathlib import Path

from lab.gateways.reference.cache.engine.values import Instant
from lab.gateways.reference.cache.store.disk import DiskStore

NOW = Instant(1_795_000_100.0, 5_100.0)


@contextlib.asynccontextmanager
async def opened(
    directory: Path, size: int = 4 << 20, *, now: Instant = NOW, said: list[str] | None = None
) -> AsyncIterator[DiskStore]:
    """`said`: what it logs; None: it must not log anything."""
    lines: list[str] = []
    store = DiskStore(directory, size, log=(lines if said is None else said).append, now=now)
    try:
        yield store
    finally:
        await store.close()
    assert lines == []
