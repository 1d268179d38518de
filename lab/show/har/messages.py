"""Requests and responses as HAR tells them, out of what went over the wire."""

import contextlib
import re
from base64 import b64encode
from collections.abc import Iterator
from urllib.parse import parse_qsl, quote

from lab import h1
from lab.outcome import Answer
from lab.show.records import Record

UNKNOWN = -1
_HOST = re.compile(r"[A-Za-z0-9.-]+(:[0-9]+)?")
_IN_A_URL = "/?:@!$&'()*+,;=-._~%"
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1f]")
_NO_TYPE = "x-unknown"


def request(message: Answer | None, method: str, target: str, host: str, *, secure: bool) -> Record:
    """A request. `method`, `target`: what is known of it where there is no message. `host`: where it went, where it
    does not say so itself."""
    head = message.final if message is not None else None
    if head is not None:
        method, target = _text(head.method), _text(head.target)
    told: Record = {
        "method": method,
        "url": _url(target, host, secure=secure),
        "httpVersion": _version(message),
        "cookies": list(_cookies(head, b"cookie")),
        "headers": _fields(head),
        "queryString": [_pair(name, value) for name, value in _query(target)],
        "headersSize": _head_size(message),
        "bodySize": len(message.content) if head is not None and message is not None else UNKNOWN,
    }
    if message is not None and message.content:
        told["postData"] = {"mimeType": _type(head), "params": [], "text": _any_text(message.content)}
    return told


def response(message: Answer | None, error: str) -> Record:
    """A response. `error`: what was wrong with it, empty where it is complete. Without one, or where what came is no
    HTTP, the status is 0, as browsers write it."""
    head = message.final if message is not None else None
    content = message.content if message is not None and head is not None else b""
    told: Record = {
        "status": head.status if head is not None else 0,
        "statusText": _text(head.reason) if head is not None else "",
        "httpVersion": _version(message) if head is not None else "",
        "cookies": list(_cookies(head, b"set-cookie")),
        "headers": _fields(head),
        "content": _content(head, content),
        "redirectURL": _text(b"".join(head.fields.get(b"location")[:1])) if head is not None else "",
        "headersSize": _head_size(message),
        "bodySize": _body_size(head, content),
    }
    if message is not None and message.interim:
        told["comment"] = f"before it: {', '.join(map(str, message.interim[:20]))}"
    if message is not None and message.trailers:
        told["_trailers"] = [_pair(_text(name), _text(value)) for name, value in message.trailers]
    if error:
        told["_error"] = error
    return told


def host_of(message: Answer) -> str | None:
    """The authority that a request names, where it can stand in a URL."""
    if message.final is None:
        return None
    named = [_text(value) for value in message.final.fields.get(b"host")]
    return named[0] if named and _HOST.fullmatch(named[0]) else None


def _url(target: str, host: str, *, secure: bool) -> str:
    if re.match(r"https?://", target):
        return quote(target, safe=_IN_A_URL)
    path = target if target.startswith("/") else f"/{target}"
    return f"{'https' if secure else 'http'}://{host}{quote(path, safe=_IN_A_URL)}"


def _query(target: str) -> list[tuple[str, str]]:
    return parse_qsl(target.partition("?")[2].partition("#")[0], keep_blank_values=True, encoding="latin-1")


def _version(message: Answer | None) -> str:
    if message is None or message.final is None:
        return ""
    return "HTTP/2" if message.version == "2" else f"HTTP/{_text(message.final.version)}"


def _fields(head: h1.Head | None) -> list[Record]:
    return [_pair(_text(name), _text(value)) for name, value in head.fields] if head is not None else []


def _head_size(message: Answer | None) -> int:
    """Over HTTP/2 it is compressed, and nobody can say."""
    if message is None or message.final is None or message.version == "2":
        return UNKNOWN
    return len(message.final.raw)


def _body_size(head: h1.Head | None, content: bytes) -> int:
    """As it went over the wire: in chunks, more than its content."""
    return UNKNOWN if head is None or head.framing.kind is h1.FramingKind.CHUNKED else len(content)


def _content(head: h1.Head | None, content: bytes) -> Record:
    told: Record = {"size": len(content), "mimeType": _type(head)}
    if not _BINARY.search(content):
        with contextlib.suppress(UnicodeDecodeError):
            return told | {"text": content.decode()}
    return told | {"text": b64encode(content).decode("ascii"), "encoding": "base64"}


def _type(head: h1.Head | None) -> str:
    given = head.fields.get(b"content-type") if head is not None else []
    return _text(given[0]) if given else _NO_TYPE


def _cookies(head: h1.Head | None, name: bytes) -> Iterator[Record]:
    for value in head.fields.get(name) if head is not None else ():
        pairs = _text(value).split(";")
        for pair in pairs if name == b"cookie" else pairs[:1]:
            if "=" in pair:
                yield _pair(*(part.strip() for part in pair.split("=", 1)))


def _pair(name: str, value: str) -> Record:
    return {"name": name, "value": value}


def _any_text(data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError:
        return _text(data)


def _text(data: bytes) -> str:
    return data.decode("latin-1")
