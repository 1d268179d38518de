"""Several clients that ask a caching gateway for the same, and an upstream that answers when the test says so."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import Any

from tests.reference.caching import cache_status, caching
from tests.reference.parties import DEADLINE, GET, Client, Gateway, Got, Peer, connected, upstream


class Held:
    """An upstream's script: it takes requests, and answers none. `asked`: who sent each, and its header section."""

    def __init__(self) -> None:
        self.asked: list[tuple[Peer, bytes]] = []
        self._came = asyncio.Condition()

    async def __call__(self, peer: Peer) -> None:
        while True:
            request = await peer.request()
            async with self._came:
                self.asked.append((peer, request))
                self._came.notify_all()

    async def peer(self, number: int) -> Peer:
        """Who sent the request of this number, from 1, when it has come."""
        async with asyncio.timeout(DEADLINE), self._came:
            await self._came.wait_for(lambda: len(self.asked) >= number)
        return self.asked[number - 1][0]


class Crowd:
    """Clients, each on a connection of its own, in the order in which the gateway got to know of them."""

    def __init__(self, between: Gateway, held: Held, stopping: contextlib.AsyncExitStack) -> None:
        self._stopping = stopping
        self.clients: list[Client] = []
        self.between = between
        self.held = held
        self._stack = contextlib.AsyncExitStack()

    async def ask(self, request: bytes = GET, *, joins: bool = True) -> Client:
        """Another client that has sent this, and now waits: for the upstream, or for what another one has asked for.
        `joins`: its request is one that others might join, or that joins another's."""
        client = await self._stack.enter_async_context(connected(self.between))
        before = self._at_work()
        self.clients.append(client)
        await client.send(request)
        async with asyncio.timeout(DEADLINE):
            while joins and self._at_work() <= before:
                await asyncio.sleep(0)
        return client

    async def responses(self) -> list[Got]:
        return [await client.response() for client in self.clients]

    async def leave(self) -> None:
        await self._stack.aclose()

    @property
    def flights(self) -> int:
        """How many requests the cache has at the upstream now."""
        return len(self._caching._tasks)

    @property
    def waited_for(self) -> int:
        """How many of them there is a client for."""
        return sum(not flight.abandoned for flight in self._caching._tasks.values())

    async def left(self) -> None:
        """Until the gateway knows that nobody waits any more."""
        async with asyncio.timeout(DEADLINE):
            while self.waited_for:
                await asyncio.sleep(0)

    async def landed(self, but: int = 0) -> None:
        """Until it has no more than so many."""
        async with asyncio.timeout(DEADLINE):
            while self.flights > but:
                await asyncio.sleep(0)

    async def stop(self) -> None:
        """Stop the gateway, as its server does at the end."""
        await self._stopping.aclose()

    def _at_work(self) -> int:
        """How many clients wait for what the cache has at the upstream."""
        return sum(len(flight._waiting) for flight in self._caching._tasks.values())

    @property
    def _caching(self) -> Any:
        return self.between.reference._caching


@contextlib.asynccontextmanager
async def crowd(count: int = 0, **changes: Any) -> AsyncIterator[Crowd]:
    """So many clients that have all asked for the same, and wait."""
    held = Held()
    async with upstream(held) as playing, contextlib.AsyncExitStack() as stopping:
        clients = Crowd(await stopping.enter_async_context(caching(playing, **changes)), held, stopping)
        try:
            for _ in range(count):
                await clients.ask()
            yield clients
        finally:
            await clients.leave()


def collapsed(got: Got) -> str:
    """What Cache-Status says of it: "yes", "no", or nothing."""
    member = cache_status(got)
    if ";collapsed" not in member:
        return ""
    return "no" if ";collapsed=?0" in member else "yes"
