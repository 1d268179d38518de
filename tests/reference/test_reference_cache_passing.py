"""What goes past the store, and what it makes invalid there; HEAD and ranges from what is stored."""

import pytest

from tests.reference.caching import answer, asking, cache_status, caching, in_turn
from tests.reference.crowd import crowd
from tests.reference.parties import Peer, ask, connected, upstream

pytestmark = pytest.mark.anyio

MINUTE = b"Cache-Control: max-age=60"
UPLOAD = b"POST / HTTP/1.1\r\nHost: a.example\r\nContent-Length: 5\r\n\r\nhello"


class TestUnsafe:
    @pytest.mark.parametrize("request_octets", [UPLOAD, asking(method=b"DELETE"), asking(method=b"what-is-this")])
    @pytest.mark.parametrize(
        ("status", "again"), [(b"200 OK", b"new"), (b"303 See Other", b"new"), (b"403 No", b"old")]
    )
    async def test_a_success_invalidates_what_is_stored(
        self, request_octets: bytes, status: bytes, again: bytes
    ) -> None:
        script = in_turn(answer(b"old", MINUTE), answer(b"done", status=status), answer(b"new", MINUTE))
        async with upstream(script) as playing, caching(playing) as between:
            await ask(between)
            done = await ask(between, request_octets)
            assert (done.content, done.complete) == (b"done", True)
            assert b"fwd=method" in done.value(b"cache-status")
            assert (await ask(between)).content == again

    async def test_what_it_names_too(self) -> None:
        names = b"Location: http://a.example/other"
        script = in_turn(answer(b"old", MINUTE), answer(b"done", names), answer(b"new", MINUTE))
        async with upstream(script) as playing, caching(playing) as between:
            await ask(between, asking(target=b"/other"))
            await ask(between, UPLOAD)
            assert (await ask(between, asking(target=b"/other"))).content == b"new"

    async def test_what_answers_a_wish_to_switch_is_not_stored(self) -> None:
        wish = asking(b"Connection: Upgrade", b"Upgrade: other/1")
        script = in_turn(answer(b"old", MINUTE), answer(b"new", MINUTE))
        async with upstream(script) as playing, caching(playing) as between:
            got = await ask(between, wish)
            assert (got.content, ";stored;" in cache_status(got)) == (b"old", False)
            assert (await ask(between)).content == b"new"
            assert (await ask(between)).content == b"new"

    async def test_the_content_reaches_the_upstream(self) -> None:
        async def script(peer: Peer) -> None:
            await peer.until(b"\r\n\r\nhello")
            await peer.send(answer(b"done"))

        async with upstream(script) as playing, caching(playing) as between:
            assert (await ask(between, UPLOAD)).content == b"done"

    async def test_nobody_joins_a_request_that_was_made_before(self) -> None:
        async with crowd(1) as clients:
            await clients.ask(UPLOAD, joins=False)
            await (await clients.held.peer(2)).send(answer(b"done"))
            assert (await clients.clients[1].response()).content == b"done"
            await clients.ask()
            await (await clients.held.peer(1)).send(answer(b"old", MINUTE))
            await (await clients.held.peer(3)).send(answer(b"new", MINUTE))
            assert (await clients.clients[0].response()).content == b"old"
            assert (await clients.clients[2].response()).content == b"new"
            await clients.landed()
            assert (await ask(clients.between)).content == b"new"

    async def test_what_was_asked_for_before_is_not_stored(self) -> None:
        async with crowd(1) as clients:
            await clients.ask(UPLOAD, joins=False)
            await (await clients.held.peer(2)).send(answer(b"done"))
            await clients.clients[1].response()
            await (await clients.held.peer(1)).send(answer(b"old", MINUTE))
            assert (await clients.clients[0].response()).content == b"old"
            await clients.landed()
            await clients.ask()
            await (await clients.held.peer(3)).send(answer(b"new", MINUTE))
            assert (await clients.clients[2].response()).content == b"new"

    async def test_a_response_that_may_answer_later_requests_is_stored(self) -> None:
        script = in_turn(answer(b"done", MINUTE, b"Content-Location: /"))
        async with upstream(script) as playing, caching(playing) as between:
            assert b";stored;" in (await ask(between, UPLOAD)).value(b"cache-status")
            assert (await ask(between)).content == b"done"

    async def test_but_not_where_it_breaks(self) -> None:
        async def script(peer: Peer) -> None:
            await peer.request()
            broken = answer(b"done", MINUTE, b"Content-Location: /")[:-1]
            await peer.send(broken if peer.number == 1 else answer(b"new", MINUTE))
            peer.close()

        async with upstream(script) as playing, caching(playing) as between:
            assert not (await ask(between, UPLOAD)).complete
            assert (await ask(between)).content == b"new"


