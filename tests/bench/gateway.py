"""The gateway's benchmarks: what it costs against the bare application, and against others that relay."""

import asyncio
import contextlib
import socket
import statistics
import time
from collections.abc import Callable, Mapping

from tests.bench.contenders import Contender, standing
from tests.bench.load import h2_requests_per_second, latencies, requests_per_second, transfer
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


async def small() -> bool:
    """(e) requests per second with 1 KiB of content, and what a request costs."""
    print("(e) HTTP/1.1, 1 KiB, 16 connections that are kept: requests per second")
    costs: dict[str, list[float]] = {}

    def measure(name: str) -> Measure:
        def one(contender: Contender) -> float:
            before, begun = contender.cpu(), time.perf_counter()
            rate = requests_per_second(f"{contender.url}/{KIB}")
            requests = rate * (time.perf_counter() - begun)
            costs.setdefault(name, []).append((contender.cpu() - before) / requests * 1e6)
            return rate

        return one

    with standing(relay=True, mitmproxy=True) as contenders:
        names = [name for name in contenders if name != "upstream"]
        rates = rounds(contenders, {name: measure(name) for name in names})
    cpu = {name: statistics.median(values[1:]) for name, values in costs.items()}
    met = compared("of the bare application", rates, "bare", 0.45, "/s")
    met &= compared("of a minimal relay on h11", rates, "relay", 0.75, "/s")
    if "mitmproxy" in rates:
        met &= compared("of mitmproxy in reverse mode", rates, "mitmproxy", 1.0, "/s")
    ratio = cpu["gateway"] / cpu["bare"]
    shown = f"({cpu['gateway']:.0f} and {cpu['bare']:.0f} us)"
    met &= told(f"processor time per request, of bare {shown}", f"{ratio:.2f} times", "at most 2.2", ratio <= 2.2)
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
    most = 2 * found["bare"] + found["upstream"]
    told("the upstream, asked directly", f"{found['upstream']:.3f} ms", "", True)
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
                stack.enter_context(_stopped(gateway, f"GET /{GIB} HTTP/1.1\r\nHost: a\r\n\r\n".encode()))
            await asyncio.sleep(3)
    return grown("ten of them on HTTP/1.1, memory grown in 3 s", max(memory))


async def http2() -> bool:
    """(i) the same over HTTP/2: requests per second, and a client that does not read."""
    print("(i) HTTP/2 with prior knowledge, 1 KiB, one connection, 16 streams: requests per second")
    with standing() as contenders:
        measures = dict.fromkeys(("bare", "gateway"), lambda c: h2_requests_per_second(f"{c.url}/{KIB}"))
        return compared("of the bare application", rounds(contenders, measures), "bare", 0.45, "/s")


def compared(what: str, found: Medians, other: str, target: float, unit: str) -> bool:
    ratio = found["gateway"] / found[other]
    shown = f"({found['gateway']:,.0f} and {found[other]:,.0f}{unit})"
    return told(f"{what} {shown}", f"{ratio:.2f} times", f"at least {target:g}", ratio >= target)


def grown(what: str, megabytes: float) -> bool:
    return told(what, f"{megabytes:.1f} MB", f"under {MOST_GROWN:g} MB", megabytes < MOST_GROWN)


def _stopped(contender: Contender, request: bytes) -> socket.socket:
    """A client that reads the beginning of its answer, and no more."""
    sock = socket.create_connection(contender.address, 20)
    sock.sendall(request)
    assert sock.recv(65_536).startswith(b"HTTP/1.1 200")
    return sock
