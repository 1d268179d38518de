"""Upstreams that count as down: when, for how long, and what is said of it."""

import asyncio
import contextlib

import pytest

from lab.gateways import Destination
from lab.gateways.reference.failure import Failure
from lab.gateways.reference.marking import MarkDown, Marking, counts
from lab.rfc.conditions import Condition
from lab.serving.sockets import bound_socket
from tests.reference.parties import GET, Peer, ask, connected, gateway, saying, upstream

pytestmark = pytest.mark.anyio

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"
HERE = Destination(("127.0.0.1", 1))
ELSEWHERE = Destination(("127.0.0.1", 2))


def marked(failures: int, seconds: float = 10.0, at: float = 0.0) -> Marking:
    marking = Marking(MarkDown(failures, seconds))
    for _ in range(failures):
        marking.failed(HERE, at)
    return marking


def test_after_so_many_failures_it_is_left_alone_for_so_long() -> None:
    marking = Marking(MarkDown(2, 10.0))
    assert marking.begin(HERE, 0.0)
    assert not marking.failed(HERE, 0.0)
    assert marking.begin(HERE, 1.0)
    assert marking.failed(HERE, 1.0)
    assert not marking.begin(HERE, 10.9)
    assert marking.wait(5.0) == 6.0
    assert marking.begin(ELSEWHERE, 1.0)


def test_then_one_request_tries_it() -> None:
    marking = marked(1)
    assert marking.begin(HERE, 10.0)
    assert not marking.begin(HERE, 10.0)
    assert marking.failed(HERE, 10.0)
    assert not marking.begin(HERE, 19.9)
    assert marking.begin(HERE, 20.0)


def test_an_attempt_that_says_nothing_lets_the_next_one_try() -> None:
    marking = marked(1)
    assert marking.begin(HERE, 10.0)
    marking.undecided(HERE)
    assert marking.begin(HERE, 10.0)


def test_a_response_clears_all() -> None:
    marking = marked(2)
    assert marking.answered(HERE)
    assert marking.begin(HERE, 0.0)
    assert not marking.failed(HERE, 0.0)
    assert not marking.answered(HERE)


def test_without_a_rule_nothing_is_ever_marked() -> None:
    marking = Marking(None)
    assert not any(marking.failed(HERE, 0.0) for _ in range(100))
    assert marking.begin(HERE, 0.0)


@pytest.mark.parametrize(
    ("condition", "reused", "speaks_against_it"),
    [
        (Condition.REFUSED, False, True),
        (Condition.CONNECT_TIMEOUT, False, True),
        (Condition.NAME_NOT_FOUND, False, True),
        (Condition.TLS_CERTIFICATE, False, True),
        (Condition.NO_BYTE, False, True),
        (Condition.NO_BYTE, True, False),  # the keep-alive race
        (Condition.FIRST_BYTE_TIMEOUT, True, True),
        (Condition.PROTOCOL, False, False),  # it is there, and says something
        (Condition.PORTS_EXHAUSTED, False, False),  # the gateway's own fault
    ],
)
def test_what_counts(condition: Condition, reused: bool, speaks_against_it: bool) -> None:
    assert counts(Failure(condition), reused=reused) is speaks_against_it


@pytest.mark.parametrize(("failures", "seconds"), [(0, 1.0), (-1, 1.0), (1, 0.0), (1, float("inf"))])
def test_what_is_no_rule(failures: int, seconds: float) -> None:
    with pytest.raises(ValueError, match="marked down"):
        MarkDown(failures, seconds)


async def test_all_down_is_a_503_that_says_so_and_asks_nobody() -> None:
    with bound_socket() as nobody:
        address = nobody.getsockname()
        rule = MarkDown(2, 60.0)
        async with gateway(Destination(address), mark_down=rule, monotonic=lambda: 5.0) as between:
            statuses = [(await ask(between)).status for _ in range(2)]
            nobody.listen()
            got = await ask(between)
    assert [*statuses, got.status] == [502, 502, 503]
    assert got.proxy_status == (
        'gw;error=destination_unavailable;details="the upstream is marked down; after 60.0 s one request may try again"'
    )
    assert b"Where: In the gateway itself." in got.content
    host, port = address
    assert f"{host}:{port}: marked down for 60 s: connection_refused: connection refused" in between.log


