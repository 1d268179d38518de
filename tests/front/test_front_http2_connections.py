"""A connection of HTTP/2 as a whole: its preface, its settings, its errors, and its limits."""

import asyncio
import ssl
from typing import Any

import pytest

from lab import h2
from lab.gateways.reference.front import FrontSettings
from lab.h2 import FrameType, Setting
from tests.front.applications import OK, Holding
from tests.front.frames import GET, POST, speaking
from tests.front.test_front_refused import page
from tests.front.wire import DEADLINE, answering, connected, fronting, http_only

pytestmark = pytest.mark.anyio

ASK = h2.headers(1, GET, end_stream=True)
PROMPT = FrontSettings(header_timeout=0.1, content_timeout=0.1, linger=0.05)
IMPATIENT = FrontSettings(idle_timeout=0.15, linger=0.05)


# The beginning


async def test_the_server_begins_with_its_settings_and_acknowledges_the_clients() -> None:
    settings = FrontSettings(streams=7)
    async with fronting(OK, settings) as server, speaking(server) as client:
        await client.send(h2.settings({0xFACE: 1, Setting.MAX_FRAME_SIZE: 100_000, Setting.HEADER_TABLE_SIZE: 0}))
        await client.until(lambda: sum(frame.has(h2.ACK) for frame in client.of(FrameType.SETTINGS)) == 2)
        values = dict(client.frames[0].values)
        assert client.frames[0].type == FrameType.SETTINGS
        assert values[Setting.MAX_CONCURRENT_STREAMS] == 7
        assert values[Setting.MAX_HEADER_LIST_SIZE] == settings.limits.section
        assert values.get(Setting.ENABLE_PUSH, 0) == 0
        await client.send(h2.settings(ack=True))
        await client.round_trip()
        assert client.of(FrameType.PING)[-1].payload == b"all read"


async def test_a_table_that_was_emptied_in_between_is_told_to_be_empty() -> None:
    """RFC 7541, 4.2: what the client has forgotten must not be referred to."""
    async with fronting(OK) as server, speaking(server) as client:
        await client.send(ASK)
        await client.answer(1)
        await client.send(h2.settings(((Setting.HEADER_TABLE_SIZE, 0), (Setting.HEADER_TABLE_SIZE, 4_096))))
        await client.send(h2.headers(3, GET, end_stream=True))
        assert (await client.answer(3)).status == 200
        assert client.of(FrameType.HEADERS, 3)[0].payload[0] == 0x20


async def test_as_many_streams_as_there_can_be() -> None:
    async with fronting(OK, FrontSettings(streams=10_000)) as server, speaking(server) as client:
        await client.send(ASK)
        assert (await client.answer(1)).status == 200
    for streams in (0, 10_001):
        with pytest.raises(ValueError, match="at most 10000"):
            FrontSettings(streams=streams)


@pytest.mark.parametrize("size", [1, 3, 23])
async def test_the_beginning_of_the_preface_is_waited_for(size: int) -> None:
    async with fronting(OK) as server, connected(server) as client:
        await client.send(h2.PREFACE[:size])
        assert await client.silent()
        await client.send(h2.PREFACE[size:] + h2.settings())
        assert (await client.until(b"\x04"))[:3] == b"\0\0\x2a"


@pytest.mark.parametrize("begun", [b"P", b"PRI * HTTP/2.0\r\n\r\nS"])
async def test_a_preface_that_does_not_come_is_a_late_request(begun: bytes) -> None:
    async with fronting(OK, PROMPT) as server, connected(server) as client:
        await client.send(begun)
        assert (await client.rest()).startswith(b"HTTP/1.1 408 ")


