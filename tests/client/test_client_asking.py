"""The client, in front of an upstream that plays the gateway: what it keeps, when it is done, how endings differ."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import Any

import pytest

from lab.client import Asker
from lab.script import (
    Close,
    Get,
    Pause,
    Receive,
    ReceiveRequest,
    Request,
    Reset,
    Send,
    Stall,
    StartTLS,
    Until,
    UpstreamSees,
)
from lab.transcript import CLIENT_HOP, Event, What
from tests.upstream.wire import HELLO, PATIENCE, Playing, playing

pytestmark = pytest.mark.anyio

ENDLESS = b"HTTP/1.1 200 OK\r\n\r\nuntil I close"


@contextlib.asynccontextmanager
async def asking(client: Any, gateway: Any, *, secure: bool = False) -> AsyncIterator[tuple[Playing, Asker]]:
    """A client that has asked, in front of a gateway that does as it is told."""
    async with playing(gateway) as played:
        asker = Asker(played.record)
        try:
            async with asyncio.timeout(PATIENCE):
                await asker.connection.connect(played.addresses[0], secure=secure)
                if asker.connection.open:
                    asker.ask(client)
            yield played, asker
        finally:
            asker.connection.abort()
            await asyncio.sleep(0)


async def done(played: Playing, asker: Asker) -> list[Event]:
    """What the client has seen until it is done."""
    async with asyncio.timeout(PATIENCE):
        await played.record.until(lambda: asker.done)
    return seen(played)


def seen(played: Playing) -> list[Event]:
    return [event for event in played.record.events if event.hop == CLIENT_HOP]


def whats(events: list[Event]) -> list[What]:
    return [event.what for event in events]


def received(events: list[Event]) -> bytes:
    return b"".join(event.data for event in events if event.what is What.RECEIVED)


@pytest.mark.parametrize(
    ("client", "answer"),
    [
        (Get("/"), HELLO),
        (Get("/"), b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n"),
        (Get("/"), b"HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n"),
        (Get("/"), b"HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n"),
        (Get("/", method="HEAD"), b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"),
        (Request("POST", "/", content=b"hi"), b"HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n"),
        (
            Get("/", b"Upgrade: chat\r\n", b"Connection: upgrade\r\n"),
            b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: chat\r\nConnection: upgrade\r\n\r\n",
        ),
        (Get("/"), b"SSH-2.0-OpenSSH_9.2\r\n"),
    ],
)
async def test_it_is_done_when_its_answer_is_complete(client: Request, answer: bytes) -> None:
    async with asking(client, [Receive(len(client.wire())), Send(answer), Stall()]) as (played, asker):
        events = await done(played, asker)
        assert received(events) == answer
        assert whats(events) == [What.OPENED, What.SENT, What.RECEIVED]
        assert events[1].data == client.wire()


async def test_it_is_not_done_while_something_is_missing() -> None:
    async with asking(Get("/"), [ReceiveRequest(), Send(HELLO[:-1]), Pause(0.05), Send(b"o"), Stall()]) as (
        played,
        asker,
    ):
        await played.happened(What.ANSWERED, times=0)
        while received(seen(played)) != HELLO[:-1]:
            await asyncio.sleep(0)
        assert not asker.done
        assert received(await done(played, asker)) == HELLO


@pytest.mark.parametrize("answer", [b"", b"HTTP/1.1 20", HELLO[:-1], ENDLESS])
async def test_fin_is_seen_as_fin(answer: bytes) -> None:
    script = [ReceiveRequest(), *([Send(answer)] if answer else []), Close()]
    async with asking(Get("/"), script) as (played, asker):
        events = await done(played, asker)
        assert received(events) == answer
        assert What.ENDED in whats(events)
        assert What.BROKEN not in whats(events)


@pytest.mark.parametrize("answer", [b"", b"HTTP/1.1 20", HELLO[:-1], ENDLESS])
async def test_rst_is_seen_as_rst_with_all_bytes_before_it(answer: bytes) -> None:
    script = [ReceiveRequest(), *([Send(answer)] if answer else []), Reset()]
    async with asking(Get("/"), script) as (played, asker):
        events = await done(played, asker)
        assert received(events) == answer
        assert whats(events)[-1] is What.BROKEN
        assert What.ENDED not in whats(events)


async def test_under_tls_a_closure_alert_is_seen() -> None:
    async with asking(Get("/"), [StartTLS(), ReceiveRequest(), Send(ENDLESS), Close()], secure=True) as (played, asker):
        events = await done(played, asker)
        assert received(events) == ENDLESS
        assert whats(events)[:5] == [What.OPENED, What.HANDSHAKE, What.SECURED, What.SENT, What.RECEIVED]
        assert [event.detail for event in events if event.what is What.ALERT_RECEIVED] == ["close_notify"]
        assert events[2].detail == "TLS 1.3, no ALPN, server name lab.test"


async def test_under_tls_a_truncation_is_seen() -> None:
    script = [StartTLS(), ReceiveRequest(), Send(ENDLESS), Close(alert=False)]
    async with asking(Get("/"), script, secure=True) as (played, asker):
        events = await done(played, asker)
        assert received(events) == ENDLESS
        assert What.ENDED in whats(events)
        assert What.ALERT_RECEIVED not in whats(events)


async def test_under_tls_a_reset_is_seen() -> None:
    async with asking(Get("/"), [StartTLS(), ReceiveRequest(), Send(ENDLESS), Reset()], secure=True) as (played, asker):
        events = await done(played, asker)
        assert received(events) == ENDLESS
        assert whats(events)[-1] is What.BROKEN


async def test_a_gateway_that_speaks_no_tls() -> None:
    async with asking(Get("/"), [Receive(), Send(b"HTTP/1.1 400 Bad Request\r\n\r\n"), Close()], secure=True) as both:
        events = await done(*both)
        assert What.HANDSHAKE_FAILED in whats(events)
        assert What.SENT not in whats(events)


async def test_a_gateway_that_is_not_there() -> None:
    async with playing([Stall()]) as played:
        pass
    asker = Asker(played.record)
    played.record.sealed = False
    await asker.connection.connect(played.addresses[0])
    assert asker.done
    assert [(event.what, event.detail) for event in seen(played)] == [(What.FAILED, "Connection refused")]


async def test_it_never_closes_before_the_gateway_does() -> None:
    async with asking(Get("/"), [ReceiveRequest(), Send(HELLO)]) as (played, asker):
        await done(played, asker)
        assert What.CLOSED not in played.whats()
        assert asker.connection.open


async def test_an_early_answer_to_an_upload_is_kept() -> None:
    upload = Request("POST", "/", content=b"x" * 2_000_000)
    answer = b"HTTP/1.1 413 Content Too Large\r\nContent-Length: 0\r\n\r\n"
    async with asking(upload, [ReceiveRequest(content=0), Send(answer), Pause(0.02), Reset()]) as (played, asker):
        events = await done(played, asker)
        assert received(events) == answer


# Scripts


async def test_a_script_sends_as_it_is_written() -> None:
    script = [
        Send(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\n"),
        Until(UpstreamSees(b"Length: 4")),
        Send(b"1"),
        Pause(0.02),
        Send(b"234"),
    ]
    async with asking(script, [ReceiveRequest(), Send(HELLO)]) as (played, asker):
        events = await done(played, asker)
        assert whats(events) == [What.OPENED, What.SENT, What.WAITED, What.SENT, What.SENT, What.RECEIVED]
        assert received(events) == HELLO


async def test_a_script_may_wait_for_an_interim_response() -> None:
    gateway = [
        ReceiveRequest(content=0),
        Send(b"HTTP/1.1 100 Continue\r\n\r\n"),
        Receive(4),
        Send(HELLO),
    ]
    script = [
        Send(b"POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n"),
        Receive(25),
        Send(b"1234"),
    ]
    async with asking(script, gateway) as (played, asker):
        assert received(await done(played, asker)).endswith(HELLO)


async def test_two_requests_in_a_row_have_two_answers() -> None:
    get, head = Get("/").wire(), Get("/", method="HEAD").wire()
    no_content = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"
    gateway = [ReceiveRequest(), Send(no_content), Pause(0.03), ReceiveRequest(), Send(HELLO)]
    async with asking([Send(head, get)], gateway) as (played, asker):
        assert received(await done(played, asker)) == no_content + HELLO


async def test_an_answer_before_the_request_is_complete_is_the_answer() -> None:
    answer = b"HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n\r\n"
    script = [Send(b"GET / HT"), Receive(), Send(b"TP/1.1\r\nHost: a\r\n\r\n")]
    async with asking(script, [Receive(), Send(answer)]) as (played, asker):
        assert received(await done(played, asker)) == answer


async def test_a_client_that_half_closes_still_gets_its_answer() -> None:
    script = [Send(Get("/").wire()), Close()]
    async with asking(script, [ReceiveRequest(), Pause(0.02), Send(HELLO)]) as (played, asker):
        events = await done(played, asker)
        assert received(events) == HELLO
        assert whats(events)[:3] == [What.OPENED, What.SENT, What.CLOSED]


async def test_a_client_that_breaks_off_is_done() -> None:
    async with asking([Send(b"GET / HT"), Reset()], [ReceiveRequest(), Send(HELLO)]) as (played, asker):
        events = await done(played, asker)
        assert whats(events) == [What.OPENED, What.SENT, What.RESET]
        await played.happened(What.BROKEN)


async def test_a_verb_that_is_not_a_clients_is_a_mistake() -> None:
    async with asking([ReceiveRequest()], [ReceiveRequest()]) as (played, asker):
        await done(played, asker)
        assert "ReceiveRequest has no place in this script" in played.record.failure


async def test_marks_of_a_client_are_delivered() -> None:
    script = [Send(b"GET / HT", wrong="cut off"), Close(watch="half-closes")]
    async with asking(script, [ReceiveRequest(), Close()]) as (played, asker):
        await done(played, asker)
        assert played.details(What.DELIVERED) == ["cut off", "half-closes"]


async def test_a_step_to_which_nobody_listens_is_not_delivered() -> None:
    script = [Send(b"GET / HT"), Receive(), Send(b"TP", wrong="too late")]
    async with asking(script, [Receive(), Close()]) as (played, asker):
        await done(played, asker)
        assert played.details(What.DELIVERED) == []
