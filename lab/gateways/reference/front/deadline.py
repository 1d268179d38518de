"""One deadline at a time."""

import asyncio
from collections.abc import Callable


class Deadline:
    """What happens when something else does not happen first. A new deadline replaces the one before.

    A timer that strikes too early is set anew; that is cheaper than one for each deadline, of which hardly any strikes.
    """

    def __init__(self) -> None:
        self._then: Callable[[], None] | None = None
        self._due = 0.0
        self._timer: asyncio.TimerHandle | None = None

    @property
    def running(self) -> bool:
        return self._then is not None

    def set(self, seconds: float, then: Callable[[], None]) -> None:
        loop = asyncio.get_running_loop()
        self._due, self._then = loop.time() + seconds, then
        if self._timer is None or self._timer.when() > self._due:
            self._arm(loop)

    def clear(self) -> None:
        """Nothing is awaited now."""
        self._then = None

    def stop(self) -> None:
        """Nothing is awaited any more: the timer lets go of what it would call."""
        self._then = None
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _arm(self, loop: asyncio.AbstractEventLoop) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = loop.call_at(self._due, self._strike)

    def _strike(self) -> None:
        self._timer = None
        if (then := self._then) is None:
            return
        loop = asyncio.get_running_loop()
        if loop.time() < self._due:
            self._arm(loop)
        else:
            self._then = None
            then()
