"""The gateway's benchmarks: what it costs against the bare application, and against others that relay."""

import asyncio
import contextlib
import shutil
import socket
import statistics
import time
from collections.abc import Callable, Mapping
from functools import partial

from lab import h2
from tests.bench.contenders import Contender, standing
from tests.bench.load import h2_latency, h2_requests_per_second, h2_transfer, latencies, requests_per_second, transfer
from tests.bench.measuring import told

ROUNDS = 7
KIB, MIB, GIB = 1 << 10, 1 << 20, 1 << 30
MOST_GROWN = 10.0
"""Megabytes by which a gateway may grow, whatever it relays to whomever."""

Measure = Callable[[Contender], float]
Medians = dict[str, float]


def rounds(contenders: Mapping[str, Contender], measures: Mapping[str, Measure], count: int = ROUNDS) -> Medians:
    """The median of each, in rounds in which they take turns, after one that does not count."""
    measured: dict[str, list[float]] = {name: [] for name in measures}
    for number in range(count + 1):
        for name, measure in measures.items():
            value = measure(contenders[name])
            if number:
                measured[name].append(value)
    return {name: statistics.median(values) for name, values in measured.items()}


class Costs:
    """Requests per second, and what each of them costs: microseconds of processor time."""

    def __init__(self, ask: Callable[[str], float]) -> None:
        self._ask = ask
        self._each: dict[str, list[float]] = {}

    def __call__(self, contender: Contender) -> float:
        before, begun = contender.cpu(), time.perf_counter()
        rate = self._ask(f"{contender.url}/{KIB}")
        requests = rate * (time.perf_counter() - begun)
        self._each.setdefault(contender.url, []).append((contender.cpu() - before) / requests * 1e6)
        return rate

    def compared(self, gateway: Contender, bare: Contender) -> bool:
        ours, theirs = (statistics.median(self._each[contender.url][1:]) for contender in (gateway, bare))
        what = f"processor time per request, of bare ({ours:.0f} and {theirs:.0f} us)"
        return told(what, f"{ours / theirs:.2f} times", "at most 2.2", ours / theirs <= 2.2)


async def small() -> bool:
    """(e) requests per second with 1 KiB of content, and what a request costs."""
    print("(e) HTTP/1.1, 1 KiB, 16 connections that are kept: requests per second")
    costs = Costs(requests_per_second)
    with standing(relay=True, mitmproxy=True) as contenders:
        rates = rounds(contenders, {name: costs for name in contenders if name != "upstream"})
        met = compared("of the bare application", rates, "bare", 0.45, "/s")
        met &= compared("of a minimal relay on h11", rates, "relay", 0.75, "/s")
        if "mitmproxy" in rates:
            met &= compared("of mitmproxy in reverse mode", rates, "mitmproxy", 1.0, "/s")
        met &= costs.compared(contenders["gateway"], contenders["bare"])
    return met


async def large() -> bool:
    """(f) content of 1 MiB and of 1 GiB, and the memory that it takes."""
    print("(f) HTTP/1.1, large content")
    with standing() as contenders:
        names = ("bare", "gateway")
        rates = rounds(
            contenders, dict.fromkeys(names, lambda c: requests_per_second(f"{c.url}/{MIB}", connections=4)), 5
        )
        met = compared("1 MiB, of the bare application", rates, "bare", 0.25, "/s")
        with contenders["gateway"].watched() as memory:
            rates = rounds(contenders, dict.fromkeys(names, lambda c: transfer(c.address, GIB)), 5)
        met &= compared("1 GiB, of the bare application", rates, "bare", 0.25, " MB/s")
        met &= grown("memory grown meanwhile, at most", max(memory))
    return met


async def latency() -> bool:
    """(g) the time to an answer, on one connection."""
    print("(g) HTTP/1.1, 1 KiB, one connection: median latency")
    with standing() as contenders:
        found = rounds(
            contenders,
            dict.fromkeys(("upstream", "bare", "gateway"), lambda c: latencies(c.address, f"/{KIB}", 500)),
        )
    return quick(found)


