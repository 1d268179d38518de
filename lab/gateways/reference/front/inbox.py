"""The content of a request on its way to the application, with back-pressure."""

import asyncio

# Octets of a piece to which the next one is joined: many small ones would take more room than what is in them.
_SMALL = 4_096


class Inbox:
    """Where a connection puts what it reads, and the application takes it.

    `leave` ends all waiting on either side: nobody wants more, or no more comes.
    """

    def __init__(self) -> None:
        self.ended = False
        self._left = False
        self._pieces: list[bytes] = []
        self._changed = asyncio.Event()

    async def put(self, piece: bytes) -> None:
        """Waits until the piece before has been taken."""
        while self._pieces and not self._left:
            await self._change()
        self.add(piece)

    def add(self, piece: bytes) -> None:
        """Without waiting."""
        if piece and not self._left:
            if self._pieces and len(self._pieces[-1]) < _SMALL:
                self._pieces[-1] += piece
            else:
                self._pieces.append(piece)
            self._changed.set()

    def end(self) -> None:
        """The content is complete."""
        self.ended = True
        self._changed.set()

    def leave(self) -> None:
        self._left = True
        self._pieces.clear()
        self._changed.set()

    @property
    def waiting(self) -> bool:
        """Whether there is nothing to take, and something may still come."""
        return not (self._pieces or self.ended or self._left)

    async def arrival(self) -> None:
        """Wait until there is something to take, or nothing more comes."""
        while self.waiting:
            await self._change()

    def take(self) -> bytes:
        """What has been put; empty when there is nothing."""
        taken = self._pieces[0] if len(self._pieces) == 1 else b"".join(self._pieces)
        self._pieces.clear()
        self._changed.set()
        return taken

    async def _change(self) -> None:
        self._changed.clear()
        await self._changed.wait()
