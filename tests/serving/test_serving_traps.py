"""What Hypercorn 0.18 does when it is started and stopped as it comes, and this server does not."""

import asyncio
import contextlib
import gc
import os
import socket
import ssl
import time
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from lab.serving.server import Server, serving
from lab.serving.sockets import listening_socket
from tests.serving.asking import GET, SOON, ask, connect, stop

pytestmark = pytest.mark.anyio

HANG = b"GET /hang HTTP/1.1\r\nHost: localhost\r\n\r\n"


class Hanging:
    """An application whose requests to /hang never end; `reached` is set when one has come."""

    def __init__(self) -> None:
        self.reached = asyncio.Event()
        self.app = Starlette(routes=[Route("/", self.hello), Route("/hang", self.hang)])

    async def hello(self, request: Request) -> PlainTextResponse:
        return PlainTextResponse("hello")

    async def hang(self, request: Request) -> PlainTextResponse:
        self.reached.set()
        await asyncio.Event().wait()
        raise AssertionError("unreachable")


async def started(**options: Any) -> tuple[Hanging, Server]:
    hanging = Hanging()
    server = Server(hanging.app, listening_socket(), **options)
    await server.start()
    return hanging, server


def descriptors() -> int:
    return len(os.listdir("/proc/self/fd"))


async def test_a_client_that_came_before_the_start_is_answered() -> None:
    sock = listening_socket()
    early = asyncio.create_task(asyncio.open_connection(*sock.getsockname()))
    reader, writer = await early
    writer.write(GET)
    async with serving(Hanging().app, sock):
        assert await asyncio.wait_for(reader.readuntil(b"hello"), 5)
        writer.close()


async def test_a_hung_request_does_not_delay_the_stop() -> None:
    hanging, server = await started()
    _, writer = await connect(server)
    writer.write(HANG)
    await asyncio.wait_for(hanging.reached.wait(), 5)
    assert await stop(server) < SOON
    writer.close()


async def test_an_idle_keep_alive_client_does_not_delay_the_stop() -> None:
    _, server = await started()
    reader, writer = await connect(server)
    writer.write(GET)
    await asyncio.wait_for(reader.readuntil(b"hello"), 5)
    assert await stop(server) < SOON
    writer.close()


async def test_an_idle_tls_client_does_not_delay_the_stop(
    server_tls: ssl.SSLContext, client_tls: ssl.SSLContext
) -> None:
    _, server = await started(ssl=server_tls)
    reader, writer = await connect(server, client_tls)
    writer.write(GET)
    await asyncio.wait_for(reader.readuntil(b"hello"), 5)
    assert await stop(server) < SOON
    writer.transport.abort()


async def test_a_client_in_the_middle_of_the_tls_handshake_does_not_delay_the_stop(server_tls: ssl.SSLContext) -> None:
    _, server = await started(ssl=server_tls)
    reader, writer = await connect(server)
    writer.write(b"\x16\x03\x01")  # the first bytes of a ClientHello
    while not server._open:
        await asyncio.sleep(0)
    assert await stop(server) < SOON
    with contextlib.suppress(ConnectionResetError):
        assert await asyncio.wait_for(reader.read(), 5) == b""
    writer.close()


async def test_a_stop_with_grace_does_not_wait_for_a_tls_handshake(server_tls: ssl.SSLContext) -> None:
    _, server = await started(ssl=server_tls)
    _, writer = await connect(server)
    while not server._open:
        await asyncio.sleep(0)
    assert await stop(server, grace=4) < SOON
    writer.close()


@pytest.mark.parametrize("first", [b"GET / HTTP/1.1\r\n\r\n", b""], ids=["plain HTTP", "nothing"])
async def test_a_failed_tls_handshake_is_over_at_once_and_says_nothing(
    server_tls: ssl.SSLContext, caplog: pytest.LogCaptureFixture, first: bytes
) -> None:
    async with serving(Hanging().app, listening_socket(), ssl=server_tls) as server:
        reader, writer = await connect(server)
        writer.write(first)
        writer.write_eof()
        await asyncio.wait_for(reader.read(), 5)
        writer.close()
        while server._open:
            await asyncio.sleep(0)
    assert caplog.records == []


