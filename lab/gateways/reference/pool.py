"""Upstream connections: opened, kept open for the next request, bounded, and closed when anything unexpected comes."""

import asyncio
from collections import Counter
from dataclasses import dataclass
from functools import partial

from lab.gateways import Destination
from lab.gateways.reference.connection import UpstreamConnection
from lab.gateways.reference.dialling import Say, dial
from lab.gateways.reference.failure import Failure
from lab.gateways.reference.marking import Marking, counts
from lab.gateways.reference.settings import Settings, shown_address
from lab.rfc.conditions import Condition


@dataclass(frozen=True)
class _Leads:
    """Where a connection leads, and the preamble that it began with."""

    destination: Destination
    preamble: bytes


class Pool:
    """`attempts`: how often it began to connect to each upstream. `say` is told what is done about those that fail."""

    def __init__(self, settings: Settings, say: Say) -> None:
        self.attempts: Counter[Destination] = Counter()
        self._settings = settings
        self._say = say
        self._marking = Marking(settings.mark_down)
        self._dialling = 0
        self._open: dict[UpstreamConnection, _Leads] = {}
        self._finding_out: set[UpstreamConnection] = set()  # on which one request tries what is marked down
        self._idle: dict[UpstreamConnection, float] = {}  # until when, the soonest first
        self._sweeping: asyncio.TimerHandle | None = None  # one timer for all of them
        self._closing: set[UpstreamConnection] = set()

    async def lease(self, preamble: bytes = b"", *, fresh: bool = False) -> UpstreamConnection:
        """A connection for one request, to be given back by `release` or `discard`: the one used last, if one is idle,
        unless a new one is asked for. Raises Failure where none can be had.

        A `preamble` names one client connection, so only a connection that began with the same one is used again.
        """
        if not self._settings.upstreams:
            raise Failure(Condition.NO_UPSTREAM, "this gateway has not been told of an upstream")
        usable = (each for each in reversed(self._idle) if self._open[each].preamble == preamble)
        if not fresh and (connection := next(usable, None)) is not None:
            self._no_longer_idle(connection)
            connection.reused = True
            return connection
        self._make_room()
        self._dialling += 1
        try:
            return await self._dial_first(preamble)
        finally:
            self._dialling -= 1

    def release(self, connection: UpstreamConnection) -> None:
        """Keep it for another request. Whatever comes until then closes it: its time, its end, bytes that nobody asked
        for (RFC 9112, 9.2)."""
        loop = asyncio.get_running_loop()
        self._idle[connection] = loop.time() + self._settings.timeouts.idle
        connection.idle(partial(self._drop, connection))
        if self._sweeping is None:
            self._sweeping = loop.call_later(self._settings.timeouts.idle, self._sweep)

    def discard(self, connection: UpstreamConnection) -> None:
        """Close it."""
        destination = self._open.pop(connection).destination
        if connection in self._finding_out:
            self._finding_out.remove(connection)
            self._marking.undecided(destination)
        self._closing.add(connection)
        connection.lost.add_done_callback(lambda _: self._closing.discard(connection))
        connection.close()

    def destination(self, connection: UpstreamConnection) -> Destination:
        """Where a connection leads that is not given back yet."""
        return self._open[connection].destination

    def blame(self, connection: UpstreamConnection, failure: Failure) -> None:
        """An exchange on it has failed: this is the hop, and it may count against the upstream."""
        destination = self.destination(connection)
        failure.next_hop = shown_address(destination)
        self._count(destination, failure, reused=connection.reused)

    def answered(self, connection: UpstreamConnection) -> None:
        """A response has come on it."""
        self._finding_out.discard(connection)
        destination = self.destination(connection)
        if self._marking.answered(destination):
            self._say(f"{shown_address(destination)}: it answers, and is no longer marked down")

    async def close(self) -> None:
        """Close all of them, and wait until they are gone."""
        for connection in list(self._idle):
            self._no_longer_idle(connection)
        if self._sweeping is not None:
            self._sweeping.cancel()
        for connection in list(self._open):
            self.discard(connection)
        if self._closing:
            await asyncio.wait([connection.lost for connection in self._closing])

    def _make_room(self) -> None:
        """Where there are as many connections as there may be, one that only waits (for another client) has to go."""
        most = self._settings.connections
        if len(self._open) + self._dialling < most:
            return
        if not self._idle:
            raise Failure(Condition.LIMIT_REACHED, f"all {most} upstream connections are in use")
        self._drop(next(iter(self._idle)))

    async def _dial_first(self, preamble: bytes) -> UpstreamConnection:
        """Nothing of a request has been sent while this fails, so the next upstream may be tried."""
        failure: Failure | None = None
        for destination in self._settings.upstreams:
            if not self._marking.begin(destination, self._settings.monotonic()):
                continue
            if failure is not None:
                self._say(f"{failure.next_hop}: {failure}; next comes {shown_address(destination)}")
            try:
                return await self._dial(destination, preamble)
            except Failure as error:
                failure = error
        raise failure or self._all_down()

    async def _dial(self, destination: Destination, preamble: bytes) -> UpstreamConnection:
        self.attempts[destination] += 1
        finds_out = self._marking.tries(destination)  # it has just begun, so it is this one
        try:
            connection = await dial(destination, self._settings, self._say, preamble)
        except BaseException as error:
            if finds_out:
                self._marking.undecided(destination)
            if isinstance(error, Failure):
                error.next_hop = shown_address(destination)
                self._count(destination, error)
            raise
        self._open[connection] = _Leads(destination, preamble)
        if finds_out:
            self._finding_out.add(connection)
        return connection

    def _count(self, destination: Destination, failure: Failure, *, reused: bool = False) -> None:
        rule = self._settings.mark_down
        if rule is None or not counts(failure, reused=reused):
            return
        if self._marking.failed(destination, self._settings.monotonic()):
            self._say(f"{shown_address(destination)}: marked down for {rule.seconds:g} s: {failure}")
            for connection in [each for each in self._idle if self.destination(each) == destination]:
                self._drop(connection)

    def _all_down(self) -> Failure:
        count = len(self._settings.upstreams)
        wait = self._marking.wait(self._settings.monotonic())
        which = {1: "the upstream is", 2: "both upstreams are"}.get(count, f"all {count} upstreams are")
        return Failure(Condition.ALL_DOWN, f"{which} marked down; after {wait:.1f} s one request may try again")

    def _sweep(self) -> None:
        """Close those whose time is over, and come back for the next one."""
        loop = asyncio.get_running_loop()
        for connection in [each for each, until in self._idle.items() if until <= loop.time()]:
            self._drop(connection)
        self._sweeping = loop.call_at(next(iter(self._idle.values())), self._sweep) if self._idle else None

    def _no_longer_idle(self, connection: UpstreamConnection) -> None:
        del self._idle[connection]
        connection.idle(None)

    def _drop(self, connection: UpstreamConnection) -> None:
        self._no_longer_idle(connection)
        self.discard(connection)
