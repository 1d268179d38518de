"""One row for each kind of anomaly in responses, and for the shapes that it takes.

The mark @@ in `wire` shows where the anomaly stands. `right` is the response without any anomaly that a recipient
reads the same once it has made the repair; None: no recipient may repair it. `near` is the near miss: the response most
like it in which there is nothing to find.
"""

from dataclasses import dataclass

from lab import h1
from lab.h1 import Kind, Limits

HERE = b"@@"
USUAL = Limits()


@dataclass(frozen=True)
class Row:
    kind: Kind
    clause: str
    wire: bytes
    right: bytes | None
    near: bytes
    method: bytes = b"GET"
    upgrade: bool = False
    limits: Limits = USUAL
    also: tuple[Kind, ...] = ()  # kinds that cannot but come with it

    @property
    def data(self) -> bytes:
        return self.wire.replace(HERE, b"", 1)

    @property
    def offset(self) -> int:
        return self.wire.index(HERE)


OK = b"HTTP/1.1 200 OK\r\n"
EMPTY = b"Content-Length: 0\r\n\r\n"
HELLO = b"Content-Length: 5\r\n\r\nhello"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"
RIGHT = OK + HELLO
CODED = CHUNKED + b"5\r\nhello\r\n0\r\n\r\n"
NOTHING = OK + EMPTY
SMALL = Limits(line=40, field=30, section=80, fields=3, interim=2, trailer_field=20, trailer_section=50, chunk_line=12)
COUNTED = Limits(content=4)


def _only(kind: Kind, clause: str, near: bytes, *wires: bytes) -> list[Row]:
    return [Row(kind, clause, wire, None, near) for wire in wires]


LINES = [
    *_only(
        Kind.NOT_HTTP, "9112, 2.1", RIGHT,
        b"@@hello\r\n", b"@@\x15\x03\x01\x00\x02\x02\x46", b"@@\x16\x03\x01\x02\x00", b"@@220 mail.test ESMTP\r\n",
        b"@@\x00\x00\x12\x04\x00\x00\x00\x00\x00", b"@@SSH-2.0-OpenSSH_9\r\n", b"@@-ERR unknown command\r\n",
        b"@@\x01\x06\x00\x01\x00\x10\x00\x00", b"@@<html>hello</html>", b"@@HTP/1.1 200 OK\r\n\r\n",
        b"@@Status: 200 OK\r\n\r\n", b"@@GET / HTTP/1.1\r\n\r\n", b"@@\r\n\r\n\x00\r\nQUIT\n\x21\x11\x00\x0c",
    ),
    Row(Kind.LEADING_EMPTY_LINE, "9112, 2.2", b"@@\r\n" + RIGHT, RIGHT, RIGHT),
    Row(Kind.LEADING_EMPTY_LINE, "9112, 2.2", b"@@\n" + RIGHT, RIGHT, RIGHT),
    Row(Kind.BARE_LF, "9112, 2.2", b"HTTP/1.1 200 OK@@\n" + HELLO, RIGHT, RIGHT),
    Row(Kind.BARE_LF, "9112, 2.2", OK + b"A: b@@\n" + HELLO, OK + b"A: b\r\n" + HELLO, RIGHT),
    Row(Kind.BARE_LF, "9112, 2.2", OK + b"Content-Length: 5\r\n@@\nhello", RIGHT, RIGHT),
    Row(Kind.BARE_LF, "9112, 2.2", CHUNKED + b"5\r\nhello\r\n0\r\nA: b@@\n\r\n",
        CHUNKED + b"5\r\nhello\r\n0\r\nA: b\r\n\r\n", CODED),
    Row(Kind.BARE_CR, "9112, 2.2", OK + b"A: b@@\rc\r\n" + HELLO, OK + b"A: b c\r\n" + HELLO, RIGHT),
    Row(Kind.BARE_CR, "9112, 2.2", OK + b"A: b@@\r\r\n" + HELLO, OK + b"A: b\r\n" + HELLO, RIGHT),
    Row(Kind.BARE_CR, "9112, 2.2", b"HTTP/1.1 200 O@@\rK\r\n" + HELLO, b"HTTP/1.1 200 O K\r\n" + HELLO, RIGHT),
    Row(Kind.START_LINE_TOO_LONG, "9110, 2.3", b"@@HTTP/1.1 200 " + b"x" * 28 + b"\r\n\r\n", None,
        b"HTTP/1.1 200 " + b"x" * 27 + b"\r\nContent-Length: 0\r\n\r\n", limits=SMALL),
]  # fmt: skip

