"""Stores beside a naive model: whatever is done with them, they find what the model has, or less."""

import asyncio
import contextlib
import tempfile
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from lab.gateways.reference.cache.body import Body
from lab.gateways.reference.cache.engine.values import Stored
from lab.gateways.reference.cache.store import MemoryStore, Store
from lab.gateways.reference.cache.store.connecting import FILE
from lab.gateways.reference.cache.store.disk import DiskStore
from lab.gateways.reference.failure import Failure
from lab.rfc.conditions import Condition
from tests.cache_store.disk import opened
from tests.cache_store.stored import content, stored, tag

KEYS = [b"a", b"b", b"c", b"d", b"e"]
DISK, MEMORY = 1 << 20, 250_000

Step = tuple[str, bytes, str, int]
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["put"] * 10 + ["find"] * 8 + ["break", "invalidate", "remove", "update", "hold", "replace"]),
        st.sampled_from(KEYS),
        st.sampled_from(["de", "en", "fr"]),
        st.sampled_from([0, 1, 20_000, 43_690, 50_001, 60_000]),
    ),
    min_size=30,
    max_size=80,
)


@dataclass
class Known:
    """What the model has of one response. `used`: when it was put, or last found."""

    key: bytes
    variant: str
    tag: str
    content: bytes
    used: int


class Beside:
    """A store, and the model. Each step is done to both. `room`: octets of content that fit in any case.
    `holding`: some are read late, and so there may be no room for others."""

    def __init__(self, store: Store, room: int, holding: bool) -> None:
        self.store = store
        self.holding = holding
        self.room = room
        self.scale = 3 if isinstance(store, DiskStore) else 1
        self.written = 0
        self.known: list[Known] = []
        self.bodies: list[tuple[Body, bytes]] = []
        self.time = 0

    async def step(self, kind: str, key: bytes, variant: str, size: int) -> None:
        self.time += 1
        if kind in ("put", "break"):
            await self.put(key, variant, size, broken=kind == "break")
        elif kind == "invalidate":
            await self.store.invalidate(key)
            self.known = [each for each in self.known if each.key != key]
        else:
            await self.with_found(kind, key, size)
        await self.store.find(b"none")  # after all that waits to be written: a look-up may overtake it

    async def put(self, key: bytes, variant: str, size: int, *, broken: bool) -> None:
        name, size = str(self.time), size * self.scale
        whole = b"%d" % (self.time % 10) * size
        body = self.store.begin(stored(key, tag=name, selecting=variant))
        self.written += size
        for start in range(0, size, 40_000):
            await body.add(whole[start : start + 40_000])
        if broken:
            body.fail(Failure(Condition.INCOMPLETE))
            return
        body.complete()
        self.known.append(Known(key, variant, name, whole, self.time))

    def forget(self, key: bytes, variant: str) -> None:
        self.known = [each for each in self.known if (each.key, each.variant) != (key, variant)]

    async def with_found(self, kind: str, key: bytes, size: int) -> None:
        """Something with what is found, all of which the model has, in the same order and with the same content."""
        found = await self.store.find(key)
        known = {each.tag: each for each in self.known if each.key == key}
        names = [tag(each) for each in found]
        assert names == [name for name in known if name in names]
        assert len({known[name].variant for name in names}) == len(names)
        for name in names:  # where there was no room for a newer one, the older one has stayed
            self.forget(key, known[name].variant)
            self.known.append(known[name])
        for response in found:
            assert response.length == len(known[tag(response)].content)
            known[tag(response)].used = self.time
        if found:
            chosen = found[size % len(found)]
            await self.with_one(kind, chosen, known[tag(chosen)])

    async def with_one(self, kind: str, chosen: Stored, known: Known) -> None:
        if kind == "remove":
            await self.store.remove(chosen)
            self.known.remove(known)
        elif kind == "update":
            name = f"{self.time} updated"
            await self.store.update(chosen, stored(known.key, tag=name, selecting=known.variant))
            known.tag = name
        elif kind == "hold" and self.holding:
            body = self.store.open(chosen)
            assert body is not None
            self.bodies.append((body, known.content))
        elif kind == "replace":
            body = self.store.begin(stored(known.key, tag=str(self.time), selecting="replaced"), (chosen,))
            body.complete()
            self.forget(known.key, known.variant)
            self.known.append(Known(known.key, "replaced", str(self.time), b"", self.time))
        else:
            assert await content(self.store, chosen) == known.content

    async def end(self) -> None:
        """What is held is read to its end; and what has gone is what was not asked for longest."""
        for body, expected in self.bodies:
            assert b"".join([piece async for piece in body.read()]) == expected
        left: list[Known] = []
        for key in KEYS:
            names = [tag(response) for response in await self.store.find(key)]
            left += [each for each in self.known if each.key == key and each.tag in names]
        latest = {(each.key, each.variant): each for each in self.known}
        gone = [each for each in latest.values() if each not in left]
        lately = {key: max((each.used for each in self.known if each.key == key), default=0) for key in KEYS}
        for each in gone:
            for other in left:
                assert self.holding or other.key == each.key or lately[other.key] > each.used
        assert not gone or self.written > self.room, "nobody goes while there is room"


@contextlib.asynccontextmanager
async def on_disk() -> AsyncIterator[Store]:
    with tempfile.TemporaryDirectory() as folder:
        async with opened(Path(folder), DISK) as store:
            yield store
            assert Path(folder, FILE).stat().st_size <= DISK


@contextlib.asynccontextmanager
async def in_memory() -> AsyncIterator[Store]:
    store = MemoryStore(MEMORY)
    yield store
    assert store.used <= MEMORY


def play(steps: list[Step], kind: contextlib.AbstractAsyncContextManager[Store], room: int, holding: bool) -> None:
    async def all_of_them() -> None:
        async with asyncio.timeout(20), kind as store:
            beside = Beside(store, room, holding)
            for step in steps:
                await beside.step(*step)
                if isinstance(store, MemoryStore):
                    assert store.used <= MEMORY
            await beside.end()

    asyncio.run(all_of_them())


@settings(max_examples=60)
@given(STEPS, st.booleans())
def test_in_memory(steps: list[Step], holding: bool) -> None:
    play(steps, in_memory(), 150_000, holding)


@settings(max_examples=12)
@given(STEPS, st.booleans())
def test_on_disk(steps: list[Step], holding: bool) -> None:
    play(steps, on_disk(), 500_000, holding)
