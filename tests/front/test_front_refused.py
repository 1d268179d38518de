"""Requests that reach no application: what the front answers itself, and that the connection ends with it."""

import dataclasses
import ssl
from collections.abc import Iterable
from typing import Any

import pytest

from lab.gateways.reference.front import FrontSettings
from tests.front.wire import ask, connected, fronting, http_only

pytestmark = pytest.mark.anyio

HOST = b"Host: a.example\r\n"
GET = b"GET / HTTP/1.1\r\n" + HOST


@http_only
async def untouchable(scope: Any, receive: Any, send: Any) -> None:
    raise AssertionError("this request reached the application")


def page(status: int, condition: str, why: str, accept: bytes) -> tuple[int, Iterable[tuple[bytes, bytes]], bytes]:
    content = f"{condition} | {why} | {accept.decode()}".encode()
    return status, [(b"X-Page", b"ours")], content


SETTINGS = FrontSettings(error_page=page)

REFUSED: dict[str, tuple[bytes, bytes, bytes]] = {
    # Host (RFC 9112, 3.2)
    "no Host": (b"GET / HTTP/1.1\r\n\r\n", b"400 Bad Request", b"host-missing"),
    "no Host with an absolute-form target": (b"GET http://a/ HTTP/1.1\r\n\r\n", b"400 Bad Request", b"host-missing"),
    "two Hosts": (GET + b"Host: b\r\n\r\n", b"400 Bad Request", b"host-repeated"),
    "the same Host twice": (GET + HOST + b"\r\n", b"400 Bad Request", b"host-repeated"),
    "two Hosts in HTTP/1.0": (b"GET / HTTP/1.0\r\n" + HOST + HOST + b"\r\n", b"400 Bad Request", b"host-repeated"),
    "a Host with userinfo and a path": (
        b"GET / HTTP/1.1\r\nHost: a@b/c d\r\n\r\n", b"400 Bad Request", b"host-invalid",
    ),
    "an invalid Host in HTTP/1.0": (b"GET / HTTP/1.0\r\nHost: a b\r\n\r\n", b"400 Bad Request", b"host-invalid"),
    "a list of Hosts": (b"GET / HTTP/1.1\r\nHost: a, b\r\n\r\n", b"400 Bad Request", b"host-invalid"),
    # Framing (RFC 9112, 6.1 and 6.3)
    "Content-Length with Transfer-Encoding": (
        b"POST / HTTP/1.1\r\n" + HOST + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + GET,
        b"400 Bad Request", b"transfer-encoding-with-length",
    ),
    "Transfer-Encoding with Content-Length": (
        b"POST / HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
        b"400 Bad Request", b"transfer-encoding-with-length",
    ),
    "Transfer-Encoding in HTTP/1.0": (
        b"POST / HTTP/1.0\r\n" + HOST + b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"400 Bad Request", b"transfer-encoding-old",
    ),
    "an unknown transfer coding": (
        b"POST / HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        b"501 Not Implemented", b"request-coding-unknown",
    ),
    "a transfer coding that is not chunked at its end": (
        b"POST / HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
        b"400 Bad Request", b"chunked-not-last",
    ),
    "chunked twice": (
        b"POST / HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"400 Bad Request", b"request-chunked-twice",
    ),
    "two lengths": (
        b"POST / HTTP/1.1\r\n" + HOST + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
        b"400 Bad Request", b"content-length-conflict",
    ),
    "a length twice": (
        b"POST / HTTP/1.1\r\n" + HOST + b"Content-Length: 5, 5\r\n\r\nhello",
        b"400 Bad Request", b"content-length-repeated",
    ),
    "a length that is no number": (
        b"POST / HTTP/1.1\r\n" + HOST + b"Content-Length: +5\r\n\r\nhello",
        b"400 Bad Request", b"content-length-invalid",
    ),
    # Methods, targets, versions
    "CONNECT": (
        b"CONNECT a.example:443 HTTP/1.1\r\nHost: a.example:443\r\n\r\n", b"501 Not Implemented", b"connect",
    ),
    "CONNECT without a port": (
        b"CONNECT a.example HTTP/1.1\r\n" + HOST + b"\r\n", b"400 Bad Request", b"target-invalid",
    ),
    "an asterisk for another method": (b"GET * HTTP/1.1\r\n" + HOST + b"\r\n", b"400 Bad Request", b"target-invalid"),
    "a target without a slash": (b"GET index HTTP/1.1\r\n" + HOST + b"\r\n", b"400 Bad Request", b"target-invalid"),
    "a fragment": (b"GET /#here HTTP/1.1\r\n" + HOST + b"\r\n", b"400 Bad Request", b"target-invalid"),
    "a space in the target": (b"GET /a b HTTP/1.1\r\n" + HOST + b"\r\n", b"400 Bad Request", b"target-space"),
    "userinfo in the target": (
        b"GET http://me:secret@a/ HTTP/1.1\r\n" + HOST + b"\r\n", b"400 Bad Request", b"target-userinfo",
    ),
    "another scheme": (b"GET ftp://a/ HTTP/1.1\r\n" + HOST + b"\r\n", b"400 Bad Request", b"scheme-unknown"),
    "a URI without authority": (b"GET urn:x HTTP/1.1\r\n" + HOST + b"\r\n", b"400 Bad Request", b"scheme-unknown"),
    "TRACE with content": (
        b"TRACE / HTTP/1.1\r\n" + HOST + b"Content-Length: 5\r\n\r\nhello", b"400 Bad Request", b"trace-with-content",
    ),
    "an https target without TLS": (
        b"GET https://a/ HTTP/1.1\r\n" + HOST + b"\r\n", b"421 Misdirected Request", b"misdirected",
    ),
    "another expectation than 100-continue": (
        GET + b"Expect: 100-continue, foo=1\r\nContent-Length: 5\r\n\r\n",
        b"417 Expectation Failed", b"expectation-unknown",
    ),
    "HTTP/9.9": (b"GET / HTTP/9.9\r\n" + HOST + b"\r\n", b"505 HTTP Version Not Supported", b"version-major"),
    "HTTP/2.0": (b"GET / HTTP/2.0\r\n" + HOST + b"\r\n", b"505 HTTP Version Not Supported", b"version-major"),
    "what is not quite the preface of HTTP/2": (
        b"PRI * HTTP/2.0\r\n\r\nSm\r\n\r\n", b"505 HTTP Version Not Supported", b"version-major",
    ),
    "no version": (b"GET /\r\n" + HOST + b"\r\n", b"400 Bad Request", b"request-line-invalid"),
    # Lines and fields
    "a space before the colon": (
        GET + b"Accept : text/html\r\n\r\n", b"400 Bad Request", b"request-space-before-colon",
    ),
    "a folded field": (GET + b"X-A: 1\r\n 2\r\n\r\n", b"400 Bad Request", b"obs-fold"),
    "no colon": (GET + b"Nonsense\r\n\r\n", b"400 Bad Request", b"request-field-line"),
    "an invalid field name": (GET + b"X(A): 1\r\n\r\n", b"400 Bad Request", b"request-field-line"),
    "NUL in a value": (GET + b"X-A: a\0b\r\n\r\n", b"400 Bad Request", b"nul-in-value"),
    "CR in a value": (GET + b"X-A: a\rX-B: b\r\n\r\n", b"400 Bad Request", b"bare-cr"),
    "lines that end in LF": (b"GET / HTTP/1.1\nHost: a\n\n", b"400 Bad Request", b"bare-lf"),
    "TLS on a connection without": (
        bytes.fromhex("16030100c5010000c10303"), b"400 Bad Request", b"not-http",
    ),
    # Sizes
    "a target that is too long": (
        b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\n" + HOST + b"\r\n", b"414 URI Too Long", b"start-line-too-long",
    ),
    "one field line that is too long": (
        GET + b"X-A: " + b"a" * 20_000 + b"\r\n\r\n", b"431 Request Header Fields Too Large", b"field-too-large",
    ),
    "a header section that is too large": (
        GET + b"X-A: aaaaaaaaaaaaaaaaaaaa\r\n".replace(b"a", b"a" * 60) * 100 + b"\r\n",
        b"431 Request Header Fields Too Large", b"section-too-large",
    ),
    "too many field lines": (
        GET + b"A: b\r\n" * 300 + b"\r\n", b"431 Request Header Fields Too Large", b"too-many-fields",
    ),
}  # fmt: skip


