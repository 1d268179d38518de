"""What the gateway answers from its store, and what it asks the upstream for: end to end, on real connections."""

import contextlib

import pytest

from tests.reference.caching import NOT_MODIFIED, UNAVAILABLE, Clock, answer, asking, cache_status, caching, in_turn
from tests.reference.parties import ask, upstream

pytestmark = pytest.mark.anyio

MINUTE = b"Cache-Control: max-age=60"
TAG = b'ETag: "1"'


class TestFresh:
    async def test_a_second_request_is_answered_from_the_store(self) -> None:
        script, clock = in_turn(answer(b"hello", MINUTE, TAG)), Clock()
        async with upstream(script) as playing, caching(playing, clock=clock) as between:
            first = await ask(between)
            clock.after(10)
            second = await ask(between)
        assert len(script.asked) == 1
        assert (first.status, first.content, first.complete) == (200, b"hello", True)
        assert cache_status(first).startswith("gw;fwd=uri-miss")
        assert "stored" in cache_status(first)
        assert (second.status, second.content, second.complete) == (200, b"hello", True)
        assert cache_status(second).startswith("gw;hit;ttl=50;")
        assert (first.value(b"age"), second.value(b"age")) == (b"", b"10")
        assert first.value(b"via") == second.value(b"via") == b"1.1 gw"

    async def test_what_must_not_be_stored_is_asked_for_again(self) -> None:
        script = in_turn(answer(b"one", b"Cache-Control: no-store"), answer(b"two", b"Cache-Control: no-store"))
        async with upstream(script) as playing, caching(playing) as between:
            assert (await ask(between)).content == b"one"
            assert (await ask(between)).content == b"two"

    async def test_without_a_cache_nothing_is_stored_or_said_of_it(self) -> None:
        script = in_turn(answer(b"one", MINUTE), answer(b"two", MINUTE))
        async with upstream(script) as playing, caching(playing, cache=None) as between:  # type: ignore[arg-type]
            assert (await ask(between)).content == b"one"
            second = await ask(between)
        assert (second.content, cache_status(second)) == (b"two", "")

    async def test_the_upstream_s_own_cache_status_stands_before_ours(self) -> None:
        script = in_turn(answer(b"hello", MINUTE, b"Cache-Status: origin; hit"))
        async with upstream(script) as playing, caching(playing) as between:
            for _ in range(2):
                members = cache_status(await ask(between)).split(", ")
                assert [member.partition(";")[0] for member in members] == ["origin", "gw"]

    async def test_content_of_no_octets(self) -> None:
        script = in_turn(answer(b"", MINUTE))
        async with upstream(script) as playing, caching(playing) as between:
            for _ in range(2):
                got = await ask(between)
                assert (got.status, got.content, got.complete) == (200, b"", True)

    async def test_another_target_is_another_response(self) -> None:
        script = in_turn(answer(b"one", MINUTE), answer(b"two", MINUTE))
        async with upstream(script) as playing, caching(playing) as between:
            for target, content in ((b"/1", b"one"), (b"/2", b"two"), (b"/1", b"one")):
                assert (await ask(between, asking(target=target))).content == content

    async def test_chunks_are_stored_without_their_framing(self) -> None:
        chunked = b"HTTP/1.1 200 OK\r\n%b\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n" % MINUTE
        async with upstream(in_turn(chunked)) as playing, caching(playing) as between:
            assert (await ask(between)).value(b"transfer-encoding") == b"chunked"
            stored = await ask(between)
        assert (stored.content, stored.value(b"content-length")) == (b"hello", b"5")


