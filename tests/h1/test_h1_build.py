"""The builders: right by name, wrong by hand."""

import pytest

from lab import h1


def anomalies(data: bytes, role: str = "response", method: bytes = b"GET") -> list[h1.Kind]:
    reader = h1.Reader("request" if role == "request" else "response", method=method)
    reader.feed(data)
    reader.close()
    events = list(reader.events())
    ended = [event.complete for event in events if isinstance(event, h1.End)]
    assert ended == [True] or reader.anomalies
    return [anomaly.kind for anomaly in reader.anomalies]


def test_a_response_is_what_its_parts_say() -> None:
    assert h1.response(200, h1.field(b"A", b"b"), content=b"hello") == (
        b"HTTP/1.1 200 OK\r\n"
        b"A: b\r\n"
        b"Content-Length: 5\r\n"
        b"\r\n"
        b"hello"
    )  # fmt: skip
    assert h1.response(304, h1.field(b"ETag", b'"a"')) == b'HTTP/1.1 304 Not Modified\r\nETag: "a"\r\n\r\n'
    assert h1.status_line(502) == b"HTTP/1.1 502 Bad Gateway\r\n"
    assert h1.status_line(200, b"", b"HTTP/1.0") == b"HTTP/1.0 200 \r\n"
    assert h1.status_line(299) == b"HTTP/1.1 299 \r\n"


def test_a_request_is_what_its_parts_say() -> None:
    assert h1.request(b"PUT", b"/a?b", content=b"x", host=b"a.test") == (
        b"PUT /a?b HTTP/1.1\r\n"
        b"Host: a.test\r\n"
        b"Content-Length: 1\r\n"
        b"\r\n"
        b"x"
    )  # fmt: skip
    assert h1.request() == b"GET / HTTP/1.1\r\nHost: example.test\r\n\r\n"
    assert h1.request_line(b"GET", b"*", b"HTTP/2.0") == b"GET * HTTP/2.0\r\n"


@pytest.mark.parametrize("status", [103, 200, 204, 206, 304, 404, 502, 599])
def test_right_by_name(status: int) -> None:
    final = h1.response(200, content=b"x") if status < 200 else b""
    assert anomalies(h1.response(status) + final) == []
    assert anomalies(h1.request(b"POST", b"/", content=b"x"), "request") == []
    chunked = h1.response(200, h1.field(b"Transfer-Encoding", b"chunked"), content=h1.chunked(b"a", b"bc" * 40))
    assert anomalies(chunked) == []
    assert h1.readings(chunked)[0].content == b"a" + b"bc" * 40


def test_wrong_by_hand_they_check_nothing() -> None:
    short = h1.response(200, h1.field(b"Content-Length", b"abc"), content=b"hello")
    assert anomalies(short) == [h1.Kind.CONTENT_LENGTH_INVALID]
    assert short.count(b"Content-Length") == 1
    assert h1.response(200, h1.fields({b"A": b"b", b"transfer-encoding": b"x"})).count(b":") == 2
    assert anomalies(h1.request(b"GET", b"/", b"Host : a\r\n"), "request") == [h1.Kind.REQUEST_SPACE_BEFORE_COLON]
    assert anomalies(h1.response(200, h1.field(b"A", b"\0"))) == [h1.Kind.NUL_IN_VALUE]
    assert h1.status_line(20, b"x\ny") == b"HTTP/1.1 20 x\ny\r\n"
    assert h1.chunk(b"hello", 15) == b"f\r\nhello\r\n"


def test_chunks_and_trailers() -> None:
    assert h1.chunk(b"x" * 26, extension=b";a=b") == b"1a;a=b\r\n" + b"x" * 26 + b"\r\n"
    assert h1.chunked() == h1.LAST_CHUNK == b"0\r\n\r\n"
    assert h1.last_chunk(h1.field(b"Sum", b"1")) == b"0\r\nSum: 1\r\n\r\n"


def test_fields_keep_their_order() -> None:
    pairs = [(b"B", b"1"), (b"a", b"2"), (b"B", b"3")]
    assert h1.fields(pairs) == b"B: 1\r\na: 2\r\nB: 3\r\n"
    assert h1.many_fields(3, b"X") == b"X-1: x\r\nX-2: x\r\nX-3: x\r\n"


@pytest.mark.parametrize("size", [10, 20_000])
def test_a_long_field_is_as_long_as_it_says(size: int) -> None:
    line = h1.long_field(b"X-Long", size)
    assert len(line) == size + 2
    assert line.startswith(b"X-Long: x")