async def test_a_get_with_content_is_not_answered_from_the_store() -> None:
    script = in_turn(answer(b"old", MINUTE), answer(b"other", MINUTE), answer(b"no"))
    async with upstream(script) as playing, caching(playing) as between:
        await ask(between)
        got = await ask(between, asking(b"Content-Length: 5") + b"hello")
        assert got.content == b"other"
        assert (await ask(between)).content == b"old"


async def test_a_switch_of_protocols_is_relayed() -> None:
    switch = b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: echo\r\nConnection: Upgrade\r\n\r\n"
    script = in_turn(answer(b"old", MINUTE), switch)
    async with upstream(script) as playing, caching(playing) as between, connected(between) as client:
        await client.ask()
        await client.send(asking(b"Upgrade: echo", b"Connection: Upgrade"))
        assert (await client.receive()).startswith(b"HTTP/1.1 101 ")


class TestHead:
    async def test_from_what_is_stored_for_get(self) -> None:
        script = in_turn(answer(b"hello", MINUTE))
        async with upstream(script) as playing, caching(playing) as between:
            await ask(between)
            got = await ask(between, asking(method=b"HEAD"))
        assert (got.status, got.content, got.value(b"content-length"), got.complete) == (200, b"", b"5", True)
        assert ";hit;" in cache_status(got)

    async def test_asked_for_it_stores_nothing_for_get(self) -> None:
        head = b"HTTP/1.1 200 OK\r\n" + MINUTE + b"\r\nContent-Length: 5\r\n\r\n"
        script = in_turn(head, answer(b"hello", MINUTE))
        async with upstream(script) as playing, caching(playing) as between:
            assert (await ask(between, asking(method=b"HEAD"))).status == 200
            assert (await ask(between)).content == b"hello"
        assert script.asked[0].startswith(b"HEAD ")


class TestRanges:
    @pytest.mark.parametrize(
        ("value", "status", "content", "content_range"),
        [
            (b"bytes=1-3", 206, b"ell", b"bytes 1-3/5"),
            (b"bytes=-2", 206, b"lo", b"bytes 3-4/5"),
            (b"bytes=9-", 416, b"", b"bytes */5"),
            (b"letters=1-3", 200, b"hello", b""),
        ],
    )
    async def test_from_what_is_stored(self, value: bytes, status: int, content: bytes, content_range: bytes) -> None:
        async with upstream(in_turn(answer(b"hello", MINUTE))) as playing, caching(playing) as between:
            await ask(between)
            got = await ask(between, asking(b"Range: " + value))
        assert (got.status, got.complete, got.value(b"content-range")) == (status, True, content_range)
        assert got.content == content

    async def test_where_nothing_is_stored_the_upstream_is_asked_for_it(self) -> None:
        partial = answer(b"ell", MINUTE, b"Content-Range: bytes 1-3/5", status=b"206 Partial Content")
        script = in_turn(partial, answer(b"hello", MINUTE))
        async with upstream(script) as playing, caching(playing) as between:
            assert (await ask(between, asking(b"Range: bytes=1-3"))).content == b"ell"
            assert (await ask(between)).content == b"hello"
