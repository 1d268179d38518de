"""What the reader makes of frames: messages in the events of HTTP, every frame as it is, and exactly one end each."""

import pytest

from lab import h1, h2
from lab.h2 import ErrorCode, OnStream
from tests.h2.h2_rows import BEGIN, HELLO, OK

Told = list[object]


def told(octets: bytes, *, method: bytes = b"GET", closed: bool = False, stream: int = 1) -> Told:
    """What is told of one stream, heads in short."""
    reader = h2.Reader("response")
    reader.next(stream, method)
    reader.feed(octets)
    if closed:
        reader.close()
    found = [event.what for event in reader.events() if isinstance(event, OnStream) and event.stream == stream]
    return [each.status if isinstance(each, h1.Head) else each for each in found]


DONE = h1.End(True, "the stream was ended")


@pytest.mark.parametrize(
    ("octets", "expected"),
    [
        (HELLO, [200, h1.Content(b"hello"), DONE]),
        (h2.headers(1, OK, end_stream=True), [200, DONE]),
        (h2.headers(1, h2.answers(103)) + HELLO, [103, 200, h1.Content(b"hello"), DONE]),
        (h2.headers(1, OK) + h2.data(1, b"a") + h2.headers(1, [(b"sum", b"1")], end_stream=True),
         [200, h1.Content(b"a"), h1.Trailers(h1.Fields([h1.Field(b"sum", b"1")])), DONE]),
        (h2.headers(1, OK, padding=3, priority=(0, 15)) + h2.data(1, b"a", padding=9, end_stream=True),
         [200, h1.Content(b"a"), DONE]),
        (h2.headers(1, b"\0\x07:st", end_headers=False) + h2.continuation(1, b"atus\x03204")
         + h2.data(1, end_stream=True), [204, DONE]),
        (HELLO + h2.rst_stream(1, ErrorCode.NO_ERROR), [200, h1.Content(b"hello"), DONE]),
        (h2.headers(1, [*OK, (b"content-length", b"9")]) + h2.data(1, b"a", end_stream=True),
         [200, h1.Content(b"a"), h1.End(False, "1 of 9 octets of content came", "incomplete")]),
        (h2.headers(1, OK) + h2.rst_stream(1, ErrorCode.INTERNAL_ERROR),
         [200, h2.Reset(2), h1.End(False, "RST_STREAM with INTERNAL_ERROR", "incomplete")]),
        (h2.rst_stream(1, 0x77), [h2.Reset(0x77), h1.End(False, "RST_STREAM with 0x77", "no-byte")]),
        (h2.goaway(ErrorCode.NO_ERROR, 0),
         [h1.End(False, "GOAWAY with NO_ERROR: the stream is not processed", "no-byte")]),
        (h2.goaway(ErrorCode.NO_ERROR, 1) + HELLO, [200, h1.Content(b"hello"), DONE]),
        (HELLO + h2.data(1, b"more"), [200, h1.Content(b"hello"), DONE, h1.Surplus(b"more")]),
        (h2.headers(1, h2.answers(103), end_stream=True),
         [103, h1.End(False, "the stream ended before a final header section", "incomplete")]),
        (h2.frame(0x42, 0xFF, 1, b"unknown") + HELLO, [200, h1.Content(b"hello"), DONE]),
    ],
    ids=["content", "no content", "interim", "trailers", "padding", "continued", "reset after the end",
         "less than announced", "reset", "reset at once", "not processed", "processed", "surplus", "only interim",
         "unknown frame"],
)  # fmt: skip
def test_what_is_told_of_a_stream(octets: bytes, expected: Told) -> None:
    assert told(BEGIN + octets) == expected


def test_the_answer_to_head_ends_with_its_header_section() -> None:
    octets = BEGIN + h2.headers(1, [*OK, (b"content-length", b"9")], end_stream=True)
    assert told(octets, method=b"HEAD") == [200, DONE]