def check(answer: bytes, status: bytes, condition: bytes) -> None:
    head, _, content = answer.partition(b"\r\n\r\n")
    lines = head.split(b"\r\n")
    assert lines[0] == b"HTTP/1.1 " + status
    assert set(lines[1:]) == {b"X-Page: ours", b"Connection: close", b"Content-Length: %d" % len(content)}
    assert content.startswith(condition + b" | "), content


@pytest.mark.parametrize("name", REFUSED)
async def test_it_is_refused_and_the_connection_closed(name: str) -> None:
    data, status, condition = REFUSED[name]
    async with fronting(untouchable, SETTINGS) as server, connected(server) as client:
        await client.send(data)
        check(await client.rest(), status, condition)
        assert client.ending == "FIN"  # and not a reset, which could take the answer away


@pytest.mark.parametrize("name", ["no Host", "HTTP/9.9", "an unknown transfer coding", "a target that is too long"])
async def test_it_is_refused_over_tls(server_tls: ssl.SSLContext, client_tls: ssl.SSLContext, name: str) -> None:
    data, status, condition = REFUSED[name]
    settings = dataclasses.replace(SETTINGS, linger=0.05)
    async with fronting(untouchable, settings, server_tls) as server, connected(server, client_tls) as client:
        await client.send(data)
        check(await client.rest(), status, condition)
        assert client.ending == "closure alert"


