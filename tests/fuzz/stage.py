"""A gateway that takes all the examples, in front of an upstream that tells what it was asked."""

import asyncio
import contextlib
import socket
from collections.abc import Coroutine, Iterator
from dataclasses import dataclass
from typing import Any

from lab.gateways import Destination, Running, Setup
from lab.gateways.names import gateway_named
from tests.fuzz.echo import Asked, echo
from tests.fuzz.watching import Watch, watching

DEADLINE = 10.0
"""Seconds in which a client that has ended its side has its last answer: reached only where it never comes."""

GOOD = b"GET /good HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"


@dataclass(frozen=True, repr=False)
class Stage:
    """A gateway in front of an upstream that tells what it was asked, and what it was asked wrongly."""

    watch: Watch
    running: Running
    asked: list[Asked]
    wrong: list[str]

    def good(self) -> None:
        """All is well: another client is answered."""
        assert self.say([GOOD]).endswith(b"GET /good ")

    def say(self, pieces: list[bytes], patience: float = DEADLINE) -> bytes:
        """What a client gets that says this and ends its side; at most what comes before a silence of so long."""
        return self.watch.run(_say(self.running.address, pieces, patience))


async def _say(address: tuple[str, int], pieces: list[bytes], patience: float) -> bytes:
    loop, got = asyncio.get_running_loop(), b""
    with socket.socket() as sock:
        sock.setblocking(False)
        async with asyncio.timeout(DEADLINE):
            await loop.sock_connect(sock, address)
            with contextlib.suppress(ConnectionError):  # it may end the connection at any time
                for piece in pieces:
                    await loop.sock_sendall(sock, piece)
                    await asyncio.sleep(0)
                sock.shutdown(socket.SHUT_WR)
            with contextlib.suppress(ConnectionError):
                while piece := await _within(patience, loop.sock_recv(sock, 65536)):
                    got += piece
    return got


async def _within(seconds: float, receiving: Coroutine[Any, Any, bytes]) -> bytes:
    """What comes within so many seconds; nothing, where nothing does. Raises TimeoutError at the deadline."""
    try:
        return await asyncio.wait_for(receiving, seconds)
    except TimeoutError:
        if seconds < DEADLINE:
            return b""
        raise


@contextlib.contextmanager
def standing() -> Iterator[Stage]:
    with watching() as watch:
        stack, asked, wrong = contextlib.AsyncExitStack(), list[Asked](), list[str]()

        async def set_up() -> Running:
            address = await stack.enter_async_context(echo(asked, wrong))
            running = await gateway_named("reference").start(Setup((Destination(address),)))
            stack.push_async_callback(running.stop)
            return running

        yield Stage(watch, watch.run(set_up()), asked, wrong)
        watch.run(stack.aclose())
