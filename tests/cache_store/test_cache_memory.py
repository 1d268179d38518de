"""The store in memory: what only it does."""

import pytest

from lab.gateways.reference.cache.store import MemoryStore
from tests.cache_store.stored import content, put, stored, tags

pytestmark = pytest.mark.anyio


async def test_octets_of_small_content_can_be_had_at_once() -> None:
    store = MemoryStore(1 << 20)
    await put(store, stored(b"k"), b"0123456789")
    (found,) = await store.find(b"k")
    body = store.open(found)
    assert body is not None
    assert [body.octets(range(0, 10)), body.octets(range(2, 4)), body.octets(range(2, 11))] == [
        b"0123456789", b"23", None,
    ]  # fmt: skip


async def test_the_steady_clock_is_kept() -> None:
    store = MemoryStore(1 << 20)
    await put(store, stored(b"k"))
    (found,) = await store.find(b"k")
    assert found.received_at == stored(b"k").received_at


async def test_all_that_is_used_is_given_back() -> None:
    store = MemoryStore(1 << 20)
    await put(store, stored(b"k"), b"x" * 1_000)
    assert store.used > 1_000
    (found,) = await store.find(b"k")
    body = store.open(found)
    await store.remove(found)
    assert store.used > 1_000
    assert body is not None
    assert b"".join([piece async for piece in body.read()]) == b"x" * 1_000
    del body
    assert store.used == 0


async def test_what_is_read_is_not_driven_out() -> None:
    store = MemoryStore(100_000)
    await put(store, stored(b"read", tag="1"), b"r" * 20_000)
    (found,) = await store.find(b"read")
    body = store.open(found)
    for number in range(20):
        await put(store, stored(b"%d" % number), b"x" * 20_000)
    assert await tags(store, b"read") == ["1"]
    assert await content(store, found) == b"r" * 20_000
    assert store.used <= store.size
    del body
