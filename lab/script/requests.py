"""What the client asks: an ordinary request as a value. Where the client is the story, it has a script instead."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from lab import h2
from lab.h2.section import ONE_CONNECTION
from lab.script.marks import Mistake, Where, written_here


@dataclass(frozen=True)
class Received:
    """A request as the upstream read it; a generator script gets it from `yield ReceiveRequest()`.

    `raw` is every byte of it so far, `fields` (name in lower case, value) its field lines.
    """

    method: bytes
    target: bytes
    version: bytes
    fields: tuple[tuple[bytes, bytes], ...]
    content: bytes
    raw: bytes = field(repr=False, default=b"")

    def get(self, name: bytes) -> bytes | None:
        """The value of the first field line with this name."""
        return next((value for known, value in self.fields if known == name.lower()), None)


_TARGETS = ("/", "http://", "https://", "*")

AUTHORITY = b"lab.test"
"""The host that the lab's client asks for; the gateway has one upstream and does not care."""

HTTP2_SETTINGS = {h2.Setting.ENABLE_PUSH: 0}
"""What the lab's client says of itself: nobody answers what it has not asked."""


@dataclass(frozen=True, init=False)
class Request:
    """A request of the lab's client: `Request("POST", "/", b"Content-Type: text/plain\\r\\n", content=b"hi")`.

    `fields` are whole field lines, as sent. Host is written by the lab, Content-Length too where there is content.
    `version`: "1.1", "1.0" or "2": over HTTP/2 the client sends what the lines mean (their names in lower case, without
    those that only a connection of HTTP/1.1 has), and keeps its side of the protocol by itself.
    """

    method: str
    target: str
    fields: tuple[bytes, ...]
    content: bytes
    version: str
    secure: bool
    where: Where = field(compare=False, repr=False)

    def __init__(
        self,
        method: str,
        target: str,
        *lines: bytes,
        fields: Iterable[bytes] = (),
        content: bytes = b"",
        version: str = "1.1",
        secure: bool = False,
        where: Where | None = None,
    ) -> None:
        where = where or written_here()
        if not isinstance(fields, Iterable):
            raise Mistake(f"fields= takes a list of field lines, not {fields!r}", where)
        for line in lines or tuple(fields):
            if not isinstance(line, bytes) or not line.endswith(b"\n"):
                raise Mistake(f"a field line of a request is bytes and ends with \\r\\n, not {line!r}", where)
        for what, text in (("method", method), ("target", target), ("version", version)):
            if not isinstance(text, str) or max(text, default="") > "\xff":
                raise Mistake(f"the {what} of a request is text in ISO-8859-1, not {text!r}", where)
        if not target.startswith(_TARGETS) and method != "CONNECT":
            raise Mistake(f"the target of a request begins with / (what is wrong on purpose is sent by a script of the"
                          f" client's), not {target!r}", where)  # fmt: skip
        if not isinstance(secure, bool):
            raise Mistake(f"secure= takes True or False, not {secure!r}", where)
        if not isinstance(content, bytes):
            raise Mistake(f"content= takes bytes, not {content!r}", where)
        for name, value in (
            ("method", method), ("target", target), ("fields", lines or tuple(fields)), ("content", content),
            ("version", version), ("secure", secure), ("where", where),
        ):  # fmt: skip
            object.__setattr__(self, name, value)

    def wire(self) -> bytes:
        """The bytes of this request; over HTTP/2, of the first one on a connection."""
        if self.version != "2":
            return self.lines()
        section = h2.headers(1, self.pairs(), end_stream=not self.content)
        content = h2.data(1, self.content, end_stream=True) if self.content else b""
        return h2.preface(HTTP2_SETTINGS) + section + content

    def lines(self) -> bytes:
        """This request as HTTP/1 writes it: over HTTP/2 nobody sends it so, but an upstream may get it so."""
        version = "1.1" if self.version == "2" else self.version
        start = f"{self.method} {self.target} HTTP/{version}\r\n".encode("latin-1")
        return b"".join((start, b"Host: ", AUTHORITY, b"\r\n", *self.fields, self._length, b"\r\n", self.content))

    def pairs(self) -> tuple[tuple[bytes, bytes], ...]:
        """Over HTTP/2: the pseudo-header fields, and the field lines that may be sent (RFC 9113, 8.2.2 and 8.3.1)."""
        given = (line.partition(b":") for line in (*self.fields, self._length) if line)
        named = ((name.strip().lower(), value.strip()) for name, _, value in given)
        sent = (pair for pair in named if pair[0] not in _LEFT_OUT or pair == (b"te", b"trailers"))
        return (*self._control(), *sent)

    @property
    def _length(self) -> bytes:
        return b"Content-Length: %d\r\n" % len(self.content) if self.content else b""

    def _control(self) -> tuple[tuple[bytes, bytes], ...]:
        method, target = self.method.encode("latin-1"), self.target.encode("latin-1")
        if self.method == "CONNECT":
            return ((b":method", method), (b":authority", target))
        scheme, authority, path = b"https" if self.secure else b"http", AUTHORITY, target
        if b"://" in target:
            scheme, _, rest = target.partition(b"://")
            authority, slash, path = rest.partition(b"/")
            path = slash + path or b"/"
        return h2.asks(method, path, scheme=scheme, authority=authority)


_LEFT_OUT = ONE_CONNECTION | {b"host", b"te"}


class Get(Request):
    """A GET request: `Get("/report", b'If-None-Match: "v1"\\r\\n')`."""

    def __init__(
        self, target: str, *lines: bytes, method: str = "GET", fields: Iterable[bytes] = (), content: bytes = b"",
        version: str = "1.1", secure: bool = False, where: Where | None = None,
    ) -> None:  # fmt: skip
        super().__init__(
            method, target, *lines, fields=fields, content=content, version=version, secure=secure,
            where=where or written_here(),
        )  # fmt: skip
