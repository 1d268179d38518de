"""Floods of HTTP/2 (RFC 9113, 10.5): each is bounded, and ends with GOAWAY and ENHANCE_YOUR_CALM."""

import asyncio
import contextlib
import gc
import os
import time
from typing import Any

import pytest
from hpack import Encoder

from lab import h2
from lab.gateways.reference.front import FrontSettings
from lab.gateways.reference.front.http2.allowance import Allowance
from lab.gateways.reference.front.settings import Floods
from lab.h2 import FrameType, Setting
from tests.front.frames import GET, POST, Speaker, speaking
from tests.front.test_front_slow_clients import resident
from tests.front.wire import DEADLINE, answering, front_of, fronting, http_only

pytestmark = pytest.mark.anyio

OK = answering(200, content=b"ok")
CALM = FrontSettings(floods=Floods(frames=100, frames_per_second=0, resets=10, resets_per_second=0), linger=0.05)


def headers(number: int, **options: Any) -> bytes:
    return h2.headers(number, GET, **options)


FLOODS: dict[str, bytes] = {
    "PING": h2.ping() * 101,
    "acknowledged PING": h2.ping(ack=True) * 101,
    "SETTINGS": h2.settings() * 101,
    "acknowledged SETTINGS": h2.settings(ack=True) * 101,
    "SETTINGS that change": (h2.settings({Setting.HEADER_TABLE_SIZE: 0}) + h2.settings()) * 51,
    "PRIORITY": h2.frame(FrameType.PRIORITY, 0, 1, bytes(5)) * 101,
    "WINDOW_UPDATE": h2.window_update(0, 1) * 101,
    "unknown frames": h2.frame(0xFA) * 101,
    "empty DATA": headers(1) + h2.data(1) * 101,
    "DATA of padding": headers(1) + h2.data(1, padding=200) * 101,
    "tiny DATA": headers(1) + h2.data(1, b"x") * 101,
    "empty CONTINUATION": headers(1, end_headers=False) + h2.continuation(1, b"", end_headers=False) * 63
    + h2.continuation(1, b"") + headers(3, end_headers=False) + h2.continuation(3, b"", end_headers=False) * 60,
    "RST_STREAM": headers(1, end_stream=True) + h2.rst_stream(1) * 101,
    "GOAWAY": h2.goaway() * 101,
}  # fmt: skip


@http_only
async def waiting(scope: Any, receive: Any, send: Any) -> None:
    await front_of(scope).disconnected.wait()


@pytest.mark.parametrize("name", FLOODS)
async def test_frames_that_bring_nothing_are_counted(name: str) -> None:
    async with fronting(waiting, CALM) as server, speaking(server) as client:
        await client.send(FLOODS[name])
        await client.rest()
        assert client.farewell[0] == "ENHANCE_YOUR_CALM"
        assert client.wire.ending == "FIN"


async def test_as_many_as_are_allowed_are_answered() -> None:
    async with fronting(OK, CALM) as server, speaking(server) as client:
        await client.send(h2.ping() * 99)  # SETTINGS were one
        await client.until(lambda: len(client.of(FrameType.PING)) == 99)
        await client.send(headers(1, end_stream=True))
        assert (await client.answer(1)).status == 200


async def until_content(client: Speaker, least: int) -> None:
    await client.until(lambda: len(client.on(1).content) >= least)


async def test_window_updates_for_what_was_sent_are_no_flood() -> None:
    size = 3_000_000
    async with fronting(answering(200, content=bytes(size)), CALM) as server, speaking(server) as client:
        await client.send(headers(1, end_stream=True))
        for given in range(65_535, size, 16_000):
            await until_content(client, given - 20_000)
            await client.send(h2.window_update(1, 16_000), h2.window_update(0, 16_000))
        assert len((await client.answer(1)).content) == size


async def rapidly_reset(client: Speaker, count: int) -> None:
    for number in range(1, 2 * count, 2):
        await client.send(headers(number, end_stream=True), h2.rst_stream(number))


async def test_streams_that_are_reset_at_once_are_counted() -> None:
    """Rapid reset: each stream is within the limit, and each makes work."""
    begun = 0

    @http_only
    async def application(scope: Any, receive: Any, send: Any) -> None:
        nonlocal begun
        begun += 1
        await front_of(scope).disconnected.wait()

    async with fronting(application, CALM) as server, speaking(server) as client:
        with contextlib.suppress(OSError):
            await rapidly_reset(client, 200)
        await client.rest()
        assert client.farewell[0] == "ENHANCE_YOUR_CALM"
    assert begun <= 11


