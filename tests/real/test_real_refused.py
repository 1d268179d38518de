"""Requests that a gateway must not forward, as raw octets to the real command: the answer, and that nothing arrives."""

import contextlib
import re
import socket
from collections.abc import Iterator

import pytest

from tests.real.programs import DEADLINE, Gateway, gateway
from tests.real.raw import PIECE, connected, rest
from tests.real.recorder import Recorder, recorder

HOST = b"Host: a\r\n"
GET = b"GET / HTTP/1.1\r\n" + HOST
POST = b"POST / HTTP/1.1\r\n" + HOST
CHUNKED = POST + b"Transfer-Encoding: chunked\r\n\r\n"
HELLO = b"5\r\nhello\r\n0\r\n\r\n"
SMUGGLED = b"GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n"


def coded(line: bytes) -> bytes:
    """A request with chunked content, if this line says so."""
    return POST + line + b"\r\n\r\n" + HELLO


def sized(line: bytes, content: bytes = b"hello") -> bytes:
    """A request with content of a length, if this line gives one."""
    return POST + line + b"\r\n\r\n" + content


REFUSED = {
    # Two framings, and what would be a second request by one of them (RFC 9112, 6.1 and 6.3)
    "length and chunked": (sized(b"Content-Length: 4\r\nTransfer-Encoding: chunked", b"0\r\n\r\n" + SMUGGLED), 400),
    "chunked and length": (coded(b"Transfer-Encoding: chunked\r\nContent-Length: 6") + SMUGGLED, 400),
    "two lengths": (sized(b"Content-Length: 5\r\nContent-Length: 0", b"hello" + SMUGGLED), 400),
    "the same length twice": (sized(b"Content-Length: 5\r\nContent-Length: 5"), 400),
    "a list of lengths": (sized(b"Content-Length: 5, 6"), 400),
    # Disguises of Transfer-Encoding
    "identity after chunked": (coded(b"Transfer-Encoding: chunked, identity"), 400),
    "identity": (coded(b"Transfer-Encoding: identity"), 400),
    "identity before chunked": (coded(b"Transfer-Encoding: identity, chunked"), 501),
    "xchunked": (coded(b"Transfer-Encoding: xchunked"), 400),
    "chunked twice": (coded(b"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked"), 400),
    "another coding in a second line": (coded(b"Transfer-Encoding: chunked\r\nTransfer-encoding: cow"), 400),
    "chunked with a parameter": (coded(b"Transfer-Encoding: chunked;q=1"), 400),
    "chunked in quotes": (coded(b'Transfer-Encoding: "chunked"'), 400),
    "no coding": (coded(b"Transfer-Encoding:"), 400),
    "a vertical tab before chunked": (coded(b"Transfer-Encoding: \x0bchunked"), 400),
    "NUL after chunked": (coded(b"Transfer-Encoding: chunked\0"), 400),
    "a space before the colon": (coded(b"Transfer-Encoding : chunked"), 400),
    "a tab before the colon": (coded(b"Transfer-Encoding\t: chunked"), 400),
    "the coding in a folded line": (coded(b"Transfer-Encoding:\r\n chunked"), 400),
    "the field in a folded line": (coded(b"X: y\r\n Transfer-Encoding: chunked"), 400),
    "the field before all others, after a space": (b"POST / HTTP/1.1\r\n Transfer-Encoding: chunked\r\n" + HOST, 400),
    "the field after a bare LF": (coded(b"X: y\nTransfer-Encoding: chunked"), 400),
    "the field after a bare CR": (coded(b"X: y\rTransfer-Encoding: chunked"), 400),
    "chunked in HTTP/1.0": (b"POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n" + HELLO, 400),
    # Lengths that are none (RFC 9110, 8.6)
    "a length with +": (sized(b"Content-Length: +5"), 400),
    "a negative length": (sized(b"Content-Length: -5"), 400),
    "a length in hexadecimal": (sized(b"Content-Length: 0x5"), 400),
    "two numbers": (sized(b"Content-Length: 5 5"), 400),
    "no number": (sized(b"Content-Length: "), 400),
    "digits of another script": (sized("Content-Length: ٥".encode()), 400),
    "a length of twenty digits": (sized(b"Content-Length: 18446744073709551621"), 413),
    # Chunks (RFC 9112, 7.1)
    "a chunk size that overflows": (CHUNKED + b"10000000000000005\r\nhello\r\n0\r\n\r\n", 400),
    "a negative chunk size": (CHUNKED + b"-5\r\nhello\r\n0\r\n\r\n", 400),
    "a chunk size with 0x": (CHUNKED + b"0x5\r\nhello\r\n0\r\n\r\n", 400),
    "a space after the chunk size": (CHUNKED + b"5 \r\nhello\r\n0\r\n\r\n", 400),
    "a chunk line that ends in LF": (CHUNKED + b"5\nhello\r\n0\r\n\r\n", 400),
    "LF in a chunk extension": (CHUNKED + b"5;a\nxx\r\n0\r\n\r\n" + SMUGGLED, 400),
    "a chunk extension without end": (CHUNKED + b"5;" + b"a" * 100_000, 400),
    "a chunk longer than its size": (CHUNKED + b"5\r\nhello, you\r\n0\r\n\r\n", 400),
    "no chunk after a good one": (CHUNKED + b"5\r\nhello\r\nnothing\r\n", 400),
    "a length in the trailer section": (CHUNKED + b"5\r\nhello\r\n0\r\nContent-Length: 3\r\n\r\n", 400),
    "a trailer line that ends in LF": (CHUNKED + b"5\r\nhello\r\n0\r\nX: y\n\r\n", 400),
    # Lines
    "lines that end in LF": (b"GET / HTTP/1.1\nHost: a\n\n", 400),
    "a folded line": (GET + b"X: 1\r\n 2\r\n\r\n", 400),
    "NUL in a value": (GET + b"X: a\0b\r\n\r\n", 400),
    "NUL in a name": (GET + b"X\0: a\r\n\r\n", 400),
    "DEL in a value": (GET + b"X: a\x7fb\r\n\r\n", 400),
    "a line without a colon": (GET + b"X\r\n\r\n", 400),
    "a line without a name": (GET + b": a\r\n\r\n", 400),
    "two empty lines first": (b"\r\n\r\n" + GET + b"\r\n", 400),
    # Host (RFC 9112, 3.2)
    "no Host": (b"GET / HTTP/1.1\r\n\r\n", 400),
    "two Hosts": (GET + b"Host: b\r\n\r\n", 400),
    "a Host with a path": (b"GET / HTTP/1.1\r\nHost: a/b\r\n\r\n", 400),
    "a Host with userinfo": (b"GET / HTTP/1.1\r\nHost: me@a\r\n\r\n", 400),
    "a Host not in ASCII": ("GET / HTTP/1.1\r\nHost: é\r\n\r\n".encode(), 400),
    # Request lines
    "CONNECT": (b"CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n\r\n", 501),
    "TRACE with content": (b"TRACE / HTTP/1.1\r\n" + HOST + b"Content-Length: 5\r\n\r\nhello", 400),
    "TRACE with chunks": (b"TRACE / HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: chunked\r\n\r\n" + HELLO, 400),
    "OPTIONS that may be forwarded x times": (
        b"OPTIONS / HTTP/1.1\r\n" + HOST + b"Connection: close\r\nMax-Forwards: x\r\n\r\n", 400,
    ),
    "a method that is no token": (b"GE(T / HTTP/1.1\r\n" + HOST + b"\r\n", 400),
    "a target with a space": (b"GET /a b HTTP/1.1\r\n" + HOST + b"\r\n", 400),
    "a target with NUL": (b"GET /\0 HTTP/1.1\r\n" + HOST + b"\r\n", 400),
    "a target not in ASCII": ("GET /é HTTP/1.1\r\nHost: a\r\n\r\n".encode(), 400),
    "a target with a fragment": (b"GET /#a HTTP/1.1\r\n" + HOST + b"\r\n", 400),
    "an asterisk for GET": (b"GET * HTTP/1.1\r\n" + HOST + b"\r\n", 400),
    "a target with userinfo": (b"GET http://me@a/ HTTP/1.1\r\n" + HOST + b"\r\n", 400),
    "a target with another scheme": (b"GET ftp://a/ HTTP/1.1\r\n" + HOST + b"\r\n", 400),
    "a target without authority": (b"GET urn:x HTTP/1.1\r\n" + HOST + b"\r\n", 400),
    "an https target without TLS": (b"GET https://a/ HTTP/1.1\r\n" + HOST + b"\r\n", 421),
    "no version": (b"GET /\r\n", 400),
    "a version in lower case": (b"GET / http/1.1\r\n" + HOST + b"\r\n", 400),
    "HTTP/1.10": (b"GET / HTTP/1.10\r\n" + HOST + b"\r\n", 400),
    "HTTP/0.9, written out": (b"GET / HTTP/0.9\r\n\r\n", 505),
    "HTTP/3.0": (b"GET / HTTP/3.0\r\n" + HOST + b"\r\n", 505),
    # Other protocols
    "HTTP/2, after its preface began otherwise": (b"PRI * HTTP/2.0\r\nA: b\r\n\r\n", 505),
    "TLS": (bytes.fromhex("16030100c5010000c10303") + bytes(190), 400),
    "SSH": (b"SSH-2.0-client\r\n", 400),
    "SMTP": (b"EHLO a\r\n", 400),
    "Redis": (b"*1\r\n$4\r\nPING\r\n", 400),
    # Sizes
    "a target of 9,000 octets": (b"GET /" + b"a" * 9_000 + b" HTTP/1.1\r\n" + HOST + b"\r\n", 414),
    "a target without end": (b"GET /" + b"a" * 200_000, 414),
    "a field of 20,000 octets": (GET + b"X: " + b"a" * 20_000 + b"\r\n\r\n", 431),
    "a field without end": (GET + b"X: " + b"a" * 200_000, 431),
    "three thousand fields": (GET + b"X: y\r\n" * 3_000 + b"\r\n", 431),
    "fields of 100,000 octets": (GET + (b"X: " + b"y" * 1_000 + b"\r\n") * 100 + b"\r\n", 431),
}  # fmt: skip


