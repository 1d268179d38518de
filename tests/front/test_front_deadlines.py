"""Every wait for the client has a deadline, and pipelined requests are answered in order."""

import asyncio
import ssl
from typing import Any

import pytest

from lab.gateways.reference.front import FrontSettings
from lab.serving.server import Server
from tests.front.applications import Deserted
from tests.front.wire import DEADLINE, answering, ask, connected, fronting, http_only, whole_content

pytestmark = pytest.mark.anyio

GET = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"
OK = answering(200, (b"Content-Length", b"2"), content=b"ok")
PROMPT = FrontSettings(header_timeout=0.1, content_timeout=0.1, linger=0.05)
IMPATIENT = FrontSettings(idle_timeout=0.2)


@http_only
async def reading(scope: Any, receive: Any, send: Any) -> None:
    await whole_content(receive)
    await OK(scope, receive, send)


@pytest.mark.parametrize("begun", [b"G", b"GET / HTTP/1.1\r\nHos", b"GET / HTTP/1.1\r\nHost: a\r\n"])
async def test_a_header_section_that_does_not_come_is_408(begun: bytes) -> None:
    async with fronting(OK, PROMPT) as server, connected(server) as client:
        await client.send(begun)
        answer = await client.rest()
        assert answer.startswith(b"HTTP/1.1 408 Request Timeout\r\n")
        assert b"\r\nConnection: close\r\n" in answer
        assert client.ending == "FIN"


async def test_a_header_section_that_comes_octet_by_octet_is_408_all_the_same() -> None:
    async with fronting(OK, PROMPT) as server, connected(server) as client:
        answer = asyncio.create_task(client.rest())
        for octet in b"GET / HTTP/1.1\r\nHost: a.example\r\nX-A: " + b"a" * 200:
            await client.send(bytes([octet]))
            await asyncio.sleep(0.01)  # slowness is the matter here
            if answer.done():
                break
        else:
            pytest.fail("each octet put the deadline off")
        assert (await answer).startswith(b"HTTP/1.1 408 Request Timeout\r\n")


async def test_the_second_request_has_a_deadline_too() -> None:
    async with fronting(OK, PROMPT) as server, connected(server) as client:
        await client.send(GET + GET[:-9])
        await client.until(b"ok")
        assert (await client.rest()).startswith(b"HTTP/1.1 408 Request Timeout\r\n")


@pytest.mark.parametrize("secure", [False, True], ids=["plain", "TLS"])
async def test_a_connection_without_a_request_is_closed_without_a_word(
    secure: bool, server_tls: ssl.SSLContext, client_tls: ssl.SSLContext
) -> None:
    tls = (server_tls, client_tls) if secure else (None, None)
    async with fronting(OK, IMPATIENT, tls[0]) as server, connected(server, tls[1]) as client:
        assert await client.rest() == b""
        assert client.ending == ("closure alert" if secure else "FIN")


async def test_a_connection_is_kept_for_so_long_after_a_request() -> None:
    async with fronting(OK, IMPATIENT) as server, connected(server) as client:
        await client.send(GET)
        await client.until(b"ok")
        assert await client.rest() == b""


@pytest.mark.parametrize("together", [False, True])
async def test_an_empty_line_after_a_request_is_not_the_beginning_of_the_next_one(together: bool) -> None:
    """Some clients send one after their content; ignored (RFC 9112, 2.2), it makes nobody late."""
    posted = b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi"
    settings = FrontSettings(header_timeout=0.05, idle_timeout=0.2)
    async with fronting(OK, settings) as server, connected(server) as client:
        await client.send(posted + b"\r\n" if together else posted)
        await client.until(b"ok")
        if not together:
            await client.send(b"\r\n")
        assert await client.rest() == b""
        assert client.ending == "FIN"


