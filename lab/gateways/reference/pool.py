"""Upstream connections: opened, kept open for the next request, bounded, and closed when anything unexpected comes."""

import asyncio
from collections.abc import Iterable
from functools import partial

from lab.gateways import Destination
from lab.gateways.reference.connection import UpstreamConnection
from lab.gateways.reference.dialling import dial
from lab.gateways.reference.failure import Failure
from lab.gateways.reference.settings import Settings, shown_address
from lab.rfc.conditions import Condition


class Pool:
    """`tried`: the upstreams to which a connection was attempted."""

    def __init__(self, settings: Settings) -> None:
        self.tried: set[Destination] = set()
        self._settings = settings
        self._dialling = 0
        self._open: dict[UpstreamConnection, Destination] = {}
        self._idle: dict[UpstreamConnection, asyncio.TimerHandle] = {}
        self._closing: set[UpstreamConnection] = set()

    async def lease(self, *, fresh: bool = False) -> UpstreamConnection:
        """A connection for one request, to be given back by `release` or `discard`: the one used last, if one is idle,
        unless a new one is asked for. Raises Failure where none can be had."""
        if not self._settings.upstreams:
            raise Failure(Condition.NO_UPSTREAM, "this gateway has not been told of an upstream")
        if self._idle and not fresh:
            connection = next(reversed(self._idle))
            self._no_longer_idle(connection)
            connection.reused = True
            return connection
        if len(self._open) + self._dialling >= self._settings.connections:
            most = self._settings.connections
            raise Failure(Condition.LIMIT_REACHED, f"all {most} upstream connections are in use")
        self._dialling += 1
        try:
            return await self._dial_first(self._settings.upstreams)
        finally:
            self._dialling -= 1

    def release(self, connection: UpstreamConnection) -> None:
        """Keep it for another request. Whatever comes until then closes it: its time, its end, bytes that nobody asked
        for (RFC 9112, 9.2)."""
        timer = asyncio.get_running_loop().call_later(self._settings.timeouts.idle, self._drop, connection)
        self._idle[connection] = timer
        connection.idle(partial(self._drop, connection))

    def discard(self, connection: UpstreamConnection) -> None:
        """Close it."""
        del self._open[connection]
        self._closing.add(connection)
        connection.lost.add_done_callback(lambda _: self._closing.discard(connection))
        connection.close()

    def destination(self, connection: UpstreamConnection) -> Destination:
        """Where a connection leads that is not given back yet."""
        return self._open[connection]

    async def close(self) -> None:
        """Close all of them, and wait until they are gone."""
        for connection in list(self._idle):
            self._no_longer_idle(connection)
        for connection in list(self._open):
            self.discard(connection)
        if self._closing:
            await asyncio.wait([connection.lost for connection in self._closing])

    async def _dial_first(self, upstreams: Iterable[Destination]) -> UpstreamConnection:
        """Nothing of a request has been sent while this fails, so the next upstream may be tried."""
        *others, last = upstreams
        for destination in others:
            try:
                return await self._dial(destination)
            except Failure:
                continue
        return await self._dial(last)

    async def _dial(self, destination: Destination) -> UpstreamConnection:
        self.tried.add(destination)
        try:
            connection = await dial(destination, self._settings)
        except Failure as failure:
            failure.next_hop = shown_address(destination)
            raise
        self._open[connection] = destination
        return connection

    def _no_longer_idle(self, connection: UpstreamConnection) -> None:
        self._idle.pop(connection).cancel()
        connection.idle(None)

    def _drop(self, connection: UpstreamConnection) -> None:
        self._no_longer_idle(connection)
        self.discard(connection)