async def test_work_that_goes_on_for_streams_that_are_gone_is_counted() -> None:
    """An application that does not notice its client's leaving is not asked for ever more."""
    running = most = 0
    stop = asyncio.Event()

    @http_only
    async def stubborn(scope: Any, receive: Any, send: Any) -> None:
        nonlocal running, most
        running += 1
        most = max(most, running)
        await stop.wait()
        running -= 1

    settings = FrontSettings(streams=5)
    async with fronting(stubborn, settings) as server, speaking(server) as client:
        await rapidly_reset(client, 50)
        await client.round_trip()
        assert most <= 10
        await client.send(headers(101, end_stream=True))
        assert (await client.answer(101)).ends == ["REFUSED_STREAM"]
        stop.set()


@pytest.mark.parametrize("fields", [GET[:1], GET], ids=["malformed", "well-formed"])
async def test_a_stream_that_is_reset_in_the_same_breath(fields: Any) -> None:
    """To h2 it is closed already when its request is looked at."""
    async with fronting(OK) as server, speaking(server) as client:
        await client.send(h2.headers(1, fields) + h2.data(1, bytes(100), padding=255) * 99 + h2.rst_stream(1))
        await client.send(headers(3, end_stream=True))
        assert (await client.answer(3)).status == 200


async def test_streams_that_the_server_is_made_to_reset_are_counted() -> None:
    async with fronting(waiting, CALM) as server, speaking(server) as client:
        for number in range(1, 41, 2):
            await client.send(headers(number), h2.window_update(number, 2**31 - 1))
        await client.rest()
        assert client.farewell[0] == "ENHANCE_YOUR_CALM"


async def test_malformed_requests_that_go_on_are_counted() -> None:
    async with fronting(waiting, CALM) as server, speaking(server) as client:
        for number in range(1, 41, 2):
            await client.send(h2.headers(number, ((b":method", b"GET"),)))
        await client.rest()
        assert client.farewell[0] == "ENHANCE_YOUR_CALM"


async def test_streams_beyond_the_limit_are_counted() -> None:
    settings = FrontSettings(streams=1, floods=CALM.floods, linger=0.05)
    async with fronting(waiting, settings) as server, speaking(server) as client:
        await client.send(*(headers(number, end_stream=True) for number in range(1, 41, 2)))
        await client.rest()
        assert client.on(3).ends == ["REFUSED_STREAM"]
        assert client.farewell[0] == "ENHANCE_YOUR_CALM"


async def test_a_field_section_without_end_is_bounded() -> None:
    async with fronting(waiting, FrontSettings(linger=0.05)) as server, speaking(server) as client:
        block = h2.field_block(((b"a", b"b" * 1_000),)) * 16
        await client.send(headers(1, end_headers=False))
        with contextlib.suppress(OSError):
            for _ in range(50):
                await client.send(h2.continuation(1, block, end_headers=False))
        await client.rest()
        assert client.farewell[0] == "ENHANCE_YOUR_CALM"


@pytest.mark.parametrize(("times", "status"), [(20, 431), (5_000, None)], ids=["somewhat more than allowed", "a bomb"])
async def test_what_decompresses_to_too_much(times: int, status: int | None) -> None:
    """One octet each time for a field of 4,000."""
    encoder = Encoder()
    encoder.encode([(b"x", b"y" * 3_900)])
    large = Encoder()
    block = large.encode([*GET, (b"x", b"y" * 3_900)]) + b"\xbe" * times
    async with fronting(OK, FrontSettings(linger=0.05)) as server, speaking(server) as client:
        await client.send(h2.headers(1, block, end_stream=True))
        if status is None:
            await client.rest()
            assert client.farewell[0] == "ENHANCE_YOUR_CALM"
            return
        assert (await client.answer(1)).status == status
        await client.send(headers(3, end_stream=True))  # the compression is still in step
        assert (await client.answer(3)).status == 200


