"""How a connection of HTTP/2 ends: late, idle, retired, half-closed; and what comes before its end."""

import asyncio
import ssl
from typing import Any

import pytest

from lab import h2
from lab.gateways.reference.front import FrontSettings
from lab.h2 import FrameType, Setting
from tests.front.applications import OK, Holding
from tests.front.frames import GET, POST, Speaker, speaking
from tests.front.test_front_refused import page
from tests.front.wire import DEADLINE, answering, fronting, http_only, whole_content

pytestmark = pytest.mark.anyio

ASK = h2.headers(1, GET, end_stream=True)
PROMPT = FrontSettings(header_timeout=0.1, content_timeout=0.1, linger=0.05)
IMPATIENT = FrontSettings(idle_timeout=0.15, linger=0.05)


# Time-outs


@pytest.mark.parametrize(
    "frames",
    [h2.headers(1, GET, end_headers=False), h2.ping()[:12], h2.headers(1, GET)[:20], b"\0"],
    ids=["a field section", "a PING", "HEADERS", "an octet"],
)
async def test_what_was_begun_is_not_waited_for_for_ever(frames: bytes) -> None:
    async with fronting(OK, PROMPT) as server, speaking(server) as client:
        await client.send(frames)
        await client.rest()
        assert client.farewell[0] == "ENHANCE_YOUR_CALM"
        assert client.wire.ending == "FIN"


async def test_a_field_section_that_comes_octet_by_octet_is_late_all_the_same() -> None:
    async with fronting(OK, PROMPT) as server, speaking(server) as client:
        ended = asyncio.create_task(client.rest())
        for octet in h2.headers(1, {b"x": b"x" * 300}):
            await client.send(bytes([octet]))
            await asyncio.sleep(0.01)  # slowness is the matter here
            if ended.done():
                break
        else:
            pytest.fail("each octet put the deadline off")
        await ended
        assert client.farewell[0] == "ENHANCE_YOUR_CALM"


