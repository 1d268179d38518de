"""What a connection has received, taken as requests and as bytes."""

from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from lab.script import Received
from lab.upstream.incoming import Incoming

GET = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"
POST = b"POST /p HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\n"
CHUNKED = b"PUT /c HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"


def holding(data: bytes) -> Incoming:
    incoming = Incoming()
    incoming.arrived(data)
    return incoming


def taken(incoming: Incoming, content: int | None = None) -> Received:
    request = incoming.request(content)
    assert request is not None
    return request


def test_nothing_is_no_request() -> None:
    assert Incoming().request(None) is None
    assert not Incoming()


def test_a_part_of_a_request_is_none_yet() -> None:
    incoming = holding(GET[:-1])
    assert incoming.request(None) is None
    assert incoming
    incoming.arrived(GET[-1:])
    assert taken(incoming).raw == GET
    assert not incoming


def test_all_of_the_content_or_some_of_it() -> None:
    assert holding(POST + b"123").request(None) is None
    assert holding(POST + b"1").request(2) is None
    assert taken(holding(POST + b"123"), 2).content == b"12"
    assert taken(holding(POST), 0).content == b""
    assert taken(holding(POST + b"1234")).content == b"1234"
    assert taken(holding(CHUNKED + b"4\r\n1234\r\n0\r\n\r\n")).content == b"1234"


def test_the_rest_of_the_content_is_passed_over() -> None:
    incoming = holding(POST + b"1")
    taken(incoming, 0)
    incoming.arrived(b"234" + GET)
    assert taken(incoming).raw == GET


def test_content_that_came_with_the_header_section_can_be_taken_as_bytes() -> None:
    incoming = holding(POST + b"123")
    taken(incoming, 0)
    assert incoming.take(4) is None
    incoming.arrived(b"4" + GET)
    assert incoming.take(4) == b"1234" + GET


def test_it_is_passed_over_where_nobody_takes_it() -> None:
    incoming = holding(POST + b"1234" + GET)
    taken(incoming, 0)
    assert taken(incoming).raw == GET
    assert incoming.take(1) is None


def test_the_rest_of_the_content_can_be_taken_as_bytes() -> None:
    incoming = holding(POST + b"1")
    taken(incoming, 1)
    incoming.arrived(b"23")
    assert incoming.take(3) is None
    assert incoming.take(2) == b"23"
    incoming.arrived(b"4" + GET)
    assert taken(incoming).raw == GET


def test_bytes_are_not_requests() -> None:
    incoming = holding(b"\x00\x01" + GET)
    assert incoming.take(2) == b"\x00\x01" + GET
    incoming.arrived(GET)
    assert taken(incoming).raw == GET


def test_what_is_no_request_is_given_with_all_that_came() -> None:
    request = taken(holding(b"\x16\x03\x01 and so on"))
    assert request == Received(b"", b"", b"", (), b"", b"\x16\x03\x01 and so on")


def test_whether_the_connection_lives_on() -> None:
    for line, lives in ((b"", True), (b"Connection: close\r\n", False)):
        incoming = holding(GET[:-2] + line + b"\r\n")
        taken(incoming)
        assert incoming.persistent is lives
    old = holding(b"GET / HTTP/1.0\r\n\r\n")
    taken(old)
    assert not old.persistent


@given(st.lists(st.integers(1, 40), max_size=20), st.booleans())
def test_however_it_is_cut_the_requests_are_the_same(sizes: list[int], eager: bool) -> None:
    stream = GET + POST + b"1234" + CHUNKED + b"1\r\nx\r\n0\r\n\r\n" + GET
    incoming, found = Incoming(), []
    for piece in pieces(stream, sizes):
        incoming.arrived(piece)
        while eager and (request := incoming.request(None)):
            found.append(request)
    while request := incoming.request(None):
        found.append(request)
    assert [(request.method, request.content) for request in found] == [
        (b"GET", b""), (b"POST", b"1234"), (b"PUT", b"x"), (b"GET", b""),
    ]  # fmt: skip
    assert b"".join(request.raw for request in found) == stream


def pieces(data: bytes, sizes: list[int]) -> Iterator[bytes]:
    for size in sizes:
        yield data[:size]
        data = data[size:]
    yield data
