"""How an exchange ends: so that the client can tell, and so that the application learns of a client that has gone."""

import asyncio
import ssl
from typing import Any

import pytest

from lab.gateways.reference.front import ClientGone
from tests.front.wire import DEADLINE, answering, connected, for_ever, front_of, fronting, http_only

pytestmark = pytest.mark.anyio

GET = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"
OLD = b"GET / HTTP/1.0\r\n\r\n"
LENGTH = (b"Content-Length", b"5")
OK = answering(200, (b"Content-Length", b"2"), content=b"ok")


def breaking_off(*fields: tuple[bytes, bytes], ending: str = "abort") -> Any:
    """An application that sends three octets of content and then no more."""

    @http_only
    async def application(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": fields})
        await send({"type": "http.response.body", "body": b"hel", "more_body": True})
        if ending == "abort":
            await front_of(scope).abort("the upstream broke")
        elif ending == "error":
            raise ZeroDivisionError

    return application


@pytest.mark.parametrize("ending", ["abort", "error", "return"])
@pytest.mark.parametrize(
    ("asked", "fields", "content", "plain", "secured"),
    [
        (GET, [], b"3\r\nhel\r\n", "FIN", "closure alert"),
        (GET, [LENGTH], b"hel", "FIN", "closure alert"),
        (OLD, [LENGTH], b"hel", "FIN", "closure alert"),
        (OLD, [], b"hel", "RST", "RST"),
    ],
    ids=["chunked", "with a length", "HTTP/1.0 with a length", "ended by the close"],
)
@pytest.mark.parametrize("secure", [False, True], ids=["plain", "TLS"])
async def test_a_response_that_is_broken_off_never_looks_complete(
    asked: bytes,
    fields: Any,
    content: bytes,
    plain: str,
    secured: str,
    ending: str,
    secure: bool,
    server_tls: ssl.SSLContext,
    client_tls: ssl.SSLContext,
) -> None:
    tls = (server_tls, client_tls) if secure else (None, None)
    application = breaking_off(*fields, ending=ending)
    async with fronting(application, tls=tls[0]) as server, connected(server, tls[1]) as client:
        await client.send(asked)
        answer = await client.rest()
        assert client.ending == (secured if secure else plain)
        if client.ending != "RST":  # which may overtake what was sent before it
            assert answer.endswith(b"\r\n\r\n" + content)


async def test_an_abort_before_the_response_closes_without_an_answer() -> None:
    @http_only
    async def application(scope: Any, receive: Any, send: Any) -> None:
        await front_of(scope).abort("nothing to say")

    async with fronting(application) as server, connected(server) as client:
        await client.send(GET)
        assert (await client.rest(), client.ending) == (b"", "FIN")


async def test_an_abort_after_the_response_changes_nothing() -> None:
    @http_only
    async def application(scope: Any, receive: Any, send: Any) -> None:
        await OK(scope, receive, send)
        await front_of(scope).abort("too late")

    async with fronting(application) as server, connected(server) as client:
        for _ in range(2):
            await client.send(GET)
            await client.until(b"ok")


async def test_what_was_sent_right_before_the_abort_is_not_lost() -> None:
    @http_only
    async def application(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": [LENGTH]})
        await front_of(scope).abort("no content came")

    async with fronting(application) as server, connected(server) as client:
        await client.send(GET)
        assert await client.rest() == b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"


@pytest.mark.parametrize("asked", [GET, OLD], ids=["HTTP/1.1", "HTTP/1.0"])
async def test_a_client_that_half_closes_after_its_request_gets_its_answer(asked: bytes) -> None:
    """RFC 9112, 9.6: a half-close does not say that the client has lost interest."""
    go_on = asyncio.Event()

    @http_only
    async def application(scope: Any, receive: Any, send: Any) -> None:
        await go_on.wait()
        assert not front_of(scope).disconnected.is_set()
        await OK(scope, receive, send)

    async with fronting(application) as server, connected(server) as client:
        await client.send(asked)
        client.half_close()
        assert await client.silent()
        go_on.set()
        assert (await client.rest()).endswith(b"\r\n\r\nok")
        assert client.ending == "FIN"


async def test_pipelined_requests_before_a_half_close_are_all_answered() -> None:
    async with fronting(OK) as server, connected(server) as client:
        await client.send(GET * 3)
        client.half_close()
        assert (await client.rest()).count(b"ok") == 3


class Waiting:
    """An application that waits for its client to go, in one way or another."""

    def __init__(self, how: str) -> None:
        self.how = how
        self.asked, self.told = asyncio.Event(), asyncio.Event()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            return
        self.asked.set()
        if self.how == "event":
            await front_of(scope).disconnected.wait()
            assert not front_of(scope).refused
        elif self.how == "receive":
            while (await receive())["type"] != "http.disconnect":
                pass
        else:
            await send({"type": "http.response.start", "status": 200, "headers": []})
            with pytest.raises(ClientGone):
                await for_ever(send)
        self.told.set()


@pytest.mark.parametrize("secure", [False, True], ids=["plain", "TLS"])
@pytest.mark.parametrize(
    "asked", [GET, b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n"], ids=["GET", "POST"]
)
@pytest.mark.parametrize("how", ["event", "receive", "send"])
async def test_the_application_learns_that_its_client_was_reset(
    how: str, asked: bytes, secure: bool, server_tls: ssl.SSLContext, client_tls: ssl.SSLContext
) -> None:
    application = Waiting(how)
    tls = (server_tls, client_tls) if secure else (None, None)
    async with fronting(application, tls=tls[0]) as server, connected(server, tls[1]) as client:
        await client.send(asked)
        await asyncio.wait_for(application.asked.wait(), DEADLINE)
        client.reset()
        await asyncio.wait_for(application.told.wait(), DEADLINE)


async def test_a_client_that_has_gone_is_learnt_of_in_spite_of_pipelined_requests() -> None:
    application = Waiting("event")
    async with fronting(application) as server, connected(server) as client:
        await client.send(GET * 100)
        await asyncio.wait_for(application.asked.wait(), DEADLINE)
        client.reset()
        await asyncio.wait_for(application.told.wait(), DEADLINE)


async def test_a_client_that_closed_is_learnt_of_when_something_is_sent() -> None:
    """A full close begins like a half-close; TCP tells them apart only by what it answers to data."""
    application = Waiting("send")
    async with fronting(application) as server:
        async with connected(server) as client:
            await client.send(GET)
        await asyncio.wait_for(application.told.wait(), DEADLINE)


async def test_sending_on_after_the_client_has_gone_is_no_error_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    asked, over = asyncio.Event(), asyncio.Event()

    @http_only
    async def application(scope: Any, receive: Any, send: Any) -> None:
        asked.set()
        try:
            await front_of(scope).disconnected.wait()
            await OK(scope, receive, send)
        finally:
            over.set()

    async with fronting(application) as server, connected(server) as client:
        await client.send(GET)
        await asyncio.wait_for(asked.wait(), DEADLINE)
        client.reset()
        await asyncio.wait_for(over.wait(), DEADLINE)
    assert caplog.records == []


@pytest.mark.parametrize(
    ("asked", "fields", "ending"),
    [(GET, [], "FIN"), (GET, [LENGTH], "FIN"), (OLD, [LENGTH], "FIN"), (OLD, [], "RST")],
    ids=["chunked", "with a length", "HTTP/1.0 with a length", "ended by the close"],
)
async def test_nor_does_one_that_the_server_does_not_wait_for_when_it_stops(
    asked: bytes, fields: Any, ending: str
) -> None:
    @http_only
    async def application(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": fields})
        await send({"type": "http.response.body", "body": b"hel", "more_body": True})
        await asyncio.Event().wait()

    async with fronting(application) as server, connected(server) as client:
        await client.send(asked)
        await client.until(b"hel")
        await server.stop()
        await client.rest()
        assert client.ending == ending
