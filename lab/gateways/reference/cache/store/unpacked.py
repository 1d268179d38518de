"""What was found lately, unpacked: most requests ask for what others have just asked for."""

from collections import OrderedDict

from lab.gateways.reference.cache.engine.values import Stored

MOST_KEYS = 1_024
MOST_FOUND = 4
"""More than so many responses under one key are unpacked each time, and so are long ones: or they would take memory
that nobody counts."""

MOST_PACKED = 4_096


class Unpacked:
    """At most MOST_KEYS keys with what is stored there, and in which order they were asked for: to write that down each
    time would take longer than all the rest of a look-up."""

    def __init__(self) -> None:
        self._found: OrderedDict[bytes, tuple[Stored, ...]] = OrderedDict()
        self._touched: dict[bytes, None] = {}

    def get(self, key: bytes) -> tuple[Stored, ...] | None:
        found = self._found.get(key)
        if found is not None:
            self._touched.pop(key, None)
            self._touched[key] = None
        return found

    def put(self, key: bytes, found: tuple[Stored, ...], packed: int) -> None:
        """It was found. `packed`: the octets of the packed forms."""
        self._touched.pop(key, None)
        self._touched[key] = None
        if len(found) > MOST_FOUND or packed > MOST_PACKED:
            return
        self._found[key] = found
        if len(self._found) > MOST_KEYS:
            self._found.popitem(last=False)

    @property
    def crowded(self) -> bool:
        """Whether it is time to write down what was touched."""
        return len(self._touched) >= MOST_KEYS

    def touched(self) -> list[bytes]:
        """The keys that were asked for since this was last called, the last one last."""
        keys = list(self._touched)
        self._touched.clear()
        return keys

    def drop(self, key: bytes) -> None:
        self._found.pop(key, None)

    def clear(self) -> None:
        self._found.clear()
        self._touched.clear()
