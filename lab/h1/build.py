"""Builders of HTTP/1 bytes: right by name, wrong by hand. They check nothing, on purpose.

What is left out is made right: a reason phrase, Content-Length, Host. What is given is sent as it is given.
"""

from collections.abc import Iterable, Mapping
from http import HTTPStatus

REASONS = {status.value: status.phrase.encode("ascii") for status in HTTPStatus}
LAST_CHUNK = b"0\r\n\r\n"


def status_line(status: int = 200, reason: bytes | None = None, version: bytes = b"HTTP/1.1") -> bytes:
    """A status line with its CR LF. Without a reason phrase: the usual one."""
    return b"%b %d %b\r\n" % (version, status, REASONS.get(status, b"") if reason is None else reason)


def request_line(method: bytes = b"GET", target: bytes = b"/", version: bytes = b"HTTP/1.1") -> bytes:
    return b"%b %b %b\r\n" % (method, target, version)


def field(name: bytes, value: bytes) -> bytes:
    """A field line with its CR LF."""
    return b"%b: %b\r\n" % (name, value)


def fields(pairs: Mapping[bytes, bytes] | Iterable[tuple[bytes, bytes]]) -> bytes:
    """Field lines, one for each pair."""
    return b"".join(field(*pair) for pair in (pairs.items() if isinstance(pairs, Mapping) else pairs))


def response(status: int = 200, *lines: bytes, content: bytes = b"") -> bytes:
    """A response of these field lines.

    Content-Length is added, unless one of them frames the content or the status allows none.
    """
    without_content = status < 200 or status in (204, 304)
    if not without_content and not _named(lines, b"content-length", b"transfer-encoding"):
        lines = (*lines, field(b"Content-Length", b"%d" % len(content)))
    return status_line(status) + b"".join(lines) + b"\r\n" + content


def request(
    method: bytes = b"GET", target: bytes = b"/", *lines: bytes, content: bytes = b"", host: bytes = b"example.test"
) -> bytes:
    """A request of these field lines. Host is added unless a line gives it; Content-Length, where there is content."""
    if not _named(lines, b"host"):
        lines = (field(b"Host", host), *lines)
    if content and not _named(lines, b"content-length", b"transfer-encoding"):
        lines = (*lines, field(b"Content-Length", b"%d" % len(content)))
    return request_line(method, target) + b"".join(lines) + b"\r\n" + content


def chunk(data: bytes, size: int | None = None, extension: bytes = b"") -> bytes:
    """One chunk; `size` is what it says of itself, where that is not the truth."""
    return b"%x%b\r\n%b\r\n" % (len(data) if size is None else size, extension, data)


def chunked(*pieces: bytes) -> bytes:
    """A chunked body: a chunk for each piece, and the last chunk."""
    return b"".join(map(chunk, pieces)) + LAST_CHUNK


def last_chunk(*trailer_lines: bytes) -> bytes:
    """The last chunk, with these trailer field lines."""
    return b"0\r\n" + b"".join(trailer_lines) + b"\r\n"


def long_field(name: bytes, size: int) -> bytes:
    """A field line of so many octets, its CR LF not counted."""
    return field(name, b"x" * (size - len(name) - 2))


def many_fields(count: int, name: bytes = b"X-Field", value: bytes = b"x") -> bytes:
    """So many field lines with different names: X-Field-1, X-Field-2, ..."""
    return b"".join(field(b"%b-%d" % (name, number), value) for number in range(1, count + 1))


def _named(lines: Iterable[bytes], *names: bytes) -> bool:
    return any(line.partition(b":")[0].strip().lower() in names for block in lines for line in block.split(b"\n"))
