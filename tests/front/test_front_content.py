"""The content of requests: 100 on demand, back-pressure, content that comes broken, and content that nobody wants."""

import asyncio
import socket
import ssl
import struct
import sys
from typing import Any

import pytest

from lab.gateways.reference.front import FrontSettings
from tests.front.applications import Counting, Deserted, Holding
from tests.front.wire import (
    DEADLINE,
    Application,
    Client,
    answering,
    connected,
    front_of,
    fronting,
    http_only,
    whole_content,
)

pytestmark = pytest.mark.anyio

OK = answering(200, (b"Content-Length", b"2"), content=b"ok")
CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"
LINGERING = FrontSettings(linger=0.05)


def post(*fields: bytes, version: bytes = b"1.1") -> bytes:
    return b"\r\n".join([b"POST / HTTP/" + version, b"Host: a", *fields, b"", b""])


EXPECTING = post(b"Content-Length: 5", b"Expect: 100-continue")


@http_only
async def reading(scope: Any, receive: Any, send: Any) -> None:
    content = await whole_content(receive)
    await answering(200, (b"Content-Length", b"%d" % len(content)), content=content)(scope, receive, send)


async def test_100_is_sent_when_the_application_reads_and_not_before() -> None:
    application = Holding(reading)
    async with fronting(application) as server, connected(server) as client:
        await client.send(EXPECTING)
        await asyncio.wait_for(application.asked.wait(), DEADLINE)
        assert await client.silent()
        application.go_on.set()
        assert await client.until(b"\r\n\r\n") == CONTINUE
        await client.send(b"hello")
        assert await client.until(b"hello") == b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"


@pytest.mark.parametrize("expect", [b"Expect: 100-Continue", b"EXPECT: 100-continue, , 100-CONTINUE"])
async def test_the_expectation_is_found_in_any_case_and_in_a_list(expect: bytes) -> None:
    async with fronting(reading) as server, connected(server) as client:
        await client.send(post(b"Transfer-Encoding: chunked", expect))
        assert await client.until(b"\r\n\r\n") == CONTINUE


@pytest.mark.parametrize(
    ("data", "more"),
    [
        (post(b"Content-Length: 5"), b"hello"),
        (post(b"Content-Length: 5", b"Expect: 100-continue", version=b"1.0"), b"hello"),
        (EXPECTING + b"hel", b"lo"),
        (post(b"Content-Length: 0", b"Expect: 100-continue"), b""),
        (post(b"Expect: 100-continue"), b""),
        (post(b"Content-Length: 5", b"Expect: foo", version=b"1.0"), b"hello"),
    ],
    ids=["not expected", "HTTP/1.0", "content came already", "no content", "none announced", "HTTP/1.0 anything"],
)
async def test_no_100_is_sent_where_none_is_due(data: bytes, more: bytes) -> None:
    """RFC 9110, 10.1.1."""
    application = Holding(reading)
    async with fronting(application) as server, connected(server) as client:
        await client.send(data)
        await asyncio.wait_for(application.asked.wait(), DEADLINE)
        application.go_on.set()
        await client.send(more)
        assert (await client.until(b"\r\n\r\n")).startswith(b"HTTP/1.1 200 OK\r\n")


async def test_a_100_of_the_applications_own_is_the_only_one() -> None:
    @http_only
    async def application(scope: Any, receive: Any, send: Any) -> None:
        assert front_of(scope).expects_continue
        await front_of(scope).interim(100)
        await reading(scope, receive, send)

    async with fronting(application) as server, connected(server) as client:
        await client.send(EXPECTING)
        assert await client.until(b"\r\n\r\n") == CONTINUE
        await client.send(b"hello")
        assert await client.until(b"hello") == b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"


async def test_a_final_answer_in_place_of_100_says_that_it_closes() -> None:
    """RFC 9110, 10.1.1: whether the client then sends the content cannot be known."""
    forbidding = answering(403, (b"Content-Length", b"2"), content=b"no")
    async with fronting(forbidding) as server, connected(server) as client:
        await client.send(EXPECTING)
        answer = await client.rest()
    assert answer == b"HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\nConnection: close\r\n\r\nno"


async def test_a_short_content_that_nobody_reads_does_not_cost_the_connection() -> None:
    async with fronting(OK) as server, connected(server) as client:
        await client.send(post(b"Content-Length: 5"))
        assert await client.until(b"ok") == b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
        await client.send(b"hello" + post(b"Content-Length: 5") + b"hello")
        assert await client.until(b"ok") == b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


@pytest.mark.parametrize("secure", [False, True], ids=["plain", "TLS"])
async def test_a_long_content_that_nobody_reads_ends_the_connection_and_the_answer_is_read(
    secure: bool, server_tls: ssl.SSLContext, client_tls: ssl.SSLContext
) -> None:
    tls = (server_tls, client_tls) if secure else (None, None)
    async with fronting(OK, FrontSettings(linger=1.5), tls[0]) as server, connected(server, tls[1]) as client:
        await client.send(post(b"Content-Length: 10000000"))
        for _ in range(1_000):  # in the middle of which the answer comes
            await client.send(b"x" * 10_000)
        answer = await client.rest()
        assert answer == b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok"
        assert client.ending == ("closure alert" if secure else "FIN")


