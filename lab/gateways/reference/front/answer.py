"""A response as octets: framed for the client that gets it, and checked by h11, which writes nothing invalid."""

from collections.abc import Iterable
from http import HTTPStatus

import h11

from lab.gateways.reference.front.settings import FieldLine
from lab.h1 import Field, Fields

# Names of RFC 9110, 15.5, that are older in Python's own table.
_PHRASES = {
    413: b"Content Too Large",
    414: b"URI Too Long",
    416: b"Range Not Satisfiable",
    422: b"Unprocessable Content",
}
_NO_CONTENT = (204, 304)


def phrase(status: int) -> bytes:
    """The reason phrase that RFC 9110 gives a status code; empty for one that it does not define."""
    if status in _PHRASES:
        return _PHRASES[status]
    return HTTPStatus(status).phrase.encode() if status in HTTPStatus._value2member_map_ else b""


class Answer:
    """The response to one request.

    `persists` says whether the connection can be used again afterwards, `ended_by_close` whether its close is what ends
    the content. Each method returns the octets to send, or raises h11.LocalProtocolError where the message would not be
    valid: then nothing of what was asked for may be sent.
    """

    def __init__(self, method: bytes, version: str, *, persist: bool) -> None:
        self.persists = persist
        self.ended_by_close = False
        self.begun = False
        self._method = method
        self._version = version
        self._empty = False
        self._writer: h11.Connection | None = None

    def interim(self, status: int, fields: Iterable[FieldLine] = ()) -> bytes:
        """An interim response (1xx), which only a client of HTTP/1.1 may get (RFC 9110, 15.2)."""
        self._writer = self._writer or _writer(self._method, "1.1")
        return self._send(h11.InformationalResponse(status_code=status, headers=[*fields], reason=phrase(status)))

    def head(self, status: int, fields: Iterable[FieldLine], reason: bytes | None = None) -> bytes:
        """Status line and header section of the final response, with the reason phrase of RFC 9110 by default."""
        lines = Fields(Field(*line) for line in fields)
        if b"close" in lines.tokens(b"Connection"):
            self.persists, lines = False, lines.without(b"Connection")
        if status == 204:
            lines = lines.without(b"Content-Length")  # RFC 9110, 8.6
        self._empty = self._method == b"HEAD" or status in _NO_CONTENT
        framed = self._empty or lines.has(b"Content-Length")
        version = self._version
        if version == "1.0":
            self.ended_by_close = not framed
            self.persists = self.persists and framed
            if self.persists:
                version = "1.1"  # as whose response it is framed; h11 knows no persistent HTTP/1.0
                lines = Fields([*lines, Field(b"Connection", b"keep-alive")])  # RFC 9112, C.2.2
        elif not self.persists:
            lines = Fields([*lines, Field(b"Connection", b"close")])
        reason = phrase(status) if reason is None else reason
        headers = [(name, value) for name, value in lines]
        response = h11.Response(status_code=status, headers=headers, reason=reason)  # raises, before anything is done
        self._writer = self._writer or _writer(self._method, version)
        octets = self._send(response)
        self.begun = True
        return octets

    def content(self, data: bytes) -> bytes:
        """A piece of the content; no octets where the response has none (HEAD, 204, 304)."""
        return b"" if self._empty else self._send(h11.Data(data=data))

    def end(self, trailers: Iterable[FieldLine] = ()) -> bytes:
        """The end of the content. Trailers can be sent only where it is chunked."""
        return self._send(h11.EndOfMessage(headers=[*trailers]))

    def _send(self, event: h11.Event) -> bytes:
        assert self._writer is not None
        return self._writer.send(event) or b""


def _writer(method: bytes, version: str) -> h11.Connection:
    """An h11 connection that has read a request of this kind, and so frames the response for it."""
    writer = h11.Connection(h11.SERVER)
    writer.receive_data(
        b"%s / HTTP/%s\r\nHost: -\r\n\r\n" % (b"HEAD" if method == b"HEAD" else b"GET", version.encode())
    )
    writer.next_event()
    writer.next_event()
    return writer