class TestValidated:
    async def test_a_stale_one_is_validated(self) -> None:
        script, clock = in_turn(answer(b"hello", MINUTE, TAG), NOT_MODIFIED + MINUTE + b"\r\n\r\n"), Clock()
        async with upstream(script) as playing, caching(playing, clock=clock) as between:
            await ask(between)
            clock.after(61)
            got = await ask(between)
        assert b'If-None-Match: "1"' in script.asked[1]
        assert (got.status, got.content) == (200, b"hello")
        assert "fwd=stale" in cache_status(got)
        assert "fwd-status=304" in cache_status(got)

    async def test_it_is_replaced_where_it_has_changed(self) -> None:
        script, clock = in_turn(answer(b"old", MINUTE, TAG), answer(b"new", MINUTE, b'ETag: "2"')), Clock()
        async with upstream(script) as playing, caching(playing, clock=clock) as between:
            await ask(between)
            clock.after(61)
            assert (await ask(between)).content == b"new"
            assert (await ask(between)).content == b"new"
        assert len(script.asked) == 2

    async def test_a_client_with_the_same_copy_gets_304(self) -> None:
        script = in_turn(answer(b"hello", MINUTE, TAG))
        async with upstream(script) as playing, caching(playing) as between:
            await ask(between)
            got = await ask(between, asking(b'If-None-Match: "1"'))
            other = await ask(between, asking(b'If-None-Match: "2"'))
        assert (got.status, got.content, got.value(b"etag")) == (304, b"", b'"1"')
        assert (other.status, other.content) == (200, b"hello")
        assert len(script.asked) == 1

    async def test_a_304_about_something_else_is_asked_again_without_a_condition(self) -> None:
        asked_again = answer(b"new", MINUTE, b'ETag: "9"')
        script, clock = in_turn(answer(b"old", MINUTE, TAG), NOT_MODIFIED + b'ETag: "9"\r\n\r\n', asked_again), Clock()
        async with upstream(script) as playing, caching(playing, clock=clock) as between:
            await ask(between)
            clock.after(61)
            assert (await ask(between)).content == b"new"
        assert b"If-None-Match" not in script.asked[2]


class TestFailing:
    async def test_a_stale_one_is_served_in_place_of_an_error(self) -> None:
        permitting = b"Cache-Control: max-age=60, stale-if-error=600"
        script, clock = in_turn(answer(b"hello", permitting), UNAVAILABLE, b""), Clock()
        async with upstream(script) as playing, caching(playing, clock=clock) as between:
            await ask(between)
            clock.after(61)
            instead_of_503, instead_of_502 = await ask(between), await ask(between)
        for got in (instead_of_503, instead_of_502):
            assert (got.status, got.content, got.complete) == (200, b"hello", True)
            assert "fwd=stale" in cache_status(got)
        assert instead_of_503.proxy_status == ""
        assert instead_of_502.proxy_status.startswith("gw;error=connection_terminated;")
        assert len(script.asked) == 3

    async def test_not_without_permission(self) -> None:
        script, clock = in_turn(answer(b"hello", MINUTE), UNAVAILABLE, b""), Clock()
        async with upstream(script) as playing, caching(playing, clock=clock) as between:
            await ask(between)
            clock.after(61)
            relayed, made = await ask(between), await ask(between)
        assert (relayed.status, relayed.content) == (503, b"down")
        assert (made.status, cache_status(made)) == (502, "")

    async def test_must_revalidate_makes_it_504(self) -> None:
        strict = b"Cache-Control: max-age=60, stale-if-error=600, must-revalidate"
        script, clock = (
            in_turn(answer(b"hello", strict), b"", UNAVAILABLE, b"HTTP/1.1 200 OK\r\nwhat?\r\n\r\n"),
            Clock(),
        )
        async with upstream(script) as playing, caching(playing, clock=clock) as between:
            await ask(between)
            clock.after(61)
            unreachable, relayed, invalid = [await ask(between) for _ in range(3)]
        assert (unreachable.status, cache_status(unreachable)) == (504, "")
        assert unreachable.proxy_status.startswith("gw;error=connection_terminated;")
        assert (relayed.status, relayed.content) == (503, b"down")
        assert (invalid.status, cache_status(invalid)) == (502, "")

    async def test_an_error_type_of_the_gateway_s_own_is_told_in_words_beside_a_stale_answer(self) -> None:
        clock, listening = Clock(), contextlib.AsyncExitStack()
        script = in_turn(answer(b"hello", b"Cache-Control: max-age=60, stale-if-error=600"))
        playing = await listening.enter_async_context(upstream(script))
        async with caching(playing, clock=clock) as between:
            await ask(between)
            await listening.aclose()
            clock.after(61)
            got = await ask(between)
        assert (got.status, got.content) == (200, b"hello")
        assert got.proxy_status.startswith("gw;next-hop=")
        assert 'details="connection_refused' in got.proxy_status

    async def test_nothing_stored_and_only_if_cached(self) -> None:
        async with upstream(in_turn()) as playing, caching(playing) as between:
            got = await ask(between, asking(b"Cache-Control: only-if-cached"))
        assert (got.status, cache_status(got)) == (504, "")
        assert got.proxy_status.startswith("gw;error=proxy_internal_response;")
