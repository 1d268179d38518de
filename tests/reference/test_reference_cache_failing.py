"""Failures of the upstream, of requests and of the gateway itself, where responses are stored."""

import dataclasses

import pytest

from tests.reference.caching import Clock, answer, asking, caching, in_turn
from tests.reference.crowd import crowd
from tests.reference.parties import PATIENT, Peer, ask, upstream

pytestmark = pytest.mark.anyio

PERMITTING = b"Cache-Control: max-age=60, stale-if-error=600"
STRICT = b"Cache-Control: max-age=60, must-revalidate"
IMPATIENT = dataclasses.replace(PATIENT, first_byte=0.05)


async def silent_at_first(peer: Peer) -> None:
    """Answers the first request, and never another one."""
    request = await peer.request()
    await peer.send(answer(b"hello", STRICT if b"GET /strict " in request else PERMITTING))
    await peer.request()
    await peer.ended()


@pytest.mark.parametrize(("target", "status"), [(b"/strict", 504), (b"/permitting", 200)])
async def test_a_time_out(target: bytes, status: int) -> None:
    clock = Clock()
    async with upstream(silent_at_first) as playing, caching(playing, clock=clock, timeouts=IMPATIENT) as between:
        await ask(between, asking(target=target))
        clock.after(61)
        got = await ask(between, asking(target=target))
    assert (got.status, got.complete) == (status, True)
    assert got.proxy_status.startswith("gw;error=connection_read_timeout;")
    assert got.value(b"cache-status").startswith(b"gw;fwd=stale") == (status == 200)


async def test_a_response_that_is_not_stored_and_breaks_is_cut() -> None:
    async with crowd(1) as clients:
        peer = await clients.held.peer(1)
        await peer.send(b"HTTP/1.1 200 OK\r\nCache-Control: no-store\r\nContent-Length: 10\r\n\r\nhello")
        begun = await clients.clients[0].until(b"hello")
        peer.half_close()
        got = await clients.clients[0].response(so_far=begun)
    assert (got.content, got.complete, got.ending) == (b"hello", False, "FIN")
    assert len(clients.between.log) == 1
    assert ": aborted: http_response_incomplete: " in clients.between.log[0]


async def test_no_stale_response_hides_that_a_request_goes_round_in_circles() -> None:
    clock, looping = Clock(), asking(b"Via: 1.1 gw")
    script = in_turn(answer(b"hello", PERMITTING))
    async with upstream(script) as playing, caching(playing, clock=clock) as between:
        await ask(between)
        clock.after(61)
        got = await ask(between, looping)
    assert got.status == 502
    assert "error=proxy_loop_detected" in got.proxy_status


async def test_a_broken_response_leaves_the_good_one_in_the_store() -> None:
    clock = Clock()
    async with crowd(1, clock=clock) as clients:
        await (await clients.held.peer(1)).send(answer(b"good", PERMITTING, b"Connection: close"))
        await clients.clients.pop().response()
        await clients.landed()
        clock.after(61)
        client = await clients.ask()
        peer = await clients.held.peer(2)
        await peer.send(b"HTTP/1.1 200 OK\r\n%b\r\nContent-Length: 10\r\n\r\nhello" % PERMITTING)
        begun = await client.until(b"hello")
        peer.half_close()
        assert not (await client.response(so_far=begun)).complete
        await clients.landed()
        clock.after(0)
        assert (await ask(clients.between)).content == b"good"


async def test_a_stop_leaves_nobody_waiting() -> None:
    async with crowd(3) as clients:
        upstream = await clients.held.peer(1)
        await clients.stop()
        assert clients.flights == 0
        assert await upstream.ended()
        for client in clients.clients:
            assert await client.receive() == b""
