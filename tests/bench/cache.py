"""The cache's benchmarks: what a hit costs, what a decision costs, what many and large objects take."""

import asyncio
import contextlib
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator

from lab.gateways.reference.cache.engine import Asked, Engine, Instant, Policy, Serve, Stored
from lab.gateways.reference.cache.engine.values import Forward, Relay
from lab.h1 import Field, Fields, Framing, FramingKind, Head
from lab.rfc import RFC
from tests.bench.contenders import PYTHON, Contender
from tests.bench.gateway import GIB, KIB, MIB, compared, rounds
from tests.bench.load import requests_per_second, transfer
from tests.bench.measuring import told
from tests.real.programs import Program, gateway, serving

CLIENTS = 50


@contextlib.contextmanager
def caching(*options: str, bare: bool = False) -> Iterator[dict[str, Contender]]:
    """A caching gateway in front of the upstream, in processes of their own; and the bare application, if it is asked
    for."""
    with contextlib.ExitStack() as stack:
        upstream = stack.enter_context(serving(r"^(http://\S+)", PYTHON, "-m", "tests.bench.upstream"))
        running: dict[str, Program] = {"gateway": stack.enter_context(gateway(upstream.url, "--cache", *options))}
        if bare:
            settings = ("--config", "python:tests.bench.bare", "--bind", "127.0.0.1:0", "--workers", "0")
            command = (PYTHON, "-m", "hypercorn", "tests.bench.bare:app", *settings)
            running["bare"] = stack.enter_context(serving(r"Running on (http://\S+)", *command))
        yield {name: Contender(program.url, program.pid) for name, program in running.items()}


async def hits() -> bool:
    """(j) requests per second on hits."""
    print("(j) cache hits, HTTP/1.1, 1 KiB, 16 connections that are kept: requests per second")
    with caching(bare=True) as contenders:
        rates = rounds(contenders, dict.fromkeys(contenders, lambda c: requests_per_second(f"{c.url}/{KIB}")))
        met = compared("from memory, of the bare application", rates, "bare", 0.7, "/s")
    with tempfile.TemporaryDirectory() as folder, caching("--cache-dir", folder, bare=True) as contenders:
        rates = rounds(contenders, dict.fromkeys(contenders, lambda c: requests_per_second(f"{c.url}/{KIB}")), 3)
        ratio = rates["gateway"] / rates["bare"]
        told(f"from disk, of the bare application ({rates['gateway']:,.0f}/s)", f"{ratio:.2f} times", "", True)
    return met


async def decisions() -> bool:
    """(k) what the engine takes to decide."""
    print("(k) a decision of the engine: the median of 2,000")
    engine = Engine(Policy("gateway"))
    plain = _asked()
    conditional = _asked(
        Field(b"If-None-Match", b'"0123456789abcdef"'),
        Field(b"If-Modified-Since", b"Tue, 17 Nov 2026 08:00:00 GMT"),
    )
    stored = _stored(engine, plain)
    fresh, stale = Instant(1_795_000_010.0, 10.0), Instant(1_795_009_999.0, 9_999.0)
    assert isinstance(engine.decide(plain, (stored,), fresh), Serve)
    assert isinstance(engine.decide(plain, (stored,), stale), Forward)
    met = True
    for what, asked, now in (("a hit", plain, fresh), ("a 304", conditional, fresh), ("to validate", plain, stale)):
        taken = []
        for _ in range(2_000):
            begun = time.perf_counter()
            engine.decide(asked, (stored,), now)
            taken.append((time.perf_counter() - begun) * 1e6)
        median = statistics.median(taken)
        met &= told(what, f"{median:.1f} us", "under 20 us", median < 20)
    return met


def _asked(*more: Field) -> Asked:
    fields = [
        Field(b"Host", b"www.example.org"), Field(b"Connection", b"keep-alive"),
        Field(b"User-Agent", b"Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"),
        Field(b"Accept", b"text/css,*/*;q=0.1"), Field(b"Accept-Language", b"en-GB,en;q=0.7"),
        Field(b"Accept-Encoding", b"gzip, deflate, br, zstd"), Field(b"Referer", b"http://www.example.org/articles/7"),
        Field(b"Cookie", b"consent=1; session=0123456789abcdef0123456789abcdef"), Field(b"DNT", b"1"),
        Field(b"Priority", b"u=2"), *more,
    ]  # fmt: skip
    return Asked(b"GET", b"/styles/main.css?v=7", False, b"www.example.org", Fields(fields))