async def test_content_that_does_not_come_is_408() -> None:
    application = Deserted()
    async with fronting(application, PROMPT) as server, connected(server) as client:
        await client.send(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhel")
        assert (await client.rest()).startswith(b"HTTP/1.1 408 Request Timeout\r\n")
        await asyncio.wait_for(application.told.wait(), DEADLINE)


async def test_content_may_take_longer_than_that_in_all() -> None:
    settings = FrontSettings(content_timeout=1.0)
    async with fronting(reading, settings) as server, connected(server) as client:
        await client.send(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 6\r\n\r\n")
        for _ in range(6):
            await asyncio.sleep(0.2)  # slowness is the matter here
            await client.send(b"x")
        assert (await client.until(b"ok")).startswith(b"HTTP/1.1 200 OK\r\n")


async def test_the_deadline_for_content_does_not_run_while_nobody_wants_it() -> None:
    @http_only
    async def slow(scope: Any, receive: Any, send: Any) -> None:
        await asyncio.sleep(0.3)
        await reading(scope, receive, send)

    async with fronting(slow, PROMPT) as server, connected(server) as client:
        await client.send(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello")
        assert (await client.until(b"ok")).startswith(b"HTTP/1.1 200 OK\r\n")


async def test_a_slow_application_has_no_deadline_here() -> None:
    @http_only
    async def slow(scope: Any, receive: Any, send: Any) -> None:
        await asyncio.sleep(0.3)
        await OK(scope, receive, send)

    async with fronting(slow, PROMPT) as server, connected(server) as client:
        await client.send(GET)
        assert (await client.until(b"ok")).startswith(b"HTTP/1.1 200 OK\r\n")


async def test_a_tls_client_that_does_not_answer_the_closure_alert_is_let_go(
    server_tls: ssl.SSLContext, client_tls: ssl.SSLContext
) -> None:
    """asyncio would wait 30 seconds for it."""
    async with fronting(OK, tls=server_tls) as server, connected(server, client_tls) as client:
        await client.send(GET.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"))
        await client.rest()
        assert client.ending == "closure alert"
        async with asyncio.timeout(DEADLINE):
            while server._open:
                await asyncio.sleep(0.01)


@http_only
async def by_path(scope: Any, receive: Any, send: Any) -> None:
    """Answers with the path; the first request takes longest."""
    for _ in range(max(0, 20 - len(scope["path"]))):
        await asyncio.sleep(0)
    content = scope["raw_path"] + b";"
    await answering(200, (b"Content-Length", b"%d" % len(content)), content=content)(scope, receive, send)


@pytest.mark.parametrize("size", [1, 50, 10_000])
async def test_pipelined_requests_are_answered_in_order(size: int) -> None:
    requests = b"".join(b"GET /%s HTTP/1.1\r\nHost: a\r\n\r\n" % (b"x" * number) for number in range(1, 20))
    requests += b"POST /last HTTP/1.1\r\nHost: a\r\nContent-Length: 40\r\nConnection: close\r\n\r\n" + GET
    async with fronting(by_path) as server, connected(server) as client:
        for start in range(0, len(requests), size):
            await client.send(requests[start : start + size])
        answers = await client.rest()
    contents = [part.rpartition(b"\r\n\r\n")[2] for part in answers.split(b";")[:-1]]
    assert contents == [b"/" + b"x" * number for number in range(1, 20)] + [b"/last"]


async def test_content_is_never_read_as_a_request() -> None:
    async with fronting(by_path) as server:
        answer = await ask(
            server, b"POST /a HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: %d\r\n\r\n" % len(GET) + GET
        )
    assert answer.count(b"HTTP/1.1 200") == 1


async def test_a_stop_with_grace_closes_idle_connections_and_finishes_requests() -> None:
    asked, go_on = asyncio.Event(), asyncio.Event()

    @http_only
    async def application(scope: Any, receive: Any, send: Any) -> None:
        asked.set()
        await go_on.wait()
        await OK(scope, receive, send)

    async with fronting(application) as server, connected(server) as busy, connected(server) as idle:
        await busy.send(GET)
        await asyncio.wait_for(asked.wait(), DEADLINE)
        stopping = asyncio.create_task(stop(server))
        assert await idle.rest() == b""
        go_on.set()
        assert await busy.rest() == b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok"
        busy.sock.close()
        idle.sock.close()
        await asyncio.wait_for(stopping, 0.5)


async def stop(server: Server) -> None:
    await server.stop(grace=DEADLINE)


@pytest.mark.parametrize("secure", [False, True], ids=["plain", "TLS"])
async def test_a_stop_without_grace_waits_for_nobody(
    secure: bool, server_tls: ssl.SSLContext, client_tls: ssl.SSLContext
) -> None:
    asked = asyncio.Event()

    @http_only
    async def hanging(scope: Any, receive: Any, send: Any) -> None:
        asked.set()
        await asyncio.Event().wait()

    tls = (server_tls, client_tls) if secure else (None, None)
    async with fronting(hanging, tls=tls[0]) as server, connected(server, tls[1]) as busy, connected(server, tls[1]):
        await busy.send(GET * 3)
        await asyncio.wait_for(asked.wait(), DEADLINE)
        await asyncio.wait_for(server.stop(), 0.4)
        assert await busy.rest() == b""
