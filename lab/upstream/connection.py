"""One connection of the lab's own: bytes both ways, and each way to end it, written down as it happens.

An asyncio Protocol, because a StreamReader throws away what had come when an RST comes after it.
"""

import asyncio
import contextlib
from collections.abc import Sequence
from typing import Protocol

from lab.serving.sockets import end_with_reset
from lab.tls import Alert
from lab.transcript import What
from lab.upstream.key_log import key_log
from lab.upstream.recording import Recording
from lab.upstream.securing import Failure, Tls

MOST_BYTES = 1 << 26
"""What one connection receives at most; then it stops reading, and the other side has to wait."""

_SLICE = 1 << 18
_MOST_TURNS = 1_000
_CLOSURE = Alert.CLOSE_NOTIFY.registered


class Party(Protocol):
    """Who uses a connection, and is told what happens on it."""

    def opened(self) -> None:
        """It is there."""

    def arrived(self, data: bytes) -> None:
        """Bytes have come, decrypted."""

    def changed(self) -> None:
        """TLS has got on, or what was sent has gone out."""

    def ended(self) -> None:
        """The other side sends no more: FIN, a closure alert, or a failed handshake."""

    def gone(self) -> None:
        """It is lost in both directions."""


class Connection(asyncio.Protocol):
    """`ended`: the other side sends no more. `closed`: we send no more. `gone`: it is lost in both directions.

    `request`: the number of the client's request that it is used for (0: it is not the client's).
    """

    party: Party

    def __init__(self, record: Recording, hop: int, *, peer: int = 1, request: int = 0) -> None:
        self.record = record
        self.hop, self.peer, self.request = hop, peer, request
        self.number = 0
        self.ended = self.closed = self.gone = False
        self.tls: Tls | None = None
        self._transport: asyncio.Transport | None = None
        self._outbox = memoryview(b"")
        self._blocked = False
        self._received = 0
        self._shaking = False

    # What asyncio calls

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        if self.record.sealed:
            self.abort()
            return
        transport.set_write_buffer_limits(0)  # so that we are told when all has gone out
        self.number = self.record.number(self.hop)
        self.note(What.OPENED)
        self.party.opened()

    def data_received(self, data: bytes) -> None:
        self._received += len(data)
        if self._received > MOST_BYTES and self._transport is not None:
            self._transport.pause_reading()
        if self.tls is None:
            self._arrive(data)
        else:
            self._over_wire(data, sent=False)
            self._decrypt(data, self.tls)

    def eof_received(self) -> bool:
        self.note(What.ENDED)
        if self.tls is not None and self.tls.begun and not self.tls.ready and self.tls.failure is None:
            self.note(What.HANDSHAKE_FAILED, detail="the connection was closed in the handshake")
        self._end()
        return not self.closed  # half open, until the party closes it too

    def connection_lost(self, exc: Exception | None) -> None:
        if exc is not None:
            if not self.ended:
                self._rescue()
            self.note(What.BROKEN, detail=str(getattr(exc, "strerror", None) or exc))
        self.gone = True
        self._outbox = memoryview(b"")
        if self.number:
            self.party.gone()

    def pause_writing(self) -> None:
        self._blocked = True

    def resume_writing(self) -> None:
        self._blocked = False
        self._pump()
        if self.drained:
            self.party.changed()

    # What the party calls

    @property
    def drained(self) -> bool:
        """Whether all that was sent has gone out."""
        return not self._outbox and not self._blocked

    @property
    def there(self) -> bool:
        """Whether there is a socket still."""
        return self._transport is not None and not self.gone

    @property
    def open(self) -> bool:
        """Whether bytes can be sent, and somebody may take them."""
        return not (self.closed or self.gone or self.ended or self._transport is None or self._transport.is_closing())

    def send(self, data: bytes) -> None:
        """Send this, as fast as the other side takes it."""
        self._outbox = memoryview(data)
        self._pump()

    def secure(self, tls: Tls, early: bytes = b"") -> None:
        """Speak TLS from now on. `early`: what has come before this and belongs to the handshake."""
        self.tls = tls
        self.record.taken_over(self.hop, self.number, self.peer)
        self._decrypt(early, tls)

    def close(self, *, alert: bool = True) -> None:
        """Send no more: a closure alert where there is TLS, then FIN. What comes is read until the other side ends."""
        if self.closed or self._transport is None or self._transport.is_closing():
            return
        if self.tls is not None and self.tls.ready and alert and self.tls.failure is None:
            self.tls.close()
            self._flush(self.tls)
            self.note(What.ALERT_SENT, detail=_CLOSURE)
        self.closed = True
        try:
            self._transport.write_eof()
        except OSError:  # the connection has just broken: asyncio will say so
            return
        self.note(What.CLOSED)
        if self.ended:
            self._transport.close()

    def stop_reading(self) -> None:
        """Take in nothing more, not even that the other side ends."""
        # Not at once: Python 3.11.2 begins to read after `connection_made`, paused or not. Nothing is read until then.
        asyncio.get_running_loop().call_soon(self._pause_reading)

    def reset(self) -> None:
        """Break the connection: RST."""
        if not self.gone:
            self.abort()
            self.note(What.RESET)

    def abort(self) -> None:
        """Let go of the connection at once, leaving nothing behind, not even TIME_WAIT."""
        self.closed = True
        if self._transport is not None and not self.gone:
            end_with_reset(self._transport.get_extra_info("socket"))
            self._transport.abort()

    def note(self, what: What, data: bytes = b"", detail: str = "") -> None:
        self.record.note(
            what, self.hop, self.number, data=data, detail=detail, request=self.request, peer=self.peer
        )  # fmt: skip

    def _over_wire(self, data: bytes, *, sent: bool) -> None:
        self.record.octets(self.hop, self.number, self.peer, sent=sent, data=data)

    def _arrive(self, data: bytes) -> None:
        self.note(What.RECEIVED, data)
        self.party.arrived(data)

    def _pause_reading(self) -> None:
        if self._transport is not None and not self._transport.is_closing():
            self._transport.pause_reading()

    def _end(self) -> None:
        if not self.ended:
            self.ended = True
            self.party.ended()

    def _pump(self) -> None:
        while self._outbox and not self._blocked and self._transport is not None:
            piece, self._outbox = bytes(self._outbox[:_SLICE]), self._outbox[_SLICE:]
            self._put(piece)
            if self._transport.is_closing():  # the write has failed: asyncio will say how
                self._outbox = memoryview(b"")
                return
            self.note(What.SENT, piece)

    def _put(self, piece: bytes) -> None:
        assert self._transport is not None
        if self.tls is None:
            self._transport.write(piece)
        else:
            self.tls.send(piece)
            self._flush(self.tls)

    def _flush(self, tls: Tls) -> None:
        data, transport = tls.outgoing(), self._transport
        if not data or transport is None or self.closed or transport.is_closing():  # after FIN nothing more is sent
            return
        transport.write(data)
        if not transport.is_closing():
            self._over_wire(data, sent=True)

    def _decrypt(self, data: bytes, tls: Tls) -> None:
        ready = tls.ready
        plain = tls.receive(data) if ready or not self.record.keeps_wire else self._shake(data, tls)
        if tls.begun and not self._shaking:
            self._shaking = True
            self.note(What.HANDSHAKE)
        self._flush(tls)
        if tls.ready and not ready:
            self.note(What.SECURED, detail=tls.agreed)
        self.party.changed()
        if plain:
            self._arrive(plain)
        if tls.failure is not None and not self.ended:
            self._fail(tls, tls.failure)
        elif tls.closed and not self.ended:
            self.note(What.ALERT_RECEIVED, detail=_CLOSURE)
            self._end()

    def _shake(self, data: bytes, tls: Tls) -> bytes:
        """Go on with the handshake, and keep the secrets that it settles."""
        with key_log(tls.context) as secrets:
            plain = tls.receive(data)
        self.record.secret(secrets)
        return plain

    def _fail(self, tls: Tls, failure: Failure) -> None:
        if tls.heard:
            self.note(What.RECEIVED, tls.heard)
        if failure.received:
            self.note(What.ALERT_RECEIVED, detail=failure.received)
        if failure.sent:
            self.note(What.ALERT_SENT, detail=failure.sent)
        self.note(What.BROKEN if tls.ready else What.HANDSHAKE_FAILED, detail=failure.why)
        self._end()

    def _rescue(self) -> None:
        """A write has failed, and asyncio reads no more: fetch what had come before."""
        assert self._transport is not None
        with contextlib.suppress(OSError), self._transport.get_extra_info("socket").dup() as sock:
            sock.setblocking(False)
            while self._received < MOST_BYTES and (data := sock.recv(_SLICE)):
                self.data_received(data)


async def closed(connections: Sequence[Connection]) -> None:
    """Until asyncio has closed the sockets of these connections, which were aborted."""
    for _ in range(_MOST_TURNS):
        if not any(connection.there for connection in connections):
            return
        await asyncio.sleep(0)