@pytest.fixture(scope="module")
def upstream() -> Iterator[Recorder]:
    with recorder() as recording:
        yield recording


@pytest.fixture(scope="module")
def running(upstream: Recorder) -> Iterator[Gateway]:
    with gateway(upstream.url) as started:
        yield started


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused_and_nothing_is_forwarded(running: Gateway, upstream: Recorder, name: str) -> None:
    data, status = REFUSED[name]
    logged = len(running.log)
    with connected(running.address) as client:
        client.sendall(data)
        answer = rest(client)  # to the end: whatever else was sent is not read as a request
    head, _, content = answer.partition(b"\r\n\r\n")
    assert re.match(rb"HTTP/1.1 %d " % status, head), head
    assert len(re.findall(rb"HTTP/1.1 \d\d\d ", answer)) == 1
    assert b"Connection: close" in head.split(b"\r\n")
    assert int(re.findall(rb"Content-Length: (\d+)", head)[0]) == len(content)
    error = b"proxy_internal_response" if status >= 500 else b"http_request_error"
    assert b";error=%b;" % error in head
    assert upstream.since_before(running) == []
    running.logged(1, since=logged)


def test_chunks_that_go_wrong_later_never_arrive_as_a_complete_request(running: Gateway, upstream: Recorder) -> None:
    """What came before was right, and is on its way: so the upstream must see that it is cut off."""
    with connected(running.address) as client:
        client.sendall(CHUNKED + b"5\r\nhello\r\n")
        arrived = upstream.begins(b"5\r\nhello\r\n")
        client.sendall(b"0x5\r\nworld\r\n0\r\n\r\n" + SMUGGLED)
        assert rest(client).startswith(b"HTTP/1.1 400 ")
    assert upstream.since_before(running) == [arrived]


