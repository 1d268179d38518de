"""The content of a request on its way to the application, with back-pressure: at most one piece waits."""

import asyncio


class Inbox:
    """Where a connection puts what it reads, and the application takes it.

    `leave` ends all waiting on either side: nobody wants more, or no more comes.
    """

    def __init__(self) -> None:
        self.ended = False
        self._left = False
        self._piece = b""
        self._changed = asyncio.Event()

    async def put(self, piece: bytes) -> None:
        """Waits until the piece before has been taken."""
        while self._piece and not self._left:
            await self._change()
        if not self._left:
            self._piece = piece
            self._changed.set()

    def end(self) -> None:
        """The content is complete."""
        self.ended = True
        self._changed.set()

    def leave(self) -> None:
        self._left = True
        self._piece = b""
        self._changed.set()

    @property
    def waiting(self) -> bool:
        """Whether there is nothing to take, and something may still come."""
        return not (self._piece or self.ended or self._left)

    async def arrival(self) -> None:
        """Wait until there is something to take, or nothing more comes."""
        while self.waiting:
            await self._change()

    def take(self) -> bytes:
        """The next piece; empty when there is none."""
        piece, self._piece = self._piece, b""
        self._changed.set()
        return piece

    async def _change(self) -> None:
        self._changed.clear()
        await self._changed.wait()
