"""What stored objects take, in a process of its own.

python -m tests.bench.objects

It prints the octets that each of 100,000 takes beyond its content and its header section, and how many times as long a
look-up takes among them as among 1,000.
"""

import asyncio
import gc
import random
import statistics
import time
from dataclasses import replace

import psutil

from lab.gateways.reference.cache.engine import Asked, Engine, Forward, Instant, Policy, Relay
from lab.gateways.reference.cache.engine.values import Stored
from lab.gateways.reference.cache.store import MemoryStore
from lab.h1 import Field, Fields, Framing, FramingKind, Head
from lab.rfc import RFC

FEW, MANY = 1_000, 100_000
ASKED = 1_000
"""Different objects that are asked for, in a store of either size."""

CONTENT = 200


def response(number: int) -> Stored:
    """What the engine has stored for the request with this number."""
    engine, now = Engine(Policy("gateway")), Instant(1_795_000_000.0, 0.0)
    asked = Asked(b"GET", b"/articles/%d" % number, False, b"www.example.org", Fields())
    fields = [
        Field(b"Date", b"Wed, 18 Nov 2026 11:06:40 GMT"), Field(b"Content-Type", b"text/css; charset=utf-8"),
        Field(b"Content-Length", b"%d" % CONTENT), Field(b"ETag", b'"%016d"' % number),
        Field(b"Last-Modified", b"Tue, 17 Nov 2026 08:00:00 GMT"), Field(b"Cache-Control", b"public, max-age=3600"),
    ]  # fmt: skip
    forward = engine.decide(asked, (), now)
    assert isinstance(forward, Forward)
    head = Head(b"1.1", Fields(fields), Framing(FramingKind.LENGTH, RFC(9112, "6.3"), CONTENT), 0, b"", status=200)
    reaction = engine.answered(asked, forward, head, now, now)
    assert isinstance(reaction, Relay)
    assert reaction.store is not None
    return reaction.store


async def filled(store: MemoryStore, count: int) -> list[bytes]:
    """The keys of what was stored."""
    one = response(0)
    head, tail = one.key.rsplit(b"0", 1)
    keys = []
    for number in range(count):
        fields = Fields(Field(name, b'"%016d"' % number if name == b"ETag" else bytes(bytearray(value)))
                        for name, value in one.fields)  # fmt: skip
        key = head + b"%d" % number + tail
        keys.append(key)
        body = store.begin(replace(one, key=key, fields=fields))
        await body.add(b"%0200d" % number)
        body.complete()
    return keys


def asked_for(keys: list[bytes]) -> list[bytes]:
    """Some of these keys, as requests bring them: octets of their own."""
    return [bytes(bytearray(key)) for key in random.Random(1).sample(keys, ASKED)]


async def look_ups(store: MemoryStore, keys: list[bytes]) -> float:
    """Microseconds for one."""
    begun = time.perf_counter()
    for key in keys:
        await store.find(key)
    return (time.perf_counter() - begun) / len(keys) * 1e6


async def measured() -> tuple[float, float]:
    few, many = MemoryStore(1 << 40), MemoryStore(1 << 40)
    among_few = asked_for(await filled(few, FEW))
    gc.collect()
    before = psutil.Process().memory_info().rss
    keys = await filled(many, MANY)
    gc.collect()
    names = sum(len(key) + 33 + 8 for key in keys)  # this list is not the store's
    each = (psutil.Process().memory_info().rss - before - names) / MANY
    among_many = asked_for(keys)
    section = sum(len(name) + len(value) + 4 for name, value in response(0).fields) + 2
    ratios = []
    for number in range(45):
        ratio = await look_ups(many, among_many) / await look_ups(few, among_few)
        if number >= 5:
            ratios.append(ratio)
    return each - CONTENT - section, statistics.median(ratios)


if __name__ == "__main__":
    print(*asyncio.run(measured()))
