"""A body: one writes, many read, also while it is written."""

import asyncio
from collections.abc import Callable

import pytest

from lab.gateways.reference.cache.body import WINDOW, Body, Lost, Reader
from lab.gateways.reference.cache.store import MemoryStore
from lab.gateways.reference.failure import Failure
from lab.h1 import Field, Fields
from lab.rfc.conditions import Condition
from tests.cache_store.stored import stored

pytestmark = pytest.mark.anyio

KIB, MIB = 1 << 10, 1 << 20
TRAILERS = Fields([Field(b"Digest", b"x")])


def unstored() -> Body:
    return Body()


def in_memory() -> Body:
    return MemoryStore(16 * MIB).begin(stored(b"k"))


def too_large() -> Body:
    """It is stored at first, and then it is too large for that."""
    return MemoryStore(16 * KIB).begin(stored(b"k"))


KINDS = pytest.mark.parametrize("kind", [unstored, in_memory, too_large])


def pieces(count: int, size: int) -> list[bytes]:
    return [b"%06d" % number + b"x" * (size - 6) for number in range(count)]


async def write(body: Body, content: list[bytes]) -> None:
    for piece in content:
        assert await body.add(piece)
    body.complete(TRAILERS)


async def everything(reader: Reader) -> bytes:
    return b"".join([piece async for piece in reader])


@KINDS
@pytest.mark.parametrize(("count", "size"), [(3, 7), (2_000, 10), (100, 3_000), (9, 200_000)])
async def test_all_readers_get_all_of_it(kind: Callable[[], Body], count: int, size: int) -> None:
    body, content = kind(), pieces(count, size)
    readers = [body.read() for _ in range(3)]
    async with asyncio.timeout(20):
        *read, _ = await asyncio.gather(*(everything(reader) for reader in readers), write(body, content))
    assert read == [b"".join(content)] * 3
    assert (body.finished, body.trailers, body.length) == (True, TRAILERS, count * size)


@KINDS
async def test_an_empty_one_ends(kind: Callable[[], Body]) -> None:
    body = kind()
    reader = body.read()
    body.complete()
    assert await everything(reader) == b""


@KINDS
async def test_a_reader_waits_for_what_is_written(kind: Callable[[], Body]) -> None:
    body = kind()
    reader = body.read()
    reading = asyncio.ensure_future(anext(reader))
    await asyncio.sleep(0)
    assert not reading.done()
    await body.add(b"abc")
    assert await reading == b"abc"


@KINDS
@pytest.mark.parametrize(("content", "expected"), [(range(0, 3), b"abc"), (range(2, 7), b"cdefg"), (range(8, 8), b"")])
async def test_a_range(kind: Callable[[], Body], content: range, expected: bytes) -> None:
    body = kind()
    reader = body.read(content)
    await body.add(b"abcde")
    await body.add(b"fghij")
    body.complete()
    assert await everything(reader) == expected


@KINDS
async def test_a_failure_reaches_every_reader_after_what_came_before(kind: Callable[[], Body]) -> None:
    body = kind()
    readers = [body.read() for _ in range(2)]
    await body.add(b"abc")
    body.fail(Failure(Condition.INCOMPLETE, "cut"))
    for reader in readers:
        assert await anext(reader) == b"abc"
        with pytest.raises(Failure, match="cut") as raised:
            await anext(reader)
        assert raised.value.condition is Condition.INCOMPLETE
    assert body.ended
    assert not body.finished


async def test_the_writer_is_as_fast_as_the_slowest_reader_where_nothing_is_stored() -> None:
    body = Body()
    fast, slow = body.read(), body.read()
    content = pieces(8, WINDOW // 2)
    writing = asyncio.ensure_future(write(body, content))
    reading = asyncio.ensure_future(everything(fast))
    for number in range(8):
        for _ in range(20):
            await asyncio.sleep(0)
        assert body.length <= (number + 3) * WINDOW // 2
        assert await anext(slow) == content[number]
    async with asyncio.timeout(20):
        assert await reading == b"".join(content)
        await writing
        assert await everything(slow) == b""


async def test_a_stored_one_waits_for_no_reader() -> None:
    body, content = in_memory(), pieces(64, 50_000)
    slow = body.read()
    await write(body, content)
    assert await everything(slow) == b"".join(content)


async def test_the_writer_is_told_when_nobody_is_left() -> None:
    body, told = Body(), list[bool]()
    body.unwanted.then = lambda: told.append(True)
    first, second = body.read(), body.read()
    assert await body.add(b"abc")
    first.close()
    assert not body.unwanted.is_set()
    second.close()
    assert (body.unwanted.is_set(), told, await body.add(b"d")) == (True, [True], False)
    with pytest.raises(Lost):
        body.read()


async def test_a_stored_one_is_wanted_without_readers() -> None:
    body = in_memory()
    reader = body.read()
    assert await body.add(b"abc")
    reader.close()
    assert await body.add(b"d")
    assert not body.unwanted.is_set()


async def test_one_that_is_too_large_is_unwanted_without_readers() -> None:
    body = too_large()
    assert await body.add(b"abc")
    assert body.storing
    assert not await body.add(bytes(64 * KIB))
    assert body.unwanted.is_set()
    assert not body.storing


async def test_a_writer_that_waits_goes_on_when_the_slow_reader_leaves() -> None:
    body = Body()
    reader, slow = body.read(), body.read()
    writing = asyncio.ensure_future(write(body, pieces(9, WINDOW)))
    reading = asyncio.ensure_future(everything(reader))
    await asyncio.sleep(0)
    assert not writing.done()
    slow.close()
    async with asyncio.timeout(20):
        await writing
        assert len(await reading) == 9 * WINDOW


async def test_a_reader_that_comes_late_gets_all_or_is_told() -> None:
    body = Body()
    first = body.read()
    await body.add(b"abc")
    assert await anext(first) == b"abc"
    assert body.whole
    late = body.read()
    assert await anext(late) == b"abc"
    writing = asyncio.ensure_future(write(body, pieces(9, WINDOW)))
    assert len(b"".join(await asyncio.gather(everything(first), everything(late)))) == 2 * 9 * WINDOW
    await writing
    assert not body.whole
    with pytest.raises(Lost):
        body.read()


async def test_closing_ends_an_iteration_that_waits() -> None:
    body = Body()
    reader = body.read()
    reading = asyncio.ensure_future(everything(reader))
    await asyncio.sleep(0)
    reader.close()
    async with asyncio.timeout(20):
        assert await reading == b""


async def test_a_reader_that_is_cancelled_is_forgotten() -> None:
    body = Body()
    reading = asyncio.ensure_future(anext(body.read()))
    await asyncio.sleep(0)
    reading.cancel()
    await asyncio.wait([reading])
    assert body.unwanted.is_set()
