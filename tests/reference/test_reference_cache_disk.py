"""A cache on disk, seen from the clients: it outlives the gateway, and what is wrong with it costs a request."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from lab.gateways.reference.cache.settings import CacheSettings
from tests.reference.caching import Clock, answer, cache_status, caching, in_turn
from tests.reference.crowd import crowd
from tests.reference.parties import ask, upstream

pytestmark = pytest.mark.anyio

MINUTE = b"Cache-Control: max-age=60"


async def test_it_outlives_the_gateway(tmp_path: Path) -> None:
    cache, clock = CacheSettings(1 << 20, tmp_path / "kept"), Clock()
    async with upstream(in_turn(answer(b"hello", MINUTE))) as playing:
        async with caching(playing, clock=clock, cache=cache) as between:
            await ask(between)
        clock.after(10)
        async with caching(playing, clock=clock, cache=cache) as between:
            got = await ask(between)
    assert (got.content, got.value(b"age")) == (b"hello", b"10")
    assert ";hit;ttl=50;" in cache_status(got)


async def test_content_that_has_been_damaged_is_asked_for_again(tmp_path: Path) -> None:
    cache = CacheSettings(1 << 20, tmp_path)
    script = in_turn(answer(b"hello", MINUTE), answer(b"hello again", MINUTE))
    async with upstream(script) as playing:
        async with caching(playing, cache=cache) as between:
            await ask(between)
        with closing(sqlite3.connect(tmp_path / "cache.sqlite")) as database, database:
            database.execute("UPDATE pieces SET data = x'68656c6c6f6f'")
        async with caching(playing, cache=cache) as between:
            for _ in range(2):
                got = await ask(between)
                assert (got.status, got.content, got.complete) == (200, b"hello again", True)


async def test_without_its_directory_the_gateway_goes_on(tmp_path: Path) -> None:
    (tmp_path / "cache.sqlite").write_bytes(b"something else")
    script = in_turn(answer(b"one", MINUTE), answer(b"two", MINUTE))
    async with upstream(script) as playing, caching(playing, cache=CacheSettings(1 << 20, tmp_path)) as between:
        assert [(await ask(between)).content for _ in range(2)] == [b"one", b"two"]
        assert len(between.log) == 1
        assert between.log[0].startswith("--cache-dir: ")
    assert (tmp_path / "cache.sqlite").read_bytes() == b"something else"


async def test_large_content_streams_out_of_it(tmp_path: Path) -> None:
    large = bytes(range(256)) * 4_096
    script = in_turn(answer(large, MINUTE))
    async with upstream(script) as playing, caching(playing, cache=CacheSettings(32 << 20, tmp_path)) as between:
        for _ in range(2):
            got = await ask(between)
            assert (got.content, got.complete) == (large, True)


async def test_clients_share_what_is_being_stored_there(tmp_path: Path) -> None:
    large = bytes(range(256)) * 2_048
    async with crowd(5, cache=CacheSettings(32 << 20, tmp_path)) as clients:
        await (await clients.held.peer(1)).send(answer(large, MINUTE))
        for got in await clients.responses():
            assert (got.content, got.complete) == (large, True)
        await clients.landed()
        assert (await ask(clients.between)).content == large
        assert len(clients.held.asked) == 1
