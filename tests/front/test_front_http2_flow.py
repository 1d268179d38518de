"""Flow control of HTTP/2: credit is withheld where nobody takes, and nobody else waits for it."""

import asyncio
import contextlib
import gc
import os
import ssl
from typing import Any

import pytest

from lab import h2
from lab.gateways.reference.front import ClientGone, FrontSettings
from tests.front.applications import Counting
from tests.front.frames import GET, POST, Speaker, speaking
from tests.front.test_front_slow_clients import resident
from tests.front.wire import DEADLINE, answering, front_of, fronting, http_only, whole_content

pytestmark = pytest.mark.anyio

OK = answering(200, content=b"ok")
WINDOW = 65_535
SHUT: dict[int, int] = {h2.Setting.INITIAL_WINDOW_SIZE: 0}
WIDE: dict[int, int] = {h2.Setting.INITIAL_WINDOW_SIZE: 2**31 - 1}
ALL = h2.window_update(0, 2**31 - 1 - WINDOW)


class Stalling:
    """On /stall it does not read before it is told to; elsewhere it answers with what it reads."""

    def __init__(self) -> None:
        self.go_on = asyncio.Event()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            return
        if scope["path"] == "/stall":
            await self.go_on.wait()
        content = await whole_content(receive)
        await answering(200, content=b"%d" % len(content))(scope, receive, send)


def upload(stream: int, size: int, *, end: bool = False) -> bytes:
    pieces = [h2.data(stream, bytes(min(16_384, size - at))) for at in range(0, size, 16_384)]
    return b"".join(pieces) + (h2.data(stream, end_stream=True) if end else b"")


async def until_credit(client: Speaker, octets: int) -> None:
    """Wait until so many may have been sent on stream 1, in all."""
    await client.until(lambda: WINDOW + client.credit(1) >= octets)


async def test_a_stalled_upload_gets_no_credit_and_holds_nobody_up() -> None:
    application = Stalling()
    async with fronting(application) as server, speaking(server) as client:
        await client.round_trip()
        before = client.credit(0)
        await client.send(h2.headers(1, h2.asks(b"POST", b"/stall")), upload(1, WINDOW))
        await client.round_trip()
        assert client.credit(1) == 0
        assert client.credit(0) - before == WINDOW
        for stream in (3, 5):
            await client.send(h2.headers(stream, POST), upload(stream, 50_000, end=True))
            assert (await client.answer(stream)).content == b"50000"
        application.go_on.set()
        await client.until(lambda: client.credit(1) == WINDOW)
        await client.send(upload(1, 10_000, end=True))
        assert (await client.answer(1)).content == b"75535"


async def test_all_streams_may_stall_at_once() -> None:
    """The window of the connection never shuts: memory is bounded by the windows of its streams."""
    application = Stalling()
    numbers = range(1, 201, 2)
    async with fronting(application) as server, speaking(server) as client:
        await client.round_trip()
        assert client.credit(0) >= 2 * 100 * WINDOW
        gc.collect()
        before = resident() if os.path.exists("/proc/self/statm") else 0
        for number in numbers:
            await client.send(h2.headers(number, h2.asks(b"POST", b"/stall")), upload(number, WINDOW))
        await client.round_trip()
        if before:
            assert resident() - before < 12_000_000  # the client's own among them
        application.go_on.set()
        await client.send(*(h2.data(number, end_stream=True) for number in numbers))
        for number in numbers:
            assert (await client.answer(number)).content == b"65535"


@pytest.mark.skipif(not os.path.exists("/proc/self/statm"), reason="reads /proc/self/statm")
async def test_content_in_small_frames_takes_no_more_room() -> None:
    application = Stalling()
    numbers = range(1, 41, 2)
    async with fronting(application) as server, speaking(server) as client:
        await client.round_trip()
        gc.collect()
        before = resident()
        for number in numbers:
            await client.send(h2.headers(number, h2.asks(b"POST", b"/stall")), h2.data(number, bytes(32)) * 2_000)
        await client.round_trip()
        assert resident() - before < 3_500_000  # twenty times 64,000 octets, and not twenty times 2,000 objects
        application.go_on.set()
        await client.send(*(h2.data(number, end_stream=True) for number in numbers))
        for number in numbers:
            assert (await client.answer(number)).content == b"64000"


