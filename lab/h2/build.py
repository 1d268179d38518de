"""Builders of HTTP/2 frames: right by name, wrong by hand. They check nothing, on purpose.

    Send(
        h2.preface(),
        h2.headers(1, h2.asks(b"GET", b"/report"), end_stream=True),
    )

What is left out is made right: the length, the padding, the flags. What is given is sent as it is given.
"""

from collections.abc import Iterable, Mapping

from lab.h2.codes import ACK, END_HEADERS, END_STREAM, PADDED, PRIORITY, ErrorCode, FrameType, Setting
from lab.h2.fieldblock import Pairs, field_block
from lab.h2.frames import PREFACE

Numbers = Mapping[Setting, int] | Mapping[int, int] | Iterable[tuple[int, int]]


def frame(kind: int, flags: int = 0, stream: int = 0, payload: bytes = b"", *, length: int | None = None) -> bytes:
    """Any frame. `length`: what it says of itself, where that is not the truth."""
    says = len(payload) if length is None else length
    return says.to_bytes(3, "big") + bytes((kind, flags)) + stream.to_bytes(4, "big") + payload


def preface(values: Numbers = ()) -> bytes:
    """What a client begins with: the 24 octets, and its SETTINGS (RFC 9113, 3.4)."""
    return PREFACE + settings(values)


def settings(values: Numbers = (), *, ack: bool = False) -> bytes:
    """SETTINGS: `h2.settings({h2.Setting.ENABLE_PUSH: 0})`."""
    given: Iterable[tuple[int, int]] = values.items() if isinstance(values, Mapping) else values
    payload = b"".join(number.to_bytes(2, "big") + value.to_bytes(4, "big") for number, value in given)
    return frame(FrameType.SETTINGS, ACK if ack else 0, 0, payload)


def asks(
    method: bytes = b"GET", path: bytes = b"/", *, scheme: bytes = b"http", authority: bytes = b"lab.test"
) -> tuple[tuple[bytes, bytes], ...]:
    """The pseudo-header fields of a request (RFC 9113, 8.3.1)."""
    return ((b":method", method), (b":scheme", scheme), (b":authority", authority), (b":path", path))


def answers(status: int = 200) -> tuple[tuple[bytes, bytes], ...]:
    """The pseudo-header field of a response (RFC 9113, 8.3.2)."""
    return ((b":status", b"%d" % status),)


def headers(
    stream: int,
    fields: Pairs | bytes,
    *,
    end_stream: bool = False,
    end_headers: bool = True,
    padding: int | None = None,
    priority: tuple[int, int] | None = None,
) -> bytes:
    """HEADERS with these field lines, or with this field block. `priority`: the stream depended on, the weight."""
    flags = (END_STREAM if end_stream else 0) | (END_HEADERS if end_headers else 0) | (PRIORITY if priority else 0)
    depends = priority[0].to_bytes(4, "big") + bytes((priority[1],)) if priority else b""
    return _padded(FrameType.HEADERS, flags, stream, depends + _block(fields), padding)


def continuation(stream: int, fields: Pairs | bytes, *, end_headers: bool = True) -> bytes:
    return frame(FrameType.CONTINUATION, END_HEADERS if end_headers else 0, stream, _block(fields))


def data(stream: int, content: bytes = b"", *, end_stream: bool = False, padding: int | None = None) -> bytes:
    return _padded(FrameType.DATA, END_STREAM if end_stream else 0, stream, content, padding)


def rst_stream(stream: int, code: int = ErrorCode.CANCEL) -> bytes:
    return frame(FrameType.RST_STREAM, 0, stream, code.to_bytes(4, "big"))


def goaway(code: int = ErrorCode.NO_ERROR, last: int = 0, debug: bytes = b"") -> bytes:
    """GOAWAY. `last`: the last stream that was or may be processed."""
    return frame(FrameType.GOAWAY, 0, 0, last.to_bytes(4, "big") + code.to_bytes(4, "big") + debug)


def ping(payload: bytes = b"lab ping", *, ack: bool = False) -> bytes:
    return frame(FrameType.PING, ACK if ack else 0, 0, payload)


def window_update(stream: int, increment: int) -> bytes:
    """Credit for a stream; stream 0: for the connection."""
    return frame(FrameType.WINDOW_UPDATE, 0, stream, increment.to_bytes(4, "big"))


def push_promise(stream: int, promised: int, fields: Pairs | bytes, *, end_headers: bool = True) -> bytes:
    flags = END_HEADERS if end_headers else 0
    return frame(FrameType.PUSH_PROMISE, flags, stream, promised.to_bytes(4, "big") + _block(fields))


def _padded(kind: int, flags: int, stream: int, payload: bytes, padding: int | None) -> bytes:
    if padding is None:
        return frame(kind, flags, stream, payload)
    return frame(kind, flags | PADDED, stream, bytes((padding,)) + payload + bytes(padding))


def _block(fields: Pairs | bytes) -> bytes:
    return fields if isinstance(fields, bytes) else field_block(fields)
