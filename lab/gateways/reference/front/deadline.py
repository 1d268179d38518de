"""One deadline at a time."""

import asyncio
from collections.abc import Callable


class Deadline:
    """What happens when something else does not happen first. A new deadline replaces the one before."""

    def __init__(self) -> None:
        self._timer: asyncio.TimerHandle | None = None

    @property
    def running(self) -> bool:
        return self._timer is not None

    def set(self, seconds: float, then: Callable[[], None]) -> None:
        self.clear()
        self._timer = asyncio.get_running_loop().call_later(seconds, then)

    def clear(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
