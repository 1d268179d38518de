"""What an upstream connection has received and its script has not taken: bytes, or requests."""

from lab import h1
from lab.script import Received


class Incoming:
    """`persistent`: whether the last request that was read lets the connection live on (RFC 9112, 9.3)."""

    def __init__(self) -> None:
        self.persistent = True
        self._bytes = bytearray()
        self._ahead = b""  # content that came with a request and before it was asked for
        self._request: _Request | None = None

    def __bool__(self) -> bool:
        """Whether anything has come that was not taken."""
        return bool(self._bytes) or (self._request is not None and not self._request.taken)

    def arrived(self, data: bytes) -> None:
        self._bytes += data

    def take(self, at_least: int) -> bytes | None:
        """All the bytes, whatever they are, if there are so many. What came of a request's content beyond what was
        waited for is among them: a gateway may send it in one piece with the header section."""
        if len(self._ahead) + len(self._bytes) < at_least:
            return None
        ahead, taken = self._ahead, bytes(self._bytes)
        self._ahead = b""
        self._bytes.clear()
        if self._request is not None:  # the rest of its content went this way
            self._request.read(taken)
        return ahead + taken

    def skip(self) -> None:
        """Pass over what came, and still comes, of the content of a request that was taken before its end."""
        self._ahead = b""
        if self._request is not None and self._request.taken:
            self._read(self._request)

    def request(self, content: int | None) -> Received | None:
        """The next request: with all its content (None), or with so many bytes of it, as soon as they have come.

        Of bytes that are no request all that has come is given, without method and target.
        """
        self.skip()
        if self._request is None and self._bytes:
            self._request = _Request()
        if self._request is None or self._request.taken:
            return None
        request = self._request
        self._read(request)
        if not request.over and (content is None or request.head is None or len(request.content) < content):
            return None
        request.taken = True
        self._ahead = b"" if content is None else bytes(request.content[content:])
        self.persistent = request.head is not None and request.head.persistent
        return request.received(content)

    def _read(self, request: "_Request") -> None:
        given = bytes(self._bytes)
        unread = request.read(given)
        self._bytes = bytearray(given[len(given) - unread :])
        if request.over:
            self._request = None


class _Request:
    """A request that is being read, forgivingly. `over`: nothing more of it will come. `taken`: the script has it."""

    def __init__(self) -> None:
        self.head: h1.Head | None = None
        self.content = bytearray()
        self.over = False
        self.taken = False
        self._raw = bytearray()
        self._reader = h1.Reader("request")

    def read(self, data: bytes) -> int:
        """Read on. Gives how many of these bytes belong to what comes after it."""
        self._reader.feed(data)
        for event in self._reader.events():
            match event:
                case h1.Head():
                    self.head = event
                case h1.Content() if not self.taken:
                    self.content += event.data
                case h1.End():
                    self.over = True
                    break
                case h1.Broken():
                    self.over = True
                    self._raw += data
                    return 0
        unread = self._reader.left if self.over else 0
        if not self.taken:
            self._raw += data[: len(data) - unread]
        return unread

    def received(self, wanted: int | None) -> Received:
        head, raw = self.head, bytes(self._raw)
        if head is None:
            return Received(b"", b"", b"", (), b"", raw)
        fields = tuple((field.name.lower(), field.value) for field in head.fields)
        return Received(head.method, head.target, head.version, fields, bytes(self.content[:wanted]), raw)