STATUS_LINES = [
    Row(Kind.VERSION_CASE, "9112, 2.3", b"@@http/1.1 200 OK\r\n" + HELLO, RIGHT, RIGHT),
    Row(Kind.VERSION_CASE, "9112, 2.3", b"@@Http/1.0 200 OK\r\n" + HELLO, b"HTTP/1.0 200 OK\r\n" + HELLO, RIGHT),
    *_only(
        Kind.VERSION_INVALID, "9112, 2.3", b"HTTP/1.9 200 OK\r\n" + HELLO,
        b"@@HTTP/1 200 OK\r\n\r\n", b"@@HTTP/1.10 200 OK\r\n\r\n", b"@@HTTP/1,1 200 OK\r\n\r\n",
        b"@@HTTP/1.1.1 200 OK\r\n\r\n", b"@@HTTPS/1.1 200 OK\r\n\r\n", b"@@HTTP1.1 200 OK\r\n\r\n",
        b"@@HTTP/ 1.1 200 OK\r\n\r\n", b"@@HTTP/1.x 200 OK\r\n\r\n", b"@@HTTP\r\n\r\n",
    ),
    *_only(
        Kind.VERSION_MAJOR, "9110, 2.5", b"HTTP/1.2 200 OK\r\n" + HELLO,
        b"@@HTTP/2 200 OK\r\n\r\n", b"@@HTTP/2.0 200 OK\r\n\r\n", b"@@HTTP/3.0 200 OK\r\n\r\n",
        b"@@HTTP/0.9 200 OK\r\n\r\n", b"@@HTTP/11.1 200 OK\r\n\r\n", b"@@http/3 200 OK\r\n\r\n",
    ),
    Row(Kind.STATUS_LINE_SPACE, "9112, 4", b"@@ HTTP/1.1 200 OK\r\n" + HELLO, RIGHT, RIGHT),
    Row(Kind.STATUS_LINE_SPACE, "9112, 4", b"HTTP/1.1@@  200 OK\r\n" + HELLO, RIGHT, RIGHT),
    Row(Kind.STATUS_LINE_SPACE, "9112, 4", b"HTTP/1.1@@\t200 OK\r\n" + HELLO, RIGHT, RIGHT),
    Row(Kind.STATUS_LINE_SPACE, "9112, 4", b"HTTP/1.1 200@@\tOK\r\n" + HELLO, RIGHT,
        b"HTTP/1.1 200  OK \r\n" + HELLO),  # the reason phrase may begin and end with spaces
    Row(Kind.REASON_SPACE_MISSING, "9112, 4", b"HTTP/1.1 200@@\r\n" + HELLO, b"HTTP/1.1 200 \r\n" + HELLO,
        b"HTTP/1.1 200 \r\n" + HELLO),
    Row(Kind.REASON_INVALID, "9112, 4", b"HTTP/1.1 200 O@@\0K\r\n" + HELLO, b"HTTP/1.1 200 \r\n" + HELLO,
        b"HTTP/1.1 200 \tD\xe9j\xe0 vu\r\n" + HELLO),
    *_only(
        Kind.STATUS_INVALID, "9112, 4", b"HTTP/1.1 299 OK\r\n" + HELLO,
        b"HTTP/1.1 @@2OO OK\r\n\r\n", b"HTTP/1.1 @@20 OK\r\n\r\n", b"HTTP/1.1 @@2000 OK\r\n\r\n",
        b"HTTP/1.1 @@-20 OK\r\n\r\n", b"HTTP/1.1 @@OK\r\n\r\n", b"HTTP/1.1@@\r\n\r\n", b"HTTP/1.1 @@200OK\r\n\r\n",
        b"HTTP/1.1 @@\xb2\xb2\xb2 OK\r\n\r\n",
    ),
]  # fmt: skip

