"""Requests that are legal but tricky, as raw octets to the real command: exactly the right thing arrives."""

import re
from collections.abc import Iterator

import pytest

from tests.real.programs import Gateway, gateway
from tests.real.raw import connected, rest
from tests.real.recorder import Recorder, recorder

HOST = b"Host: a\r\n"
CLOSE = b"Connection: close\r\n"
GET = b"GET / HTTP/1.1\r\n" + HOST
POST = b"POST / HTTP/1.1\r\n" + HOST
CHUNKED = b"Transfer-Encoding: chunked\r\n\r\n"
HELLO = b"5\r\nhello\r\n0\r\n\r\n"
SECOND = b"GET /2 HTTP/1.1\r\n" + HOST


FORWARDED: dict[str, tuple[bytes, list[int], list[bytes]]] = {
    # Spellings of the chunked transfer coding (RFC 9112, 7; RFC 9110, 5.6.1 and 5.6.3)
    "Chunked": (POST + CLOSE + b"Transfer-Encoding: Chunked\r\n\r\n" + HELLO, [200], [POST + CHUNKED + HELLO]),
    "chunked between tabs": (
        POST + CLOSE + b"Transfer-Encoding:\tchunked\t\r\n\r\n" + HELLO, [200], [POST + CHUNKED + HELLO],
    ),
    "chunked and empty list elements": (
        POST + CLOSE + b"transfer-encoding: , chunked ,\r\n\r\n" + HELLO, [200], [POST + CHUNKED + HELLO],
    ),
    "a field that is only named similarly": (
        POST + CLOSE + b"Transfer_Encoding: chunked\r\nContent-Length: 5\r\n\r\nhello", [200],
        [POST + b"Transfer_Encoding: chunked\r\nContent-Length: 5\r\n\r\nhello"],
    ),
    "chunk extensions": (
        POST + CLOSE + CHUNKED + b'5;a=b;c="d;\\""\r\nhello\r\n0;e\r\n\r\n', [200], [POST + CHUNKED + HELLO],
    ),
    "a trailer section": (
        POST + CLOSE + CHUNKED + b"5\r\nhello\r\n0\r\nX: y\r\n\r\n", [200],
        [POST + CHUNKED + b"5\r\nhello\r\n0\r\nX: y\r\n\r\n"],
    ),
    "leading zeros": (
        POST + CLOSE + b"Content-Length: 0005\r\n\r\nhello", [200], [POST + b"Content-Length: 5\r\n\r\nhello"],
    ),
    "content in a GET": (
        GET + CLOSE + b"Content-Length: 5\r\n\r\nhello", [200], [GET + b"Content-Length: 5\r\n\r\nhello"],
    ),
    "chunks in a DELETE": (
        b"DELETE / HTTP/1.1\r\n" + HOST + CLOSE + CHUNKED + HELLO, [200],
        [b"DELETE / HTTP/1.1\r\n" + HOST + CHUNKED + HELLO],
    ),
    # Where one request ends and the next begins
    "two requests at once": (GET + b"\r\n" + SECOND + CLOSE + b"\r\n", [200, 200], [GET + b"\r\n", SECOND + b"\r\n"]),
    "a request that is content": (
        POST + CLOSE + b"Content-Length: %d\r\n\r\n" % len(SECOND + b"\r\n") + SECOND + b"\r\n", [200],
        [POST + b"Content-Length: %d\r\n\r\n" % len(SECOND + b"\r\n") + SECOND + b"\r\n"],
    ),
    "a request after the last chunk": (
        POST + CHUNKED + HELLO + SECOND + CLOSE + b"\r\n", [200, 200], [POST + CHUNKED + HELLO, SECOND + b"\r\n"],
    ),
    "a request after the last request": (
        GET + CLOSE + b"\r\n" + SECOND + b"\r\n", [200], [GET + b"\r\n"],
    ),
    "an empty line between requests": (
        POST + b"Content-Length: 5\r\n\r\nhello\r\n" + SECOND + CLOSE + b"\r\n", [200, 200],
        [POST + b"Content-Length: 5\r\n\r\nhello", SECOND + b"\r\n"],
    ),
    "garbage after a request": (
        POST + b"Content-Length: 5\r\n\r\nhello\0\1\2garbage\r\n\r\n", [200, 400],
        [POST + b"Content-Length: 5\r\n\r\nhello"],
    ),
    "more content than its length": (
        POST + b"Content-Length: 4\r\n\r\nhello" + SECOND + CLOSE + b"\r\n", [200, 200],
        [POST + b"Content-Length: 4\r\n\r\nhell", b"oGET /2 HTTP/1.1\r\n" + HOST + b"\r\n"],
    ),
    # Versions
    "HTTP/1.0": (b"GET / HTTP/1.0\r\n" + HOST + b"\r\n", [200], [GET + b"\r\n"]),
    "HTTP/1.0 with keep-alive": (
        b"GET / HTTP/1.0\r\nHost: a\r\nConnection: keep-alive\r\n\r\nGET /2 HTTP/1.0\r\nHost: a\r\n\r\n", [200, 200],
        [GET + b"\r\n", SECOND + b"\r\n"],
    ),
    "HTTP/1.0 without": (b"GET / HTTP/1.0\r\n" + HOST + b"\r\n" + SECOND + b"\r\n", [200], [GET + b"\r\n"]),
    "HTTP/1.7": (b"GET / HTTP/1.7\r\n" + HOST + CLOSE + b"\r\n", [200], [GET + b"\r\n"]),
    # Targets (RFC 9112, 3.2)
    "an absolute target against another Host": (
        b"GET http://b:81/x?y HTTP/1.1\r\n" + HOST + CLOSE + b"\r\n", [200],
        [b"GET /x?y HTTP/1.1\r\nHost: b:81\r\n\r\n"],
    ),
    "an absolute target without a path": (
        b"GET http://b?y HTTP/1.1\r\nHost: b\r\n" + CLOSE + b"\r\n", [200], [b"GET /?y HTTP/1.1\r\nHost: b\r\n\r\n"],
    ),
    "OPTIONS of a whole server": (
        b"OPTIONS http://b HTTP/1.1\r\nHost: b\r\n" + CLOSE + b"\r\n", [200],
        [b"OPTIONS * HTTP/1.1\r\nHost: b\r\n\r\n"],
    ),
    "two slashes": (
        b"GET //b/x HTTP/1.1\r\n" + HOST + CLOSE + b"\r\n", [200], [b"GET //b/x HTTP/1.1\r\nHost: a\r\n\r\n"],
    ),
    "dots and escapes": (
        b"GET /a/../%2e%2E/%00?? HTTP/1.1\r\n" + HOST + CLOSE + b"\r\n", [200],
        [b"GET /a/../%2e%2E/%00?? HTTP/1.1\r\nHost: a\r\n\r\n"],
    ),
    "a method in lower case": (
        b"get / HTTP/1.1\r\n" + HOST + CLOSE + b"\r\n", [200], [b"get / HTTP/1.1\r\nHost: a\r\n\r\n"],
    ),
    # Fields
    "fields of one connection": (
        GET + b"Connection: close, X-Mine\r\nX-Mine: 1\r\nKeep-Alive: 5\r\nTE: trailers\r\nProxy-Connection: x\r\n\r\n",
        [200], [GET + b"\r\n"],
    ),
    "fields that must not be dropped": (
        POST + b"Connection: close, Host, Content-Length\r\nContent-Length: 5\r\n\r\nhello", [200],
        [POST + b"Content-Length: 5\r\n\r\nhello"],
    ),
    "an upgrade to h2c": (
        GET + b"Connection: Upgrade, HTTP2-Settings, close\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n\r\n", [200],
        [GET + b"\r\n"],
    ),
    "repeated fields in their order and spelling": (
        GET + CLOSE + b"x-A: 1\r\nX-a:2\r\nx-A:  1 \r\n\r\n", [200], [GET + b"x-A: 1\r\nX-a: 2\r\nx-A: 1\r\n\r\n"],
    ),
    "octets beyond ASCII in a value": (GET + CLOSE + b"X: \xff\x80\r\n\r\n", [200], [GET + b"X: \xff\x80\r\n\r\n"]),
    "TRACE that may be forwarded five times": (
        b"TRACE / HTTP/1.1\r\n" + HOST + CLOSE + b"Max-Forwards: 5\r\n\r\n", [200],
        [b"TRACE / HTTP/1.1\r\n" + HOST + b"Max-Forwards: 4\r\n\r\n"],
    ),
    "OPTIONS that may not be forwarded": (
        b"OPTIONS / HTTP/1.1\r\n" + HOST + CLOSE + b"Max-Forwards: 0\r\n\r\n", [200], [],
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def upstream() -> Iterator[Recorder]:
    with recorder() as recording:
        yield recording


@pytest.fixture(scope="module")
def running(upstream: Recorder) -> Iterator[Gateway]:
    with gateway(upstream.url) as started:
        yield started


@pytest.mark.parametrize("name", FORWARDED)
def test_exactly_that_is_forwarded(running: Gateway, upstream: Recorder, name: str) -> None:
    data, statuses, arrives = FORWARDED[name]
    with connected(running.address) as client:
        client.sendall(data)
        answers = rest(client)
    assert [int(status) for status in re.findall(rb"HTTP/1\.1 (\d\d\d) ", answers)] == statuses
    assert upstream.since_before(running) == arrives


@pytest.mark.parametrize("name", ["two requests at once", "Chunked", "a request that is content"])
def test_octet_by_octet_it_is_the_same(running: Gateway, upstream: Recorder, name: str) -> None:
    data, statuses, arrives = FORWARDED[name]
    with connected(running.address) as client:
        for number in range(len(data)):
            client.sendall(data[number : number + 1])
        answers = rest(client)
    assert [int(status) for status in re.findall(rb"HTTP/1\.1 (\d\d\d) ", answers)] == statuses
    assert [content_of(request) for request in upstream.since_before(running)] == list(map(content_of, arrives))


def content_of(request: bytes) -> bytes:
    """The request with its chunks taken apart: how they are cut is the gateway's to choose."""
    head, _, content = request.partition(b"\r\n\r\n")
    if b"Transfer-Encoding: chunked" not in head:
        return request
    return head + b"".join(re.findall(rb"[0-9a-f]+\r\n([^\r]+)\r\n", content)) + content[-5:]
