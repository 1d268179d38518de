"""Where stored responses lie: in memory, or on disk.

`protocol` says what a store can do; `memory` is one, `disk` the other, `opening` tells which it is. Each gives and
takes `Stored` values, and the content as a `Body`. In memory, content lies in `blocks`.

On disk is an SQLite database. `connecting` makes it, or looks whose it is; `unusable` says in words why it cannot be
used; `database` is all that waits for the disk, and `worker` the thread in which that is done; `shelves` are the
content of one response on its way there and back. What was found lately is kept `unpacked` by both.

    store = opened_store(256 << 20, directory=None, log=print, now=lambda: Instant(time(), monotonic()))
"""

from lab.gateways.reference.cache.store.memory import MemoryStore
from lab.gateways.reference.cache.store.opening import opened_store
from lab.gateways.reference.cache.store.protocol import Store

__all__ = ["MemoryStore", "Store", "opened_store"]
