"""A response to a request that goes past the store, for its method or its content."""

from lab.gateways.reference.cache.body import Body
from lab.gateways.reference.cache.engine import Asked, Forward, Relay, Validated
from lab.gateways.reference.cache.parts import Parts, begun
from lab.gateways.reference.cache.sending import CACHE_STATUS, as_stored
from lab.gateways.reference.client import Client
from lab.gateways.reference.recipient import ToClient
from lab.gateways.reference.request_fields import trailing
from lab.gateways.reference.settings import Settings
from lab.h1 import Field, Fields, Head


class Passing(ToClient):
    """What it makes invalid is gone from the store before the client knows of it (RFC 9111, 4.4). Where it may answer
    later requests itself, as the response to a POST may (RFC 9110, 9.3.3), it is stored on its way. That to a GET which
    asks for a switch of protocols is not: it might be older than what an unsafe request has changed meanwhile."""

    def __init__(self, client: Client, settings: Settings, asked: Asked, forward: Forward, parts: Parts) -> None:
        super().__init__(client, settings.name, settings.clock)
        self._asked = asked
        self._forward = forward._replace(stores=False) if asked.method == b"GET" else forward
        self._parts = parts
        self._asked_at = parts.now()
        self._stored: Body | None = None

    async def start(self, head: Head) -> None:
        parts = self._parts
        reaction = parts.engine.answered(self._asked, self._forward, head, self._asked_at, parts.now())
        if isinstance(reaction, Relay):
            for key in reaction.invalidates:
                await parts.invalidate(key)
            if reaction.store is not None:
                self._stored = begun(parts.store, reaction.store, reaction.replaces, head)
        if isinstance(reaction, Relay | Validated):
            self.appended = [Field(CACHE_STATUS, as_stored(reaction.cache_status, self._stored))]
        await super().start(head)

    async def send(self, content: bytes) -> None:
        await self._keep(content)
        await super().send(content)

    async def finish(self, content: bytes, trailers: Fields) -> None:
        await self._keep(content)
        if self._stored is not None:
            self._stored.complete(Fields(trailing(trailers, self._fields)))
        await super().finish(content, trailers)

    async def _keep(self, content: bytes) -> None:
        """Content that is dropped before it is complete is never found."""
        if self._stored is not None and content and not await self._stored.add(content):
            self._stored = None
