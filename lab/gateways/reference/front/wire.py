"""The sending end of a client connection, whatever the version: writing, the write time-out, and how it is closed."""

import asyncio
import contextlib
from collections.abc import Callable

from lab.gateways.reference.front.deadline import Deadline
from lab.gateways.reference.front.settings import FrontSettings
from lab.gateways.reference.front.tunnel import ClientGone
from lab.serving.connection import Connection

# Octets that may wait for the client's system before a writer waits for them to become fewer.
HIGH_WATER = 65_536


class Wire:
    """`closing`: nothing that is read counts any more. `deadline`: what the connection waits for. `gave_up` is called
    when the client does not read, after the connection was reset."""

    def __init__(self, connection: Connection, settings: FrontSettings, gave_up: Callable[[], None]) -> None:
        self.closing = False
        self.deadline = Deadline()
        self._connection = connection
        self._writer = connection.writer
        self._settings = settings
        self._gave_up = gave_up
        self._writer.transport.set_write_buffer_limits(HIGH_WATER)  # asyncio's TLS would hold eight times as much

    @property
    def unsent(self) -> int:
        """Octets that the system has not taken yet."""
        try:
            return self._writer.transport.get_write_buffer_size()
        except AttributeError:  # asyncio's TLS, closed twice, has forgotten what it was
            return 0

    def write(self, octets: bytes) -> None:
        if not self._writer.is_closing():
            self._writer.write(octets)

    async def drain(self) -> None:
        """Wait until the client has taken enough. Raises ClientGone."""
        unsent = self.unsent
        while unsent or self._writer.is_closing():
            try:
                async with asyncio.timeout(self._settings.write_timeout):
                    await self._writer.drain()
                return
            except TimeoutError:
                before, unsent = unsent, self.unsent
                if unsent < before:
                    continue  # slowly, but the client reads
                self.reset()
                self._gave_up()
                raise ClientGone("the client does not read") from None
            except ConnectionError as error:
                raise ClientGone("the client has gone") from error

    def end_writing(self) -> None:
        """FIN, or, since TLS cannot be closed by halves here, the end of the connection with a closure alert."""
        if self._writer.can_write_eof():
            with contextlib.suppress(OSError):
                self._writer.write_eof()
        else:
            self._writer.close()

    def close(self, *, owed: bool = False) -> None:
        """Close in stages, so that no reset takes the last answer from the client (RFC 9112, 9.6).

        `owed`: the client is still sending. Over TLS it may then close first, for it has seen the end of the answer.
        """
        if self.closing:
            return
        self.closing = True
        if self._writer.can_write_eof() or not owed:
            self.end_writing()
        self.deadline.set(self._settings.linger, lambda: self._let_go(None))

    def reset(self) -> None:
        """End it with RST. What is not sent yet is lost."""
        self.closing = True
        self.deadline.stop()
        self._connection.reset()

    def lost(self) -> None:
        self.closing = True
        self.deadline.stop()

    def _let_go(self, unsent: int | None) -> None:
        """The end of patience, except with a client that is slow in reading what it was sent."""
        left = self.unsent
        if not left:
            self._writer.close()
        elif unsent is None or left < unsent:
            self.deadline.set(self._settings.write_timeout, lambda: self._let_go(left))
        else:
            self._writer.transport.abort()