def quick(found: Medians) -> bool:
    most = 2 * found["bare"] + found["upstream"]
    told("latency: the upstream, asked directly", f"{found['upstream']:.3f} ms", "", True)
    told("the bare application", f"{found['bare']:.3f} ms", "", True)
    return told(
        "through the gateway", f"{found['gateway']:.3f} ms", f"at most {most:.3f} ms (2 x bare + upstream)",
        found["gateway"] <= most,
    )  # fmt: skip


async def memory() -> bool:
    """(h) memory while clients do not read."""
    print("(h) clients that ask for 1 GiB and stop reading")
    with standing() as contenders:
        gateway = contenders["gateway"]
        transfer(gateway.address, MIB)
        with contextlib.ExitStack() as stack, gateway.watched() as memory:
            for _ in range(10):
                stack.enter_context(
                    _stopped(gateway, f"GET /{GIB} HTTP/1.1\r\nHost: a\r\n\r\n".encode(), b"HTTP/1.1 200")
                )
            await asyncio.sleep(3)
    return grown("ten of them on HTTP/1.1, memory grown in 3 s", max(memory))


async def http2() -> bool:
    """(i) the same over HTTP/2 with prior knowledge."""
    if shutil.which("h2load") is None:
        print("(i) left out: h2load is not installed (apt-get install nghttp2-client)")
        return True
    print("(i) HTTP/2, one connection with 16 streams, 1 KiB: requests per second")
    costs, names = Costs(h2_requests_per_second), ("bare", "gateway")
    with standing() as contenders:
        gateway, bare = contenders["gateway"], contenders["bare"]
        met = compared("of the bare application", rounds(contenders, dict.fromkeys(names, costs)), "bare", 0.45, "/s")
        met &= costs.compared(gateway, bare)
        for count, length, what in ((200, MIB, "1 MiB"), (1, GIB // 4, "256 MiB")):  # more fills the bare one's memory
            ask = partial(h2_transfer, count=count, length=length)
            rates = rounds(contenders, dict.fromkeys(names, ask), 5)
            met &= compared(f"{what}, of bare", rates, "bare", 0.25, " MB/s")
        found = rounds(contenders, dict.fromkeys(names, lambda c: h2_latency(c.url, KIB)))
        found["upstream"] = latencies(contenders["upstream"].address, f"/{KIB}", 500)
        met &= quick(found)
        with gateway.watched() as memory, _stopped(gateway, _much_over_http2(), b"\0"):
            await asyncio.sleep(3)
    return met and grown("100 streams of 1 GiB, none read, memory grown in 3 s", max(memory))


def _much_over_http2() -> bytes:
    ask = h2.field_block(h2.asks(b"GET", b"/%d" % GIB))
    window = h2.preface({h2.Setting.INITIAL_WINDOW_SIZE: 0x7FFFFFFF}) + h2.window_update(0, 0x7FFF0000)
    return window + b"".join(h2.headers(number, ask, end_stream=True) for number in range(1, 201, 2))


def compared(what: str, found: Medians, other: str, target: float, unit: str) -> bool:
    ratio = found["gateway"] / found[other]
    shown = f"({found['gateway']:,.0f} and {found[other]:,.0f}{unit})"
    return told(f"{what} {shown}", f"{ratio:.2f} times", f"at least {target:g}", ratio >= target)


def grown(what: str, megabytes: float) -> bool:
    return told(what, f"{megabytes:.1f} MB", f"under {MOST_GROWN:g} MB", megabytes < MOST_GROWN)


def _stopped(contender: Contender, request: bytes, begins: bytes) -> socket.socket:
    """A client that reads the beginning of its answer, and no more."""
    sock = socket.create_connection(contender.address, 20)
    sock.sendall(request)
    assert sock.recv(4_096).startswith(begins)
    return sock
