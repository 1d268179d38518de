"""The store on disk: what it keeps over a restart, and how large it becomes."""

import asyncio
from pathlib import Path

import pytest

from lab.gateways.reference.cache.body import Lost
from lab.gateways.reference.cache.engine.values import Instant
from lab.gateways.reference.cache.store.connecting import FILE, SLACK
from lab.semantics.directives import INFINITE
from tests.cache_store.disk import NOW, opened
from tests.cache_store.stored import content, put, stored, tags, through

pytestmark = pytest.mark.anyio

MIB = 1 << 20


def taken(directory: Path) -> int:
    """Octets of all its files."""
    return sum(path.stat().st_size for path in directory.iterdir())


async def test_it_outlives_the_process(tmp_path: Path) -> None:
    whole = b"0123456789" * 50_000
    async with opened(tmp_path) as store:
        await put(store, stored(b"k", tag="1", selecting="de"), whole)
        await put(store, stored(b"k", tag="2", selecting="en"), b"en")
        await put(store, stored(b"gone"), b"x")
        await store.invalidate(b"gone")
        await store.begin(stored(b"incomplete")).add(b"x")
    async with opened(tmp_path) as store:
        assert await tags(store, b"k") == ["1", "2"]
        assert [await content(store, found) for found in await store.find(b"k")] == [whole, b"en"]
        assert not await store.find(b"gone")
        assert not await store.find(b"incomplete")
        await put(store, stored(b"k", tag="3", selecting="de"), b"de")
        assert await tags(store, b"k") == ["2", "3"]


@pytest.mark.parametrize(("later", "aged"), [(70.0, 170.0), (0.0, 100.0), (-101.0, INFINITE)])
async def test_age_is_counted_by_the_wall_clock_over_a_restart(tmp_path: Path, later: float, aged: float) -> None:
    """What seems to come from the future is of unknown age, and so not fresh."""
    async with opened(tmp_path) as store:
        await put(store, stored(b"k"))
        assert (await store.find(b"k"))[0].received_at == stored(b"k").received_at
    restarted = Instant(NOW.wall + later, 3.0)
    async with opened(tmp_path, now=restarted) as store:
        (found,) = await store.find(b"k")
        assert found.age(restarted) == aged
        assert found.received_at.wall == stored(b"k").received_at.wall
        await put(store, stored(b"new"))
        assert (await store.find(b"new"))[0].received_at == stored(b"new").received_at


async def test_what_was_asked_for_lately_stays_over_a_restart(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        for number in range(3):
            await put(store, stored(b"%d" % number), b"x" * 900_000)
        await store.find(b"0")
    async with opened(tmp_path) as store:
        await put(store, stored(b"3"), b"x" * 900_000)
        await put(store, stored(b"4"), b"x" * 900_000)
        assert [number for number in range(5) if await store.find(b"%d" % number)] == [0, 2, 3, 4]


async def test_its_files_hold_to_the_limit(tmp_path: Path) -> None:
    size, largest = 6 * MIB, 0
    async with opened(tmp_path, size) as store:
        for number in range(60):
            await put(store, stored(b"%d" % number), bytes([number]) * (1_400_000 if number % 7 else 3_000))
            await store.find(b"none")
            largest = max(largest, taken(tmp_path))
            assert (tmp_path / FILE).stat().st_size <= size
        assert largest <= size + SLACK
        assert largest > size // 2
        (found,) = await store.find(b"59")
        assert await content(store, found) == bytes([59]) * 1_400_000


async def test_its_file_becomes_smaller_with_a_lower_limit(tmp_path: Path) -> None:
    async with opened(tmp_path, 16 * MIB) as store:
        for number in range(8):
            await put(store, stored(b"%d" % number, tag=str(number)), b"x" * 1_500_000)
    assert taken(tmp_path) > 11 * MIB
    async with opened(tmp_path, 4 * MIB) as store:
        assert await tags(store, b"7") == ["7"]
        async with asyncio.timeout(20):
            while (tmp_path / FILE).stat().st_size > 4 * MIB:
                await store.find(b"none")
        assert await tags(store, b"7") == ["7"]
        assert not await store.find(b"0")
        (found,) = await store.find(b"7")
        assert await content(store, found) == b"x" * 1_500_000


async def test_where_all_is_being_read_nothing_more_is_stored(tmp_path: Path) -> None:
    async with opened(tmp_path, 4 * MIB) as store:
        bodies = []
        for number in range(4):
            bodies.append(await put(store, stored(b"%d" % number), b"x" * 900_000))
        assert await through(store.begin(stored(b"more")), [b"y" * 60_000] * 16) == b"y" * 960_000
        assert not await store.find(b"more")
        del bodies
        for _ in range(2):  # that they are gone is told to the thread, and by it
            await store.find(b"none")
        await put(store, stored(b"more", tag="1"), b"y" * 900_000)
        assert await tags(store, b"more") == ["1"]


async def test_what_went_after_it_was_found_is_told(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await put(store, stored(b"k"), b"abc")
        (found,) = await store.find(b"k")
        await store.remove(found)
        for _ in range(2):  # until it has been swept
            await store.find(b"none")
        with pytest.raises(Lost, match="no longer there"):
            await content(store, found)


async def test_space_that_is_free_again_is_used_again(tmp_path: Path) -> None:
    async with opened(tmp_path, 16 * MIB) as store:
        for _ in range(10):
            await put(store, stored(b"k"), b"x" * 2_000_000)
            await store.find(b"k")
    assert (tmp_path / FILE).stat().st_size < 9 * MIB
