"""A response to a request that goes past the store, for its method or its content: the cache only takes note of it."""

from collections.abc import Callable

from lab.gateways.reference.cache.engine import Asked, Engine, Forward, Instant, Relay, Validated
from lab.gateways.reference.cache.sending import CACHE_STATUS
from lab.gateways.reference.cache.store import Store
from lab.gateways.reference.client import Client
from lab.gateways.reference.recipient import ToClient
from lab.gateways.reference.settings import Settings
from lab.h1 import Field, Head


class Passing(ToClient):
    """What it makes invalid is gone from the store before the client knows of it (RFC 9111, 4.4)."""

    def __init__(
        self,
        client: Client,
        settings: Settings,
        asked: Asked,
        forward: Forward,
        engine: Engine,
        store: Store,
        now: Callable[[], Instant],
    ) -> None:
        super().__init__(client, settings.name, settings.clock)
        self._asked = asked
        self._forward = forward
        self._engine = engine
        self._store = store
        self._now = now
        self._asked_at = now()

    async def start(self, head: Head) -> None:
        reaction = self._engine.answered(self._asked, self._forward, head, self._asked_at, self._now())
        if isinstance(reaction, Relay):
            for key in reaction.invalidates:
                await self._store.invalidate(key)
        if isinstance(reaction, Relay | Validated):
            self.appended = [Field(CACHE_STATUS, reaction.cache_status)]
        await super().start(head)
