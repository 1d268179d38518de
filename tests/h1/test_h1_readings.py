"""The readings: all that a conforming recipient may make of the octets, and nothing else."""

import pytest

from lab import h1
from lab.h1 import Kind

OK = b"HTTP/1.1 200 OK\r\n"
HELLO = b"Content-Length: 5\r\n\r\nhello"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"


def read(data: bytes, *, clean_end: bool | None = True, method: bytes = b"GET") -> list[h1.Reading]:
    return list(h1.readings(data, clean_end=clean_end, method=method))


def test_what_is_right_has_one_reading() -> None:
    (reading,) = read(b"HTTP/1.1 103 \r\nLink: </a>\r\n\r\n" + CHUNKED + b"5\r\nhello\r\n0\r\nSum: 1\r\n\r\nmore")
    assert (reading.version, reading.status, reading.reason) == (b"1.1", 200, b"OK")
    assert reading.fields == (h1.Field(b"Transfer-Encoding", b"chunked"),)
    assert (reading.content, reading.complete, reading.surplus) == (b"hello", True, b"more")
    assert reading.trailers.get(b"sum") == [b"1"]
    assert [head.status for head in reading.interim] == [103]
    assert reading.repairs == ()


@pytest.mark.parametrize(
    "data",
    [
        b"", b"HTTP/1.1 200 OK\r\nA: b\r\n", b"garbage\r\n\r\n", b"HTTP/1.1 2OO OK\r\n\r\n", b"HTTP/1.1 103 \r\n\r\n",
        OK + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello", OK + b"Transfer-Encoding: gzip\r\n\r\nhello",
    ],
)  # fmt: skip
def test_of_some_octets_nobody_may_make_a_message(data: bytes) -> None:
    assert read(data) == []


@pytest.mark.parametrize(
    ("data", "clean_end", "content"),
    [
        (OK + HELLO[:-1], True, b"hell"),
        (OK + HELLO[:-1], None, b"hell"),
        (OK + b"\r\nhello", None, b"hello"),
        (OK + b"\r\nhello", False, b"hello"),
        (CHUNKED + b"5\r\nhello\r\n", True, b"hello"),
        (CHUNKED + b"5\r\nhello\r\nx\r\n", True, b"hello"),  # RFC 9112, 8: decoding fails, so it is incomplete
        (CHUNKED + b"5\r\nhelloworld", True, b"hello"),
    ],
)
def test_a_fragment_is_an_incomplete_message(data: bytes, clean_end: bool | None, content: bytes) -> None:
    (reading,) = read(data, clean_end=clean_end)
    assert (reading.content, reading.complete) == (content, False)


def test_the_repairs_say_what_was_wrong() -> None:
    (reading,) = read(b"HTTP/1.1 200\r\nno colon\r\n" + HELLO)
    assert [(anomaly.kind, anomaly.offset) for anomaly in reading.repairs] == [
        (Kind.REASON_SPACE_MISSING, 12),
        (Kind.NO_COLON, 14),
    ]
    assert (reading.fields.get(b"content-length"), reading.content, reading.complete) == ([b"5"], b"hello", True)


def test_a_fold_may_become_one_space_or_as_many_as_it_has_octets() -> None:
    one, literal = read(OK + b"A: b \r\n\t c\r\n  d\r\n" + HELLO)
    assert one.fields.get(b"a") == [b"b c d"]
    assert literal.fields.get(b"a") == [b"b     c    d"]
    assert one.repairs == literal.repairs
    only = read(OK + b"A: b\n c\r\n" + HELLO)
    assert [reading.fields.get(b"a") for reading in only] == [[b"b c"], [b"b  c"]]


def test_control_characters_may_be_retained_but_not_nul() -> None:
    replaced, retained = read(OK + b"A: b\x01c\0d\r\n" + HELLO)
    assert replaced.fields.get(b"a") == [b"b c d"]
    assert retained.fields.get(b"a") == [b"b\x01c d"]


def test_a_status_code_out_of_range_may_be_taken_as_a_5xx() -> None:
    assert [reading.status for reading in read(b"HTTP/1.1 999 \r\n" + HELLO)] == [999, 500]


def test_the_last_chunk_alone_may_be_taken_as_the_end_once_the_connection_is_over() -> None:
    data = CHUNKED + b"5\r\nhello\r\n0\r\n"
    assert [reading.complete for reading in read(data)] == [False, True]
    assert [reading.complete for reading in read(data, clean_end=None)] == [False]


def test_length_beside_chunked_is_removed() -> None:
    (reading,) = read(CHUNKED[:-2] + b"Content-Length: 3\r\n\r\n5\r\nhello\r\n0\r\n\r\n")
    assert (reading.content, reading.fields.has(b"content-length")) == (b"hello", False)
    assert [anomaly.kind for anomaly in reading.repairs] == [Kind.TRANSFER_ENCODING_WITH_LENGTH]


def test_a_response_to_head_has_no_content() -> None:
    (reading,) = read(OK + HELLO, method=b"HEAD", clean_end=None)
    assert (reading.content, reading.complete, reading.surplus) == (b"", True, b"hello")


def test_a_tunnel_carries_whatever_comes() -> None:
    switch = b"HTTP/1.1 101 \r\nConnection: upgrade\r\nUpgrade: x\r\n\r\nanything"
    assert read(switch) == []
    (reading,) = h1.readings(switch, clean_end=None, upgrade=True)
    assert (reading.status, reading.content, reading.complete) == (101, b"anything", False)