@pytest.mark.parametrize("octets", [b"", BEGIN, BEGIN + h2.headers(1, OK), b"\0\0"])
def test_a_connection_that_ends_ends_its_streams(octets: bytes) -> None:
    *_, last = told(octets, closed=True)
    assert isinstance(last, h1.End)
    assert not last.complete


def test_streams_are_told_apart() -> None:
    octets = BEGIN + h2.headers(1, OK) + h2.headers(3, OK) + h2.rst_stream(1) + h2.data(3, b"x", end_stream=True)
    assert told(octets, stream=3) == [200, h1.Content(b"x"), DONE]


def test_every_frame_is_given_as_it_is() -> None:
    reader = h2.Reader()
    octets = BEGIN + HELLO + h2.frame(0x42, 0xFF, 7, b"unknown") + h2.goaway(2, 1, b"bye")
    reader.feed(octets)
    frames = [event for event in reader.events() if isinstance(event, h2.Frame)]
    assert b"".join(h2.frame(each.type, each.flags, each.stream, each.payload) for each in frames) == octets
    assert [each.name for each in frames] == ["SETTINGS", "HEADERS", "DATA", "0x42", "GOAWAY"]
    assert [octets[each.offset + 3] for each in frames] == [each.type for each in frames]


@pytest.mark.parametrize("octets", [b"H", b"\x15\x03\x03\0\x02\x02F", b"SSH-2.0", b"<html>"])
def test_what_is_no_http_2_is_known_by_its_first_octet(octets: bytes) -> None:
    """Not by waiting for a frame of 4,740,180 octets, which is how "HTT" reads as a length."""
    reader = h2.Reader()
    reader.feed(octets)
    *_, last = reader.events()
    assert isinstance(last, h2.Broken)
    assert last.anomaly.kind is h2.Kind.NOT_HTTP2


def test_a_frame_larger_than_anybody_takes_ends_the_reading() -> None:
    reader = h2.Reader()
    reader.feed(BEGIN + h2.frame(h2.FrameType.DATA, 0, 1, b"x", length=2**24 - 1))
    *_, last = reader.events()
    assert isinstance(last, h2.Broken)
    assert last.anomaly.kind is h2.Kind.FRAME_TOO_LARGE


def test_a_request_is_read_as_one() -> None:
    reader = h2.Reader("request")
    fields = [*h2.asks(b"POST", b"/a?b", authority=b"x.test"), (b"room", b"7")]
    reader.feed(h2.preface() + h2.headers(1, fields) + h2.data(1, b"hi", end_stream=True))
    found = [event.what for event in reader.events() if isinstance(event, OnStream)]
    head = found[0]
    assert isinstance(head, h1.Head)
    assert (head.method, head.target, head.version) == (b"POST", b"/a?b", b"2")
    assert head.raw == b"POST /a?b HTTP/1.1\r\nhost: x.test\r\nroom: 7\r\n\r\n"
    assert found[1:] == [h1.Content(b"hi"), DONE]


def test_credit_that_was_given_is_counted() -> None:
    conversation = h2.Conversation()
    ask = h2.headers(1, h2.asks(), end_stream=True)
    list(conversation.sent(h2.preface() + ask + h2.window_update(0, 50_000) + h2.window_update(1, 50_000)))
    list(conversation.received(BEGIN + h2.headers(1, OK) + h2.data(1, bytes(16_384)) * 7))
    assert not conversation.responses.anomalies
    list(conversation.received(h2.data(1, bytes(16_384))))
    assert [each.kind for each in conversation.responses.anomalies] == [h2.Kind.WINDOW_OVERRUN]


def test_a_client_that_floods_with_streams_is_read_in_bounded_memory() -> None:
    reader = h2.Reader("request")
    reader.feed(h2.preface())
    for stream in range(1, 40_000, 2):
        reader.feed(h2.headers(stream, h2.asks(), end_stream=True) + h2.rst_stream(stream))
        for _ in reader.events():
            pass
    assert len(reader._streams) == 10_000
