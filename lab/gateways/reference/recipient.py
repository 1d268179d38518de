"""Who receives a response: the client that asked for it, or whoever wants it besides."""

from collections.abc import Callable, Sequence
from typing import Protocol

from lab.gateways.reference.client import Client
from lab.gateways.reference.front.exchange import Notice
from lab.gateways.reference.request_fields import trailing
from lab.gateways.reference.response_fields import end_to_end, response_fields
from lab.h1 import Field, Fields, Head


class Recipient(Protocol):
    """Takes a response as it comes, and holds it back by returning late. May raise what ends the exchange."""

    @property
    def gone(self) -> Notice:
        """Set when nobody wants the response any more."""

    @property
    def started(self) -> bool:
        """Whether the final response has begun, and cannot become another one."""

    async def interim(self, head: Head) -> None:
        """An interim response, before anything else."""

    async def start(self, head: Head) -> None:
        """The final response begins."""

    async def send(self, content: bytes) -> None:
        """A piece of its content."""

    async def finish(self, content: bytes, trailers: Fields) -> None:
        """The last piece, which may be empty, and the trailer fields. The response is complete."""


class ToClient:
    """The client, to whom the response is made over. `name`: of the gateway. `clock`: seconds since 1970. `appended`:
    the field lines that this gateway has to add to those of the upstream."""

    def __init__(self, client: Client, name: str, clock: Callable[[], float]) -> None:
        self.appended: Sequence[Field] = ()
        self._client = client
        self._name = name
        self._clock = clock
        self._fields = Fields()  # of the response's header section

    @property
    def gone(self) -> Notice:
        return self._client.front.disconnected

    @property
    def started(self) -> bool:
        return self._client.started

    async def interim(self, head: Head) -> None:
        """No field line is added: they speak of the final response, or of none."""
        await self._client.front.interim(head.status, end_to_end(head))

    async def start(self, head: Head) -> None:
        self._fields = head.fields
        fields = response_fields(head, self._name, self._clock(), self._client.front.version)
        await self._client.start(head.status, [*fields, *self.appended], head.reason)

    async def send(self, content: bytes) -> None:
        await self._client.send(content, more=True)

    async def finish(self, content: bytes, trailers: Fields) -> None:
        if trailers:
            self._client.give_trailers(trailing(trailers, self._fields))
        await self._client.send(content, more=False)
