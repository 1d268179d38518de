"""A cache between the clients and the upstream: it does what the engine decides.

What the store has is sent at once. What has to be asked for is asked for in a flight, which others may join. What
cannot be stored or shared, for its method or its content, is passed on.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from operator import attrgetter

from lab.gateways.reference.asking import Asking
from lab.gateways.reference.cache.asked import asked_by
from lab.gateways.reference.cache.body import Body
from lab.gateways.reference.cache.engine import (
    Asked,
    Engine,
    Fail,
    Forward,
    FromStore,
    Instant,
    Policy,
    Refuse,
    Relay,
    Serve,
    ServeStale,
    Validated,
)
from lab.gateways.reference.cache.engine.cache_status import with_collapsed
from lab.gateways.reference.cache.failing import beside_stale, of_the_upstream, unreachable, with_status
from lab.gateways.reference.cache.flight import Flight
from lab.gateways.reference.cache.landing import Arrived
from lab.gateways.reference.cache.parts import Parts
from lab.gateways.reference.cache.passing import Passing
from lab.gateways.reference.cache.sending import (
    arrived_fields,
    send_arrived,
    send_stored,
    shared_fields,
    with_cache_status,
)
from lab.gateways.reference.cache.settings import CacheSettings
from lab.gateways.reference.cache.store import opened_store
from lab.gateways.reference.client import Client
from lab.gateways.reference.failure import Failure
from lab.gateways.reference.recipient import ToClient
from lab.gateways.reference.settings import Settings
from lab.h1 import Field
from lab.rfc.conditions import Condition

MOST_IN_BACKGROUND = 32
"""Stored responses that are validated at the same time with no client waiting; others have to wait for the next request
for them."""

MOST_ABANDONED = 32
"""Requests that go on for the store alone, where all who wanted the response have left: or one client could leave so
many behind that there is no upstream connection for any other."""

_FROM_STORE = (b"GET", b"HEAD")


@dataclass(frozen=True, slots=True)
class _Wish:
    """A request that is to be answered. `alone`: no other's response can be used for it. `failures`: how many requests
    of others, whose responses it waited for, have failed. `lost`: what the store has found cannot be had from it."""

    client: Client
    asked: Asked
    key: bytes
    alone: bool = False
    failures: int = 0
    lost: bool = False


class Caching:
    """`log` is told what nobody else would be told, a line each."""

    def __init__(self, settings: Settings, cache: CacheSettings, asking: Asking, log: Callable[[str], None]) -> None:
        self._settings = settings
        self._name = settings.name.encode()
        self._engine = Engine(Policy(settings.name, cache.targets))
        self._store = opened_store(cache.size, cache.directory, log=log, now=self._now)
        self._parts = Parts(self._engine, self._store, self._now, self._invalidate)
        self._asking = asking
        self._log = log
        self._flights: dict[tuple[bytes, bytes], Flight] = {}
        self._tasks: dict[asyncio.Task[None], Flight] = {}
        self._in_background = 0

    async def answer(self, client: Client) -> None:
        """Answer this request. Raises Failure, also after the response has begun, and ClientGone."""
        front = client.front
        asked = asked_by(front, self._asking.default_authority.encode())
        if asked.has_content or asked.method not in _FROM_STORE or front.upgrade:
            await self._pass(client, asked)
        else:
            await self._answer(_Wish(client, asked, self._engine.key(asked)))

    async def close(self) -> None:
        """Ask the upstream no more, and let go of the store."""
        for task in self._tasks:
            task.cancel()
        if self._tasks:
            await asyncio.wait(self._tasks)
        await self._store.close()

    async def _answer(self, wish: _Wish) -> None:
        found = () if wish.lost else await self._store.find(wish.key)
        decision = self._engine.decide(wish.asked, found, self._now())
        if isinstance(decision, Forward):
            await self._forward(wish, decision)
        elif isinstance(decision, Refuse):
            raise Failure(Condition.INTERNAL_RESPONSE, decision.why, override=decision.status)
        else:
            if decision.revalidate is not None:
                self._revalidate(wish, decision.revalidate)
            await self._serve(wish, decision.answer)

    async def _pass(self, client: Client, asked: Asked) -> None:
        """Nothing that is stored may answer this request; what comes back may make it invalid."""
        decision = self._engine.decide(asked, (), self._now())
        if isinstance(decision, Refuse):
            raise Failure(Condition.INTERNAL_RESPONSE, decision.why, override=decision.status)
        assert isinstance(decision, Forward)
        passing = Passing(client, self._settings, asked, decision, self._parts)
        await self._asking.ask(client, passing, decision.method, decision.fields, asked.authority)

    async def _serve(
        self, wish: _Wish, answer: FromStore, body: Body | None = None, more: Sequence[Field] = ()
    ) -> None:
        """`body`: the content, where somebody has kept hold of it."""
        if answer.content and body is None and (body := self._store.open(answer.stored)) is None:
            await self._answer(replace(wish, lost=True))  # it has just been dropped
            return
        try:
            await send_stored(wish.client, answer, body if answer.content else None, self._name, more)
        except Failure:
            if wish.client.started:
                raise
            await self._store.remove(answer.stored)
            await self._answer(replace(wish, lost=True))

    # Asking the upstream

    async def _forward(self, wish: _Wish, forward: Forward) -> None:
        name = (wish.key, forward.method) if forward.collapse and not wish.alone else None
        flight = None if name is None else self._flights.get(name)
        if flight is not None and flight.open:
            await self._follow(wish, forward, flight)
        else:
            leader = ToClient(wish.client, self._settings.name, self._settings.clock)
            flight = Flight(wish.asked, forward, leader, self._parts, alone=wish.alone)
            self._launch(flight, wish.client, name)
            await self._lead(wish, flight)

    async def _lead(self, wish: _Wish, flight: Flight) -> None:
        """Answer with what this request itself has brought."""
        landing = await flight.join(wish.client)
        if isinstance(landing, Failure):
            await self._failed(wish, flight.forward, flight, landing)
        elif landing is not None:
            reaction = landing.reaction
            if isinstance(reaction, Relay):
                assert landing.body is not None
                assert flight.reader is not None
                fields = arrived_fields(landing, wish.client, self._settings.name, flight.said(reaction.cache_status))
                await send_arrived(wish.client, landing, landing.body, flight.reader, fields)
            elif reaction.answer is not None:
                answer = with_cache_status(reaction.answer, flight.said(reaction.answer.cache_status))
                await self._serve(wish, answer, flight.kept.get(answer.stored.ident))

    async def _follow(self, wish: _Wish, forward: Forward, flight: Flight) -> None:
        """Answer with what another request brings, if that can be used; else ask once more."""
        came = self._now()
        landing = await flight.join(wish.client)
        if isinstance(landing, Failure):
            if wish.failures:
                await self._failed(wish, forward, flight, landing)
            else:
                await self._answer(replace(wish, failures=1))
        elif landing is None or not await self._share(wish, forward, flight, landing, came):
            await self._answer(replace(wish, alone=True))

    async def _share(self, wish: _Wish, forward: Forward, flight: Flight, landing: Arrived, came: Instant) -> bool:
        """Answer with another's response. Gives whether that can be done. `came`: when this request did: for one that
        waited the response is new, for one that came later it is as old as it is."""
        at = max(came, landing.at, key=attrgetter("steady"))
        own = self._engine.answered(wish.asked, forward, landing.head, landing.asked_at, at, shared=True)
        if isinstance(landing.reaction, Relay):
            return isinstance(own, Relay) and await self._share_content(
                wish, landing, at, with_collapsed(own.cache_status, True)
            )
        if not isinstance(own, Validated | ServeStale) or own.answer is None or type(own) is not type(landing.reaction):
            return False
        shared = with_cache_status(own.answer, with_collapsed(own.answer.cache_status, True))
        await self._serve(wish, shared, flight.kept.get(shared.stored.ident))
        return True

    async def _share_content(self, wish: _Wish, landing: Arrived, at: Instant, status: bytes) -> bool:
        """The same with what is still being stored, where this request could be answered with it from the store: with
        what is stored of it, and no more."""
        body, reaction = landing.body, landing.reaction
        if body is None or not body.whole or not isinstance(reaction, Relay) or reaction.store is None:
            return False
        reuse = self._engine.decide(wish.asked, (reaction.store,), at)
        if not isinstance(reuse, Serve):
            return False
        answer = with_cache_status(reuse.answer, status)
        if answer.status == 304:
            await self._serve(wish, answer)
        else:
            fields = shared_fields(landing, answer, self._name)
            await send_arrived(wish.client, landing, body, body.read(), fields)
        return True

    async def _failed(self, wish: _Wish, forward: Forward, flight: Flight, failure: Failure) -> None:
        """There is no answer. Serve a stale one in its place, or raise the Failure."""
        if not of_the_upstream(failure):
            raise failure
        reaction = self._engine.failed(wish.asked, forward, unreachable=unreachable(failure), now=self._now())
        if isinstance(reaction, ServeStale):
            self._log(f"{wish.client.asked}: {failure}; a stale response is served")
            body = flight.kept.get(reaction.answer.stored.ident)
            await self._serve(wish, reaction.answer, body, [beside_stale(failure, self._settings.name)])
        else:
            raise with_status(failure, reaction.status if isinstance(reaction, Fail) else None)

    def _revalidate(self, wish: _Wish, forward: Forward) -> None:
        """Ask while nobody waits, unless somebody asks already."""
        name = wish.key, forward.method
        if name in self._flights or self._in_background >= MOST_IN_BACKGROUND:
            return
        flight = Flight(wish.asked, forward, None, self._parts)
        self._in_background += 1
        self._launch(flight, wish.client, name)

    def _launch(self, flight: Flight, client: Client, name: tuple[bytes, bytes] | None) -> None:
        self._give_up_abandoned()
        if name is not None:
            self._flights[name] = flight
        task = asyncio.create_task(flight.fly(client, self._asking, self._log), name="asking the upstream")
        self._tasks[task] = flight
        task.add_done_callback(partial(self._landed, name))

    def _give_up_abandoned(self) -> None:
        """Of those that go on for the store alone, let go of the oldest where there are too many."""
        if len(self._tasks) > MOST_ABANDONED:
            abandoned = [flight for flight in self._tasks.values() if flight.abandoned]
            for flight in abandoned[:-MOST_ABANDONED]:
                flight.gone.set()

    def _landed(self, name: tuple[bytes, bytes] | None, task: "asyncio.Task[None]") -> None:
        flight = self._tasks.pop(task)
        self._in_background -= flight.in_background
        if name is not None and self._flights.get(name) is flight:
            del self._flights[name]

    async def _invalidate(self, key: bytes) -> None:
        """What is being asked for now may be as old as what is stored: nobody joins it, and it will not be stored."""
        for flight in self._tasks.values():
            if flight.key == key:
                flight.overtake()
        for name in [name for name in self._flights if name[0] == key]:
            del self._flights[name]
        await self._store.invalidate(key)

    def _now(self) -> Instant:
        return Instant(self._settings.clock(), self._settings.monotonic())