def _stored(engine: Engine, asked: Asked) -> Stored:
    fields = [
        Field(b"Date", b"Wed, 18 Nov 2026 11:06:40 GMT"), Field(b"Content-Type", b"text/css; charset=utf-8"),
        Field(b"Content-Length", b"1024"), Field(b"ETag", b'"0123456789abcdef"'), Field(b"Vary", b"Accept-Encoding"),
        Field(b"Last-Modified", b"Tue, 17 Nov 2026 08:00:00 GMT"), Field(b"Cache-Control", b"public, max-age=3600"),
    ]  # fmt: skip
    now = Instant(1_795_000_000.0, 0.0)
    forward = engine.decide(asked, (), now)
    assert isinstance(forward, Forward)
    head = Head(b"1.1", Fields(fields), Framing(FramingKind.LENGTH, RFC(9112, "6.3"), 1024), 0, b"", status=200)
    reaction = engine.answered(asked, forward, head, now, now)
    assert isinstance(reaction, Relay)
    assert reaction.store is not None
    return reaction.store


async def many() -> bool:
    """(l) a hundred thousand stored objects, in a process of their own."""
    print("(l) 100,000 stored objects")
    done = subprocess.run([sys.executable, "-m", "tests.bench.objects"], capture_output=True, text=True, check=True)
    overhead, ratio = map(float, done.stdout.split())
    met = told(
        "overhead of each, beyond content and header section", f"{overhead:.0f} bytes", "under 1024", overhead < KIB
    )
    return met & told("a look-up, of one among 1,000", f"{ratio:.2f} times", "under 1.3", ratio < 1.3)


async def large() -> bool:
    """(m) memory that 1 GiB takes which is stored on disk."""
    print("(m) 1 GiB with --cache-dir")
    with (
        tempfile.TemporaryDirectory() as folder,
        caching("--cache-dir", folder, "--cache-size", "5g") as contenders,
    ):
        contender = contenders["gateway"]
        transfer(contender.address, 4 * MIB)
        transfer(contender.address, 4 * MIB)
        met = True
        for what in ("while it is stored", "while it is served from the store"):
            with contender.watched() as memory:
                speed = transfer(contender.address, GIB)
            met &= told(
                f"memory added {what} ({speed:.0f} MB/s)", f"{max(memory):.1f} MB", "under 20 MB", max(memory) < 20
            )
    return met


async def collapsing() -> bool:
    """(n) fifty clients that ask for one missing object at once."""
    print(f"(n) {CLIENTS} clients that ask for one missing object")
    asked = 0

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal asked
        await reader.readuntil(b"\r\n\r\n")
        asked += 1
        await asyncio.sleep(0.5)
        writer.write(b"HTTP/1.1 200 OK\r\nCache-Control: max-age=60\r\nContent-Length: 5\r\n\r\nhello")
        await writer.drain()
        writer.close()

    async def ask(host: str, port: int) -> bytes:
        reader, writer = await asyncio.open_connection(host, port)
        writer.write(b"GET /missing HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        said = await reader.read()
        writer.close()
        return said

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    host, port = server.sockets[0].getsockname()
    loop = asyncio.get_running_loop()
    manager = gateway(f"http://{host}:{port}", "--cache")
    running = await loop.run_in_executor(None, manager.__enter__)
    try:
        answers = await asyncio.gather(*(ask(*running.address) for _ in range(CLIENTS)))
    finally:
        await loop.run_in_executor(None, manager.__exit__, None, None, None)
        server.close()
    right = sum(answer.startswith(b"HTTP/1.1 200") and answer.endswith(b"hello") for answer in answers)
    met = told("answers that are right", str(right), str(CLIENTS), right == CLIENTS)
    return met & told("requests to the upstream", str(asked), "1", asked == 1)
