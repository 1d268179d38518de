"""How responses are read: framing, interim responses, kept connections, tunnels, and every way to end."""

import pytest

from lab import h1
from lab.h1 import End, FramingKind, Limits, Reader
from lab.rfc import RFC, clause_error

OK = b"HTTP/1.1 200 OK\r\n"
RIGHT = OK + b"Content-Length: 5\r\n\r\nhello"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"
SWITCH = b"HTTP/1.1 101 \r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n"


def read(data: bytes, *, method: bytes = b"GET", clean: bool | None = True, upgrade: bool = False) -> list[h1.Event]:
    reader = Reader("response", method=method, upgrade=upgrade, strict=True)
    reader.feed(data)
    if clean is not None:
        reader.close(clean)
    return list(reader.events())


def head_of(data: bytes, method: bytes = b"GET", *, upgrade: bool = False) -> h1.Head:
    head = read(data, method=method, upgrade=upgrade)[0]
    assert isinstance(head, h1.Head)
    return head


@pytest.mark.parametrize(
    ("data", "method", "kind", "item", "length"),
    [
        (OK + b"Content-Length: 5\r\n\r\n", b"HEAD", FramingKind.NONE, "6.3(1)", None),
        (OK + b"Transfer-Encoding: chunked\r\n\r\n", b"HEAD", FramingKind.NONE, "6.3(1)", None),
        (b"HTTP/1.1 304 \r\nContent-Length: 5\r\n\r\n", b"GET", FramingKind.NONE, "6.3(1)", None),
        (b"HTTP/1.1 204 \r\n\r\n", b"GET", FramingKind.NONE, "6.3(1)", None),
        (b"HTTP/1.1 103 \r\n\r\n", b"GET", FramingKind.NONE, "6.3(1)", None),
        (OK + b"\r\n", b"CONNECT", FramingKind.TUNNEL, "6.3(2)", None),
        (b"HTTP/1.1 407 \r\nContent-Length: 5\r\n\r\n", b"CONNECT", FramingKind.LENGTH, "6.3(6)", 5),
        (CHUNKED, b"GET", FramingKind.CHUNKED, "6.3(4)", None),
        (OK + b"transfer-encoding: CHUNKED\r\n\r\n", b"head", FramingKind.CHUNKED, "6.3(4)", None),
        (OK + b"Content-Length: 0\r\n\r\n", b"GET", FramingKind.LENGTH, "6.3(6)", 0),
        (OK + b"\r\n", b"GET", FramingKind.CLOSE, "6.3(8)", None),
        (b"HTTP/1.1 205 \r\n\r\n", b"GET", FramingKind.CLOSE, "6.3(8)", None),
    ],
)
def test_the_framing_follows_the_clause(
    data: bytes, method: bytes, kind: FramingKind, item: str, length: int | None
) -> None:
    assert head_of(data, method).framing == h1.Framing(kind, RFC(9112, item), length)
    assert clause_error(RFC(9112, item)) is None


def test_a_head_says_what_came() -> None:
    head = head_of(b"HTTP/1.0 404 No such thing\r\nA: b\r\na:  c \t\r\nConnection: keep-alive\r\n\r\n")
    assert (head.version, head.status, head.reason, head.offset) == (b"1.0", 404, b"No such thing", 0)
    assert head.fields.get(b"A") == [b"b", b"c"]
    assert head.raw == b"HTTP/1.0 404 No such thing\r\nA: b\r\na:  c \t\r\nConnection: keep-alive\r\n\r\n"
    assert head.final
    assert not head.persistent


def test_the_fields_of_a_section() -> None:
    fields = head_of(OK + b"Vary: a, B,\r\nX: y\r\nVARY: , c\r\nContent-Length: 0\r\n\r\n").fields
    assert fields.tokens(b"vary") == [b"a", b"b", b"c"]
    assert fields.members(b"Vary") == [b"a", b"B", b"c"]
    assert fields.has(b"x")
    assert not fields.has(b"y")
    assert fields.get(b"y") == []
    assert fields.without(b"VARY", b"content-length") == (h1.Field(b"X", b"y"),)
    assert isinstance(fields.without(), h1.Fields)