async def test_a_table_that_changes_its_size_all_the_time() -> None:
    """An octet each time, and thousands of them in a block."""
    block = h2.field_block(GET)
    async with fronting(OK, FrontSettings(linger=0.05)) as server, speaking(server) as client:
        await client.send(h2.headers(1, b"\x20\x3f\xe1\x1f" + block, end_stream=True))
        assert (await client.answer(1)).status == 200
        await client.send(h2.headers(3, b"\x20" * 3 + block, end_stream=True))
        await client.rest()
        assert client.farewell[0] == "COMPRESSION_ERROR"


async def test_a_long_field_is_written_as_fast_as_it_is_read() -> None:
    long = (b"x-a", b"a" * 60_000)
    async with fronting(answering(200, long)) as server, speaking(server) as client:
        since = time.process_time()
        await client.send(headers(1, end_stream=True))
        await client.until(lambda: client.on(1).sections)
        assert client.on(1).final[1:] == [long]
        assert time.process_time() - since < 0.3  # in Huffman's code, twice as much and more


async def test_the_table_for_responses_stays_small() -> None:
    asked = 0

    @http_only
    async def application(scope: Any, receive: Any, send: Any) -> None:
        nonlocal asked
        asked += 1
        await answering(200, (b"x-a", b"%d" % asked * 1_000))(scope, receive, send)

    async with fronting(application) as server, speaking(server) as client:
        await client.send(h2.settings({Setting.HEADER_TABLE_SIZE: 2**32 - 1}))
        client._decoder.max_allowed_table_size = 2**32 - 1
        for number in range(1, 41, 2):
            await client.send(headers(number, end_stream=True))
            assert (await client.answer(number)).status == 200
        assert client._decoder.header_table.maxsize == 4_096


@pytest.mark.skipif(not os.path.exists("/proc/self/statm"), reason="reads /proc/self/statm")
async def test_unknown_settings_are_not_kept() -> None:
    settings = FrontSettings(floods=Floods(frames=1_000))
    async with fronting(OK, settings) as server, speaking(server) as client:
        await client.round_trip()
        gc.collect()
        before = resident()
        for start in range(10, 60_000, 2_000):
            await client.send(h2.settings(dict.fromkeys(range(start, start + 2_000), 1)))
        await client.round_trip()
        gc.collect()
        assert resident() - before < 5_000_000


async def test_a_client_that_does_not_read_what_it_asks_for_is_let_go() -> None:
    """Answers to PING wait for it, up to a limit, and no longer."""
    settings = FrontSettings(floods=Floods(frames=10_000_000, unread=100_000))

    async def ask_for_ever(client: Speaker) -> None:
        while True:
            await client.send(h2.ping() * 1_000)

    async with fronting(OK, settings) as server, speaking(server, buffer=4_096) as client:
        with pytest.raises(ConnectionError):
            await asyncio.wait_for(ask_for_ever(client), DEADLINE)


async def test_many_requests_on_one_connection_leave_nothing_behind() -> None:
    async with fronting(OK) as server, speaking(server) as client:
        for start in range(1, 2_401, 200):
            numbers = range(start, start + 200, 2)
            await client.send(*(headers(number, end_stream=True) for number in numbers))
            for number in numbers:
                assert (await client.answer(number)).ends == ["end"]
        (connection,) = server._connections
        machine = connection.protocol._chosen.machine  # type: ignore[attr-defined]
        assert len(machine.streams) <= 100  # h2 forgets them when the next one begins
        assert len(machine._closed_streams) <= 1_000
        await client.send(h2.data(1, b"late"))  # forgotten, and so no longer known to be closed


def test_an_allowance() -> None:
    now = 0.0
    allowance = Allowance(3, 2, lambda: now)
    assert [allowance.spend() for _ in range(4)] == [True, True, True, False]
    now = 1.0
    assert [allowance.spend() for _ in range(2)] == [True, False]
    allowance.earn()
    allowance.earn()
    allowance.earn()
    assert allowance.spend()
    now = 1_000.0
    assert [allowance.spend() for _ in range(9)].count(True) == 4  # one was left


async def test_the_usual_limits_let_a_busy_client_through() -> None:
    async with fronting(OK) as server, speaking(server) as client:
        for start in range(1, 1_001, 200):
            numbers = range(start, start + 200, 2)
            await client.send(*(h2.headers(number, POST) for number in numbers))
            await client.send(*(h2.data(number, b"x", end_stream=True) for number in numbers))
            for number in numbers:
                await client.answer(number)
        assert client.of(FrameType.GOAWAY) == []
