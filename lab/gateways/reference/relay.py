"""The response on its way to its recipient: sent on as it comes, or held back until it is complete, or too long."""

from lab.gateways.reference.answer import Part
from lab.gateways.reference.recipient import Recipient
from lab.h1 import Fields, Head


class Relay:
    """`buffer`: how many bytes of content are held back; None: none, and not even for them.

    As long as nothing has been sent, a broken response can still become an answer that says so. Afterwards its
    recipient gets what came before the fault, and an end by which one can tell.
    """

    def __init__(self, recipient: Recipient, buffer: int | None) -> None:
        self._recipient = recipient
        self._buffer = buffer
        self._head: Head | None = None
        self._trailers = Fields()
        self._held: list[bytes] = []
        self._size = 0

    async def add(self, part: Part) -> None:
        """Take a part of the response; returns when the recipient has taken what is due. Raises its Failure."""
        self._head = part.head or self._head
        self._trailers = part.trailers or self._trailers
        if part.content:
            self._held.append(part.content)
            self._size += len(part.content)
        if part.failure is not None:
            if self._recipient.started:
                await self._send()
            raise part.failure
        if not part.complete and (self._recipient.started or self._due()):
            await self._send()

    async def finish(self) -> None:
        """Send the rest: the response is complete."""
        await self._start()
        await self._recipient.finish(self._taken(), self._trailers)

    def _due(self) -> bool:
        return self._head is not None and (self._buffer is None or self._size > self._buffer)

    async def _send(self) -> None:
        await self._start()
        if content := self._taken():
            await self._recipient.send(content)

    async def _start(self) -> None:
        if not self._recipient.started and self._head is not None:
            await self._recipient.start(self._head)

    def _taken(self) -> bytes:
        """What has been held back, and is no longer."""
        content = self._held[0] if len(self._held) == 1 else b"".join(self._held)
        self._held.clear()
        return content
