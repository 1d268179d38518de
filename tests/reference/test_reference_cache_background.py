"""Validation in the background (RFC 5861, 3): nobody waits for it, one at a time for each object, none is left over."""

import pytest

from lab.gateways.reference.cache.caching import MOST_IN_BACKGROUND
from tests.reference.caching import NOT_MODIFIED, UNAVAILABLE, Clock, answer, asking, cache_status
from tests.reference.crowd import Crowd, crowd
from tests.reference.parties import Got, ask

pytestmark = pytest.mark.anyio

LINES = (b"Cache-Control: max-age=60, stale-while-revalidate=600", b'ETag: "1"', b"Connection: close")


async def stale(clients: Crowd, clock: Clock, target: bytes = b"/") -> Got:
    """What is answered when the response has become stale. The validation is at the upstream then, and goes on."""
    held = clients.held
    before = len(held.asked)
    clock.after(0)
    client = await clients.ask(asking(target=target))
    await (await held.peer(before + 1)).send(answer(b"old", *LINES))
    assert (await client.response()).content == b"old"
    await clients.landed(before // 2)
    clock.after(61)
    got = await ask(clients.between, asking(target=target))
    await held.peer(before + 2)
    return got


async def test_the_stale_one_is_served_at_once_and_then_the_new_one() -> None:
    clock = Clock()
    async with crowd(clock=clock) as clients:
        got = await stale(clients, clock)
        await (await clients.held.peer(2)).send(answer(b"new", *LINES))
        await clients.landed()
        after = await ask(clients.between)
        assert len(clients.held.asked) == 2
    assert (got.status, got.content) == (200, b"old")
    assert ";hit;ttl=-1" in cache_status(got)
    assert after.content == b"new"


async def test_a_304_makes_it_fresh_again() -> None:
    clock = Clock()
    async with crowd(clock=clock) as clients:
        await stale(clients, clock)
        assert b'If-None-Match: "1"' in clients.held.asked[1][1]
        await (await clients.held.peer(2)).send(NOT_MODIFIED, b'ETag: "1"\r\nCache-Control: max-age=600\r\n\r\n')
        await clients.landed()
        assert ";hit;ttl=600" in cache_status(await ask(clients.between))


async def test_one_at_a_time() -> None:
    clock = Clock()
    async with crowd(clock=clock) as clients:
        await stale(clients, clock)
        assert [(await ask(clients.between)).content for _ in range(3)] == [b"old"] * 3
        assert len(clients.held.asked) == 2
        assert clients.flights == 1


@pytest.mark.parametrize("failing", [b"", UNAVAILABLE, answer(b"broken", *LINES)[:-1]])
async def test_one_that_fails_is_told_and_replaces_nothing(failing: bytes) -> None:
    clock = Clock()
    async with crowd(clock=clock) as clients:
        await stale(clients, clock)
        upstream = await clients.held.peer(2)
        await upstream.send(failing)
        upstream.half_close()
        await clients.landed()
        assert (await ask(clients.between)).content == b"old"
        assert len(clients.between.log) == 1
        assert clients.between.log[0].startswith("GET /: in the background: ")


async def test_so_many_at_a_time() -> None:
    clock = Clock()
    async with crowd(clock=clock) as clients:
        for number in range(MOST_IN_BACKGROUND):
            await stale(clients, clock, b"/%d" % number)
        assert clients.flights == MOST_IN_BACKGROUND
        clock.after(0)
        client = await clients.ask(asking(target=b"/more"))
        await (await clients.held.peer(2 * MOST_IN_BACKGROUND + 1)).send(answer(b"old", *LINES))
        await client.response()
        clock.after(61)
        assert (await ask(clients.between, asking(target=b"/more"))).content == b"old"
        assert clients.flights == MOST_IN_BACKGROUND


async def test_a_stop_ends_it() -> None:
    clock = Clock()
    async with crowd(clock=clock) as clients:
        await stale(clients, clock)
        upstream = await clients.held.peer(2)
        await clients.stop()
        assert clients.flights == 0
        assert await upstream.ended()
