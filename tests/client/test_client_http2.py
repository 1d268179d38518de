"""The client over HTTP/2, in front of a script that plays the gateway: what it sends and keeps, when it is done."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Sequence
from typing import Any

import pytest

from lab import h2
from lab.client import Askers
from lab.script import Close, Get, Receive, Request, Reset, Send, Stall, StartTLS
from lab.transcript import CLIENT_HOP, Event, What
from tests.upstream.wire import PATIENCE, Playing, playing

pytestmark = pytest.mark.anyio

OK = h2.headers(1, [*h2.answers(), (b"content-length", b"5")])
HELLO = OK + h2.data(1, b"hello", end_stream=True)
GET = Get("/", version="2")


@contextlib.asynccontextmanager
async def asking(gateway: Any, *clients: Any, secure: bool = False) -> AsyncIterator[tuple[Playing, Askers]]:
    """Clients that have asked, in front of a gateway that does as it is told."""
    async with playing(gateway) as played:
        askers = Askers(played.record)
        try:
            async with asyncio.timeout(PATIENCE):
                await askers.connect(clients or (GET,), played.addresses[0], secure=secure)
                askers.ask(clients or (GET,))
            yield played, askers
        finally:
            for connection in askers.connections:
                connection.abort()
            await asyncio.sleep(0)


async def done(played: Playing, askers: Askers) -> list[Event]:
    async with asyncio.timeout(PATIENCE):
        await played.record.until(lambda: all(asker.done for asker in askers.all))
    return seen(played)


def seen(played: Playing) -> list[Event]:
    return [event for event in played.record.events if event.hop == CLIENT_HOP]


def frames(events: Sequence[Event], what: What) -> list[h2.Frame]:
    """The frames that went one way."""
    cutter = h2.Cutter()
    cutter.feed(b"".join(event.data for event in events if event.what is what).removeprefix(h2.PREFACE))
    return list(cutter.frames())


def names(found: Sequence[h2.Frame]) -> list[str]:
    return [frame.name for frame in found]


@pytest.mark.parametrize(
    "answer",
    [
        HELLO,
        h2.headers(1, h2.answers(103)) + h2.headers(1, h2.answers(204), end_stream=True),
        OK + h2.data(1, b"hello") + h2.headers(1, [(b"sum", b"1")], end_stream=True),
        OK + h2.rst_stream(1, h2.ErrorCode.INTERNAL_ERROR),
        h2.rst_stream(1, h2.ErrorCode.REFUSED_STREAM),
        h2.goaway(h2.ErrorCode.NO_ERROR, 0),
    ],
    ids=["content", "interim", "trailers", "reset", "refused", "not processed"],
)
async def test_it_is_done_when_its_stream_is(answer: bytes) -> None:
    script = [Receive(len(GET.wire())), Send(h2.settings(), answer), Stall()]
    async with asking(script) as (played, askers):
        events = await done(played, askers)
        assert b"".join(event.data for event in events if event.what is What.RECEIVED) == h2.settings() + answer
        assert {event.stream for event in events if event.what is What.RECEIVED} <= {0, 1}
        assert all(event.request == (1 if event.stream else 0) for event in events if event.what is What.RECEIVED)


@pytest.mark.parametrize("answer", [b"", h2.settings(), h2.settings() + OK, h2.settings() + OK + h2.data(1, b"hel")])
async def test_it_is_not_done_before(answer: bytes) -> None:
    script = [Receive(), *([Send(answer)] if answer else []), Stall()]
    async with asking(script) as (played, askers):
        await played.happened(What.STALLED, times=1)
        while sum(len(event.data) for event in seen(played) if event.what is What.RECEIVED) < len(answer):
            await asyncio.sleep(0)
        assert not any(asker.done for asker in askers.all)


@pytest.mark.parametrize("ending", [Close(), Reset()])
async def test_an_end_of_the_connection_is_the_end(ending: Any) -> None:
    async with asking([Receive(), Send(h2.settings(), OK), ending]) as (played, askers):
        events = await done(played, askers)
        assert (What.ENDED if isinstance(ending, Close) else What.BROKEN) in {event.what for event in events}


async def test_its_request_is_what_the_value_says() -> None:
    client = Request("POST", "/up", b"Room: 7\r\n", b"Connection: close\r\n", content=b"hi", version="2")
    async with asking([Receive(len(client.wire())), Send(h2.settings(), HELLO), Stall()], client) as (played, askers):
        talk = h2.Conversation()
        sent = b"".join(event.data for event in await done(played, askers) if event.what is What.SENT)
        told = [event.what for event in talk.sent(sent) if isinstance(event, h2.OnStream)]
        assert h2.legible(told[0]) == b"POST /up HTTP/1.1\r\nhost: lab.test\r\nroom: 7\r\ncontent-length: 2\r\n\r\n"
        assert h2.legible(told[1]) == b"hi"
        assert talk.requests.anomalies == []


async def test_it_acknowledges_and_answers_by_itself() -> None:
    script = [Receive(len(GET.wire())), Send(h2.settings(), h2.ping(b"12345678")), Receive(26), Send(HELLO), Stall()]
    async with asking(script) as (played, askers):
        sent = frames(await done(played, askers), What.SENT)
        assert names(sent) == ["SETTINGS", "HEADERS", "SETTINGS", "PING"]
        assert all(frame.has(h2.ACK) for frame in sent[2:])
        assert sent[-1].payload == b"12345678"


async def test_content_goes_out_as_far_as_the_windows_reach() -> None:
    client = Request("POST", "/", content=bytes(100_000), version="2")
    head = len(Request("POST", "/", b"Content-Length: 100000\r\n", version="2").wire())
    first = head + 4 * 9 + 65_535
    script = [
        Receive(first),
        Send(h2.settings({h2.Setting.INITIAL_WINDOW_SIZE: 70_000}), h2.window_update(0, 10_000)),
        Receive(9 + 9 + 4_465),  # SETTINGS ACK, DATA
        Send(h2.window_update(0, 2**20), h2.window_update(1, 2**20)),
        Receive(100_000 - 70_000),
        Send(HELLO),
        Stall(),
    ]
    async with asking(script, client) as (played, askers):
        sent = [frame for frame in frames(await done(played, askers), What.SENT) if frame.name == "DATA"]
        sizes = [len(frame.payload) for frame in sent]
        assert sizes[:4] == [16_384, 16_384, 16_384, 16_383]  # 65,535: the first window
        assert sizes[4] == 4_465  # 70,000: the stream's window, as SETTINGS have changed it
        assert sum(sizes) == 100_000
        assert [frame.has(h2.END_STREAM) for frame in sent] == [*(len(sent) - 1) * [False], True]


async def test_it_gives_credit_for_what_it_reads() -> None:
    begin, content = h2.headers(1, h2.answers()), h2.data(1, bytes(16_384)) * 3
    script = [Receive(len(GET.wire())), Send(h2.settings(), begin, content), Receive(9 + 2 * 13),
              Send(h2.data(1, end_stream=True)), Stall()]  # fmt: skip
    async with asking(script) as (played, askers):
        credit = [each for each in frames(await done(played, askers), What.SENT) if each.name == "WINDOW_UPDATE"]
        assert {each.stream for each in credit} == {0, 1}
        assert all(32_768 <= each.last <= 49_152 for each in credit)


async def test_requests_of_one_act_share_a_connection() -> None:
    clients = [Get("/a", version="2"), Get("/b", version="2")]
    other = HELLO.replace(b"\0\0\0\x01", b"\0\0\0\x03")
    async with asking([Receive(), Send(h2.settings(), other, HELLO), Stall()], *clients) as (played, askers):
        events = await done(played, askers)
        assert {event.connection for event in events} == {1}
        assert {(event.stream, event.request) for event in events if event.stream} == {(1, 1), (3, 2)}


async def test_a_script_does_everything_by_hand_and_is_known_by_its_preface() -> None:
    client = [
        Send(h2.preface(), h2.headers(1, h2.asks(), end_stream=True)),
        Send(h2.headers(3, h2.asks(path=b"/b"), end_stream=True)),
    ]
    script = [Receive(150), Send(h2.settings(), HELLO, h2.rst_stream(3)), Stall()]
    async with asking(script, client) as (played, askers):
        events = await done(played, askers)
        assert names(frames(events, What.SENT)) == ["SETTINGS", "HEADERS", "HEADERS"]  # no ACK by itself
        assert {event.stream for event in events if event.data} == {0, 1, 3}


async def test_a_stream_that_the_client_gives_up_is_not_waited_for() -> None:
    asks = h2.headers(1, h2.asks(), end_stream=True)
    client = [Send(h2.preface(), asks), Receive(), Send(h2.rst_stream(1, h2.ErrorCode.CANCEL))]
    async with asking([Receive(), Send(h2.settings(), OK), Stall()], client) as (played, askers):
        events = await done(played, askers)
        assert names(frames(events, What.SENT)) == ["SETTINGS", "HEADERS", "RST_STREAM"]


async def test_an_answer_in_http_1_is_kept_as_it_is() -> None:
    refusal = b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"
    async with asking([Receive(), Send(refusal), Stall()]) as (played, askers):
        events = await done(played, askers)
        received = [event for event in events if event.what is What.RECEIVED]
        assert b"".join(event.data for event in received) == refusal
        assert {(event.stream, event.request) for event in received} == {(None, 1)}


async def test_octets_are_kept_however_they_come() -> None:
    octets = h2.settings() + HELLO
    pieces = [step for octet in octets for step in (Send(bytes((octet,))),)]
    async with asking([Receive(), *pieces, Stall()]) as (played, askers):
        events = await done(played, askers)
        assert b"".join(event.data for event in events if event.what is What.RECEIVED) == octets


@pytest.mark.parametrize("chosen", ["h2", "http/1.1"])
async def test_over_tls_alpn_decides(chosen: str) -> None:
    script = [StartTLS(alpn=(chosen,)), Receive(), Send(h2.settings(), HELLO), Stall()]
    async with asking(script, secure=True) as (played, askers):
        if chosen == "h2":
            assert What.RECEIVED in {event.what for event in await done(played, askers)}
            assert not played.record.failure
        else:
            assert played.record.failure == ("the client asks over HTTP/2, and by ALPN the gateway has chosen http/1.1")


async def test_the_next_act_may_go_on_with_the_connection() -> None:
    answer = HELLO.replace(b"\0\0\0\x01", b"\0\0\0\x03")
    script = [Receive(), Send(h2.settings(), HELLO), Receive(30), Send(answer), Stall()]
    async with asking(script) as (played, askers):
        await done(played, askers)
        await askers.connect((GET,), played.addresses[0], secure=False)
        askers.ask((GET,))
        events = await done(played, askers)
        assert {event.connection for event in events} == {1}
        assert [frame.stream for frame in frames(events, What.SENT) if frame.name == "HEADERS"] == [1, 3]


async def test_after_goaway_the_next_act_has_a_connection_of_its_own() -> None:
    async with asking([Receive(), Send(h2.settings(), HELLO, h2.goaway(0, 1)), Stall()]) as (played, askers):
        await done(played, askers)
        await askers.connect((GET,), played.addresses[0], secure=False)
        assert len(askers.connections) == 2
