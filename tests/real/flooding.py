"""What a flood does to the gateway, seen from outside: its memory, and whether others are still answered."""

import contextlib
import socket
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

import psutil

from tests.real.programs import DEADLINE, Gateway
from tests.real.raw import connected, until

MOST_GROWN = 10_000_000
"""Bytes by which the gateway may grow, whatever comes."""

GOOD = b"GET /1024 HTTP/1.1\r\nHost: a\r\n\r\n"


@dataclass
class Seen:
    """`grown`: bytes, at most. `answered`: how long each answer to a good client took, in seconds."""

    grown: int = 0
    answered: list[float] = field(default_factory=list)
    failed: list[BaseException] = field(default_factory=list)


@contextlib.contextmanager
def flooded(running: Gateway, most: int = MOST_GROWN) -> Iterator[Seen]:
    """As long as the block lasts, a good client asks again and again, and the gateway's memory is watched.

    In the end: memory has not grown beyond its bound (`most`, in bytes), and the good client was answered, each time.
    """
    process, seen, over = psutil.Process(running.pid), Seen(), threading.Event()
    ask(running)  # whatever is loaded with the first request is there
    before = process.memory_info().rss

    def watch() -> None:
        try:
            while not over.wait(0.02):
                seen.answered.append(ask(running))
                seen.grown = max(seen.grown, process.memory_info().rss - before)
        except BaseException as error:
            seen.failed.append(error)

    watching = threading.Thread(target=watch)
    watching.start()
    try:
        yield seen
    finally:
        over.set()
        watching.join(2 * DEADLINE)
    assert not seen.failed, seen.failed
    seen.answered.append(ask(running))
    assert seen.grown < most


def pour(running: Gateway, pieces: Callable[[], Iterable[bytes]], seconds: float) -> None:
    """Send all that as fast as the gateway takes it, without reading. Where it ends the connection, come back."""
    over = time.monotonic() + seconds
    while time.monotonic() < over:
        with contextlib.suppress(ConnectionError), connected(running.address) as sock:
            sock.settimeout(0.05)
            for piece in pieces():
                _send(sock, memoryview(piece), over)


def _send(sock: socket.socket, piece: memoryview, over: float) -> None:
    while piece:
        with contextlib.suppress(TimeoutError):
            piece = piece[sock.send(piece) :]
        if time.monotonic() > over:
            raise ConnectionError("it has lasted long enough")


def ask(running: Gateway) -> float:
    """Ask on a connection of its own, and give how long the answer took."""
    begun = time.perf_counter()
    with connected(running.address) as sock:
        sock.sendall(GOOD)
        head, _, content = until(sock, b"\r\n\r\n").partition(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 200"), head
        while len(content) < 1024:
            piece = sock.recv(65536)
            assert piece
            content += piece
    return time.perf_counter() - begun
