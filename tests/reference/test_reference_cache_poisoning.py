"""What one client asks for, or gets, must not become the answer to another one."""

import pytest

from lab.gateways.reference.cache.caching import MOST_ABANDONED
from lab.gateways.reference.cache.engine.selecting import MOST_NAMES
from tests.reference.caching import NOT_MODIFIED, Clock, answer, asking, cache_status, caching, in_turn
from tests.reference.crowd import collapsed, crowd
from tests.reference.parties import GET, ask, connected, upstream

pytestmark = pytest.mark.anyio

MINUTE = b"Cache-Control: max-age=60"
FOR_ONE = b'Cache-Control: max-age=60, private="set-cookie"'
BEGINNING = b"HTTP/1.1 200 OK\r\n" + MINUTE + b"\r\nContent-Length: 10\r\n\r\nhello"


class TestNotInTheKey:
    @pytest.mark.parametrize("host", [b"A.Example", b"a.example:80", b"a.example:"])
    async def test_what_is_left_out_of_the_key_is_not_said_to_the_upstream_either(self, host: bytes) -> None:
        script = in_turn(answer(b"hello", MINUTE))
        async with upstream(script) as behind, caching(behind) as between:
            await ask(between, b"GET / HTTP/1.1\r\nHost: %b\r\n\r\n" % host)
            assert "hit" in cache_status(await ask(between, GET))
        (asked,) = script.asked
        assert b"\r\nHost: a.example\r\n" in asked
        assert b'host="a.example"' in asked
        assert host not in asked.replace(b"a.example\r\n", b"").replace(b'"a.example"', b"")

    @pytest.mark.parametrize("option", [b"Origin", b"close, origin"])
    async def test_what_connection_names_selects_nothing_for_it_does_not_reach_the_upstream(
        self, option: bytes
    ) -> None:
        script = in_turn(answer(b"without", MINUTE, b"Vary: Origin"), answer(b"with", MINUTE, b"Vary: Origin"))
        async with upstream(script) as behind, caching(behind) as between:
            first = await ask(between, asking(b"Origin: https://b.example", b"Connection: " + option))
            second = await ask(between, asking(b"Origin: https://b.example"))
            third = await ask(between, asking())
        assert [b"Origin" in asked for asked in script.asked] == [False, True]
        assert [got.content for got in (first, second, third)] == [b"without", b"with", b"without"]


class TestForOneClient:
    async def test_a_field_for_one_client_is_not_shared_with_those_who_wait(self) -> None:
        async with crowd(3) as clients:
            await (await clients.held.peer(1)).send(answer(b"hello", FOR_ONE, b"Set-Cookie: s=1"))
            everybody = await clients.responses()
        assert [got.value(b"set-cookie") for got in everybody] == [b"s=1", b"", b""]
        assert [(got.content, got.complete) for got in everybody] == [(b"hello", True)] * 3

    async def test_nor_one_of_a_304(self) -> None:
        clock = Clock()
        async with crowd(1, clock=clock) as clients:
            await (await clients.held.peer(1)).send(answer(b"hello", FOR_ONE, b'ETag: "1"'))
            await clients.clients.pop().response()
            await clients.landed()
            clock.after(61)
            for _ in range(3):
                await clients.ask(GET)
            validated = NOT_MODIFIED + FOR_ONE + b'\r\nETag: "1"\r\nSet-Cookie: s=1\r\n\r\n'
            await (await clients.held.peer(2)).send(validated)
            everybody = await clients.responses()
        assert [got.value(b"set-cookie") for got in everybody] == [b"s=1", b"", b""]
        assert list(map(collapsed, everybody)) == ["", "yes", "yes"]


class TestWhoComesWhileItStreams:
    @pytest.mark.parametrize("age", [59, 60])
    async def test_shares_it_as_long_as_it_is_fresh_and_is_told_its_age(self, age: int) -> None:
        clock = Clock()
        async with crowd(1, clock=clock) as clients:
            slow = await clients.held.peer(1)
            await slow.send(BEGINNING)
            await clients.clients[0].until(b"hello")
            clock.after(age)
            async with connected(clients.between) as late:
                await late.send(GET)
                if age < 60:
                    so_far = await late.until(b"hello")
                    await slow.send(b"world")
                    got = await late.response(so_far=so_far)
                    assert (got.content, got.value(b"age"), collapsed(got)) == (b"helloworld", b"59", "yes")
                else:
                    await (await clients.held.peer(2)).send(answer(b"new", MINUTE))
                    got = await late.response()
                    assert (got.content, got.value(b"age")) == (b"new", b"")


async def test_requests_whose_clients_have_left_do_not_take_all_upstream_connections() -> None:
    """They go on, for the store: but not too many of them, and not where one client leaves hundreds behind."""
    async with crowd() as clients:
        for number in range(MOST_ABANDONED + 3):
            await clients.ask(asking(target=b"/%d" % number))
            await clients.held.peer(number + 1)
            clients.clients.pop().reset()
            await clients.left()
        await clients.ask(GET)
        first = await clients.held.peer(1)
        assert await first.ended()
        await clients.landed(MOST_ABANDONED + 1)
        last = await clients.held.peer(MOST_ABANDONED + 4)
        await last.send(answer(b"hello"))
        assert [got.content for got in await clients.responses()] == [b"hello"]


async def test_a_vary_with_very_many_names_matches_nothing() -> None:
    """Each request would have to be held against each name, in each variant."""
    many = b", ".join(b"x-%d" % number for number in range(MOST_NAMES + 1))
    script = in_turn(answer(b"1", MINUTE, b"Vary: " + many), answer(b"2", MINUTE, b"Vary: " + many))
    async with upstream(script) as behind, caching(behind) as between:
        assert [(await ask(between, GET)).content for _ in range(2)] == [b"1", b"2"]