OUT_OF_RANGE = [
    Row(Kind.STATUS_RANGE, "9110, 15", b"HTTP/1.1 @@%03d OK\r\n" % code + HELLO, b"HTTP/1.1 500 OK\r\n" + HELLO,
        b"HTTP/1.1 599 OK\r\n" + HELLO)
    for code in (99, 600, 999, 0)
]  # fmt: skip

FIELD_LINES = [
    Row(Kind.SPACE_BEFORE_FIRST_FIELD, "9112, 2.2", OK + b"@@ A: b\r\n" + HELLO, RIGHT, RIGHT),
    Row(Kind.SPACE_BEFORE_FIRST_FIELD, "9112, 2.2", OK + b"@@\t\r\n" + HELLO, RIGHT, RIGHT),
    Row(Kind.OBS_FOLD, "9112, 5.2", OK + b"A: b \r\n@@\t c\r\n" + HELLO, OK + b"A: b c\r\n" + HELLO, RIGHT),
    Row(Kind.OBS_FOLD, "9112, 5.2", OK + b"A: b\r\n@@ \r\n" + HELLO, OK + b"A: b\r\n" + HELLO, RIGHT),
    Row(Kind.OBS_FOLD, "9112, 5.2", OK + b"A:\r\n@@ b\r\n" + HELLO, OK + b"A: b\r\n" + HELLO, RIGHT),
    Row(Kind.SPACE_BEFORE_COLON, "9112, 5.1", OK + b"Content-Length@@ : 5\r\n\r\nhello", RIGHT, RIGHT),
    Row(Kind.SPACE_BEFORE_COLON, "9112, 5.1", OK + b"Content-Length@@\t :5\r\n\r\nhello", RIGHT, RIGHT),
    Row(Kind.NO_COLON, "9112, 5", OK + b"@@hello\r\n" + HELLO, RIGHT, OK + b"hello:\r\n" + HELLO),
    Row(Kind.NAME_EMPTY, "9110, 5.1", OK + b"@@: b\r\n" + HELLO, RIGHT, OK + b"a: b\r\n" + HELLO),
    Row(Kind.NAME_INVALID, "9110, 5.1", OK + b"A@@ B: c\r\n" + HELLO, RIGHT, OK + b"!#$%&'*+-.^_`|~A9: c\r\n" + HELLO),
    Row(Kind.NAME_INVALID, "9110, 5.1", OK + b"A@@\0: b\r\n" + HELLO, RIGHT, RIGHT),
    Row(Kind.NAME_INVALID, "9110, 5.1", OK + b"na@@\xefve: b\r\n" + HELLO, RIGHT, RIGHT),
    Row(Kind.NAME_INVALID, "9110, 5.1", OK + b"@@(a): b\r\n" + HELLO, RIGHT, RIGHT),
    Row(Kind.NUL_IN_VALUE, "9110, 5.5", OK + b"A: b@@\0c\r\n" + HELLO, OK + b"A: b c\r\n" + HELLO,
        OK + b"A: b c\r\n" + HELLO),
    Row(Kind.CONTROL_IN_VALUE, "9110, 5.5", OK + b"A: b@@\x7fc\r\n" + HELLO, OK + b"A: b c\r\n" + HELLO,
        OK + b"A: b\tc \xe9\xff\r\n" + HELLO),
    Row(Kind.CONTROL_IN_VALUE, "9110, 5.5", OK + b"A:@@\x0bb\r\n" + HELLO, OK + b"A: b\r\n" + HELLO, RIGHT),
    Row(Kind.FIELD_TOO_LARGE, "9110, 5.4", OK + b"@@" + h1.long_field(b"A", 31) + EMPTY, None,
        OK + h1.long_field(b"A", 30) + EMPTY, limits=SMALL),
    Row(Kind.FIELD_TOO_LARGE, "9110, 5.4", OK + b"@@" + h1.long_field(b"A", 500) + EMPTY, None,
        OK + h1.long_field(b"A", 30) + EMPTY, limits=SMALL),
    Row(Kind.FIELD_TOO_LARGE, "9110, 5.4", OK + b"@@A: b\r\n" + b" c\r\n" * 10 + EMPTY, None,
        OK + b"A: b\r\n" + EMPTY, limits=SMALL, also=(Kind.OBS_FOLD,)),
    Row(Kind.SECTION_TOO_LARGE, "9110, 5.4", OK + h1.long_field(b"A", 29) * 2 + b"@@" + h1.long_field(b"A", 29), None,
        OK + h1.long_field(b"A", 27) * 2 + EMPTY[:-2] + b"\r\n", limits=SMALL),
    Row(Kind.TOO_MANY_FIELDS, "9110, 5.4", OK + h1.many_fields(3, b"A") + b"@@A-4: x\r\n" + EMPTY, None,
        OK + h1.many_fields(2, b"A") + EMPTY, limits=SMALL),
]  # fmt: skip

