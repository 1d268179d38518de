"""The one thread that has the database. It does one thing after the other: what was asked for first is done first."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from lab.gateways.reference.cache.store.database import Database
from lab.gateways.reference.cache.store.unusable import Unusable

T = TypeVar("T")


class Worker:
    """Where the database cannot be used, or no longer, `log` is told so, once, and everything that is asked for gives
    `otherwise`. `pending`: octets that wait to be written."""

    def __init__(self, opened: Callable[[], Database], log: Callable[[str], None]) -> None:
        self.pending = 0
        self.database: Database | None = None
        self._log = log
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="cache")
        try:
            self.database = opened()
        except Unusable as unusable:
            log(str(unusable))

    async def ask(self, call: Callable[[Database], T], otherwise: T) -> T:
        """What the database answers. Raises what the call raises, but never Unusable."""
        if self.database is None:
            return otherwise
        try:
            return await self._running().run_in_executor(self._thread, call, self.database)
        except Unusable as unusable:
            self._give_up(unusable)
            return otherwise

    def post(self, call: Callable[[Database], T], otherwise: T, then: Callable[[T], None], octets: int = 0) -> None:
        """The same without waiting; `then` is told the answer. `octets`: how much there is to write."""
        if self.database is None:
            then(otherwise)
            return

        def done(future: "asyncio.Future[T]") -> None:
            self.pending -= octets
            error = future.exception()
            if isinstance(error, Unusable):
                self._give_up(error)
                then(otherwise)
            else:
                then(future.result())

        self.pending += octets
        self._running().run_in_executor(self._thread, call, self.database).add_done_callback(done)

    def soon(self, call: Callable[[], None]) -> None:
        """Call this in the loop: what is collected as garbage may say so in any thread."""
        if self._loop is not None and self.database is not None:
            self._loop.call_soon_threadsafe(call)

    async def close(self) -> None:
        """Do all that was asked for, and end."""
        database, self.database = self.database, None
        if database is not None:
            await self._running().run_in_executor(self._thread, database.close)
        self._thread.shutdown(wait=False)

    def _running(self) -> asyncio.AbstractEventLoop:
        self._loop = asyncio.get_running_loop()
        return self._loop

    def _give_up(self, unusable: Unusable) -> None:
        database, self.database = self.database, None
        if database is not None:
            self._log(str(unusable))
            self._thread.submit(database.close)
