"""Several clients that ask for the same at once: one request to the upstream, and each rule about who may share it."""

import pytest

from tests.reference.caching import NOT_MODIFIED, Clock, answer, asking
from tests.reference.crowd import collapsed, crowd
from tests.reference.parties import GET, ask, connected

pytestmark = pytest.mark.anyio

MINUTE = b"Cache-Control: max-age=60"
BEGINNING = b"HTTP/1.1 200 OK\r\n" + MINUTE + b"\r\nContent-Length: 10\r\n\r\nhello"


class TestShared:
    async def test_many_clients_make_one_request(self) -> None:
        async with crowd(20) as clients:
            await (await clients.held.peer(1)).send(answer(b"hello", MINUTE))
            everybody = await clients.responses()
            assert len(clients.held.asked) == 1
        assert [(got.status, got.content, got.complete) for got in everybody] == [(200, b"hello", True)] * 20
        assert list(map(collapsed, everybody)) == [""] + ["yes"] * 19

    async def test_who_comes_while_it_streams_gets_all_of_it(self) -> None:
        async with crowd(1) as clients:
            upstream = await clients.held.peer(1)
            await upstream.send(BEGINNING)
            begun = await clients.clients[0].until(b"hello")
            async with connected(clients.between) as late:
                await late.send(GET)
                half = await late.until(b"hello")
                await upstream.send(b"world")
                got = await late.response(so_far=half)
            assert (await clients.clients[0].response(so_far=begun)).content == got.content == b"helloworld"
            assert len(clients.held.asked) == 1
        assert collapsed(got) == "yes"

    @pytest.mark.parametrize("changed", [False, True])
    async def test_each_gets_what_its_own_condition_asks_for(self, changed: bool) -> None:
        clock = Clock()
        async with crowd(1, clock=clock) as clients:
            await (await clients.held.peer(1)).send(answer(b"old", MINUTE, b'ETag: "1"'))
            await clients.clients.pop().response()
            await clients.landed()
            clock.after(61)
            for condition in ((), (b'If-None-Match: "1"',), (b'If-None-Match: "2"',)):
                await clients.ask(asking(*condition))
            validated = NOT_MODIFIED + b'ETag: "1"\r\n\r\n'
            await (await clients.held.peer(2)).send(answer(b"new", MINUTE, b'ETag: "2"') if changed else validated)
            everybody = await clients.responses()
            assert len(clients.held.asked) == 2
        content = b"new" if changed else b"old"
        assert [got.content for got in everybody] == [content, content * changed, content * (not changed)]
        assert [got.status for got in everybody] == [200, 200 if changed else 304, 304 if changed else 200]
        assert list(map(collapsed, everybody)) == ["", "yes", "yes"]


class TestNotShared:
    @pytest.mark.parametrize(
        "line",
        [b"Authorization: Basic YTpi", b"Range: bytes=0-1", b"Cache-Control: no-cache", b"Cache-Control: no-store"],
    )
    async def test_some_requests_never_wait_for_others(self, line: bytes) -> None:
        async with crowd(1) as clients:
            await clients.ask(asking(line))
            await clients.held.peer(2)

    @pytest.mark.parametrize("line", [b"Cache-Control: no-store", b"Cache-Control: private", b"Vary: *"])
    async def test_what_cannot_be_used_makes_all_ask_in_parallel(self, line: bytes) -> None:
        async with crowd(3) as clients:
            await (await clients.held.peer(1)).send(answer(b"1", line))
            for number in (2, 3):
                await clients.held.peer(number)
            for number in (2, 3):
                await (await clients.held.peer(number)).send(answer(b"%d" % number, line))
            everybody = await clients.responses()
        assert sorted(got.content for got in everybody) == [b"1", b"2", b"3"]
        assert list(map(collapsed, everybody)) == ["", "no", "no"]

    async def test_another_variant_is_asked_for(self) -> None:
        vary = (MINUTE, b"Vary: Accept-Language")
        async with crowd() as clients:
            for language in (b"en", b"en", b"de"):
                await clients.ask(asking(b"Accept-Language: " + language))
            await (await clients.held.peer(1)).send(answer(b"hello", *vary))
            await (await clients.held.peer(2)).send(answer(b"hallo", *vary))
            everybody = await clients.responses()
        assert [got.content for got in everybody] == [b"hello", b"hello", b"hallo"]
        assert list(map(collapsed, everybody)) == ["", "yes", "no"]


