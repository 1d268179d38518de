"""What was found lately, unpacked: most requests ask for what others have just asked for."""

from collections import OrderedDict

from lab.gateways.reference.cache.engine.values import Stored

MOST_KEYS = 1_024
MOST_FOUND = 4
"""More than so many responses under one key are unpacked each time, and so are long ones: or they would take memory
that nobody counts."""

MOST_PACKED = 4_096


class Unpacked:
    """At most MOST_KEYS keys with what is stored there."""

    def __init__(self) -> None:
        self._found: OrderedDict[bytes, tuple[Stored, ...]] = OrderedDict()

    def get(self, key: bytes) -> tuple[Stored, ...] | None:
        return self._found.get(key)

    def put(self, key: bytes, found: tuple[Stored, ...], packed: int) -> None:
        """`packed`: the octets of the packed forms."""
        if len(found) > MOST_FOUND or packed > MOST_PACKED:
            return
        self._found[key] = found
        if len(self._found) > MOST_KEYS:
            self._found.popitem(last=False)

    def drop(self, key: bytes) -> None:
        self._found.pop(key, None)

    def clear(self) -> None:
        self._found.clear()