FRAMING = [
    *_only(
        Kind.CONTENT_LENGTH_INVALID, "9112, 6.3", OK + b"Content-Length: 005\r\n\r\nhello",
        *(OK + b"@@Content-Length: " + value + b"\r\n\r\nhello" for value in (
            b"abc", b"-1", b"+5", b"", b"1e3", b"0x5", b"5.0", b"5 5", b",", b"5, abc", b"5;", b"\xb2", b'"5"')),
    ),
    *_only(
        Kind.CONTENT_LENGTH_CONFLICT, "9112, 6.3", RIGHT,
        OK + b"@@Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello", OK + b"@@Content-Length: 5, 6\r\n\r\nhello",
        OK + b"@@Content-Length: 5, 05, 50\r\n\r\nhello",
    ),
    Row(Kind.CONTENT_LENGTH_REPEATED, "9110, 8.6", OK + b"@@Content-Length: 5, 5\r\n\r\nhello", RIGHT, RIGHT),
    Row(Kind.CONTENT_LENGTH_REPEATED, "9110, 8.6", OK + b"@@Content-Length: 5\r\nContent-length: 5\r\n\r\nhello", RIGHT,
        RIGHT),
    Row(Kind.CONTENT_LENGTH_REPEATED, "9110, 8.6", OK + b"@@Content-Length: 05,5,\r\n\r\nhello", RIGHT, RIGHT),
    Row(Kind.CONTENT_LENGTH_TOO_LARGE, "9110, 8.6", OK + b"@@Content-Length: 9223372036854775808\r\n\r\n", None,
        NOTHING),
    Row(Kind.CONTENT_LENGTH_TOO_LARGE, "9110, 8.6", OK + b"@@Content-Length: " + b"9" * 5000 + b"\r\n\r\n", None,
        NOTHING),
    Row(Kind.CONTENT_LENGTH_UNUSABLE, "9110, 8.6", OK + b"@@Content-Length: abc\r\nA: b\r\n\r\n", OK + b"A: b\r\n\r\n",
        RIGHT[:-5], method=b"HEAD"),
    Row(Kind.CONTENT_LENGTH_UNUSABLE, "9110, 8.6", b"HTTP/1.1 304 \r\n@@Content-Length: 5, 6\r\n\r\n",
        b"HTTP/1.1 304 \r\n\r\n", b"HTTP/1.1 304 \r\nContent-Length: 5\r\n\r\n"),
    Row(Kind.TRANSFER_ENCODING_UNUSABLE, "9112, 6.1", OK + b"@@Transfer-Encoding: gzip\r\nA: b\r\n\r\n",
        OK + b"A: b\r\n\r\n", CHUNKED, method=b"HEAD"),
    Row(Kind.TRANSFER_ENCODING_UNUSABLE, "9112, 6.1", b"HTTP/1.1 304 \r\n@@Transfer-Encoding:\r\n\r\n",
        b"HTTP/1.1 304 \r\n\r\n", b"HTTP/1.1 304 \r\nTransfer-Encoding: chunked\r\n\r\n"),
    Row(Kind.CONTENT_ANNOUNCED, "9110, 8.6", b"HTTP/1.1 204 \r\n@@Content-Length: 5\r\n\r\n",
        b"HTTP/1.1 204 \r\n\r\n", b"HTTP/1.1 304 \r\nContent-Length: 5\r\n\r\n"),
    Row(Kind.CONTENT_ANNOUNCED, "9110, 8.6", b"HTTP/1.1 204 \r\n@@Transfer-Encoding: chunked\r\n\r\n",
        b"HTTP/1.1 204 \r\n\r\n", b"HTTP/1.1 304 \r\nTransfer-Encoding: chunked\r\n\r\n"),
    Row(Kind.CONTENT_ANNOUNCED, "9110, 8.6", b"HTTP/1.1 103 \r\n@@Content-Length: 5\r\n\r\n" + RIGHT,
        b"HTTP/1.1 103 \r\n\r\n" + RIGHT, RIGHT),
    Row(Kind.CONTENT_ANNOUNCED, "9110, 8.6", OK + b"@@Content-Length: 5\r\n\r\n", OK + b"\r\n",
        b"HTTP/1.1 407 \r\n" + HELLO, method=b"CONNECT"),
    Row(Kind.TRANSFER_ENCODING_WITH_LENGTH, "9112, 6.3",
        OK + b"Transfer-Encoding: chunked\r\n@@Content-Length: 5\r\n\r\n5\r\nhello\r\n0\r\n\r\n", CODED, CODED),
    Row(Kind.TRANSFER_ENCODING_WITH_LENGTH, "9112, 6.3",
        OK + b"Content-Length: abc\r\n@@Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n", CODED, RIGHT),
    Row(Kind.TRANSFER_ENCODING_OLD, "9112, 6.1",
        b"HTTP/1.0 200 OK\r\n@@Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
        CODED.replace(b"1.1", b"1.0"), CODED, also=(Kind.TRANSFER_ENCODING_OLD,)),
    *_only(
        Kind.TRANSFER_ENCODING_INVALID, "9112, 7.1", CODED.replace(b"chunked", b", Chunked ,"),
        *(OK + b"@@Transfer-Encoding: " + value + b"\r\n\r\n5\r\nhello\r\n0\r\n\r\n" for value in (
            b"", b",", b"chunked;a=b", b"chunked chunked", b"(chunked)", b"=")),
    ),
    *_only(
        Kind.TRANSFER_CODING_UNKNOWN, "9112, 7.4", CODED,
        *(OK + b"@@Transfer-Encoding: " + value + b"\r\n\r\n5\r\nhello\r\n0\r\n\r\n" for value in (
            b"gzip", b"identity", b"gzip, chunked", b"xchunked", b"gzip;q=1, chunked")),
    ),
    Row(Kind.CHUNKED_TWICE, "9112, 6.1",
        OK + b"Transfer-Encoding: chunked\r\n@@Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n", CODED,
        CODED),
    Row(Kind.CHUNKED_TWICE, "9112, 6.1", OK + b"@@Transfer-Encoding: chunked, Chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
        CODED, CODED),
    Row(Kind.CHUNKED_NOT_LAST, "9112, 6.3", OK + b"@@Transfer-Encoding: chunked, gzip\r\n\r\nhello", None, CODED),
    Row(Kind.SWITCH_UNASKED, "9110, 7.8",
        b"@@HTTP/1.1 101 \r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n", None,
        b"HTTP/1.1 426 \r\nConnection: upgrade\r\nUpgrade: websocket\r\n" + EMPTY),
    Row(Kind.SWITCH_UNNAMED, "9110, 7.8", b"@@HTTP/1.1 101 \r\nConnection: upgrade\r\n\r\n", None,
        b"HTTP/1.1 101 \r\nConnection: keep-alive, Upgrade\r\nUpgrade: websocket\r\n\r\n", upgrade=True),
    Row(Kind.SWITCH_UNNAMED, "9110, 7.8", b"@@HTTP/1.1 101 \r\nUpgrade: websocket\r\n\r\n", None,
        b"HTTP/1.1 101 \r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\nanything", upgrade=True),
    Row(Kind.TOO_MANY_INTERIM, "9110, 15.2", b"HTTP/1.1 103 \r\n\r\n" * 2 + b"@@HTTP/1.1 103 \r\n\r\n" + NOTHING, None,
        b"HTTP/1.1 103 \r\n\r\n" * 2 + NOTHING, limits=SMALL),
    Row(Kind.CONTENT_TOO_LARGE, "9110, 2.3", OK + b"Content-Length: 5\r\n\r\n@@hello", None,
        OK + b"Content-Length: 4\r\n\r\nhell", limits=COUNTED),
    Row(Kind.CONTENT_TOO_LARGE, "9110, 2.3", CHUNKED + b"2\r\nhe\r\n3\r\n@@llo\r\n0\r\n\r\n", None,
        CHUNKED + b"2\r\nhe\r\n2\r\nll\r\n0\r\n\r\n", limits=COUNTED),
    Row(Kind.CONTENT_TOO_LARGE, "9110, 2.3", OK + b"\r\nhell@@o", None, OK + b"\r\nhell", limits=COUNTED),
]  # fmt: skip

