"""What the client asks: an ordinary request as a value. Where the client is the story, it has a script instead."""

from collections.abc import Iterable
from dataclasses import dataclass, field

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


@dataclass(frozen=True, init=False)
class Request:
    """A request of the lab's client: `Request("POST", "/", b"Content-Type: text/plain\\r\\n", content=b"hi")`.

    `fields` are whole field lines, as sent. Host is written by the lab, Content-Length too where there is content.
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
        """The bytes of this request."""
        length = b"Content-Length: %d\r\n" % len(self.content) if self.content else b""
        start = f"{self.method} {self.target} HTTP/{self.version}\r\n".encode("latin-1")
        return b"".join((start, b"Host: ", AUTHORITY, b"\r\n", *self.fields, length, b"\r\n", self.content))


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
