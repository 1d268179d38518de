"""Which store it is."""

from collections.abc import Callable
from pathlib import Path

from lab.gateways.reference.cache.engine.values import Instant
from lab.gateways.reference.cache.store.memory import MemoryStore
from lab.gateways.reference.cache.store.protocol import Store


def opened_store(size: int, directory: Path | None, *, log: Callable[[str], None], now: Callable[[], Instant]) -> Store:
    """A store of so many octets at most: in memory, or in this directory.

    Never raises: where the directory cannot be used, now or later, `log` is told so once, in one line, and nothing is
    stored any more. `now`: by which the age of what an earlier process stored is counted.
    """
    if directory is None:
        return MemoryStore(size)
    from lab.gateways.reference.cache.store.disk import DiskStore  # SQLite is loaded only where it is used

    return DiskStore(directory, size, log=log, now=now())
