"""A process that stores, is killed in the middle of it, and comes back: many times.

python -m tests.cache_store.killing DIRECTORY TIMES

Each writer says on a pipe what has been stored, and is killed at some moment after. What stands then is looked through.
Prints one line about all.
"""

import asyncio
import os
import random
import select
import signal
import sys
from pathlib import Path

from lab.gateways.reference.cache.engine.values import Instant
from lab.gateways.reference.cache.store.connecting import FILE, SLACK
from lab.gateways.reference.cache.store.disk import DiskStore
from tests.cache_store.stored import content, put, stored, tag

SIZE = 6 << 20
KEYS = 12
GOOD = b"the good copy"
NOW = Instant(1_795_000_100.0, 5_100.0)


def octets(key: bytes, generation: int) -> bytes:
    """The content of a response: of its own length, and with its own name all through."""
    whole = b"%b %d;" % (key, generation)
    return whole * (1 + (hash_of(key) * 7_919 + generation * 104_729) % 60_000)


def hash_of(key: bytes) -> int:
    return sum(key)


def opened(directory: Path) -> DiskStore:
    return DiskStore(directory, SIZE, log=complain, now=NOW)


def complain(line: str) -> None:
    raise AssertionError(line)


async def write(directory: Path, generation: int, told: int) -> None:
    """Store without end; `told`: where to say when the good copy was stored anew, and that it goes on."""
    store, chosen = opened(directory), random.Random(generation)
    await put(store, stored(GOOD, tag=str(generation)), octets(GOOD, generation))
    assert [tag(found) for found in await store.find(GOOD)] == [str(generation)]
    os.write(told, b"g")
    (old,) = await store.find(GOOD)
    replacing = store.begin(stored(GOOD, tag="never complete"), (old,))
    while True:
        await replacing.add(b"x" * 100)
        key = b"key %d" % chosen.randrange(KEYS)
        body = store.begin(stored(key, tag=str(generation)))
        whole = octets(key, generation)
        for start in range(0, len(whole), 30_000):
            await body.add(whole[start : start + 30_000])
            os.write(told, b".")
        body.complete()
        if chosen.random() < 0.2:
            await store.invalidate(b"key %d" % chosen.randrange(KEYS))


async def look(directory: Path, generation: int) -> int:
    """How many responses are there, all right; the good copy among them."""
    store, seen = opened(directory), 0
    for key in (GOOD, *(b"key %d" % number for number in range(KEYS))):
        for found in await store.find(key):
            made = int(tag(found))
            assert made <= generation
            whole = await content(store, found)
            assert whole == octets(key, made), f"{key!r} of {made} is broken"
            assert found.length == len(whole)
            seen += 1
            if key == GOOD:
                assert made == generation, "the good copy is not the latest that was complete"
    assert [tag(found) for found in await store.find(GOOD)] == [str(generation)]
    await store.close()
    assert (directory / FILE).stat().st_size <= SIZE
    return seen


def killed(directory: Path, generation: int, chosen: random.Random) -> None:
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        asyncio.run(write(directory, generation, writing))
    os.close(writing)
    wanted = 1 + chosen.randrange(60)
    while wanted > 0:
        got = os.read(reading, wanted)
        assert got, "the writer has ended by itself"
        wanted -= len(got)
    select.select([], [], [], chosen.random() * 0.004)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    os.close(reading)
    assert sum(path.stat().st_size for path in directory.iterdir()) <= SIZE + SLACK


def looked_at(directory: Path, generation: int) -> int:
    """In a process of its own: who forks must have no threads."""
    child = os.fork()
    if not child:
        try:
            os._exit(asyncio.run(look(directory, generation)))
        except BaseException as error:
            print(f"after {generation}: {error!r}", flush=True)
            os._exit(255)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def main(directory: Path, times: int) -> None:
    chosen, seen = random.Random(7), []
    for generation in range(times):
        killed(directory, generation, chosen)
        seen.append(looked_at(directory, generation))
        assert seen[-1] != 255
    print(f"killed {times} times, {max(seen)} responses at most")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