@http_only
async def answering_while_reading(scope: Any, receive: Any, send: Any) -> None:
    reading = asyncio.create_task(receive())
    await asyncio.sleep(0)
    await OK(scope, receive, send)
    assert (await reading)["type"] == "http.disconnect"


@pytest.mark.parametrize("application", [OK, answering_while_reading], ids=["not reading", "reading"])
async def test_a_short_content_that_never_comes_ends_the_connection_after_the_answer(application: Application) -> None:
    async with fronting(application, LINGERING) as server, connected(server) as client:
        await client.send(post(b"Content-Length: 5"))
        assert (await client.rest()).endswith(b"\r\n\r\nok")
        assert client.ending == "FIN"


@pytest.mark.skipif(sys.platform != "linux", reason="counts with Linux's TCP_INFO")
async def test_the_client_is_held_back_by_an_application_that_does_not_read() -> None:
    application = Holding(reading)
    size = 64_000_000
    async with fronting(application) as server, connected(server) as client:
        await client.send(post(b"Content-Length: %d" % size))
        await asyncio.wait_for(application.asked.wait(), DEADLINE)
        upload = asyncio.create_task(client.send(bytes(size)))
        stood = -1
        while (came := acknowledged(client)) != stood:
            stood = came
            await asyncio.sleep(0.05)
        assert 0 < stood < 16_000_000  # what two sockets and the front hold
        assert not upload.done()
        upload.cancel()
        await asyncio.wait([upload])


def acknowledged(client: Client) -> int:
    """How many octets the server's TCP has taken: `tcpi_bytes_acked` of Linux's `struct tcp_info`."""
    info = client.sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 128)
    octets: int = struct.unpack_from("Q", info, 120)[0]
    return octets


async def test_a_large_content_reaches_the_application_whole() -> None:
    size, application = 20_000_000, Counting()
    async with fronting(application) as server, connected(server) as client:
        await client.send(post(b"Content-Length: %d" % size))
        await client.send(bytes(size))
        await client.until(b"ok")
    assert application.total == size


@pytest.mark.parametrize(
    ("content", "status"),
    [
        (b"5\r\nhelloX\r\n0\r\n\r\n", b"400 Bad Request"),
        (b"5\r\nhello\r\nfive\r\n", b"400 Bad Request"),
        (b"5\r\nhello\r\n" + b"f" * 20 + b"\r\n", b"400 Bad Request"),
        (b"5\r\nhello\r\n0\r\nHost: b\r\n\r\n", b"400 Bad Request"),
        (b"5\r\nhello\r\n0\r\nX-A: " + b"a" * 100_000 + b"\r\n\r\n", b"431 Request Header Fields Too Large"),
    ],
    ids=["no CR LF after a chunk", "no size", "a size too large", "a forbidden trailer field", "a trailer too large"],
)
async def test_content_that_breaks_is_refused_and_the_application_told(content: bytes, status: bytes) -> None:
    application = Deserted()
    async with fronting(application) as server, connected(server) as client:
        await client.send(post(b"Transfer-Encoding: chunked") + content)
        answer = await client.rest()
        assert answer.startswith(b"HTTP/1.1 " + status + b"\r\n")
        assert b"\r\nConnection: close\r\n" in answer
        await asyncio.wait_for(application.told.wait(), DEADLINE)
    assert application.refused


async def test_content_that_breaks_after_the_response_has_begun_cuts_the_response_short() -> None:
    @http_only
    async def application(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"so far", "more_body": True})
        while (await receive())["type"] != "http.disconnect":
            pass

    async with fronting(application) as server, connected(server) as client:
        await client.send(post(b"Transfer-Encoding: chunked"))
        await client.until(b"so far\r\n")
        await client.send(b"nonsense\r\n")
        assert await client.rest() == b""  # no last chunk, and no second answer
        assert client.ending == "FIN"


async def test_a_client_that_half_closes_in_the_middle_of_its_content_is_told() -> None:
    """RFC 9112, 8: a server may say so before it closes."""
    async with fronting(reading) as server, connected(server) as client:
        await client.send(post(b"Content-Length: 5") + b"hel")
        client.half_close()
        answer = await client.rest()
    assert answer.startswith(b"HTTP/1.1 400 Bad Request\r\n")
    assert b"request-incomplete" in answer


async def test_trailers_are_there_when_the_content_is_complete() -> None:
    asked = asyncio.Event()

    @http_only
    async def application(scope: Any, receive: Any, send: Any) -> None:
        assert (await receive())["body"] == b"hello"
        assert front_of(scope).trailers == ()
        asked.set()
        await whole_content(receive)
        assert front_of(scope).trailers == ((b"Check", b"5"),)
        await OK(scope, receive, send)

    async with fronting(application) as server, connected(server) as client:
        await client.send(post(b"Transfer-Encoding: chunked") + b"5\r\nhello\r\n")
        await asyncio.wait_for(asked.wait(), DEADLINE)
        await client.send(b"0\r\nCheck: 5\r\n\r\n")
        assert (await client.until(b"ok")).startswith(b"HTTP/1.1 200")