async def test_a_busy_client_is_not_late_though_it_always_has_something_unfinished() -> None:
    """Its frames are cut where they are, by whatever lies between."""
    settings = FrontSettings(header_timeout=0.2)
    frames = b"".join(h2.headers(number, GET, end_stream=True) for number in range(1, 81, 2))
    size = len(frames) // 40
    async with fronting(OK, settings) as server, speaking(server) as client:
        await client.send(frames[: size // 2])
        for number in range(39):
            await asyncio.sleep(0.01)  # longer than the time-out, in all
            at = size // 2 + number * size
            await client.send(frames[at : at + size])
        await client.send(frames[size // 2 + 39 * size :])
        for number in range(1, 81, 2):
            assert (await client.answer(number)).status == 200


async def test_a_preface_without_settings_is_late(h2_tls: tuple[ssl.SSLContext, ssl.SSLContext]) -> None:
    async with fronting(OK, PROMPT, h2_tls[0]) as server, speaking(server, h2_tls[1], begun=False) as client:
        await client.rest()
        assert client.farewell[0] == "ENHANCE_YOUR_CALM"


async def test_content_that_does_not_come_is_408_and_the_other_streams_go_on() -> None:
    @http_only
    async def reading(scope: Any, receive: Any, send: Any) -> None:
        await whole_content(receive)
        await OK(scope, receive, send)

    async with fronting(reading, PROMPT) as server, speaking(server) as client:
        await client.send(h2.headers(1, POST), h2.data(1, b"hel"))
        got = await client.answer(1)
        await client.until(lambda: len(got.ends) == 2)
        assert (got.status, got.ends) == (408, ["end", "NO_ERROR"])
        await client.send(h2.headers(3, POST), h2.data(3, b"hello", end_stream=True))
        assert (await client.answer(3)).status == 200


async def test_a_frame_of_content_may_take_longer_than_that_in_all() -> None:
    settings = FrontSettings(content_timeout=0.5, header_timeout=0.2)

    @http_only
    async def reading(scope: Any, receive: Any, send: Any) -> None:
        content = await whole_content(receive)
        await answering(200, content=content)(scope, receive, send)

    async with fronting(reading, settings) as server, speaking(server) as client:
        await client.send(h2.headers(1, POST))
        for octet in h2.data(1, b"hello", end_stream=True)[:9]:
            await client.send(bytes([octet]))
        for octet in b"hello":
            await asyncio.sleep(0.2)  # slowness is the matter here
            await client.send(bytes([octet]))
        assert (await client.answer(1)).content == b"hello"


@pytest.mark.parametrize("pings", [False, True])
async def test_a_connection_without_a_request_is_closed(pings: bool) -> None:
    async with fronting(OK, IMPATIENT) as server, speaking(server) as client:
        await client.send(ASK)
        await client.answer(1)
        ended = asyncio.create_task(client.rest())
        for _ in range(100):
            await asyncio.sleep(0.01)  # time is the matter here
            if ended.done():
                break
            if pings:
                await client.send(h2.ping())
        await ended
        assert client.farewell[:2] == ("NO_ERROR", 1)
        assert client.wire.ending == "FIN"


# The end


async def let_go(client: Speaker) -> None:
    """Answer the PING that asks whether anything is still on its way, and read what that leads to."""
    await client.until(lambda: client.of(FrameType.PING) and not client.of(FrameType.PING)[-1].has(h2.ACK))
    assert client.farewell[:2] == ("NO_ERROR", h2.MOST_STREAMS)
    await client.send(h2.ping(client.of(FrameType.PING)[-1].payload, ack=True))
    await client.until(lambda: len(client.of(FrameType.GOAWAY)) == 2)


async def test_what_is_on_its_way_when_the_server_stops_is_served() -> None:
    """RFC 9113, 6.8: at first GOAWAY names no last stream."""
    async with fronting(OK) as server, speaking(server) as client:
        await client.send(ASK)
        await client.answer(1)
        stopping = asyncio.create_task(server.stop(grace=DEADLINE))
        await client.until(lambda: client.of(FrameType.GOAWAY))
        await client.send(h2.headers(3, GET, end_stream=True))
        await let_go(client)
        await client.rest()
        assert client.on(3).content == b"ok"
        assert client.farewell[:2] == ("NO_ERROR", 3)
        assert client.wire.ending == "FIN"
        client.wire.sock.close()
        await stopping


async def test_a_client_that_does_not_answer_is_not_waited_for_for_long() -> None:
    async with fronting(OK, PROMPT) as server, speaking(server) as client:
        await client.round_trip()
        stopping = asyncio.create_task(server.stop(grace=DEADLINE))
        await client.rest()
        assert [frame.last for frame in client.of(FrameType.GOAWAY)] == [h2.MOST_STREAMS, 0]
        client.wire.sock.close()
        await stopping


@pytest.mark.parametrize("secure", [False, True], ids=["plain", "TLS"])
async def test_a_stop_with_grace_finishes_what_is_in_progress(
    secure: bool, h2_tls: tuple[ssl.SSLContext, ssl.SSLContext]
) -> None:
    application = Holding()
    tls = h2_tls if secure else (None, None)
    ask = h2.asks(scheme=b"https" if secure else b"http")
    async with (
        fronting(application, tls=tls[0]) as server,
        speaking(server, tls[1]) as busy,
        speaking(server, tls[1]) as idle,
    ):
        await idle.round_trip()
        await busy.send(h2.headers(1, ask, end_stream=True))
        await asyncio.wait_for(application.asked.wait(), DEADLINE)
        stopping = asyncio.create_task(server.stop(grace=DEADLINE))
        await let_go(idle)
        await idle.rest()
        assert idle.farewell[:2] == ("NO_ERROR", 0)
        await let_go(busy)
        assert busy.farewell[:2] == ("NO_ERROR", 1)
        await busy.send(h2.headers(3, ask, end_stream=True))
        assert (await busy.answer(3)).ends == ["REFUSED_STREAM"]
        application.go_on.set()
        assert (await busy.answer(1)).content == b"ok"
        await busy.rest()
        assert busy.wire.ending == ("closure alert" if secure else "FIN")
        busy.wire.sock.close()
        idle.wire.sock.close()
        await asyncio.wait_for(stopping, 1.5)


async def test_a_stop_with_grace_sends_the_last_error_page() -> None:
    async with fronting(OK) as server, speaking(server, settings={Setting.INITIAL_WINDOW_SIZE: 0}) as client:
        await client.send(h2.headers(1, ((b":method", b"GET"),), end_stream=True))
        await client.until(lambda: client.on(1).sections)
        stopping = asyncio.create_task(server.stop(grace=DEADLINE))
        await let_go(client)
        await client.send(h2.window_update(1, 10_000))
        await client.rest()
        assert client.on(1).ends == ["end"]
        client.wire.sock.close()
        await stopping


async def test_no_goaway_names_a_higher_stream_than_the_one_before() -> None:
    """RFC 9113, 6.8: the client may have repeated what came after that stream elsewhere."""
    application = Holding()
    async with fronting(application) as server, speaking(server) as client:
        await client.send(ASK)
        await client.round_trip()
        stopping = asyncio.create_task(server.stop(grace=DEADLINE))
        await let_go(client)
        await client.send(h2.headers(3, GET, end_stream=True), h2.ping(b"short"))
        await client.rest()
        assert [frame.last for frame in client.of(FrameType.GOAWAY)] == [h2.MOST_STREAMS, 1, 1]
        assert client.farewell[0] == "FRAME_SIZE_ERROR"
        application.go_on.set()
        client.wire.sock.close()
        await stopping


async def test_a_stop_without_grace_waits_for_nobody() -> None:
    application = Holding()
    async with fronting(application) as server, speaking(server) as client:
        await client.send(ASK, h2.headers(3, POST))
        await asyncio.wait_for(application.asked.wait(), DEADLINE)
        await asyncio.wait_for(server.stop(), 0.4)


async def test_a_client_that_says_goodbye_gets_what_it_has_asked_for() -> None:
    application = Holding()
    async with fronting(application) as server, speaking(server) as client:
        await client.send(ASK, h2.goaway())
        await asyncio.wait_for(application.asked.wait(), DEADLINE)
        application.go_on.set()
        assert (await client.answer(1)).content == b"ok"


async def test_a_client_that_ends_its_side_gets_what_it_has_asked_for() -> None:
    async with fronting(OK, FrontSettings(error_page=page)) as server, speaking(server) as client:
        await client.send(ASK, h2.headers(3, POST), h2.data(3, b"hel"))
        client.wire.half_close()
        await client.rest()
        assert client.on(1).content == b"ok"
        assert client.on(3).status in (200, 400)
        assert client.wire.ending == "FIN"


async def test_a_request_that_is_cut_off_is_told_of() -> None:
    @http_only
    async def reading(scope: Any, receive: Any, send: Any) -> None:
        await whole_content(receive)

    async with fronting(reading, FrontSettings(error_page=page)) as server, speaking(server) as client:
        await client.send(h2.headers(1, POST), h2.data(1, b"hel"))
        client.wire.half_close()
        await client.rest()
        assert client.on(1).status == 400
        assert client.on(1).content.startswith(b"request-incomplete")
