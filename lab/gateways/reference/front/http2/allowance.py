"""How much of something a client may do that costs work and brings nothing."""

from collections.abc import Callable


class Allowance:
    """At most `most` at once, and then so many `per_second`. `clock`: seconds."""

    __slots__ = ("_clock", "_left", "_most", "_per_second", "_since")

    def __init__(self, most: int, per_second: int, clock: Callable[[], float]) -> None:
        self._most = most
        self._per_second = per_second
        self._clock = clock
        self._left = float(most)
        self._since = clock()

    def spend(self) -> bool:
        """Whether there was one left."""
        if self._left < 1:
            now = self._clock()
            self._left = min(self._most, self._left + (now - self._since) * self._per_second)
            self._since = now
        self._left -= 1
        return self._left >= 0

    def earn(self, count: int = 1) -> None:
        """So many more, for something of use."""
        if self._left < self._most:
            self._left += count