@pytest.mark.parametrize("size", [1, 3, 64])
async def test_it_is_refused_however_its_octets_arrive(size: int) -> None:
    data, status, condition = REFUSED["two lengths"]
    async with fronting(untouchable, SETTINGS) as server, connected(server) as client:
        for start in range(0, len(data), size):
            await client.send(data[start : start + size])
        check(await client.rest(), status, condition)


async def test_the_client_reads_the_answer_to_a_request_that_it_is_still_sending() -> None:
    """RFC 9112, 9.6: closed at once, the connection would be reset, and the answer lost."""
    async with fronting(untouchable, SETTINGS) as server, connected(server) as client:
        await client.send(b"POST / HTTP/9.9\r\n" + HOST + b"Content-Length: 1000000\r\n\r\n")
        head = await client.until(b"\r\n\r\n")
        for _ in range(100):
            await client.send(b"x" * 10_000)
        check(head + await client.rest(), *REFUSED["HTTP/9.9"][1:])
        assert client.ending == "FIN"


@pytest.mark.parametrize(
    ("data", "accept"),
    [
        (b"GET / HTTP/9.9\r\nAccept: text/html;q=0.5\r\n\r\n", b"text/html;q=0.5"),
        (b"GET / HTTP/1.1\r\nACCEPT:application/problem+json\r\n\r\n", b"application/problem+json"),
        (b"CONNECT a:1 HTTP/1.1\r\nHost: a:1\r\nAccept: */*\r\n\r\n", b"*/*"),
        (b"GET / HTTP/1.1\r\n\r\n", b""),
    ],
)
async def test_the_page_suits_the_requests_accept(data: bytes, accept: bytes) -> None:
    async with fronting(untouchable, SETTINGS) as server:
        answer = await ask(server, data)
    assert answer.endswith(b" | " + accept)


async def test_the_answer_to_head_has_no_content() -> None:
    async with fronting(untouchable, SETTINGS) as server:
        answer = await ask(server, b"HEAD / HTTP/1.1\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 400 Bad Request\r\n")
    assert b"Content-Length: " in answer
    assert answer.endswith(b"\r\n\r\n")


async def test_a_second_request_is_refused_after_the_first_was_answered() -> None:
    async with fronting(answering_ok, SETTINGS) as server:
        answer = await ask(server, GET + b"\r\nGET / HTTP/1.1\r\nAccept: a/b\r\n\r\n")
    first, _, second = answer.partition(b"ok")
    assert first.startswith(b"HTTP/1.1 200 OK\r\n")
    check(second, b"400 Bad Request", b"host-missing")
    assert second.endswith(b" | a/b")


@http_only
async def answering_ok(scope: Any, receive: Any, send: Any) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": [(b"Content-Length", b"2")]})
    await send({"type": "http.response.body", "body": b"ok"})


async def test_an_error_page_that_fails_is_replaced(caplog: pytest.LogCaptureFixture) -> None:
    def broken(status: int, condition: str, why: str, accept: bytes) -> Any:
        raise ZeroDivisionError

    async with fronting(untouchable, FrontSettings(error_page=broken)) as server:
        answer = await ask(server, b"GET / HTTP/1.1\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 400 Bad Request\r\n")
    assert answer.endswith(b"\r\n\r\n400 host-missing: An HTTP/1.1 request lacks the Host field. [RFC 9112, 3.2]\n")
    assert [record.levelname for record in caplog.records] == ["ERROR"]


async def test_more_clients_than_allowed_are_told_so() -> None:
    settings = FrontSettings(error_page=page, connections=2)
    async with fronting(answering_ok, settings) as server, connected(server) as first, connected(server) as second:
        for client in (first, second):
            await client.send(GET + b"\r\n")
            assert await client.until(b"ok")
        check(await ask(server, GET + b"\r\n"), b"503 Service Unavailable", b"too-many-clients")
        second.half_close()
        assert await second.rest() == b""
        async with connected(server) as third:
            await third.send(GET + b"\r\n")
            assert b" 200 OK" in await third.until(b"ok")
