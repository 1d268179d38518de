"""What a TLS client asks for in its first message."""

from collections.abc import Iterator
from dataclasses import dataclass

from lab.tls import ContentType, first_record
from lab.tls.records import HEADER

MOST = 1 << 16
"""A ClientHello that is longer is not read."""

_CLIENT_HELLO = 1
_SERVER_NAME = 0
_ALPN = 16


@dataclass(frozen=True)
class ClientHello:
    """The name that the client asks for (None: for none), and the protocols that it offers by ALPN."""

    server_name: str | None = None
    alpn: tuple[str, ...] = ()


class NoClientHello(ValueError):
    """These bytes are not the beginning of a TLS handshake."""


def client_hello(data: bytes) -> ClientHello | None:
    """The ClientHello that a connection begins with; None while it has not wholly come. Raises NoClientHello."""
    message = _handshake_bytes(data)
    if message[:1] not in (b"", bytes((_CLIENT_HELLO,))):
        raise NoClientHello
    if len(message) < 4 or len(message) < 4 + int.from_bytes(message[1:4], "big"):
        if len(data) > MOST:
            raise NoClientHello
        return None
    try:
        extensions = dict(_extensions(_Bytes(message[4:])))
        return ClientHello(_name(extensions.get(_SERVER_NAME)), _protocols(extensions.get(_ALPN)))
    except (EOFError, UnicodeDecodeError):
        raise NoClientHello from None


def _handshake_bytes(data: bytes) -> bytes:
    """What the handshake records at the beginning carry, as far as they have come."""
    found = b""
    while data:
        if data[0] != ContentType.HANDSHAKE or data[1:2] not in (b"", b"\x03"):
            raise NoClientHello
        record = first_record(data)
        if record is None:
            break
        found += record.fragment
        data = data[HEADER + record.length :]
        if len(found) >= 4 and len(found) >= 4 + int.from_bytes(found[1:4], "big"):
            break
    return found


class _Bytes:
    """Reads numbers and vectors from the front."""

    def __init__(self, data: bytes) -> None:
        self.data = data

    def take(self, size: int) -> bytes:
        if len(self.data) < size:
            raise EOFError
        taken, self.data = self.data[:size], self.data[size:]
        return taken

    def number(self, size: int) -> int:
        return int.from_bytes(self.take(size), "big")

    def vector(self, size: int) -> "_Bytes":
        """What follows a length of so many octets."""
        return _Bytes(self.take(self.number(size)))


def _extensions(hello: _Bytes) -> Iterator[tuple[int, _Bytes]]:
    hello.take(2 + 32)  # version, random
    hello.vector(1)  # session identifier
    hello.vector(2)  # cipher suites
    hello.vector(1)  # compression methods
    if not hello.data:
        return
    extensions = hello.vector(2)
    while extensions.data:
        yield extensions.number(2), extensions.vector(2)


def _name(extension: _Bytes | None) -> str | None:
    if extension is None or not extension.data:
        return None
    names = extension.vector(2)
    names.take(1)  # the kind of name: there is only one
    return names.vector(2).data.decode("ascii")


def _protocols(extension: _Bytes | None) -> tuple[str, ...]:
    if extension is None:
        return ()
    offered, names = extension.vector(2), []
    while offered.data:
        names.append(offered.vector(1).data.decode("latin-1"))
    return tuple(names)