CHUNKS = [
    *_only(
        Kind.CHUNK_SIZE_INVALID, "9112, 7.1", CHUNKED + b"00005\r\nhello\r\n000\r\n\r\n",
        CHUNKED + b"@@hello\r\n", CHUNKED + b"@@-1\r\nhello\r\n", CHUNKED + b"@@+5\r\nhello\r\n",
        CHUNKED + b"0@@x5\r\nhello\r\n", CHUNKED + b"@@\r\nhello\r\n", CHUNKED + b"5@@h\r\nhello\r\n",
        CHUNKED + b"5 @@5\r\nhello\r\n", CHUNKED + b"@@;a=b\r\n", CHUNKED + b"5\r\nhello\r\n@@\r\n0\r\n\r\n",
        CHUNKED + b"5@@_0\r\n", CHUNKED + b"5@@,\r\n", CHUNKED + b"b@@ody and no chunk", CHUNKED + b"@@\xb2\r\n",
    ),
    Row(Kind.CHUNK_SIZE_SPACE, "9112, 7.1", CHUNKED + b"@@5 \r\nhello\r\n0\r\n\r\n", CODED,
        CHUNKED + b"5 ;a\r\nhello\r\n0\r\n\r\n"),
    Row(Kind.CHUNK_SIZE_SPACE, "9112, 7.1", CHUNKED + b"@@\t5\r\nhello\r\n0\r\n\r\n", CODED, CODED),
    Row(Kind.CHUNK_SIZE_SPACE, "9112, 7.1", CHUNKED + b"5\r\nhello\r\n@@ 0\r\n\r\n", CODED, CODED),
    *_only(
        Kind.CHUNK_SIZE_TOO_LARGE, "9112, 7.1", CODED,
        CHUNKED + b"@@8000000000000000\r\nhello", CHUNKED + b"@@" + b"f" * 100 + b"\r\n",
        CHUNKED + b"@@10000000000000005\r\nhello",
    ),
    Row(Kind.CHUNK_LINE_TOO_LONG, "9112, 7.1.1", CHUNKED + b"@@5;abcdefghijk\r\n", None,
        CHUNKED + b"5;abcdefghij\r\nhello\r\n0\r\n\r\n", limits=SMALL),
    Row(Kind.CHUNK_LINE_TOO_LONG, "9112, 7.1.1", CHUNKED + b"@@0000000000005\r\n", None,
        CHUNKED + b"000000000005\r\nhello\r\n0\r\n\r\n", limits=SMALL),
    Row(Kind.CHUNK_EXTENSION_INVALID, "9112, 7.1.1", CHUNKED + b"5@@;\r\nhello\r\n0\r\n\r\n", CODED,
        CHUNKED + b'5;a;b=c ; d = "e, \\"f;\\"";g\r\nhello\r\n0;last\r\n\r\n'),
    Row(Kind.CHUNK_EXTENSION_INVALID, "9112, 7.1.1", CHUNKED + b'5\r\nhello\r\n0@@;a="\r\n\r\n', CODED,
        CHUNKED + b'5\r\nhello\r\n0;a=""\r\n\r\n'),
    Row(Kind.CHUNK_EXTENSION_INVALID, "9112, 7.1.1", CHUNKED + b"5@@;a\0\r\nhello\r\n0\r\n\r\n", CODED,
        CODED),
    Row(Kind.CHUNK_BARE_LF, "9112, 7.1", CHUNKED + b"5@@\nhello\r\n0\r\n\r\n", None, CODED),
    Row(Kind.CHUNK_BARE_LF, "9112, 7.1", CHUNKED + b"5;a@@\nb\r\nhello\r\n0\r\n\r\n", None, CODED),
    Row(Kind.BARE_CR, "9112, 2.2", CHUNKED + b"5;a@@\rb\r\nhello\r\n0\r\n\r\n", CODED, CODED,
        also=(Kind.CHUNK_EXTENSION_INVALID,)),
    *_only(
        Kind.CHUNK_DATA_END, "9112, 7.1", CODED,
        CHUNKED + b"5\r\nhello@@0\r\n\r\n", CHUNKED + b"5\r\nhello@@\n0\r\n\r\n", CHUNKED + b"5\r\nhello\r@@x",
        CHUNKED + b"5\r\nhello@@, world\r\n0\r\n\r\n",
    ),
    Row(Kind.TRAILER_FORBIDDEN, "9110, 6.5.1", CHUNKED + b"5\r\nhello\r\n0\r\n@@Content-Length: 5\r\nA: b\r\n\r\n",
        CHUNKED + b"5\r\nhello\r\n0\r\nA: b\r\n\r\n", CHUNKED + b"5\r\nhello\r\n0\r\nContent-Digest: b\r\n\r\n"),
    Row(Kind.TRAILER_FORBIDDEN, "9110, 6.5.1", CHUNKED + b"5\r\nhello\r\n0\r\n@@transfer-encoding: chunked\r\n\r\n",
        CODED, CODED),
    Row(Kind.NO_COLON, "9112, 5", CHUNKED + b"5\r\nhello\r\n0\r\n@@hello\r\n\r\n", CODED, CODED),
    Row(Kind.TRAILER_FIELD_TOO_LARGE, "9110, 5.4", CHUNKED + b"0\r\n@@" + h1.long_field(b"A", 21) + b"\r\n", None,
        CHUNKED + b"0\r\n" + h1.long_field(b"A", 20) + b"\r\n", limits=SMALL),
    Row(Kind.TRAILER_SECTION_TOO_LARGE, "9110, 5.4",
        CHUNKED + b"0\r\n" + h1.long_field(b"A", 20) * 2 + b"@@" + h1.long_field(b"A", 20) + b"\r\n", None,
        CHUNKED + b"0\r\n" + h1.long_field(b"A", 20) * 2 + b"\r\n", limits=SMALL),
    Row(Kind.TRAILER_SECTION_TOO_LARGE, "9110, 5.4",
        CHUNKED + b"0\r\n" + h1.many_fields(3, b"A") + b"@@A-4: x\r\n\r\n", None,
        CHUNKED + b"0\r\n" + h1.many_fields(3, b"A") + b"\r\n", limits=SMALL),
]  # fmt: skip