async def test_what_nobody_wants_is_given_back_too() -> None:
    """More comes for a stream that is over than the window of the connection has room for."""
    async with fronting(OK, FrontSettings(linger=0.01)) as server, speaking(server) as client:
        await client.send(h2.headers(1, POST))
        await client.until(lambda: client.on(1).ends == ["end", "NO_ERROR"])
        for sent in range(0, 15_000_000, 16_384):
            await until_room(client, sent + 16_384)
            await client.send(h2.data(1, bytes(16_384)))
        await client.send(h2.headers(3, POST), upload(3, 1_000, end=True))
        assert (await client.answer(3)).content == b"ok"


async def until_room(client: Speaker, octets: int) -> None:
    """Wait until so many may have been sent on the connection, in all."""
    await client.until(lambda: WINDOW + client.credit(0) >= octets)


async def test_a_client_that_ignores_the_window_is_told_to_go() -> None:
    async with fronting(Stalling()) as server, speaking(server) as client:
        await client.send(h2.headers(1, h2.asks(b"POST", b"/stall")), upload(1, WINDOW + 1))
        await client.rest()
        assert client.farewell[0] == "FLOW_CONTROL_ERROR"


async def test_padding_counts_and_is_given_back() -> None:
    """RFC 9113, 6.1: the whole frame counts, its padding too."""
    application = Counting()
    async with fronting(application) as server, speaking(server) as client:
        await client.send(h2.headers(1, POST))
        sent = 0
        for _ in range(1_000):
            await until_credit(client, sent + 356)
            await client.send(h2.data(1, bytes(100), padding=255))
            sent += 356
        await client.send(h2.data(1, end_stream=True))
        assert (await client.answer(1)).status == 200
    assert application.total == 100_000


async def test_the_windows_of_the_client_are_kept() -> None:
    size = 200_000
    async with fronting(answering(200, content=bytes(size))) as server, speaking(server, settings=SHUT) as client:
        await client.send(h2.headers(1, GET, end_stream=True))
        await client.until(lambda: client.on(1).sections)
        await client.round_trip()
        assert client.on(1).content == b""
        await client.send(h2.window_update(1, 10))
        await client.until(lambda: len(client.on(1).content) == 10)
        await client.send(h2.settings({h2.Setting.INITIAL_WINDOW_SIZE: 100}))  # RFC 9113, 6.9.2: a hundred more
        await client.until(lambda: len(client.on(1).content) == 110)
        await client.send(h2.settings(SHUT), h2.window_update(1, 100))  # a hundred less, which are missing now
        await client.round_trip()
        assert len(client.on(1).content) == 110
        await client.send(h2.window_update(1, size))
        await client.until(lambda: len(client.on(1).content) == WINDOW)  # of the connection
        await client.send(h2.window_update(0, size))
        assert len((await client.answer(1)).content) == size


async def test_frames_are_as_large_as_the_client_takes_and_streams_take_turns() -> None:
    size = 60_000
    window: dict[int, int] = {h2.Setting.INITIAL_WINDOW_SIZE: size}
    async with (
        fronting(answering(200, content=bytes(size))) as server,
        speaking(server, settings=SHUT) as client,
    ):
        await client.send(*(h2.headers(number, GET, end_stream=True) for number in (1, 3, 5)))
        await client.round_trip()
        await client.send(h2.window_update(0, 1_000_000), h2.settings(window))
        for number in (1, 3, 5):
            assert len((await client.answer(number)).content) == size
        sent = [frame.stream for frame in client.of(h2.FrameType.DATA)]
        assert sent == [1, 3, 5] * 4
        assert max(len(frame.payload) for frame in client.of(h2.FrameType.DATA)) == 16_384


