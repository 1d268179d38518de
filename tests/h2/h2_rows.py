"""One row for each kind of anomaly: frames in which it is, and nothing else is wrong."""

from lab import h2
from lab.h2 import END_STREAM, FrameType, Kind

OK = ((b":status", b"200"),)
BEGIN = h2.settings()
HELLO = h2.headers(1, OK) + h2.data(1, b"hello", end_stream=True)
ASK = h2.headers(1, h2.asks(), end_stream=True)

RESPONSES: dict[Kind, bytes] = {
    Kind.NOT_HTTP2: b"HTTP/1.1 400 Bad Request\r\n\r\n",
    Kind.NO_SETTINGS_FIRST: h2.ping() + HELLO,
    Kind.FRAME_TOO_LARGE: BEGIN + h2.frame(FrameType.PING + 90, payload=bytes(16_385)) + HELLO,
    Kind.FRAME_SIZE: BEGIN + h2.ping(b"short") + HELLO,
    Kind.FRAME_CUT: BEGIN + HELLO + h2.ping()[:-1],
    Kind.PADDING: BEGIN + h2.headers(1, OK) + h2.frame(FrameType.DATA, h2.PADDED, 1, b"\x09x")
    + h2.data(1, end_stream=True),
    Kind.STREAM_MISSING: BEGIN + h2.data(0, b"x") + HELLO,
    Kind.STREAM_GIVEN: BEGIN + h2.frame(FrameType.PING, 0, 1, bytes(8)) + HELLO,
    Kind.STREAM_IDLE: BEGIN + h2.rst_stream(5) + HELLO,
    Kind.SETTING_INVALID: h2.settings({h2.Setting.MAX_FRAME_SIZE: 1}) + HELLO,
    Kind.INITIAL_WINDOW_INVALID: h2.settings({h2.Setting.INITIAL_WINDOW_SIZE: 2**31}) + HELLO,
    Kind.PUSH_REFUSED: BEGIN + h2.push_promise(1, 2, h2.asks()) + HELLO,
    Kind.LAST_STREAM_RAISED: BEGIN + HELLO + h2.goaway(0, 1) + h2.goaway(0, 3),
    Kind.NO_INCREMENT: BEGIN + h2.window_update(0, 0) + HELLO,
    Kind.WINDOW_OVERFLOW: BEGIN + h2.window_update(0, 2**31 - 1) + HELLO,
    Kind.WINDOW_OVERRUN: BEGIN + h2.headers(1, OK) + h2.data(1, bytes(16_384)) * 3 + h2.data(1, bytes(16_384),
                                                                                            end_stream=True),
    Kind.FIELD_BLOCK_OPEN: BEGIN + h2.headers(1, OK, end_headers=False, end_stream=True) + h2.ping()
    + h2.continuation(1, b""),
    Kind.CONTINUATION_ALONE: BEGIN + HELLO + h2.continuation(1, b""),
    Kind.FIELD_BLOCK_TOO_LARGE: BEGIN + h2.headers(1, OK, end_headers=False)
    + h2.frame(FrameType.CONTINUATION, 0, 1, bytes(16_000)) * 265,
    Kind.COMPRESSION: BEGIN + h2.headers(1, b"\xff\xff\xff\xff\xff\xff"),
    Kind.NAME_UPPER_CASE: BEGIN + h2.headers(1, [*OK, (b"Room", b"7")], end_stream=True),
    Kind.NAME_INVALID: BEGIN + h2.headers(1, [*OK, (b"ro om", b"7")], end_stream=True),
    Kind.VALUE_INVALID: BEGIN + h2.headers(1, [*OK, (b"room", b"7\r\n")], end_stream=True),
    Kind.CONNECTION_SPECIFIC: BEGIN + h2.headers(1, [*OK, (b"connection", b"close")], end_stream=True),
    Kind.PSEUDO_UNKNOWN: BEGIN + h2.headers(1, [*OK, (b":room", b"7")], end_stream=True),
    Kind.PSEUDO_LATE: BEGIN + h2.headers(1, [(b"room", b"7"), *OK], end_stream=True),
    Kind.PSEUDO_REPEATED: BEGIN + h2.headers(1, [*OK, *OK], end_stream=True),
    Kind.PSEUDO_INVALID: BEGIN + h2.headers(1, [(b":status", b"2OO")], end_stream=True),
    Kind.PSEUDO_IN_TRAILERS: BEGIN + h2.headers(1, OK) + h2.headers(1, OK, end_stream=True),
    Kind.INTERIM_WITH_END: BEGIN + h2.headers(1, h2.answers(103), end_stream=True),
    Kind.SWITCH: BEGIN + h2.headers(1, h2.answers(101)) + HELLO,
    Kind.DATA_BEFORE_HEADERS: BEGIN + h2.data(1, b"x") + HELLO,
    Kind.TRAILERS_WITHOUT_END: BEGIN + h2.headers(1, OK) + h2.headers(1, [(b"a", b"b")]) + h2.data(1, end_stream=True),
    Kind.CONTENT_LENGTH_INVALID: BEGIN + h2.headers(1, [*OK, (b"content-length", b"x")], end_stream=True),
    Kind.CONTENT_LENGTH_MISMATCH: BEGIN + h2.headers(1, [*OK, (b"content-length", b"9")], end_stream=True),
    Kind.CONTENT_UNEXPECTED: BEGIN + h2.headers(1, h2.answers(204)) + h2.data(1, b"x", end_stream=True),
    Kind.AFTER_END: BEGIN + HELLO + h2.data(1, b"more"),
}  # fmt: skip
"""What a server sends to a client that has asked `GET /` on stream 1 and wants no push."""

REQUESTS: dict[Kind, bytes] = {
    Kind.NOT_HTTP2: b"GET / HTTP/1.1\r\n\r\n",
    Kind.NO_SETTINGS_FIRST: h2.PREFACE + ASK,
    Kind.STREAM_NUMBER: h2.preface() + h2.headers(2, h2.asks(), end_stream=True),
    Kind.STREAM_IDLE: h2.preface() + h2.frame(FrameType.DATA, END_STREAM, 3),
    Kind.PSEUDO_INVALID: h2.preface() + h2.headers(1, h2.asks()[:3], end_stream=True),
    Kind.CONNECTION_SPECIFIC: h2.preface() + h2.headers(1, [*h2.asks(), (b"te", b"gzip")], end_stream=True),
    Kind.CONTENT_LENGTH_MISMATCH: h2.preface()
    + h2.headers(1, [*h2.asks(b"POST"), (b"content-length", b"9")]) + h2.data(1, b"x", end_stream=True),
    Kind.PUSH_REFUSED: h2.preface() + ASK + h2.push_promise(1, 2, h2.asks()),
}  # fmt: skip
