"""Where stored responses lie: in memory, or on disk.

`protocol` says what a store can do; `memory` is one of them. Each gives and takes `Stored` values, and the content as a
`Body`.

    store = opened_store(256 << 20, directory=None, log=print, now=lambda: Instant(time(), monotonic()))
"""

from lab.gateways.reference.cache.store.memory import MemoryStore
from lab.gateways.reference.cache.store.opening import opened_store
from lab.gateways.reference.cache.store.protocol import Store

__all__ = ["MemoryStore", "Store", "opened_store"]