def endless(sent: list[int]) -> Any:
    @http_only
    async def application(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        while True:
            await send({"type": "http.response.body", "body": bytes(32_768), "more_body": True})
            sent[0] += 32_768

    return application


@pytest.mark.skipif(not os.path.exists("/proc/self/statm"), reason="reads /proc/self/statm")
@pytest.mark.parametrize("secure", [False, True], ids=["plain", "TLS"])
@pytest.mark.parametrize("shut", [False, True], ids=["socket", "window"])
async def test_a_client_that_stops_reading_holds_the_applications_back(
    secure: bool, shut: bool, h2_tls: tuple[ssl.SSLContext, ssl.SSLContext]
) -> None:
    sent = [0]
    tls = h2_tls if secure else (None, None)
    settings = SHUT if shut else WIDE
    async with (
        fronting(endless(sent), tls=tls[0]) as server,
        speaking(server, tls[1], settings=settings, buffer=65_536) as client,
    ):
        gc.collect()
        before = resident()
        await client.send(ALL, *(h2.headers(number, GET, end_stream=True) for number in range(1, 201, 2)))
        await client.until(lambda: len(client.streams) >= 100)
        stood = -1
        while stood != sent[0]:
            stood = sent[0]
            await asyncio.sleep(0.05)
        assert sent[0] < 10_000_000
        assert resident() - before < 10_000_000


async def test_interim_responses_wait_for_a_client_that_does_not_read() -> None:
    """No window holds header sections back."""
    sent = 0
    large = (b"link", b"a" * 10_000)

    @http_only
    async def application(scope: Any, receive: Any, send: Any) -> None:
        nonlocal sent
        with contextlib.suppress(ClientGone):
            while sent < 2_000:
                await front_of(scope).interim(103, [(b"x", b"%d" % sent), large])
                sent += 1

    async with fronting(application) as server, speaking(server, buffer=4_096) as client:
        await client.send(h2.headers(1, GET, end_stream=True))
        await client.until(lambda: client.on(1).sections)
        stood = -1
        while stood != sent:
            stood = sent
            await asyncio.sleep(0.05)
        assert sent < 1_000


async def test_a_client_that_never_reads_on_is_reset() -> None:
    settings = FrontSettings(write_timeout=0.1)
    told = asyncio.Event()

    @http_only
    async def application(scope: Any, receive: Any, send: Any) -> None:
        with contextlib.suppress(ClientGone):
            await endless([0])(scope, receive, send)
        told.set()

    async with (
        fronting(application, settings) as server,
        speaking(server, settings=WIDE, buffer=65_536) as client,
    ):
        await client.send(ALL, h2.headers(1, GET, end_stream=True), h2.headers(3, GET, end_stream=True))
        await asyncio.wait_for(told.wait(), DEADLINE)
        await client.wire.rest()
        assert client.wire.ending == "RST"


async def test_a_stream_whose_window_stays_shut_is_given_up_alone() -> None:
    told = asyncio.Event()

    @http_only
    async def application(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        try:
            await send({"type": "http.response.body", "body": b"hello"})
        except ClientGone:
            told.set()

    settings = FrontSettings(write_timeout=0.1)
    async with fronting(application, settings) as server, speaking(server, settings=SHUT) as client:
        await client.send(h2.headers(1, GET, end_stream=True))
        assert (await client.answer(1)).ends == ["CANCEL"]
        await asyncio.wait_for(told.wait(), DEADLINE)
        await client.send(h2.headers(3, GET, end_stream=True), h2.window_update(3, 5))
        assert (await client.answer(3)).content == b"hello"


async def test_a_client_that_reads_slowly_is_not_one_that_does_not_read() -> None:
    """Each stream waits for longer than the write time-out, but the connection goes on."""
    settings = FrontSettings(write_timeout=0.3)
    async with (
        fronting(answering(200, content=bytes(300_000)), settings) as server,
        speaking(server, settings=WIDE, buffer=4_096) as client,
    ):
        await client.send(ALL, *(h2.headers(number, GET, end_stream=True) for number in range(1, 21, 2)))
        loop = asyncio.get_running_loop()
        since = loop.time()
        while loop.time() - since < 3 * settings.write_timeout:
            client._read(await loop.sock_recv(client.wire.sock, 4_096))
            await asyncio.sleep(0.005)  # slowness is the matter here
        assert all(not got.ends for got in client.streams.values())


async def test_a_large_upload_and_a_large_download_at_once() -> None:
    size = 2_000_000

    @http_only
    async def echo(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        more = True
        while more:
            message = await receive()
            more = message["more_body"]
            await send({"type": "http.response.body", "body": message["body"], "more_body": more})

    async with fronting(echo) as server, speaking(server, settings=WIDE) as client:
        await client.send(ALL, h2.headers(1, POST))
        sent = 0
        while sent < size:
            await until_credit(client, sent + 1)
            piece = min(16_384, size - sent, WINDOW + client.credit(1) - sent)
            await client.send(h2.data(1, bytes(piece), end_stream=sent + piece == size))
            sent += piece
        assert len((await client.answer(1)).content) == size
