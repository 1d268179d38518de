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

    async def lease(self, *, fresh: bool = False) -> UpstreamConnection:
        """A connection for one request: the one used last, if one is idle, unless a new one is asked for.

        Raises Failure where none can be had.
        """
        if not self._settings.upstreams:
            raise Failure(Condition.NO_UPSTREAM, "this gateway has not been told of an upstream")
        if self._idle and not fresh:
            connection = next(reversed(self._idle))
            self._no_longer_idle(connection)
            connection.reused = True
            return connection
        self._make_room()
        self._dialling += 1
        try:
            return await self._dial_first(self._settings.upstreams)
        finally:
            self._dialling -= 1

    def release(self, connection: UpstreamConnection) -> None:
        """Keep it for another request: nothing is expected on it until then."""
        timer = asyncio.get_running_loop().call_later(self._settings.timeouts.idle, self._drop, connection)
        self._idle[connection] = timer
        connection.idle(partial(self._drop, connection))

    def destination(self, connection: UpstreamConnection) -> Destination:
        """Where an open connection leads."""
        return self._open[connection]

    async def close(self) -> None:
        """Close all of them, and wait until they are gone."""
        for connection in list(self._idle):
            self._drop(connection)
        for connection in self._open:
            connection.close()
        if self._open:
            await asyncio.wait([connection.lost for connection in self._open])

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
        connection.lost.add_done_callback(lambda _: self._open.pop(connection))
        return connection

    def _make_room(self) -> None:
        """An idle connection gives way to a new one; beyond that there is a limit."""
        most = self._settings.connections
        if len(self._open) + self._dialling >= most and self._idle:
            self._drop(next(iter(self._idle)))
        elif len(self._open) + self._dialling >= most:
            raise Failure(Condition.LIMIT_REACHED, f"all {most} upstream connections are in use")

    def _no_longer_idle(self, connection: UpstreamConnection) -> None:
        self._idle.pop(connection).cancel()
        connection.idle(None)

    def _drop(self, connection: UpstreamConnection) -> None:
        """Close an idle connection: too old, in the way, ended, or with bytes on it that nobody asked for
        (RFC 9112, 9.2)."""
        if connection in self._idle:
            self._no_longer_idle(connection)
            connection.close()
