"""Floods of HTTP/1.1: the gateway's memory stays where it was, and others are answered meanwhile."""

import contextlib
import itertools
import time
from collections.abc import Callable, Iterable, Iterator

import pytest

from tests.real.flooding import flooded, pour
from tests.real.programs import Gateway, Program, gateway
from tests.real.raw import connected

SECONDS = 0.25
"""How long a flood lasts."""

GIB = 1 << 30
MOST_CLIENTS, EACH = 1_000, 64_000
"""How many clients the gateway takes at once, and the bytes of memory that one of them may cost."""


@pytest.fixture(scope="module")
def running(fast: Program) -> Iterator[Gateway]:
    """With as many upstream connections as clients: it is the clients that are too many here."""
    with gateway(fast.url, "--limit-connections", str(2 * MOST_CLIENTS)) as between:
        yield between


POURED: dict[str, Callable[[], Iterable[bytes]]] = {
    "a request line without end": lambda: itertools.chain([b"GET /"], itertools.repeat(b"a" * 65_536)),
    "field lines without end": lambda: itertools.chain(
        [b"GET / HTTP/1.1\r\nHost: a\r\n"], itertools.repeat(b"A: b\r\n" * 5_000)
    ),
    "empty lines": lambda: itertools.repeat(b"\r\n" * 10_000),
    "requests, and nobody reads the answers": lambda: itertools.repeat(b"GET /20000 HTTP/1.1\r\nHost: a\r\n\r\n" * 100),
    "requests for what is not allowed": lambda: itertools.repeat(b"GET /1 HTTP/1.1\r\n\r\n" * 100),
    "chunks of one octet": lambda: itertools.chain(
        [b"POST /1 HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"], itertools.repeat(b"1\r\nx\r\n" * 5_000)
    ),
    "chunk extensions": lambda: itertools.chain(
        [b"POST /1 HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1"], itertools.repeat(b";a=b" * 5_000)
    ),
    "trailer fields": lambda: itertools.chain(
        [b"POST /1 HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n"],
        itertools.repeat(b"A: b\r\n" * 5_000),
    ),
    "content that nobody asked for": lambda: itertools.chain(
        [b"POST /1 HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000000\r\n\r\n"], itertools.repeat(b"x" * 65_536)
    ),
}


@pytest.mark.parametrize("what", POURED)
def test_a_client_pours(running: Gateway, what: str) -> None:
    with flooded(running):
        pour(running, POURED[what], SECONDS)


def test_slow_writers(running: Gateway) -> None:
    """Many clients that begin a request and go on octet by octet."""
    with flooded(running), contextlib.ExitStack() as stack:
        slow = [stack.enter_context(connected(running.address)) for _ in range(200)]
        for octet in b"GET /1024 HTTP/1.1\r\nHost":
            for sock in slow:
                sock.sendall(bytes([octet]))


def test_slow_readers(running: Gateway) -> None:
    """Clients that ask for much and read little of it: each costs what is on its way to it, and no more."""
    with flooded(running), contextlib.ExitStack() as stack:
        slow = [stack.enter_context(connected(running.address, receive_buffer=4_096)) for _ in range(8)]
        for sock in slow:
            sock.sendall(b"GET /%d HTTP/1.1\r\nHost: a\r\n\r\n" % GIB)
        over = time.monotonic() + SECONDS
        while time.monotonic() < over:
            for sock in slow:
                assert sock.recv(100)
            time.sleep(0.01)


def test_clients_that_come_and_go(running: Gateway) -> None:
    """Connections that are opened, used for half a request, and given up: at worst as many at once as it takes."""
    with flooded(running, MOST_CLIENTS * EACH):
        over = time.monotonic() + SECONDS
        while time.monotonic() < over:
            with connected(running.address) as sock:
                sock.sendall(b"GET /20000 HTTP/1.1\r\nHost: a\r\n\r\nGET")