BETWEEN = [
    Row(Kind.SURPLUS, "9112, 6.3", RIGHT + b"@@, world", RIGHT, RIGHT),
    Row(Kind.SURPLUS, "9112, 6.3", RIGHT + b"@@" + RIGHT, RIGHT, RIGHT),
    Row(Kind.SURPLUS, "9112, 6.3", b"HTTP/1.1 304 \r\n\r\n@@hello", b"HTTP/1.1 304 \r\n\r\n", OK + b"\r\nhello"),
    Row(Kind.SURPLUS, "9112, 6.3", RIGHT[:-5] + b"@@hello", RIGHT[:-5], RIGHT[:-5], method=b"HEAD"),
]

ROWS = [*LINES, *STATUS_LINES, *OUT_OF_RANGE, *FIELD_LINES, *FRAMING, *CHUNKS, *BETWEEN]

REQUESTS_ONLY = {
    Kind.REQUEST_LINE_SPACE, Kind.REQUEST_LINE_INVALID, Kind.METHOD_INVALID, Kind.METHOD_TOO_LONG, Kind.TARGET_SPACE,
    Kind.TARGET_INVALID, Kind.TARGET_USERINFO, Kind.HOST_MISSING, Kind.HOST_REPEATED, Kind.HOST_INVALID,
    Kind.REQUEST_SPACE_BEFORE_COLON, Kind.REQUEST_FIELD_LINE, Kind.REQUEST_CODING_UNKNOWN, Kind.REQUEST_CHUNKED_TWICE,
}  # fmt: skip
