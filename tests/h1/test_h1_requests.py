"""Requests as a gateway's front reads them: every defect that two recipients could read in two ways is found."""

from dataclasses import dataclass

import pytest
from _pytest.mark import ParameterSet

from lab import h1
from lab.h1 import Kind
from tests.h1.h1_rows import REQUESTS_ONLY

HOST = b"Host: a.test\r\n"
LINE = b"POST /x HTTP/1.1\r\n"
BEGIN = LINE + HOST
CHUNKED = BEGIN + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"
RIGHT = BEGIN + b"Content-Length: 5\r\n\r\nhello"
EMPTY = BEGIN + b"\r\n"


@dataclass(frozen=True)
class Row:
    """As in h1_rows; `status` is the code with which a server refuses the request."""

    kind: Kind
    wire: bytes
    status: int = 400
    right: bytes | None = None

    @property
    def data(self) -> bytes:
        return self.wire.replace(b"@@", b"", 1)

    @property
    def offset(self) -> int:
        return self.wire.index(b"@@")


def targets(kind: Kind, *targets: bytes) -> list[Row]:
    return [Row(kind, b"GET @@" + target + b" HTTP/1.1\r\n" + HOST + b"\r\n") for target in targets]


def lines(kind: Kind, *written: bytes, status: int = 400) -> list[Row]:
    return [Row(kind, BEGIN + line + b"\r\n\r\n", status) for line in written]