async def test_what_begins_like_the_preface_may_be_a_request() -> None:
    async with fronting(OK) as server, connected(server) as client:
        await client.send(b"P")
        await client.send(b"RI")
        await client.send(b"NT / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        assert (await client.rest()).startswith(b"HTTP/1.1 200 ")


async def test_a_client_that_leaves_in_the_middle_of_the_preface() -> None:
    async with fronting(OK) as server, connected(server) as client:
        await client.send(b"PRI * HT")
        client.half_close()
        assert (await client.rest()).startswith(b"HTTP/1.1 400 ")


async def test_the_preface_may_come_in_pieces_after_alpn(h2_tls: tuple[ssl.SSLContext, ssl.SSLContext]) -> None:
    async with fronting(OK, PROMPT, h2_tls[0]) as server, speaking(server, h2_tls[1], begun=False) as client:
        for start in range(0, len(h2.PREFACE), 5):
            await client.send(h2.PREFACE[start : start + 5])
            await asyncio.sleep(0.01)  # so that each is read by itself
        await client.send(h2.settings(), h2.headers(1, h2.asks(scheme=b"https"), end_stream=True))
        assert (await client.answer(1)).status == 200


async def test_another_preface_after_alpn_is_an_error(h2_tls: tuple[ssl.SSLContext, ssl.SSLContext]) -> None:
    async with fronting(OK, PROMPT, h2_tls[0]) as server, speaking(server, h2_tls[1], begun=False) as client:
        await client.send(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        await client.rest()
        assert client.farewell[0] == "PROTOCOL_ERROR"
        assert client.wire.ending == "closure alert"


# Connection errors (RFC 9113, 5.4.1)

BROKEN: dict[str, tuple[bytes, str]] = {
    "a frame that is too large": (h2.frame(FrameType.DATA, 0, 1, length=16_385), "FRAME_SIZE_ERROR"),
    "PING of seven octets": (h2.ping(b"seven.."), "FRAME_SIZE_ERROR"),
    "PING on a stream": (h2.frame(FrameType.PING, 0, 1, bytes(8)), "PROTOCOL_ERROR"),
    "SETTINGS on a stream": (h2.frame(FrameType.SETTINGS, 0, 1), "PROTOCOL_ERROR"),
    "SETTINGS of five octets": (h2.frame(FrameType.SETTINGS, 0, 0, bytes(5)), "FRAME_SIZE_ERROR"),
    "acknowledged SETTINGS that say something": (h2.frame(FrameType.SETTINGS, h2.ACK, 0, bytes(6)), "FRAME_SIZE_ERROR"),
    "a setting out of range": (h2.settings({Setting.MAX_FRAME_SIZE: 1}), "PROTOCOL_ERROR"),
    "a window out of range": (h2.settings({Setting.INITIAL_WINDOW_SIZE: 2**31}), "FLOW_CONTROL_ERROR"),
    "a window that overflows": (h2.window_update(0, 2**31 - 1), "FLOW_CONTROL_ERROR"),
    "no increment": (h2.window_update(0, 0), "PROTOCOL_ERROR"),
    "DATA on stream 0": (h2.data(0, b"x"), "PROTOCOL_ERROR"),
    "DATA on a stream that is idle": (h2.data(1, b"x"), "PROTOCOL_ERROR"),
    "RST_STREAM on a stream that is idle": (ASK + h2.rst_stream(3), "PROTOCOL_ERROR"),
    "RST_STREAM on a stream that only the server could open": (ASK + h2.rst_stream(2), "PROTOCOL_ERROR"),
    "WINDOW_UPDATE on a stream that is idle": (ASK + h2.window_update(3, 1), "PROTOCOL_ERROR"),
    "an even stream": (h2.headers(2, GET, end_stream=True), "PROTOCOL_ERROR"),
    "PUSH_PROMISE": (h2.push_promise(1, 2, GET), "PROTOCOL_ERROR"),
    "a stream with a lower number": (h2.headers(3, GET, end_stream=True), "PROTOCOL_ERROR"),
    "CONTINUATION alone": (h2.continuation(1, GET), "PROTOCOL_ERROR"),
    "another frame inside a field section": (
        h2.headers(1, GET, end_headers=False) + h2.ping(), "PROTOCOL_ERROR",
    ),
    "CONTINUATION of another stream": (
        h2.headers(1, GET, end_headers=False) + h2.continuation(3, GET), "PROTOCOL_ERROR",
    ),
    "a field section that cannot be decoded": (h2.headers(1, b"\xff\xff\xff\xff\xff\xff", end_stream=True),
        "COMPRESSION_ERROR"),
    "padding longer than the frame": (h2.frame(FrameType.DATA, h2.PADDED, 1, b"\x05abc"), "PROTOCOL_ERROR"),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
async def test_it_ends_the_connection_with_a_word(name: str) -> None:
    frames, code = BROKEN[name]
    async with fronting(OK, PROMPT) as server, speaking(server) as client:
        await client.send(h2.ping(), frames, ASK)
        await client.rest()
        said, last, why = client.farewell
        assert said == code
        assert last <= 3
        assert len(why.split()) > 2
        assert client.wire.ending == "FIN"
        assert len(client.of(FrameType.GOAWAY)) == 1


async def test_the_first_frame_is_settings() -> None:
    async with fronting(OK, PROMPT) as server, speaking(server, begun=False) as client:
        await client.send(h2.PREFACE, h2.ping())
        await client.rest()
        assert client.farewell[0] == "PROTOCOL_ERROR"


async def test_an_error_tells_the_applications_and_nothing_that_was_sent_is_lost() -> None:
    told = asyncio.Event()

    @http_only
    async def application(scope: Any, receive: Any, send: Any) -> None:
        if scope["path"] == "/":
            await answering(200, content=bytes(50_000))(scope, receive, send)
            return
        while (await receive())["type"] != "http.disconnect":
            pass
        told.set()

    async with fronting(application) as server, speaking(server) as client:
        await client.send(ASK, h2.headers(3, h2.asks(b"POST", b"/3")))
        await client.until(lambda: client.on(1).sections)
        await client.send(h2.ping(b"short"), bytes(100_000))
        await client.rest()
        assert len(client.on(1).content) == 50_000
        assert client.farewell[:2] == ("FRAME_SIZE_ERROR", 3)
        assert client.wire.ending == "FIN"
        await asyncio.wait_for(told.wait(), DEADLINE)


async def test_unknown_frames_are_ignored() -> None:
    async with fronting(OK) as server, speaking(server) as client:
        await client.send(h2.frame(0xFA, 0xFF, 7, b"what?"), h2.frame(0x10, 0, 0, b"u=1"), ASK)
        assert (await client.answer(1)).status == 200


async def test_reserved_bits_are_ignored() -> None:
    """RFC 9113, 4.1 and 6.9."""
    high = 0x80000000
    shut: dict[int, int] = {Setting.INITIAL_WINDOW_SIZE: 0}
    async with fronting(OK) as server, speaking(server, settings=shut) as client:
        await client.send(h2.headers(high | 1, GET, end_stream=True), h2.window_update(high | 1, high | 2))
        assert (await client.answer(1)).content == b"ok"
        await client.send(h2.window_update(high, high | 1))
        await client.round_trip()


async def test_a_frame_on_a_closed_stream_does_not_end_the_others() -> None:
    async with fronting(Holding()) as server, speaking(server) as client:
        await client.send(h2.headers(1, POST), h2.rst_stream(1))
        await client.send(h2.window_update(1, 5), h2.rst_stream(1), h2.data(1, b"late"))
        await client.round_trip()
        assert client.of(FrameType.GOAWAY) == []


# Streams beyond the limit


async def test_streams_beyond_the_limit_are_refused_and_the_others_answered() -> None:
    application = Holding()
    async with fronting(application, FrontSettings(streams=3)) as server, speaking(server) as client:
        await client.send(*(h2.headers(number, GET, end_stream=True) for number in (1, 3, 5, 7)))
        assert (await client.answer(7)).ends == ["REFUSED_STREAM"]
        application.go_on.set()
        for number in (1, 3, 5):
            assert (await client.answer(number)).status == 200
        await client.send(h2.headers(9, GET, end_stream=True))
        assert (await client.answer(9)).status == 200


async def test_more_clients_than_allowed_are_told_so() -> None:
    settings = FrontSettings(error_page=page, connections=1, linger=0.05)
    async with fronting(OK, settings) as server, speaking(server) as first:
        await first.send(ASK)
        assert (await first.answer(1)).status == 200
        async with connected(server) as second:  # before it has said which version it speaks
            await second.send(h2.preface() + ASK)
            assert (await second.rest()).startswith(b"HTTP/1.1 503 ")


async def test_more_clients_than_allowed_are_told_so_over_tls(h2_tls: tuple[ssl.SSLContext, ssl.SSLContext]) -> None:
    settings = FrontSettings(error_page=page, connections=1, linger=0.05)
    async with fronting(OK, settings, h2_tls[0]) as server, speaking(server, h2_tls[1]) as first:
        await first.send(h2.headers(1, h2.asks(scheme=b"https"), end_stream=True))
        assert (await first.answer(1)).status == 200
        async with speaking(server, h2_tls[1]) as second:
            await second.send(h2.headers(1, h2.asks(scheme=b"https"), end_stream=True))
            await second.rest()
            assert second.on(1).status == 503
            assert second.farewell[:2] == ("NO_ERROR", 1)
