"""The upstream's end of a connection: reads requests, shakes hands as a server, and says who made each answer."""

import base64
import hashlib
from collections.abc import Mapping
from typing import TYPE_CHECKING

from lab.script import (
    Close,
    Part,
    Placeholder,
    Received,
    ReceiveRequest,
    Reset,
    Send,
    StartTLS,
    Step,
    nonce,
    nonce_line,
)
from lab.transcript import What
from lab.upstream.actor import PENDING, Actor, Waiting
from lab.upstream.connection import Connection
from lab.upstream.incoming import Incoming
from lab.upstream.recording import Recording
from lab.upstream.securing import ServerTls

if TYPE_CHECKING:
    from lab.upstream.listening import Listener

_WEBSOCKET = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"  # RFC 6455, 1.3


class Answerer(Actor):
    """Plays the script that its listener has for it; on a connection that is kept, one after the other.

    `act`: the one that its script belongs to. `ordinal`: its number among the connections of its peer in that act.
    """

    def __init__(self, record: Recording, connection: Connection, listener: "Listener") -> None:
        super().__init__(record, connection)
        self.listener = listener
        self.act = self.ordinal = 0
        self._has_taken = False
        self._incoming = Incoming()
        self._request = Received(b"", b"", b"", (), b"")
        self._answers = 0

    @property
    def has_received(self) -> bool:
        tls = self.connection.tls
        return bool(self._incoming) or (tls is not None and tls.begun and not tls.ready)

    def take(self, at_least: int) -> bytes | None:
        taken = self._incoming.take(at_least)
        self._has_taken = self._has_taken or taken is not None
        return taken

    # What the connection tells

    def opened(self) -> None:
        self.listener.joined(self)
        self.begin()

    def begin(self) -> None:
        """Play the script that is on now for this connection."""
        script = self.listener.script(self)
        self._has_taken = False
        if script is None:
            self.leave()  # accepted just before the peer went away
        else:
            self.play(script)

    def arrived(self, data: bytes) -> None:
        was_idle = self.idle and not self.over
        self._incoming.arrived(data)
        if was_idle and not self.playing:
            self._incoming.skip()
        if was_idle and self._incoming and (self._answers_again or self.act < self.listener.act):
            self.begin()
        self.wake()

    @property
    def _answers_again(self) -> bool:
        """Whether its script is over and begins anew with the next request: not one that never takes what is sent."""
        return not self.playing and self._has_taken

    def gone(self) -> None:
        super().gone()
        self.listener.left(self)

    # Steps of its own

    def special(self, step: Step) -> Waiting:
        match step:
            case ReceiveRequest():
                return self._receive_request(step)
            case StartTLS():
                return self._start_tls(step)
            case _:
                return super().special(step)

    def _receive_request(self, step: ReceiveRequest) -> Waiting:
        self.took_effect(step)

        def look() -> object:
            request = self._incoming.request(step.content)
            if request is None:
                return PENDING
            self._request, self._has_taken = request, True
            said = f"{request.method.decode('latin-1')} {request.target.decode('latin-1')}"
            self.connection.note(What.REQUEST, detail=said if request.method else "no request that can be read")
            return request

        return look

    def _start_tls(self, step: StartTLS) -> Waiting:
        if self.connection.tls is not None:  # a connection that was kept
            return lambda: None
        tls = ServerTls(self.listener.context(step), insist_on=step.alpn if step.refuse_alpn else ())
        self.connection.secure(tls, self._incoming.take(0) or b"")
        counted = False

        def look() -> object:
            nonlocal counted
            if tls.begun and not counted:
                counted = True
                self.took_effect(step)
            return None if tls.ready else PENDING

        return look

    def took_effect(self, step: Step) -> None:
        super().took_effect(step)
        if isinstance(step, Send | Close | Reset | StartTLS):
            self.listener.took_effect(self)

    # Who made it

    def values(self, parts: tuple[Part, ...]) -> Mapping[Placeholder, bytes]:
        return {part: self._value(part) for part in parts if isinstance(part, Placeholder)}

    def _value(self, placeholder: Placeholder) -> bytes:
        match placeholder:
            case Placeholder.NONCE:
                self._answers += 1
                return nonce_line(self._nonce())
            case Placeholder.FIELDS:
                return self.listener.fields
            case Placeholder.ACCEPT:
                key = self._request.get(b"sec-websocket-key") or b""
                accept = base64.b64encode(hashlib.sha1(key + _WEBSOCKET).digest())
                return b"Sec-WebSocket-Accept: " + accept + b"\r\n"
            case Placeholder.STREAM:
                return (1).to_bytes(4, "big")  # where clients begin; HTTP/2 is not read yet

    def _nonce(self) -> bytes:
        return nonce(self.listener.performance, self.record.act, self.connection.number, self._answers)

    def sent(self, data: bytes, values: Mapping[Placeholder, bytes]) -> None:
        if Placeholder.NONCE in values:
            self.connection.note(What.ANSWERED, detail=self._nonce().decode())

    # Endings

    def leave(self) -> None:
        """End the connection as a server that is shut down."""
        self.over = True
        self._stop()
        self.connection.close()

    def script_over(self) -> None:
        if self.connection.ended or not self._incoming.persistent:
            self.connection.close()