ROWS = [
    # The request line
    Row(Kind.NOT_HTTP, b"@@\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"),
    Row(Kind.NOT_HTTP, b"@@\xff\xfe\r\n\r\n"),
    Row(Kind.NOT_HTTP, b"@@\r\n\r\n\x00\r\nQUIT\n\x21\x11\x00\x0c"),
    Row(Kind.LEADING_EMPTY_LINE, b"\r\n@@\r\n" + RIGHT, right=RIGHT),  # the first is to be ignored
    Row(Kind.LEADING_EMPTY_LINE, b"@@\n" + RIGHT, right=RIGHT),
    Row(Kind.METHOD_TOO_LONG, b"@@" + b"A" * 70_000 + b" / HTTP/1.1\r\n", 501),
    Row(Kind.START_LINE_TOO_LONG, b"@@GET /" + b"a" * 70_000 + b" HTTP/1.1\r\n", 414),
    Row(Kind.BARE_LF, b"POST /x HTTP/1.1@@\n" + HOST + b"\r\n", right=EMPTY),
    Row(Kind.BARE_LF, LINE + b"Host: a.test@@\n\r\n", right=EMPTY),
    Row(Kind.BARE_CR, LINE + b"Host: a.test\r\nA: b@@\rContent-Length: 5\r\n\r\n",
        right=BEGIN + b"A: b Content-Length: 5\r\n\r\n"),
    Row(Kind.REQUEST_LINE_SPACE, b"@@ POST /x HTTP/1.1\r\n" + HOST + b"\r\n", right=EMPTY),
    Row(Kind.REQUEST_LINE_SPACE, b"POST@@  /x HTTP/1.1\r\n" + HOST + b"\r\n", right=EMPTY),
    Row(Kind.REQUEST_LINE_SPACE, b"POST@@\t/x HTTP/1.1\r\n" + HOST + b"\r\n", right=EMPTY),
    Row(Kind.REQUEST_LINE_SPACE, b"POST /x@@\x0bHTTP/1.1\r\n" + HOST + b"\r\n", right=EMPTY),
    Row(Kind.REQUEST_LINE_SPACE, b"POST /x HTTP/1.1@@ \r\n" + HOST + b"\r\n", right=EMPTY),
    Row(Kind.REQUEST_LINE_INVALID, b"@@GET /\r\n\r\n"),  # as HTTP/0.9 had it
    Row(Kind.REQUEST_LINE_INVALID, b"@@GET\r\n\r\n"),
    Row(Kind.METHOD_INVALID, b"@@G(T / HTTP/1.1\r\n" + HOST + b"\r\n"),
    Row(Kind.METHOD_INVALID, b"@@GET: / HTTP/1.1\r\n" + HOST + b"\r\n"),
    Row(Kind.TARGET_SPACE, b"GET /a@@ b HTTP/1.1\r\n" + HOST + b"\r\n"),
    Row(Kind.TARGET_SPACE, b"GET /@@ HTTP/1.1 HTTP/1.1\r\n" + HOST + b"\r\n"),
    Row(Kind.VERSION_CASE, b"POST /x @@http/1.1\r\n" + HOST + b"\r\n", right=EMPTY),
    Row(Kind.VERSION_INVALID, b"GET / @@HTTP/1\r\n" + HOST + b"\r\n"),
    Row(Kind.VERSION_INVALID, b"GET / @@HTTP/1.11\r\n" + HOST + b"\r\n"),
    Row(Kind.VERSION_INVALID, b"GET / @@FTP/1.1\r\n" + HOST + b"\r\n"),
    Row(Kind.VERSION_MAJOR, b"PRI * @@HTTP/2.0\r\n\r\nSM\r\n\r\n", 505),
    Row(Kind.VERSION_MAJOR, b"GET / @@HTTP/9.9\r\n" + HOST + b"\r\n", 505),
    Row(Kind.VERSION_MAJOR, b"GET / @@HTTP/0.9\r\n\r\n", 505),
    *targets(
        Kind.TARGET_INVALID,
        b"x", b"*", b"/a#b", b"/\xe9", b"/\x7f", b"http:///x", b"http:/x", b"http://", b"http://a:b/x", b"?x", b"http://a/\0",
    ),
    *targets(Kind.TARGET_USERINFO, b"http://user@a.test/", b"https://a.test:80@b.test/x?y"),
    *(Row(Kind.TARGET_INVALID, b"CONNECT @@" + target + b" HTTP/1.1\r\n" + HOST + b"\r\n")
      for target in (b"a.test", b"a.test:", b":443", b"/", b"http://a.test:80/", b"a.test:80:80")),
    Row(Kind.HOST_MISSING, b"@@GET / HTTP/1.1\r\n\r\n"),
    Row(Kind.HOST_REPEATED, BEGIN + b"@@Host: a.test\r\n\r\n"),
    Row(Kind.HOST_REPEATED, b"GET / HTTP/1.0\r\nHost: a\r\n@@host: b\r\n\r\n"),
    *(Row(Kind.HOST_INVALID, LINE + b"@@Host: " + value + b"\r\n\r\n")
      for value in (b"a@b/c d", b"a b", b"a/b", b"user@a", b"a:b", b"[::1", b"a:80:80", b"a%2", b"a\xe9", b"http://a")),

    # Field lines
    *lines(Kind.REQUEST_SPACE_BEFORE_COLON, b"Transfer-Encoding@@ : chunked", b"Content-Length@@\t: 5"),
    *lines(Kind.REQUEST_FIELD_LINE, b"@@no colon", b"@@: empty", b"A@@\0: nul", b"A@@ B: c",
           b"@@\x0bTransfer-Encoding: chunked", b"Content-Length@@\xa0: 5"),
    *lines(Kind.NUL_IN_VALUE, b"A: b@@\0"),
    *lines(Kind.CONTROL_IN_VALUE, b"Transfer-Encoding:@@\x0bchunked"),
    *lines(Kind.OBS_FOLD, b"Transfer-Encoding:\r\n@@ chunked"),
    Row(Kind.SPACE_BEFORE_FIRST_FIELD, LINE + b"@@ Host: b.test\r\n" + HOST + b"\r\n", right=EMPTY),
    Row(Kind.FIELD_TOO_LARGE, BEGIN + b"@@" + h1.long_field(b"A", 1_100_000) + b"\r\n", 431),
    Row(Kind.TOO_MANY_FIELDS, BEGIN + h1.many_fields(9_999) + b"@@B: c\r\n\r\n", 431),

    # Framing
    *lines(Kind.CONTENT_LENGTH_INVALID, b"@@Content-Length: +5", b"@@Content-Length: 5 ,x", b"@@Content-Length: 0x5"),
    *lines(Kind.CONTENT_LENGTH_CONFLICT, b"@@Content-Length: 5\r\nContent-Length: 6", b"@@Content-Length: 5, 6"),
    *lines(Kind.CONTENT_LENGTH_TOO_LARGE, b"@@Content-Length: 99999999999999999999", status=413),
    Row(Kind.CONTENT_LENGTH_REPEATED, BEGIN + b"@@Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello", right=RIGHT),
    Row(Kind.TRANSFER_ENCODING_WITH_LENGTH,
        BEGIN + b"Transfer-Encoding: chunked\r\n@@Content-Length: 5\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
        right=CHUNKED),
    Row(Kind.TRANSFER_ENCODING_WITH_LENGTH, BEGIN + b"Content-Length: 5\r\n@@" + CHUNKED[len(BEGIN):], right=CHUNKED),
    Row(Kind.TRANSFER_ENCODING_OLD, b"POST /x HTTP/1.0\r\n" + HOST + b"@@Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
    *lines(Kind.TRANSFER_ENCODING_INVALID, b"@@Transfer-Encoding: ", b"@@Transfer-Encoding: chunked;a",
           b"@@Transfer-Encoding: c=d"),
    *lines(Kind.CHUNKED_NOT_LAST, b"@@Transfer-Encoding: gzip", b"@@Transfer-Encoding: chunked, identity",
           b"@@Transfer-Encoding: chunked\r\nTransfer-Encoding: x", b"@@Transfer-Encoding: xchunked"),
    *lines(Kind.REQUEST_CODING_UNKNOWN, b"@@Transfer-Encoding: gzip, chunked", status=501),
    *lines(Kind.REQUEST_CHUNKED_TWICE, b"Transfer-Encoding: chunked\r\n@@Transfer-Encoding: chunked",
           b"@@Transfer-Encoding: chunked, chunked"),
    Row(Kind.CHUNK_BARE_LF, BEGIN + b"Transfer-Encoding: chunked\r\n\r\n5@@\nhello\r\n0\r\n\r\n"),
    Row(Kind.CHUNK_DATA_END, BEGIN + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhello@@\n0\r\n\r\n"),
    Row(Kind.CHUNK_SIZE_INVALID, BEGIN + b"Transfer-Encoding: chunked\r\n\r\n0@@x5\r\nhello\r\n0\r\n\r\n"),
    Row(Kind.REQUEST_FIELD_LINE, BEGIN + b"Transfer-Encoding: chunked\r\n\r\n0\r\n@@GET / HTTP/1.1\r\n\r\n"),
    Row(Kind.TRAILER_FORBIDDEN, BEGIN + b"Transfer-Encoding: chunked\r\n\r\n0\r\n@@Host: b.test\r\n\r\n"),
]  # fmt: skip

RIGHT_REQUESTS = [
    EMPTY, RIGHT, CHUNKED,
    b"\r\n" + RIGHT,
    b"GET / HTTP/1.0\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost:\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: [2001:db8::1]:8080\r\n\r\n",
    b"GET / HTTP/1.1\r\nhost: xn--e1afmkfd.test:\r\n\r\n",
    b"GET /a?b=c&d=%20|{}^\"<>`\\ HTTP/1.7\r\nHost: a%20b.test\r\n\r\n",
    b"GET //a/../b? HTTP/1.1\r\nHost: a\r\n\r\n",
    b"GET http://[::1]:80?x HTTP/1.1\r\nHost: b\r\n\r\n",
    b"GET urn:a:b HTTP/1.1\r\nHost:\r\n\r\n",
    b"OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n",
    b"CONNECT a.test:443 HTTP/1.1\r\nHost: a.test:443\r\n\r\n",
    b"get /x HTTP/1.1\r\nHost: a\r\nA: caf\xe9\r\n\r\n",
]  # fmt: skip


def read(data: bytes, *, strict: bool) -> tuple[list[h1.Event], h1.Reader]:
    reader = h1.Reader("request", strict=strict)
    reader.feed(data)
    return list(reader.events()), reader


def cases() -> list[ParameterSet]:
    return [pytest.param(row, id=f"{row.kind}-{number}") for number, row in enumerate(ROWS)]


@pytest.mark.parametrize("row", cases())
def test_a_strict_reader_finds_the_defect_and_breaks(row: Row) -> None:
    events, reader = read(row.data, strict=True)
    assert [(anomaly.kind, anomaly.offset) for anomaly in reader.anomalies] == [(row.kind, row.offset)]
    assert events[-1] == h1.Broken(reader.anomalies[0])
    assert row.kind.status == row.status


@pytest.mark.parametrize("row", [case for case in cases() if isinstance(case.values[0], Row) and case.values[0].right])
def test_what_may_be_repaired_reads_like_the_right_request(row: Row) -> None:
    assert row.right is not None
    (head, *rest), _ = read(row.data, strict=False)
    (right, *right_rest), _ = read(row.right, strict=True)
    assert isinstance(head, h1.Head)
    assert isinstance(right, h1.Head)
    assert (head.method, head.target, head.version, head.fields) == (
        right.method,
        right.target,
        right.version,
        right.fields,
    )
    assert (head.framing, rest) == (right.framing, right_rest)


@pytest.mark.parametrize("wire", RIGHT_REQUESTS, ids=range(len(RIGHT_REQUESTS)))
def test_a_right_request_is_read_without_complaint_and_verbatim(wire: bytes) -> None:
    events, reader = read(wire, strict=True)
    assert reader.anomalies == []
    head = events[0]
    assert isinstance(head, h1.Head)
    method, target, version = wire.lstrip(b"\r\n").split(b"\r\n")[0].split(b" ")
    assert (head.method, head.target, b"HTTP/" + head.version) == (method, target, version)
    assert events[-1] == h1.End(True, events[-1].why)  # type: ignore[union-attr]


def test_every_kind_that_only_requests_have_has_a_row() -> None:
    assert {row.kind for row in ROWS} >= REQUESTS_ONLY


def test_requests_are_read_one_after_the_other_and_no_sooner_than_asked_for() -> None:
    reader = h1.Reader("request", strict=True)
    reader.feed(RIGHT + b"\r\n" + CHUNKED + b"GET / HTTP/1.1\r\nHost : a\r\n\r\n")
    events = reader.events()
    kinds = [type(next(events)) for _ in range(3)]
    assert kinds == [h1.Head, h1.Content, h1.End]
    assert reader.anomalies == []  # the third request has not been looked at yet
    rest = list(reader.events())
    assert [type(event) for event in rest] == [h1.Head, h1.Content, h1.End, h1.Broken]
    second = rest[0]
    assert isinstance(second, h1.Head)
    assert second.offset == len(RIGHT) + 2
    assert second.raw == CHUNKED[: CHUNKED.index(b"\r\n\r\n") + 4]


def test_a_connection_that_ends_between_requests_has_nothing_missing() -> None:
    reader = h1.Reader("request")
    reader.feed(RIGHT + b"\r\n")  # old clients send an empty line after the content (RFC 9112, 2.2)
    reader.close()
    assert [type(event) for event in reader.events()] == [h1.Head, h1.Content, h1.End]


@pytest.mark.parametrize("cut", range(1, len(RIGHT)))
def test_a_request_that_is_cut_off_is_incomplete(cut: int) -> None:
    reader = h1.Reader("request")
    reader.feed(RIGHT[:cut])
    reader.close()
    last = list(reader.events())[-1]
    assert isinstance(last, h1.End)
    assert not last.complete
    assert last.condition == "incomplete"


@pytest.mark.parametrize(
    ("version", "option", "persistent"),
    [
        (b"1.1", b"", True),
        (b"1.1", b"Connection: Close\r\n", False),
        (b"1.1", b"Connection: a, close\r\n", False),
        (b"1.0", b"", False),
        (b"1.0", b"Connection: Keep-Alive\r\n", True),
        (b"1.0", b"Connection: keep-alive\r\nConnection: close\r\n", False),
    ],
)
def test_persistence_follows_version_and_connection(version: bytes, option: bytes, persistent: bool) -> None:
    (head, *_), _ = read(b"GET / HTTP/" + version + b"\r\n" + HOST + option + b"\r\n", strict=True)
    assert isinstance(head, h1.Head)
    assert head.persistent is persistent


def test_a_message_with_framing_not_to_be_trusted_closes_the_connection() -> None:
    for wire in (CHUNKED.replace(b"\r\n\r\n", b"\r\nContent-Length: 5\r\n\r\n", 1), CHUNKED.replace(b"1.1", b"1.0")):
        (head, *_), _ = read(wire.replace(HOST, HOST + b"Connection: keep-alive\r\n"), strict=False)
        assert isinstance(head, h1.Head)
        assert not head.persistent