class TestFailing:
    async def test_when_it_fails_one_of_those_who_wait_tries_again(self) -> None:
        async with crowd(4) as clients:
            (await clients.held.peer(1)).half_close()
            failed = await clients.clients[0].response()
            await (await clients.held.peer(2)).send(answer(b"hello", MINUTE))
            others = [await client.response() for client in clients.clients[1:]]
            assert len(clients.held.asked) == 2
        assert failed.status == 502
        assert [(got.status, got.content) for got in others] == [(200, b"hello")] * 3

    async def test_when_that_fails_too_each_gets_an_error_of_its_own(self) -> None:
        async with crowd(4) as clients:
            (await clients.held.peer(1)).half_close()
            (await clients.held.peer(2)).half_close()
            everybody = await clients.responses()
            assert len(clients.held.asked) == 2
        assert [(got.status, got.complete) for got in everybody] == [(502, True)] * 4
        assert all("error=connection_terminated" in got.proxy_status for got in everybody)

    async def test_when_it_breaks_while_it_streams_all_are_cut(self) -> None:
        async with crowd(3) as clients:
            upstream = await clients.held.peer(1)
            await upstream.send(BEGINNING)
            begun = [await client.until(b"hello") for client in clients.clients]
            upstream.half_close()
            everybody = [
                await client.response(so_far=so_far) for client, so_far in zip(clients.clients, begun, strict=True)
            ]
            assert [(got.content, got.complete) for got in everybody] == [(b"hello", False)] * 3
            assert sum("aborted: http_response_incomplete" in line for line in clients.between.log) == 3
            await clients.ask()
            await clients.held.peer(2)  # so nothing of it has been stored


class TestLeaving:
    async def test_the_first_one_leaves_and_the_others_are_answered(self) -> None:
        async with crowd(3) as clients:
            clients.clients.pop(0).reset()
            await (await clients.held.peer(1)).send(answer(b"hello", MINUTE))
            everybody = await clients.responses()
            assert len(clients.held.asked) == 1
        assert [(got.status, got.content) for got in everybody] == [(200, b"hello")] * 2

    async def test_all_leave_and_the_response_is_stored(self) -> None:
        async with crowd(1) as clients:
            upstream = await clients.held.peer(1)
            await upstream.send(BEGINNING)
            await clients.clients[0].until(b"hello")
            clients.clients.pop(0).reset()
            await upstream.send(b"world")
            await clients.landed()
            assert (await ask(clients.between)).content == b"helloworld"
            assert len(clients.held.asked) == 1

    async def test_who_waits_leaves_and_is_forgotten(self) -> None:
        async with crowd(2) as clients:
            clients.clients.pop(1).reset()
            await (await clients.held.peer(1)).send(answer(b"hello", MINUTE))
            assert [got.content for got in await clients.responses()] == [b"hello"]

    async def test_a_response_that_is_not_stored_ends_with_its_client(self) -> None:
        async with crowd(1) as clients:
            upstream = await clients.held.peer(1)
            await upstream.send(BEGINNING.replace(MINUTE, b"Cache-Control: no-store"))
            await clients.clients[0].until(b"hello")
            clients.clients.pop(0).reset()
            assert await upstream.ended()
            await clients.landed()

    async def test_a_request_whose_response_cannot_be_stored_ends_with_its_client(self) -> None:
        async with crowd() as clients:
            await clients.ask(asking(b"Cache-Control: no-store"))
            upstream = await clients.held.peer(1)
            clients.clients.pop(0).reset()
            assert await upstream.ended()
            await clients.landed()