@pytest.mark.parametrize(
    ("data", "clean", "end"),
    [
        (RIGHT, None, End(True, "as many octets came as Content-Length announced")),
        (RIGHT, False, End(True, "as many octets came as Content-Length announced")),  # RFC 9112, 9.8
        (RIGHT[:-2], True, End(False, "2 of 5 octets of content are missing", "incomplete")),
        (CHUNKED, False, End(True, "the last chunk came")),
        (CHUNKED[:-2], True, End(False, "the last chunk came, but not the end of the trailer section", "incomplete")),
        (CHUNKED[:-5], True, End(False, "the last chunk is missing", "incomplete")),
        (CHUNKED[:-7], True, End(False, "the last chunk is missing", "incomplete")),
        (CHUNKED[:-9], True, End(False, "2 octets of a chunk are missing, and the last chunk", "incomplete")),
        (CHUNKED[:-14], True, End(False, "the last chunk is missing", "incomplete")),
        (OK + b"\r\nhello", True, End(True, "the connection was closed")),
        (OK + b"\r\nhello", False,
         End(False, "the connection, whose closing would have ended it, broke", "incomplete")),  # RFC 9112, 8
        (OK + b"\r", True, End(False, "the header section is cut off", "incomplete")),
        (OK[:-1], True, End(False, "the status line is cut off", "incomplete")),
        (b"H", True, End(False, "the status line is cut off", "incomplete")),
        (b"HTTP/1.1 103 \r\n\r\n", True, End(False, "the status line is cut off", "incomplete")),
        (b"", True, End(False, "no octet of it came", "no-byte")),
        (b"", False, End(False, "no octet of it came", "no-byte")),
        (b"HTTP/1.1 204 \r\n\r\n", None, End(True, "it ends with its header section")),
    ],
)  # fmt: skip
def test_every_way_to_end(data: bytes, clean: bool | None, end: End) -> None:
    assert read(data, clean=clean)[-1] == end


@pytest.mark.parametrize("data", [RIGHT[:-1], CHUNKED[:-1], OK + b"\r\nhello", RIGHT[:20], b"", SWITCH[:-2]])
def test_while_the_connection_is_open_nothing_ends(data: bytes) -> None:
    events = read(data, clean=None, upgrade=True)
    assert not any(isinstance(event, End | h1.Broken) for event in events)


def test_interim_responses_come_before_the_final_one_and_have_no_end() -> None:
    events = read(b"HTTP/1.1 100 \r\n\r\nHTTP/1.1 103 \r\nLink: </a>\r\n\r\n" + RIGHT)
    heads = [(event.status, event.final, event.offset) for event in events if isinstance(event, h1.Head)]
    assert heads == [(100, False, 0), (103, False, 17), (200, True, 46)]
    assert [type(event) for event in events] == [h1.Head, h1.Head, h1.Head, h1.Content, End]


def test_trailers_come_apart_from_the_header_fields() -> None:
    events = read(CHUNKED[:-2] + b"Server-Timing: a\r\nServer-Timing: b\r\n\r\n")
    assert h1.Trailers(h1.Fields([h1.Field(b"Server-Timing", b"a"), h1.Field(b"Server-Timing", b"b")])) in events
    assert not head_of(CHUNKED).fields.has(b"server-timing")


def test_a_switch_that_was_asked_for_begins_a_tunnel() -> None:
    events = read(SWITCH + b"\x81\x00" + RIGHT, upgrade=True)
    head = events[0]
    assert isinstance(head, h1.Head)
    assert head.final
    assert not head.persistent
    assert head.framing == h1.Framing(FramingKind.TUNNEL, RFC(9110, "7.8"))
    assert events[1:] == [h1.Tunnelled(b"\x81\x00" + RIGHT), End(True, "the tunnel was closed")]


def test_octets_after_a_complete_response_are_surplus_until_a_request_is_told_of() -> None:
    reader = Reader("response", strict=True)
    reader.feed(RIGHT + b"left")
    assert list(reader.events())[-1] == h1.Surplus(b"left")
    reader.feed(b"over")
    assert list(reader.events()) == [h1.Surplus(b"over")]
    assert [(anomaly.kind, anomaly.offset) for anomaly in reader.anomalies] == [(h1.Kind.SURPLUS, len(RIGHT))]
    reader.next(b"HEAD")
    reader.feed(RIGHT[:-5] + RIGHT)
    head, end, surplus = reader.events()
    assert isinstance(head, h1.Head)
    assert head.offset == len(RIGHT) + 8
    assert isinstance(end, End)
    assert end.complete
    assert surplus == h1.Surplus(RIGHT)


