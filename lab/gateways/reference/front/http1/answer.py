"""A response as octets of HTTP/1, framed for the client that gets it."""

from collections.abc import Iterable

from lab.gateways.reference.front.answer import Announced, Start, checked, checked_interim, phrase
from lab.gateways.reference.front.settings import FieldLine


class Answer:
    """The response to one request.

    `persists` says whether the connection can be used again afterwards, `ended_by_close` whether its close is what ends
    the content. Each method returns the octets to send, or raises InvalidAnswer: then nothing of what was asked for may
    be sent.
    """

    def __init__(self, version: str, *, persist: bool) -> None:
        self.persists = persist
        self.ended_by_close = False
        self.begun = False
        self._version = version
        self._empty = False
        self._chunked = False
        self._announced = Announced(None)

    def interim(self, status: int, fields: Iterable[FieldLine] = ()) -> bytes:
        """An interim response (1xx), which only a client of HTTP/1.1 may get (RFC 9110, 15.2)."""
        return _message(status, phrase(status), checked_interim(status, fields))

    def switching(self, fields: Iterable[FieldLine]) -> bytes:
        """101 (Switching Protocols); what follows it is no longer HTTP (RFC 9110, 7.8)."""
        lines = checked(fields)
        if not any(name.lower() == b"connection" for name, _ in lines):
            lines.append((b"Connection", b"upgrade"))
        self.begun, self.persists = True, False
        return _message(101, phrase(101), lines)

    def head(self, start: Start, reason: bytes | None = None) -> bytes:
        """Status line and header section of the final response, with the reason phrase of RFC 9110 by default."""
        lines = start.fields
        self._empty = start.empty
        self._announced = Announced(None if start.empty else start.length)
        self.persists = self.persists and not start.closes
        if self._version == "1.0":
            self.ended_by_close = not start.empty and start.length is None
            self.persists = self.persists and not self.ended_by_close
            lines.append((b"Connection", b"keep-alive" if self.persists else b"close"))  # RFC 9112, C.2.2
        else:
            self._chunked = not start.empty and start.length is None
            if not self.persists:
                lines.append((b"Connection", b"close"))
            if self._chunked:
                lines.append((b"Transfer-Encoding", b"chunked"))
        self.begun = True
        return _message(start.status, phrase(start.status) if reason is None else reason, lines)

    def content(self, data: bytes) -> bytes:
        """A piece of the content; no octets where the response has none (HEAD, 204, 304)."""
        if self._empty or not data:
            return b""
        self._announced.count(len(data))
        return b"%x\r\n%b\r\n" % (len(data), data) if self._chunked else data

    def end(self, trailers: Iterable[FieldLine] = ()) -> bytes:
        """The end of the content. Trailers are left out where it is not chunked: there is no place for them."""
        self._announced.end()
        return b"0\r\n%b\r\n" % _lines(checked(trailers)) if self._chunked else b""


def _message(status: int, reason: bytes, lines: Iterable[FieldLine]) -> bytes:
    return b"HTTP/1.1 %d %b\r\n%b\r\n" % (status, reason, _lines(lines))


def _lines(lines: Iterable[FieldLine]) -> bytes:
    return b"".join([b"%b: %b\r\n" % line for line in lines])
