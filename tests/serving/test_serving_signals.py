"""A standalone server, in a process of its own, ended by a signal."""

import asyncio
import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest

from lab.serving.signals import stop_signals

PROGRAM = """
import asyncio
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from lab.serving.server import Server, serve_until_signalled
from lab.serving.sockets import listening_socket

def hide_add_signal_handler():
    def missing(self, *arguments):
        raise NotImplementedError
    asyncio.SelectorEventLoop.add_signal_handler = missing
    asyncio.SelectorEventLoop.remove_signal_handler = missing

async def hello(request):
    return PlainTextResponse("hello")

async def main():
    app = Starlette(routes=[Route("/", hello)])
    await serve_until_signalled(Server(app, listening_socket()), "the origin")
"""


@pytest.fixture(params=["", "hide_add_signal_handler()\n"], ids=["add_signal_handler", "as on Windows"])
def program(request: pytest.FixtureRequest) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", f"{PROGRAM}\n{request.param}asyncio.run(main())"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        yield process
        process.kill()


@pytest.mark.skipif(sys.platform == "win32", reason="a process cannot be sent SIGINT there")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_says_where_it_listens_and_ends_with_0(program: subprocess.Popen[str], number: signal.Signals) -> None:
    assert program.stderr is not None
    said = program.stderr.readline()
    assert said.startswith("the origin listens on http://127.")
    host, port = said.strip().removeprefix("the origin listens on http://").split(":")

    async def ask() -> bytes:
        reader, writer = await asyncio.open_connection(host, int(port))
        writer.write(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")  # and stays: an idle client must not keep the process
        answer = await reader.readuntil(b"hello")
        program.send_signal(number)
        assert await asyncio.wait_for(reader.read(), 10) == b""
        writer.close()
        return answer

    assert asyncio.run(ask()).startswith(b"HTTP/1.1 200")
    assert program.wait(10) == 0
    assert program.stderr.read() == ""


@pytest.mark.anyio
async def test_a_second_signal_at_once_is_the_same_and_a_later_one_meets_what_was_there_before() -> None:
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    with stop_signals() as stop:
        signal.raise_signal(signal.SIGTERM)
        signal.raise_signal(signal.SIGTERM)  # as `timeout` does; it would have ended these tests
        await asyncio.wait_for(stop.wait(), 5)
        assert signal.getsignal(signal.SIGTERM) != before[signal.SIGTERM]
        async with asyncio.timeout(10):
            while signal.getsignal(signal.SIGTERM) != before[signal.SIGTERM]:
                await asyncio.sleep(0)
    assert {number: signal.getsignal(number) for number in before} == before


@pytest.mark.anyio
async def test_what_was_there_before_is_there_afterwards() -> None:
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    with stop_signals() as stop:
        signal.raise_signal(signal.SIGTERM)
        await asyncio.wait_for(stop.wait(), 5)
    assert {number: signal.getsignal(number) for number in before} == before
