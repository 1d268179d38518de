"""What a store can do."""

from collections.abc import Sequence
from typing import Protocol

from lab.gateways.reference.cache.body import Body
from lab.gateways.reference.cache.engine.values import Stored

MOST_VARIANTS = 16
"""Stored responses under one key: a client chooses what Vary names, and each one is looked at."""

SHARE = 4
"""One response takes at most this part of a store, or it would drive out all the others."""


class Store(Protocol):
    """Stored responses by key, within a limit of octets; those that were not asked for longest go first.

    A response can be found from the moment when its content is complete. One that is being read is read to its end,
    whatever becomes of it meanwhile.
    """

    async def find(self, key: bytes) -> Sequence[Stored]:
        """All that is stored under this key, the oldest first."""

    def begin(self, stored: Stored, replaces: Sequence[Stored] = ()) -> Body:
        """Store this response. What it replaces, and the same variant, stays until the content is complete and stored.
        The store gives it its `ident`, `length` and `trailers`. Where it cannot be stored, its body is one that is
        not."""

    def open(self, stored: Stored) -> Body | None:
        """The content of what was found. None: it is no longer there, as may also be told by Lost at the first piece.
        It stays as long as somebody has the body."""

    async def update(self, old: Stored, new: Stored) -> None:
        """Put another header section in front of the same content, if it is still there."""

    async def remove(self, stored: Stored) -> None:
        """Forget this one."""

    async def invalidate(self, key: bytes) -> None:
        """Forget all under this key, and what is being stored there now (RFC 9111, 4.4)."""

    async def close(self) -> None:
        """Use it no more."""


def announced(stored: Stored) -> int:
    """The octets that its content will have, where that has been announced: it may be wrong."""
    values = stored.fields.get(b"content-length")
    if not values:
        return stored.length
    return int(values[0]) if len(values) == 1 and values[0].isdigit() and len(values[0]) < 19 else 0
