"""Floods of HTTP/2: the gateway's memory stays where it was, and others are answered meanwhile.

Where the gateway ends the connection, the client comes back at once, for as long as the flood lasts.
"""

import contextlib
import itertools
from collections.abc import Callable, Iterable, Iterator

import pytest

from lab import h2
from tests.real.flooding import flooded, pour
from tests.real.programs import Gateway, Program, gateway
from tests.real.raw import connected

SECONDS = 0.25
GIB = 1 << 30
GET = h2.field_block(h2.asks(b"GET", b"/1024"))
POST = h2.field_block(h2.asks(b"POST", b"/1024"))
MUCH = h2.field_block(h2.asks(b"GET", b"/%d" % GIB))
BEGUN = h2.headers(1, GET, end_headers=False)
LONG = b"\x40\x01x\x7f\x91\x1e" + b"v" * 4_000  # put into the table: a field line of 4,000 octets
PRIORITY, UNKNOWN = 2, 0x42

Frames = Iterable[bytes]


def of_each_stream(frames: Callable[[int], bytes]) -> Frames:
    """These frames for one new stream after the other, many at a time."""
    numbers = itertools.count(1, 2)
    while True:
        yield b"".join(map(frames, itertools.islice(numbers, 200)))


def after(first: bytes, then: bytes) -> Frames:
    return itertools.chain([first], itertools.repeat(then * 500))


FLOODS: dict[str, Callable[[], Frames]] = {
    "rapid reset": lambda: of_each_stream(lambda n: h2.headers(n, GET, end_stream=True) + h2.rst_stream(n)),
    "streams that the server has to reset": lambda: of_each_stream(
        lambda n: h2.headers(n, GET, end_stream=True) + h2.window_update(n, 0)
    ),
    "streams that are never ended": lambda: of_each_stream(lambda n: h2.headers(n, POST)),
    "CONTINUATION": lambda: after(BEGUN, h2.continuation(1, b"\x00\x01a\x01b" * 20, end_headers=False)),
    "empty CONTINUATION": lambda: after(BEGUN, h2.continuation(1, b"", end_headers=False)),
    "SETTINGS": lambda: after(b"", h2.settings({h2.Setting.INITIAL_WINDOW_SIZE: 65_535})),
    "acknowledgments of SETTINGS": lambda: after(b"", h2.settings(ack=True)),
    "PING": lambda: after(b"", h2.ping()),
    "PRIORITY": lambda: after(b"", h2.frame(PRIORITY, 0, 1, b"\0\0\0\0\0")),
    "WINDOW_UPDATE": lambda: after(b"", h2.window_update(0, 1)),
    "frames of an unknown type": lambda: after(b"", h2.frame(UNKNOWN, 0, 0, b"?")),
    "empty DATA": lambda: after(h2.headers(1, POST), h2.data(1)),
    "DATA that is padding": lambda: after(h2.headers(1, POST), h2.data(1, b"", padding=255)),
    "oversized tables": lambda: of_each_stream(
        lambda n: h2.headers(n, GET + (LONG if n == 1 else b"") + b"\xbe" * 10_000, end_stream=True)
    ),
    "a table of any size": lambda: after(
        h2.settings({h2.Setting.HEADER_TABLE_SIZE: 0xFFFFFFFF}),
        h2.settings({h2.Setting.HEADER_TABLE_SIZE: 0}) + h2.settings({h2.Setting.HEADER_TABLE_SIZE: 0xFFFFFFFF}),
    ),
    "much asked for with no window": lambda: itertools.chain(
        [h2.settings({h2.Setting.INITIAL_WINDOW_SIZE: 0})],
        of_each_stream(lambda n: h2.headers(n, MUCH, end_stream=True)),
    ),
    "much asked for and not read": lambda: itertools.chain(
        [h2.settings({h2.Setting.INITIAL_WINDOW_SIZE: 0x7FFFFFFF}) + h2.window_update(0, 0x7FFF0000)],
        of_each_stream(lambda n: h2.headers(n, MUCH, end_stream=True)),
    ),
}


@pytest.fixture(scope="module")
def running(fast: Program) -> Iterator[Gateway]:
    with gateway(fast.url) as between:
        yield between


@pytest.mark.parametrize("what", FLOODS)
def test_a_flood(running: Gateway, what: str) -> None:
    with flooded(running):
        pour(running, lambda: itertools.chain([h2.preface()], FLOODS[what]()), SECONDS)


def test_octet_by_octet(running: Gateway) -> None:
    """Many clients that write so slowly that no frame gets complete."""
    octets = h2.preface() + h2.headers(1, GET, end_stream=True)
    with flooded(running), contextlib.ExitStack() as stack:
        slow = [stack.enter_context(connected(running.address)) for _ in range(100)]
        for octet in octets[:-1]:
            for sock in slow:
                sock.sendall(bytes([octet]))
