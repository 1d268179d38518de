"""One upstream connection: bytes both ways, with back-pressure, and how it ended.

A Protocol of asyncio's, because its StreamReader throws away what arrived before a reset, and its transport, where a
write fails, throws away what it has not read yet: often an early answer.
"""

import asyncio
import contextlib
import socket
from collections.abc import Callable
from typing import ClassVar

from lab.gateways.reference.failure import Failure
from lab.gateways.reference.secured import Secured
from lab.gateways.reference.waiting import Bell
from lab.rfc.conditions import Condition
from lab.serving.sockets import end_with_reset

MOST_READ = 262_144
"""Bytes read at once, as asyncio does it."""

ALL_READ = 1 << 20
"""Bytes that all connections in use read at once, together: what one client asks for and does not take stays small,
on however many streams it asks."""

LEAST_READ = 8_192

_MOST_RESCUED = 1 << 20


class UpstreamConnection(asyncio.Protocol):
    """`ended`: no more bytes will come. `clean`: it ended by FIN, under TLS after the closure alert. `failure`: the
    failure of TLS that ended it, if one did. `lost`: it is gone in both directions.

    Where more waits to be taken than is read at once, reading pauses.
    """

    _in_use: ClassVar[set["UpstreamConnection"]] = set()

    def __init__(self, sock: socket.socket, secured: Secured | None = None) -> None:
        self.reused = False
        self.ended = False
        self.clean = False
        self.failure: Failure | None = None
        self.lost: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._transport: asyncio.Transport
        self._sock = sock
        self._secured = secured
        self._pieces: list[bytes] = []
        self._held = 0
        self._reading = True
        self._full = False
        self._changed = Bell()
        self._writable = Bell()
        self._when_idle: Callable[[], None] | None = None

    # What asyncio calls

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._in_use.add(self)
        self._apportion()

    def data_received(self, data: bytes) -> None:
        if self._secured is not None:
            data = self._decrypted(data, self._secured)
        if data:
            self._pieces.append(data)
            self._held += len(data)
            if self._held > self._apportion() and self._reading and not self._transport.is_closing():
                self._reading = False
                self._transport.pause_reading()
        self._tell()

    def eof_received(self) -> bool:
        self._end(clean=self._secured is None)
        return True  # the other direction stays open: whoever holds the connection closes it

    def connection_lost(self, exc: Exception | None) -> None:
        if exc is not None and not self.ended:
            self._rescue()
        self._end(clean=False)
        self._in_use.discard(self)  # only now: who is told of the end takes it out of those that are idle
        self._writable.ring()
        self.lost.set_result(None)

    def pause_writing(self) -> None:
        self._full = True

    def resume_writing(self) -> None:
        self._full = False
        self._writable.ring()

    # What the gateway calls

    def introduce(self, preamble: bytes) -> None:
        """Send this as it is, before anything else: also before TLS."""
        if preamble:
            self._transport.write(preamble)

    async def secure(self, seconds: float) -> None:
        """Shake hands, where this connection uses TLS. Raises Failure."""
        secured = self._secured
        if secured is None:
            return
        self._flush()
        try:
            async with asyncio.timeout(seconds):
                while not secured.ready and not self.ended:
                    await self._changed.wait(None)
        except TimeoutError:
            details = f"the handshake was not done after {seconds:g} s; so far came {secured.begun}"
            raise Failure(Condition.TLS_TIMEOUT, details) from None
        if self.failure is not None:
            raise self.failure
        if not secured.ready:
            raise Failure(
                Condition.TLS_CLOSED, f"the connection ended in the handshake; before it came {secured.begun}"
            )

    def take(self) -> bytes:
        """What has arrived, now."""
        data = self._pieces[0] if len(self._pieces) == 1 else b"".join(self._pieces)
        self._pieces.clear()
        self._held = 0
        if not self._reading and not self._transport.is_closing():
            self._reading = True
            self._transport.resume_reading()
        return data

    async def changed(self, seconds: float | None) -> None:
        """Until something arrives, the connection ends, or `wake` is called. Raises TimeoutError."""
        await self._changed.wait(seconds)

    def wake(self) -> None:
        """Let `changed` return."""
        self._changed.ring()

    def write(self, data: bytes) -> None:
        """Send, or keep until it can be sent. Nothing happens where the connection is gone."""
        if self._transport.is_closing():
            return
        self._apportion()
        if self._secured is None:
            self._transport.write(data)
        elif self.failure is None:
            self._secured.send(data)
            self._flush()

    async def drain(self, seconds: float) -> None:
        """Until the upstream has taken enough of what was written. Raises TimeoutError when it takes nothing."""
        while self._full and not self.lost.done():
            left = self._transport.get_write_buffer_size()
            try:
                await self._writable.wait(seconds)
            except TimeoutError:
                if self._transport.get_write_buffer_size() == left:
                    raise

    def idle(self, surprised: Callable[[], None] | None) -> None:
        """From now on nothing is expected, and whatever comes (bytes, the end) calls `surprised`; None: no longer."""
        self._when_idle = surprised
        if surprised is None and not self.lost.done():
            self._in_use.add(self)
        else:
            self._in_use.discard(self)
        if surprised is not None and (self._held or self.ended):
            surprised()

    @property
    def how(self) -> str:
        """How it ended, in words."""
        if self.clean:
            return "the upstream closed the connection"
        return (
            "the upstream reset the connection" if self.lost.done() else "no closure alert of TLS came before the end"
        )

    def end_writing(self) -> None:
        """Send nothing more, but go on reading: FIN; under TLS the closure alert alone, which asks for no more."""
        if self._transport.is_closing():
            return
        if self._secured is None:
            with contextlib.suppress(OSError):  # the upstream has broken it off, as will be told
                self._transport.write_eof()
        elif self.failure is None:
            self._secured.close()
            self._flush()

    def reset(self) -> None:
        """End both directions at once: RST, and under TLS no closure alert."""
        if not self._transport.is_closing():
            end_with_reset(self._sock)
            self._transport.abort()

    def close(self) -> None:
        """Closure alert, FIN; at once where the upstream does not take what was written."""
        if self._transport.is_closing():
            return
        if self._secured is not None and self._secured.ready and self.failure is None:
            self._secured.close()
            self._flush()
        if self._transport.get_write_buffer_size():
            self._transport.abort()
        else:
            self._transport.close()

    def _apportion(self) -> int:
        """How many bytes to read at once: this connection's share."""
        share = max(LEAST_READ, min(MOST_READ, ALL_READ // max(1, len(self._in_use))))
        with contextlib.suppress(AttributeError):  # another loop than asyncio's own, which reads as it likes
            self._transport.max_size = share  # type: ignore[attr-defined]
        return share

    def _decrypted(self, data: bytes, secured: Secured) -> bytes:
        if self.failure is not None or secured.closed:
            return b""
        plain = secured.receive(data)
        self._flush()
        self.failure = secured.failure
        if secured.failure is not None or secured.closed:
            self._end(clean=secured.closed)
        return plain

    def _flush(self) -> None:
        if self._secured is not None and (data := self._secured.outgoing()) and not self._transport.is_closing():
            self._transport.write(data)

    def _rescue(self) -> None:
        """The transport has failed and will read no more: fetch what had arrived before."""
        rescued = 0
        try:
            while rescued < _MOST_RESCUED and (data := self._sock.recv(MOST_READ)):
                rescued += len(data)
                self.data_received(data)
        except OSError:
            return

    def _end(self, *, clean: bool) -> None:
        if not self.ended:
            self.ended, self.clean = True, clean
            self._tell()

    def _tell(self) -> None:
        self._changed.ring()
        if self._when_idle is not None and (self._held or self.ended):
            self._when_idle()
