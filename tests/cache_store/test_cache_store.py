"""What every store does."""

import asyncio
import dataclasses

import pytest

from lab.gateways.reference.cache.store import Store
from lab.gateways.reference.cache.store.protocol import MOST_VARIANTS
from lab.gateways.reference.failure import Failure
from lab.h1 import Field, Fields
from lab.rfc.conditions import Condition
from tests.cache_store.conftest import SIZE
from tests.cache_store.stored import content, everything, put, stored, tags, through

pytestmark = pytest.mark.anyio

MIB = 1 << 20


@pytest.mark.parametrize("size", [0, 1, 1_000, 65_536, 131_072, 131_073, 700_001])
async def test_what_is_put_is_found_with_its_content(store: Store, size: int) -> None:
    whole = bytes(number * 7 % 251 for number in range(1_000)) * (size // 1_000 + 1)
    trailers = Fields([Field(b"Digest", b"x")])
    body = store.begin(stored(b"k", tag="1"))
    for start in range(0, size, 50_000):
        assert await body.add(whole[start : min(size, start + 50_000)])
    body.complete(trailers)
    (found,) = await store.find(b"k")
    expected = dataclasses.replace(stored(b"k", tag="1"), ident=found.ident, length=size, trailers=trailers)
    assert found == expected
    assert await content(store, found) == whole[:size]
    opened = store.open(found)
    assert opened is not None
    part = range(size // 3, size // 2)
    assert b"".join([piece async for piece in opened.read(part)]) == whole[part.start : part.stop]
    assert (opened.finished, opened.trailers, opened.length) == (True, trailers, size)


async def test_nothing_is_found_that_was_not_put(store: Store) -> None:
    assert not await store.find(b"k")


async def test_what_is_not_complete_is_not_found(store: Store) -> None:
    body = store.begin(stored(b"k"))
    await body.add(b"abc")
    assert not await store.find(b"k")
    body.fail(Failure(Condition.INCOMPLETE))
    assert not await store.find(b"k")


async def test_what_nobody_completes_is_not_found(store: Store) -> None:
    body = store.begin(stored(b"k"))
    await body.add(b"abc")
    del body
    assert not await store.find(b"k")


async def test_variants_stand_beside_each_other(store: Store) -> None:
    for language in ("de", "en", "fr"):
        await put(store, stored(b"k", tag=language, selecting=language), language.encode())
    assert await tags(store, b"k") == ["de", "en", "fr"]
    assert [await content(store, found) for found in await store.find(b"k")] == [b"de", b"en", b"fr"]


async def test_the_same_variant_is_replaced(store: Store) -> None:
    await put(store, stored(b"k", tag="1", selecting="de"))
    await put(store, stored(b"k", tag="2", selecting="en"))
    await put(store, stored(b"k", tag="3", selecting="de"))
    assert await tags(store, b"k") == ["2", "3"]


async def test_variants_are_not_endless(store: Store) -> None:
    for number in range(MOST_VARIANTS + 5):
        await put(store, stored(b"k", tag=str(number), selecting=str(number)))
    assert await tags(store, b"k") == [str(number) for number in range(5, MOST_VARIANTS + 5)]


async def test_what_is_replaced_stays_until_the_new_one_is_complete(store: Store) -> None:
    await put(store, stored(b"k", tag="old", selecting="de"), b"old")
    (old,) = await store.find(b"k")
    body = store.begin(stored(b"k", tag="new", selecting="en"), (old,))
    await body.add(b"new")
    assert await tags(store, b"k") == ["old"]
    assert await content(store, old) == b"old"
    body.complete()
    (new,) = await store.find(b"k")
    assert await content(store, new) == b"new"
    assert await tags(store, b"k") == ["new"]


async def test_what_fails_replaces_nothing(store: Store) -> None:
    await put(store, stored(b"k", tag="old"), b"old")
    (old,) = await store.find(b"k")
    body = store.begin(stored(b"k", tag="new"), (old,))
    await body.add(b"ne")
    body.fail(Failure(Condition.INCOMPLETE))
    del body
    assert await tags(store, b"k") == ["old"]
    assert await content(store, old) == b"old"


async def test_what_is_being_read_is_read_to_its_end(store: Store) -> None:
    whole = b"0123456789" * 60_000
    await put(store, stored(b"k", tag="old"), whole)
    (old,) = await store.find(b"k")
    body = store.open(old)
    assert body is not None
    reader = body.read()
    read = await anext(reader)
    await put(store, stored(b"k", tag="new"), b"new")
    await store.invalidate(b"k")
    for number in range(12):
        await put(store, stored(b"%d" % number), b"x" * 500_000)
    assert read + b"".join([piece async for piece in reader]) == whole


async def test_a_reader_reads_while_it_is_written(store: Store) -> None:
    body = store.begin(stored(b"k"))
    late, whole = body.read(), b""
    for number in range(40):
        piece = b"%04d" % number * 5_000
        whole += piece
        await body.add(piece)
    early = body.read()
    assert len(await anext(late)) <= 131_072
    body.complete()
    assert b"".join([piece async for piece in early]) == whole
    assert len(whole) == 40 * 20_000


async def test_a_header_section_is_updated(store: Store) -> None:
    await put(store, stored(b"k", tag="1"), b"abc")
    (old,) = await store.find(b"k")
    await store.update(old, dataclasses.replace(stored(b"k", tag="2"), status=203))
    (new,) = await store.find(b"k")
    assert (new.status, new.length, await tags(store, b"k"), await content(store, new)) == (203, 3, ["2"], b"abc")


async def test_what_is_gone_is_not_updated(store: Store) -> None:
    await put(store, stored(b"k", tag="1"))
    (old,) = await store.find(b"k")
    await store.invalidate(b"k")
    await store.update(old, stored(b"k", tag="2"))
    assert not await store.find(b"k")


async def test_one_is_removed_and_others_stay(store: Store) -> None:
    await put(store, stored(b"k", tag="1", selecting="de"))
    await put(store, stored(b"k", tag="2", selecting="en"))
    first, _ = await store.find(b"k")
    await store.remove(first)
    await store.remove(first)
    assert await tags(store, b"k") == ["2"]


async def test_all_of_a_key_are_invalidated(store: Store) -> None:
    await put(store, stored(b"k", tag="1", selecting="de"))
    await put(store, stored(b"k", tag="2", selecting="en"))
    await put(store, stored(b"other", tag="3"))
    await store.invalidate(b"k")
    assert (await tags(store, b"k"), await tags(store, b"other")) == ([], ["3"])


async def test_what_is_being_stored_is_invalidated_too(store: Store) -> None:
    body = store.begin(stored(b"k"))
    reader = body.read()
    await body.add(b"abc")
    await store.invalidate(b"k")
    await body.add(b"def")
    body.complete()
    assert b"".join([piece async for piece in reader]) == b"abcdef"
    assert not await store.find(b"k")


async def test_what_was_not_asked_for_longest_goes_first(store: Store) -> None:
    for number in range(6):
        await put(store, stored(b"%d" % number, tag=str(number)), b"x" * 500_000)
    await store.find(b"0")
    await put(store, stored(b"6", tag="6"), b"x" * 900_000)
    await put(store, stored(b"7", tag="7"), b"x" * 900_000)
    left = [number for number in range(8) if await store.find(b"%d" % number)]
    assert {0, 6, 7} <= set(left)
    assert not {1, 2} & set(left)


@pytest.mark.parametrize("told", [True, False], ids=["announced", "not announced"])
async def test_one_that_is_too_large_drives_nobody_out(store: Store, told: bool) -> None:
    await put(store, stored(b"small", tag="1"), b"x")
    body = store.begin(stored(b"large", length=2 * MIB if told else None))
    assert body.storing is not told
    assert await through(body, [bytes(65_536)] * 32) == bytes(2 * MIB)
    assert not await store.find(b"large")
    assert await tags(store, b"small") == ["1"]


async def test_what_grew_too_large_can_be_read_by_those_who_are_behind(store: Store) -> None:
    body = store.begin(stored(b"k"))
    slow = body.read()
    whole = [b"%04d" % number * 8_192 for number in range(2 * SIZE // 4 // 32_768)]
    reading = asyncio.ensure_future(through(body, whole))
    while body.storing:
        await asyncio.sleep(0)
    assert body.length >= SIZE // 4 - 32_768
    async with asyncio.timeout(20):
        assert await everything(slow) == b"".join(whole)
        assert await reading == b"".join(whole)
    assert not await store.find(b"k")