def test_content_that_is_cut_off_never_arrives_as_a_complete_request(running: Gateway, upstream: Recorder) -> None:
    with connected(running.address) as client:
        client.sendall(POST + b"Content-Length: 10\r\n\r\nhello")
        arrived = upstream.begins(b"\r\n\r\nhello")
        client.shutdown(socket.SHUT_WR)
        assert rest(client).startswith(b"HTTP/1.1 400 ")
    assert upstream.since_before(running) == [arrived]


SLOW = {
    "a header section that is not finished": GET,
    "half a request line": b"GET / HT",
    "content that is not finished": POST + b"Content-Length: 10\r\n\r\nhello",
    "chunks that are not finished": CHUNKED + b"5\r\nhel",
}


def drip(sock: socket.socket) -> bytes:
    """Send an octet a second until an answer begins; give its beginning."""
    sock.settimeout(1)
    for _ in range(int(DEADLINE)):
        try:
            return sock.recv(PIECE)
        except TimeoutError:
            sock.sendall(b"y")
    raise AssertionError(f"no answer within {DEADLINE:g} seconds")


def test_who_is_slow_is_told_so(upstream: Recorder) -> None:
    """All of them at the same time, for each has to wait for two seconds: to send an octet now and then is no help."""
    patience = ("--client-header-timeout", "2", "--client-content-timeout", "2")
    with gateway(upstream.url, *patience) as running, contextlib.ExitStack() as stack:
        clients = [stack.enter_context(connected(running.address)) for _ in range(len(SLOW) + 1)]
        *waiting, dripping = clients
        for client, data in zip(waiting, SLOW.values(), strict=True):
            client.sendall(data)
        dripping.sendall(GET + b"X: ")
        assert drip(dripping).startswith(b"HTTP/1.1 408 ")
        for client in waiting:
            assert rest(client).startswith(b"HTTP/1.1 408 ")
        assert all("408 " in line for line in running.logged(len(clients)))
        arrived = upstream.since_before(running)
        assert all(b"\r\n\r\n" in request and not request.endswith(b"0\r\n\r\n") for request in arrived)
        assert len(arrived) == 2  # those whose header section was there, cut off in their content
