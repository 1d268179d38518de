"""One message on one stream: what its frames mean, as far as a forgiving recipient can make out."""

from collections.abc import Iterator

from lab.h1.build import request_line, status_line
from lab.h1.events import Content, End, Framing, FramingKind, Head, Surplus, Trailers
from lab.h1.fieldlines import Field, Fields
from lab.h2.anomalies import Findings
from lab.h2.codes import ErrorCode, name_of
from lab.h2.events import Reset, Told
from lab.h2.kinds import Kind
from lab.h2.section import REQUEST, RESPONSE, divided, written
from lab.rfc import RFC

_END = RFC(9113, "8.1")
Pairs = list[tuple[bytes, bytes]]


class Message:
    """Reads one message. `method`: of the request; what it is not known for is read as an answer to GET.

    over      its sender sends no more
    received  octets of DATA, padding included, as flow control counts them
    granted   credit that it was given beyond the initial window; `raised`: credit that its sender gave back
    """

    def __init__(self, stream: int, findings: Findings, *, request: bool, method: bytes = b"GET") -> None:
        self.stream = stream
        self.over = False
        self.received = self.granted = self.raised = self.sent = 0
        self._findings = findings
        self._request = request
        self._method = method
        self._final: Head | None = None
        self._complete = False
        self._content = 0
        self._offset = 0

    def section(self, pairs: Pairs, offset: int, *, end: bool) -> Iterator[Told]:
        """A field section has come; `end`: and the end of the stream with it."""
        self._offset = offset
        if self.over:
            self._note(Kind.AFTER_END)
            return
        if self._final is not None:
            yield from self._trailers(pairs, end)
        elif (head := self._head(pairs, end)) is not None:
            self._final = head if head.final else None
            yield head
            if end and not head.final:
                self._note(Kind.INTERIM_WITH_END)
        if end:
            yield from self._end()

    def data(self, content: bytes, offset: int, *, end: bool) -> Iterator[Told]:
        """Content has come."""
        self._offset = offset
        if self.over:
            self._note(Kind.AFTER_END)
            if self._complete and content:
                yield Surplus(content)
            return
        if self._final is None:
            self._note(Kind.DATA_BEFORE_HEADERS)
        elif content and self._without_content:
            self._note(Kind.CONTENT_UNEXPECTED)
            yield Surplus(content)
        elif content:
            self._content += len(content)
            yield Content(content)
        if end:
            yield from self._end()

    def reset(self, code: int) -> Iterator[Told]:
        """RST_STREAM has come. After a complete message it changes nothing (RFC 9113, 8.1)."""
        if not self.over:
            yield Reset(code)
            yield from self.lost(f"RST_STREAM with {name_of(code, ErrorCode)}")

    def lost(self, why: str) -> Iterator[Told]:
        """Nothing more can come."""
        if not self.over:
            self.over = True
            nothing = self._final is None and not self._content
            yield End(False, why, "no-byte" if nothing else "incomplete")

    def _end(self) -> Iterator[Told]:
        self.over = True
        if self._final is None:
            yield End(False, "the stream ended before a final header section", "incomplete")
            return
        announced = self._final.framing.length
        if announced is not None and announced != self._content and not self._without_content:
            self._note(Kind.CONTENT_LENGTH_MISMATCH, f"{self._content} octets, and {announced} announced")
            yield End(False, f"{self._content} of {announced} octets of content came", "incomplete")
        else:
            self._complete = True
            yield End(True, "the stream was ended")

    def _trailers(self, pairs: Pairs, end: bool) -> Iterator[Told]:
        _, fields = divided(pairs, frozenset(), self._note)
        if not end:
            self._note(Kind.TRAILERS_WITHOUT_END)
        if fields:
            yield Trailers(fields)

    def _head(self, pairs: Pairs, end: bool) -> Head | None:
        pseudo, fields = divided(pairs, REQUEST if self._request else RESPONSE, self._note)
        length = self._announced(fields)
        framing = Framing(FramingKind.STREAM, _END, length)
        return self._asked(pseudo, fields, framing) if self._request else self._answered(pseudo, fields, framing)

    def _asked(self, pseudo: dict[bytes, bytes], fields: Fields, framing: Framing) -> Head:
        method, path = pseudo.get(b":method", b""), pseudo.get(b":path", b"")
        connects = method == b"CONNECT" and b":protocol" not in pseudo
        wanted = (b":method",) if connects else (b":method", b":scheme", b":path")
        for name in wanted:
            if not pseudo.get(name):
                self._note(Kind.PSEUDO_INVALID, name.decode())
        target = pseudo.get(b":authority", b"") if connects else path
        host = Fields([Field(b"host", pseudo[b":authority"])] if pseudo.get(b":authority") else [])
        raw = written(request_line(method, target), Fields([*host, *fields]))
        return Head(b"2", fields, framing, self._offset, raw, method=method, target=target)

    def _answered(self, pseudo: dict[bytes, bytes], fields: Fields, framing: Framing) -> Head | None:
        given = pseudo.get(b":status", b"")
        if len(given) != 3 or not given.isdigit() or given < b"100":
            self._note(Kind.PSEUDO_INVALID, ":status")
            return None
        status = int(given)
        if status == 101:
            self._note(Kind.SWITCH)
        raw = written(status_line(status), fields)
        return Head(b"2", fields, framing, self._offset, raw, final=status >= 200, status=status)

    def _announced(self, fields: Fields) -> int | None:
        values = set(fields.get(b"content-length"))
        if not values:
            return None
        value = values.pop()
        if values or not value.isdigit() or len(value) > 19:
            self._note(Kind.CONTENT_LENGTH_INVALID)
            return None
        return int(value)

    @property
    def _without_content(self) -> bool:
        """Whether this is a response that cannot have content (RFC 9110, 6.4.1)."""
        if self._request or self._final is None:
            return False
        return self._method == b"HEAD" or self._final.status in (204, 304)

    def _note(self, kind: Kind, detail: str = "") -> None:
        self._findings.note(kind, self._offset, self.stream, detail)
