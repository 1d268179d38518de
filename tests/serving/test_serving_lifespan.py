"""An application's start-up and shutdown, and what is heard of its failures."""

import asyncio
import contextlib
import gc
import logging
from collections.abc import AsyncIterator
from typing import Any

import pytest
from hypercorn.utils import LifespanFailureError
from starlette.applications import Starlette

from lab.serving.server import Server, serving
from lab.serving.sockets import listening_socket
from tests.serving.asking import GET, SOON, ask, connect, stop

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize("turns", [0, 5], ids=["at once", "later"])
async def test_a_start_up_that_fails_is_raised_and_its_socket_closed(
    turns: int, caplog: pytest.LogCaptureFixture
) -> None:
    async def broken(scope: dict[str, Any], receive: Any, send: Any) -> None:
        await receive()
        try:
            await send({"type": "lifespan.startup.failed", "message": "no upstream"})
        finally:
            for _ in range(turns):
                await asyncio.sleep(0)

    sock = listening_socket()
    with pytest.raises(LifespanFailureError, match="no upstream"):
        await Server(broken, sock).start()
    assert sock.fileno() == -1
    assert caplog.records == []


async def test_a_shutdown_that_hangs_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    async def hanging(scope: dict[str, Any], receive: Any, send: Any) -> None:
        await receive()
        await send({"type": "lifespan.startup.complete"})
        await asyncio.Event().wait()

    server = Server(hanging, listening_socket())
    server._config.shutdown_timeout = 0.05
    await server.start()
    assert await stop(server) < SOON


async def test_an_application_without_lifespan_is_served_quietly(caplog: pytest.LogCaptureFixture) -> None:
    async def plain(scope: dict[str, Any], receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            return
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"hello"})

    async with serving(plain, listening_socket()) as server:
        assert b"hello" in await ask(server)
    assert caplog.records == []


async def test_start_up_and_shutdown_are_run_once_each() -> None:
    seen: list[str] = []

    async def application(scope: dict[str, Any], receive: Any, send: Any) -> None:
        for _ in range(2):
            event = await receive()
            seen.append(event["type"])
            await send({"type": event["type"] + ".complete"})

    async with serving(application, listening_socket()):
        assert seen == ["lifespan.startup"]
    assert seen == ["lifespan.startup", "lifespan.shutdown"]


async def test_the_applications_errors_go_into_our_log(caplog: pytest.LogCaptureFixture) -> None:
    async def failing(scope: dict[str, Any], receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            raise ZeroDivisionError

    with caplog.at_level(logging.ERROR, logger="lab.serving"):
        async with serving(failing, listening_socket()) as server:
            reader, writer = await connect(server)
            writer.write(GET)
            assert (await asyncio.wait_for(reader.read(), 5)).startswith(b"HTTP/1.1 500")
            writer.close()
    assert [(record.name, record.exc_info and record.exc_info[0]) for record in caplog.records] == [
        ("lab.serving", ZeroDivisionError)
    ]


async def test_a_start_that_is_cancelled_leaves_nothing_and_says_nothing(caplog: pytest.LogCaptureFixture) -> None:
    """An application may answer the cancellation with a failed start-up."""
    begun = asyncio.Event()

    @contextlib.asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        begun.set()
        await asyncio.Event().wait()
        yield

    sock = listening_socket()
    before = asyncio.all_tasks()
    starting = asyncio.create_task(Server(Starlette(lifespan=lifespan), sock).start())
    await asyncio.wait_for(begun.wait(), 5)
    starting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await starting
    gc.collect()  # asyncio complains of a task whose error nobody retrieved when it is collected
    assert asyncio.all_tasks() == before
    assert sock.fileno() == -1
    assert caplog.records == []
