"""What the parts of a cache have in common."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace

from lab.gateways.reference.cache.body import Body
from lab.gateways.reference.cache.engine import Engine, Instant, Stored
from lab.gateways.reference.cache.store import Store
from lab.h1 import Head


@dataclass(frozen=True, slots=True)
class Parts:
    """`invalidate`: let nothing under this key answer a request that comes from now on (RFC 9111, 4.4)."""

    engine: Engine
    store: Store
    now: Callable[[], Instant]
    invalidate: Callable[[bytes], Awaitable[None]]


def begun(store: Store, stored: Stored, replaces: Sequence[Stored], head: Head) -> Body:
    """Where to put the content of a response with this header section. What is announced to be too large is not even
    begun to be stored."""
    return store.begin(replace(stored, length=head.framing.length or 0), replaces)