@pytest.mark.parametrize(("count", "which"), [(2, "both upstreams are"), (3, "all 3 upstreams are")])
async def test_it_says_how_many_are_down(count: int, which: str) -> None:
    with contextlib.ExitStack() as stack:
        nobody = [Destination(stack.enter_context(bound_socket()).getsockname()) for _ in range(count)]
        async with gateway(*nobody, mark_down=MarkDown(1)) as between:
            assert (await ask(between)).status == 502
            assert f'details="{which} marked down; after ' in (await ask(between)).proxy_status


async def test_the_other_upstream_takes_over_and_the_first_comes_back() -> None:
    now = 0.0
    with bound_socket() as first:
        name = "{}:{}".format(*first.getsockname())
        async with (
            upstream(saying(OK)) as second,
            gateway(Destination(first.getsockname()), second, mark_down=MarkDown(1), monotonic=lambda: now) as between,
            connected(between) as client,
        ):
            assert [(await ask(between)).content for _ in range(2)] == [b"hi", b"hi"]
            there = "{}:{}".format(*second.destination.address)
            assert between.log == [
                f"{name}: marked down for 10 s: connection_refused: connection refused",
                f"{name}: connection_refused: connection refused; next comes {there}",
            ]
            now = 10.0
            first.listen()
            await client.send(GET)
            accepted, _ = await asyncio.get_running_loop().sock_accept(first)
            accepted.setblocking(False)
            await saying(OK)(Peer(accepted, 1))
            assert (await client.response()).content == b"hi"
            assert between.log[-1] == f"{name}: it answers, and is no longer marked down"


async def test_no_response_counts_too_and_idle_connections_go() -> None:
    asked, gone = asyncio.Event(), asyncio.Event()

    async def script(peer: Peer) -> None:
        await peer.request()
        if peer.number == 1:
            await asked.wait()
            peer.close()
        else:
            await peer.send(OK)
            await peer.ended()
            gone.set()

    async with (
        upstream(script) as playing,
        gateway(playing, mark_down=MarkDown(1)) as between,
        connected(between) as client,
    ):
        await client.send(GET)
        while not playing.peers:
            await asyncio.sleep(0)
        assert (await ask(between)).status == 200
        asked.set()
        assert (await client.response()).status == 502
        await gone.wait()
        assert (await ask(between)).status == 503
    assert len(playing.peers) == 2


async def test_one_request_finds_out_whatever_ends_meanwhile() -> None:
    """A connection from before the upstream was marked down says nothing of the one that is trying it."""
    now, left, tried = 0.0, asyncio.Event(), asyncio.Event()

    async def script(peer: Peer) -> None:
        await peer.request()
        match peer.number:
            case 1:
                await peer.ended()
                left.set()
            case 2:
                peer.close()
            case _:
                tried.set()
                await peer.ended()

    async with (
        upstream(script) as playing,
        gateway(playing, mark_down=MarkDown(1), monotonic=lambda: now) as between,
        connected(between) as early,
        connected(between) as trying,
    ):
        await early.send(GET)
        while not playing.peers:
            await asyncio.sleep(0)
        assert (await ask(between)).status == 502
        now = 10.0
        await trying.send(GET)
        await tried.wait()
        early.reset()
        await left.wait()
        assert (await ask(between)).status == 503
        trying.reset()  # which says nothing either: the next one may try
        while between.reference.pool._finding_out:
            await asyncio.sleep(0)
        async with connected(between) as next_one:
            await next_one.send(GET)
            while len(playing.peers) < 4:
                await asyncio.sleep(0)
