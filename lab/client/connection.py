"""The client's end of a connection, on which HTTP/1 or HTTP/2 is spoken."""

import asyncio
import os
from collections.abc import Iterator

from lab import h2
from lab.gateways import Address
from lab.h2.codes import FRAME_HEADER
from lab.script import AUTHORITY
from lab.transcript import CLIENT_HOP, What
from lab.upstream.connection import Connection
from lab.upstream.recording import Recording
from lab.upstream.securing import ClientTls

_OVER = (What.ENDED, What.BROKEN, What.ALERT_RECEIVED, What.RESET)


class ClientConnection(Connection):
    """Once the preface of HTTP/2 has been sent on it, what goes both ways is written down frame by frame, each with its
    stream, and read.

    http2     what both sides have said so far; None: HTTP/1 is spoken
    requests  which request of the act has which stream; where nothing is said, it is `request`, and none on stream 0
    """

    def __init__(self, record: Recording) -> None:
        super().__init__(record, CLIENT_HOP)
        self.http2: h2.Conversation | None = None
        self.requests: dict[int, int] = {}
        self._pieces: dict[What, Pieces] = {}
        self._events: list[h2.Event] = []

    async def connect(self, address: Address, *, secure: bool = False, http2: bool = False) -> None:
        """Connect to a gateway, with TLS if `secure`. Where that fails the recording says why, and all is over.

        `http2`: by ALPN it is offered before HTTP/1.1. A gateway that chooses HTTP/1.1 then cannot be played on.
        """
        begun = self.record.elapsed
        try:
            await asyncio.get_running_loop().create_connection(lambda: self, *address)
        except OSError as error:
            self.gone = True
            self.record.connected(begun, self.request, 0)
            self.note(What.FAILED, detail=os.strerror(error.errno) if error.errno else str(error))
            return
        self.record.connected(begun, self.request, self.number)
        if secure:
            from lab.certificates import client_context  # not needed, and slow to load, where there is no TLS

            context = client_context(verify=False, alpn=("h2", "http/1.1") if http2 else ("http/1.1",))
            self.secure(ClientTls(context, AUTHORITY.decode()))
            await self.record.until(lambda: self._secured)
            if http2 and self.tls is not None and self.tls.ready and self.tls.protocol != "h2":
                chosen = self.tls.protocol or "nothing"
                self.record.fail(f"the client asks over HTTP/2, and by ALPN the gateway has chosen {chosen}")

    @property
    def _secured(self) -> bool:
        """Whether the handshake is over."""
        return (self.tls is not None and self.tls.ready) or self.ended or self.gone

    def events(self) -> list[h2.Event]:
        """What the server has said since this was asked last."""
        events, self._events = self._events, []
        return events

    def send(self, data: bytes) -> None:
        if self.http2 is None and data.startswith(h2.PREFACE):
            self.http2 = h2.Conversation()
            self._pieces = {What.SENT: Pieces(preface=True), What.RECEIVED: Pieces()}
        super().send(data)

    def note(self, what: What, data: bytes = b"", detail: str = "") -> None:
        if self.http2 is not None and data and what in self._pieces:
            for piece, stream in self._pieces[what].cut(data):
                request = 0 if stream == 0 else self.requests.get(stream or 0, self.request)
                self.record.note(
                    what, self.hop, self.number, data=piece, request=request, peer=self.peer, stream=stream
                )  # fmt: skip
            self._read(self.http2, what, data)
            return
        super().note(what, data, detail)
        if self.http2 is not None and what in _OVER:
            self._events += self.http2.closed()

    def _read(self, http2: h2.Conversation, what: What, data: bytes) -> None:
        if what is What.SENT:
            for _ in http2.sent(data):  # its frames change how answers are read
                pass
            return
        for event in http2.received(data):
            self._events.append(event)
            if isinstance(event, h2.OnStream) and (says := h2.legible(event.what)):
                self.record.read(self.hop, self.number, event.stream, says)


class Pieces:
    """Cuts what goes one way at the edges of frames, without waiting for the end of any."""

    def __init__(self, *, preface: bool = False) -> None:
        self._head = b""
        self._stream: int | None = 0
        self._left = len(h2.PREFACE) if preface else 0
        self._begun = preface

    def cut(self, data: bytes) -> Iterator[tuple[bytes, int | None]]:
        """Each piece with its stream; None: it is not known yet, or these are no frames."""
        if not self._begun:
            self._begun = True
            if data[0]:  # no first frame is so large: the server speaks something else
                self._left, self._stream = 2**62, None
        while data:
            end = self._end(data)
            yield data[:end], self._stream
            data = data[end:]

    def _end(self, data: bytes) -> int:
        """How much of this belongs to the frame that is on."""
        missing = 0
        if not self._left:
            missing = FRAME_HEADER - len(self._head)
            self._head += data[:missing]
            self._stream = None
            if len(self._head) < FRAME_HEADER:
                return len(data)
            self._left = int.from_bytes(self._head[:3], "big")
            self._stream = int.from_bytes(self._head[5:], "big") & h2.MOST_STREAMS
            self._head = b""
        end = missing + self._left
        self._left = max(end - len(data), 0)
        return end