def test_octets_that_came_before_the_next_request_was_told_of_may_be_read_as_its_response() -> None:
    reader = Reader("response", strict=True)
    reader.feed(RIGHT + RIGHT)
    statuses = []
    for event in reader.events():
        if isinstance(event, h1.Head):
            statuses.append(event.status)
        elif isinstance(event, End) and len(statuses) == 1:
            reader.next()
    assert statuses == [200, 200]
    assert reader.anomalies == []


def test_requests_told_of_early_are_answered_in_order() -> None:
    reader = Reader("response", method=b"HEAD", strict=True)
    reader.next(b"GET")
    reader.next(b"GET", upgrade=True)
    reader.feed(RIGHT[:-5] + RIGHT + SWITCH)
    kinds = [event.framing.kind for event in reader.events() if isinstance(event, h1.Head)]
    assert kinds == [FramingKind.NONE, FramingKind.LENGTH, FramingKind.TUNNEL]


def test_an_idle_connection_that_closes_lacks_nothing() -> None:
    reader = Reader("response")
    reader.feed(RIGHT)
    list(reader.events())
    reader.close()
    assert list(reader.events()) == []


def test_a_kept_connection_that_closes_without_another_response_gives_no_byte() -> None:
    reader = Reader("response")
    reader.feed(RIGHT)
    list(reader.events())
    reader.next()
    reader.close()
    assert list(reader.events()) == [End(False, "no octet of it came", "no-byte")]


def test_content_is_passed_through_without_a_copy() -> None:
    reader = Reader("response")
    reader.feed(OK + b"Content-Length: 2000\r\n\r\n")
    list(reader.events())
    piece = b"x" * 1000
    for _ in range(2):
        reader.feed(piece)
        content = next(reader.events())
        assert isinstance(content, h1.Content)
        assert content.data is piece


def test_memory_is_bounded_whatever_comes() -> None:
    """What is kept of a line, a section, or of nothing but anomalies stays within the limits."""
    limits = Limits(line=100, field=200, section=400, fields=10, chunk_line=100, trailer_section=400)
    for begin, again in [
        (b"", b"\r\n"), (b"", b" "), (b"HTTP/1.1 200 ", b"x"), (OK, b"A: b\r\n"), (OK, b"x"), (OK, b" \r\n"),
        (OK + b"A: b\r\n", b" c\r\n"), (CHUNKED[:-5], b"1 \r\nx\r\n"), (CHUNKED[:-5], b"0"),
        (CHUNKED[:-5] + b"0\r\n", b" \r\n"), (RIGHT, b"surplus"),
        (OK + b"\r\n", b"content"), (b"hello", b"hello"), (SWITCH, b"x"),
        (b"HTTP/1.1 100 \r\n\r\n", b" "),
    ]:  # fmt: skip
        reader = Reader("response", limits=limits, upgrade=True)
        reader.feed(begin)
        for _ in range(3_000):
            reader.feed(again)
            list(reader.events())
        assert reader.left <= 500
        assert len(reader.anomalies) <= 200


def test_what_is_left_is_what_has_not_been_read() -> None:
    reader = Reader("response")
    reader.feed(OK + b"A: b")
    assert reader.left == len(OK) + 4  # nobody has asked yet
    assert list(reader.events()) == []
    assert reader.left == 4  # of a field line that is not complete


def test_what_is_too_large_is_named_and_measured() -> None:
    limits = Limits(field=100, section=1_000, trailer_field=50)
    cookie, checksum = h1.long_field(b"Set-Cookie", 300), h1.long_field(b"Checksum", 60)
    for data, name, size in [
        (h1.response(200, cookie), b"Set-Cookie", 300),
        (h1.response(200, h1.long_field(b"Set-Cookie", 5_000)), b"Set-Cookie", 1_001),  # no more of it is read
        (CHUNKED[:-2] + checksum + b"\r\n", b"Checksum", 60),
        (h1.response(200, *[h1.long_field(b"A", 99)] * 10), b"", 1_001),
        (h1.response(200, content=b"x" * 10), b"", 10),
    ]:
        reader = Reader(
            "response", limits=Limits(field=100, section=1_000, trailer_field=50, content=9) if not name else limits
        )
        reader.feed(data)
        list(reader.events())
        assert (reader.anomalies[-1].name, reader.anomalies[-1].size) == (name, size)
