"""The response on its way to the client: sent on as it comes, or held back until it is complete, or too long."""

from collections.abc import Callable

from lab.gateways.reference.answer import Part
from lab.gateways.reference.client import Client
from lab.gateways.reference.request_fields import trailing
from lab.gateways.reference.response_fields import response_fields
from lab.h1 import Fields, Head


class Relay:
    """`name`: of the gateway. `buffer`: how many bytes of content are held back; None: none, and not even for them.

    As long as nothing has been sent, a broken response can still become an answer that says so. Afterwards the client
    gets what came before the fault, and an end by which it can tell.
    """

    def __init__(self, client: Client, name: str, buffer: int | None, clock: Callable[[], float]) -> None:
        self._client = client
        self._name = name
        self._buffer = buffer
        self._clock = clock
        self._head: Head | None = None
        self._trailers = Fields()
        self._held: list[bytes] = []
        self._size = 0

    async def add(self, part: Part) -> None:
        """Take a part of the response; returns when the client has taken what is due. Raises its Failure."""
        self._head = part.head or self._head
        self._trailers = part.trailers or self._trailers
        if part.content:
            self._held.append(part.content)
            self._size += len(part.content)
        if part.failure is not None:
            if self._client.started:
                await self._send(more=True)
            raise part.failure
        if not part.complete and (self._client.started or self._due()):
            await self._send(more=True)

    async def finish(self) -> None:
        """Send the rest: the response is complete.

        Its trailer fields go with it where the client takes them: it said so (RFC 9110, 6.5.1), or it speaks HTTP/2, of
        whose messages they are a part (RFC 9113, 8.1). Otherwise they are discarded, never merged into the header
        section; Trailer stays there, as a hint at what was lost (RFC 9110, 6.6.2).
        """
        front = self._client.front
        if self._trailers and self._head is not None and (front.takes_trailers or front.version == "2"):
            front.trailing(trailing(self._trailers, self._head.fields))
        await self._send(more=False)

    def _due(self) -> bool:
        return self._head is not None and (self._buffer is None or self._size > self._buffer)

    async def _send(self, *, more: bool) -> None:
        if not self._client.started and self._head is not None:
            fields = response_fields(self._head, self._name, self._clock(), self._client.front.version)
            await self._client.start(self._head.status, fields, self._head.reason)
        content = self._held[0] if len(self._held) == 1 else b"".join(self._held)
        self._held.clear()
        if content or not more:
            await self._client.send(content, more=more)
