"""Whether the machine let the lab keep time: a performance in which it did not proves nothing about anybody's time."""

import asyncio
import contextlib
from collections.abc import Iterator

BEAT = 0.02
"""Seconds between two looks at the clock."""

LATE = 0.08
"""A look that comes so many seconds late means that the lab was held up. The shortest time-out of the reference
gateway in a performance is 0.25 s, and scripts that race with it pause 0.1 s."""


class Punctuality:
    """How late the loop came at worst, in seconds."""

    def __init__(self) -> None:
        self.worst = 0.0

    @property
    def held_up(self) -> bool:
        return self.worst >= LATE

    @contextlib.contextmanager
    def watching(self) -> Iterator[None]:
        """Look at the clock as long as the block lasts."""
        watch = _Watch(self, asyncio.get_running_loop())
        try:
            yield
        finally:
            watch.stop()


class _Watch:
    """Looks at the clock at every beat."""

    def __init__(self, found: Punctuality, loop: asyncio.AbstractEventLoop) -> None:
        self._found, self._loop = found, loop
        self._next()

    def stop(self) -> None:
        self._timer.cancel()
        self._note()

    def _next(self) -> None:
        self._due = self._loop.time() + BEAT
        self._timer = self._loop.call_at(self._due, self._look)

    def _look(self) -> None:
        self._note()
        self._next()

    def _note(self) -> None:
        self._found.worst = max(self._found.worst, self._loop.time() - self._due)