async def test_a_client_that_stops_reading_does_not_delay_the_stop() -> None:
    async def endless(scope: dict[str, Any], receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        while True:
            await send({"type": "http.response.body", "body": bytes(65536), "more_body": True})

    server = Server(endless, listening_socket())
    await server.start()
    reader, writer = await connect(server)
    writer.write(GET)
    await asyncio.wait_for(reader.readexactly(1), 5)
    assert await stop(server) < SOON
    writer.transport.abort()


async def test_the_socket_of_a_client_that_left_is_closed_at_once() -> None:
    """Hypercorn keeps it until the keep-alive time-out."""
    async with serving(Hanging().app, listening_socket()) as server:
        await ask(server)
        started = time.perf_counter()
        while server._open:
            await asyncio.sleep(0.001)
        assert time.perf_counter() - started < SOON


async def test_an_application_that_does_not_read_a_long_request_does_not_wait_for_itself() -> None:
    stuck, ended = asyncio.Event(), asyncio.Event()

    async def refusing(request: Request) -> PlainTextResponse:
        await stuck.wait()
        return PlainTextResponse("hello", background=BackgroundTask(ended.set))

    app = Starlette(routes=[Route("/", refusing, methods=["POST"])])
    async with serving(app, listening_socket()) as server:
        reader, writer = await connect(server)
        writer.write(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9000000\r\n\r\n" + bytes(9_000_000))
        stood = -1
        while (left := writer.transport.get_write_buffer_size()) != stood:
            stood = left
            await asyncio.sleep(0.02)
        stuck.set()  # now Hypercorn's queue for the application is full
        await asyncio.wait_for(reader.readuntil(b"hello"), 5)
        await asyncio.wait_for(ended.wait(), 5)
        while server._open:
            await asyncio.sleep(0.001)
        writer.transport.abort()


async def test_small_answers_are_not_held_back_by_nagles_algorithm() -> None:
    async with serving(Hanging().app, listening_socket()) as server:
        reader, writer = await connect(server)
        started = time.perf_counter()
        for _ in range(20):
            writer.write(GET)
            await asyncio.wait_for(reader.readuntil(b"hello"), 5)
        assert time.perf_counter() - started < 20 * 0.040  # held back, each takes 44 ms
        (accepted,) = server._open.values()
        assert accepted.get_extra_info("socket").getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
        writer.close()


async def test_a_connection_serves_more_than_a_thousand_requests() -> None:
    async with serving(Hanging().app, listening_socket()) as server:
        reader, writer = await connect(server)
        for _ in range(1100):
            writer.write(GET)
            assert b"close" not in await asyncio.wait_for(reader.readuntil(b"hello"), 5)
        writer.close()


async def test_nothing_is_added_to_the_applications_header_section() -> None:
    async with serving(Hanging().app, listening_socket()) as server:
        answer = (await ask(server)).lower()
    assert b"date:" not in answer
    assert b"server:" not in answer


@pytest.mark.skipif(not os.path.isdir("/proc/self/fd"), reason="counts the entries of /proc/self/fd")
async def test_a_hundred_servers_stopped_in_mid_request_leave_nothing(
    server_tls: ssl.SSLContext, client_tls: ssl.SSLContext
) -> None:
    async def cycle(number: int) -> None:
        tls = (server_tls, client_tls) if number % 5 == 0 else (None, None)
        hanging, server = await started(ssl=tls[0])
        _, writer = await connect(server, tls[1])
        writer.write(HANG)
        await asyncio.wait_for(hanging.reached.wait(), 5)
        await server.stop()
        writer.transport.abort()
        await asyncio.sleep(0)

    await cycle(0)
    gc.collect()
    tasks, files = asyncio.all_tasks(), descriptors()
    for number in range(100):
        await cycle(number)
    assert asyncio.all_tasks() == tasks
    assert descriptors() == files


async def test_a_stop_with_grace_lets_a_request_in_progress_finish() -> None:
    reached, finish = asyncio.Event(), asyncio.Event()

    async def slow(request: Request) -> PlainTextResponse:
        reached.set()
        await finish.wait()
        return PlainTextResponse("hello")

    server = Server(Starlette(routes=[Route("/", slow)]), listening_socket())
    await server.start()
    answer = asyncio.create_task(ask(server))
    idle_reader, idle_writer = await connect(server)
    await asyncio.wait_for(reached.wait(), 5)
    stopping = asyncio.create_task(server.stop(grace=5))
    assert await asyncio.wait_for(idle_reader.read(), 2) == b""
    finish.set()
    assert b"200" in await answer
    await asyncio.wait_for(stopping, 2)
    idle_writer.close()
