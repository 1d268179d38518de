"""A gateway that somebody else has started, and that knows where its upstream is."""

import contextlib
from collections.abc import AsyncIterator
from contextlib import aclosing

import pytest

from lab import h2
from lab.gateways import Address, Destination, Placed, Setup
from lab.gateways.names import running_gateway
from lab.gateways.running import RunningElsewhere
from lab.performance import perform, perform_all
from lab.script import BlackHole, Close, Get, ReceiveRequest, Refuse, Send, StartTLS, Upstreams
from lab.serving.sockets import bound_socket
from lab.transcript import UPSTREAM_HOP, What, joined
from lab.verdict import Verdict, judge
from tests.performance.relay import Relay
from tests.performance.test_performing import HELLO, act, case, details, received

pytestmark = pytest.mark.anyio

PLAIN = case(upstream=[ReceiveRequest(), HELLO], reports=[])


def free_address() -> Address:
    with bound_socket("127.0.0.1") as free:
        host, port = free.getsockname()
        return host, port


@contextlib.asynccontextmanager
async def started() -> AsyncIterator[tuple[Address, Address]]:
    """Where somebody's gateway runs, and where it expects its upstream."""
    upstream = free_address()
    running = await Relay().start(Setup((Destination(upstream),)))
    try:
        yield running.address, upstream
    finally:
        await running.stop()


async def test_it_is_asked_again_and_again() -> None:
    async with started() as (address, upstream):
        gateway = RunningElsewhere(address, upstream)
        assert isinstance(gateway, Placed)
        for _ in range(3):
            transcript = await perform(PLAIN, gateway)
            assert transcript.failure == ""
            assert received(transcript).endswith(b"hello")
            assert transcript.gateway.name == "running"


async def test_it_is_found_by_its_name() -> None:
    async with started() as (address, upstream):
        gateway = running_gateway(f"http://localhost:{address[1]}", f"{upstream[0]}:{upstream[1]}")
        named = RunningElsewhere(("localhost", address[1]), upstream)
        assert isinstance(gateway, RunningElsewhere)
        running = await named.start(Setup((Destination(upstream),)))
        assert running.address[0] in ("127.0.0.1", "::1")


async def test_a_refusal_of_its_upstream() -> None:
    async with started() as (address, upstream):
        transcript = await perform(case(upstream=Refuse(wrong="nobody")), RunningElsewhere(address, upstream))
        assert transcript.failure == ""
        assert transcript.happened(What.ENDED)
        assert details(transcript, What.DELIVERED) == []  # this gateway gave no answer by itself


async def test_it_may_wait_longer_than_the_lab() -> None:
    silent = case(upstream=BlackHole(wrong="no answer"), reports=["connection_timeout"])
    async with started() as (address, upstream):
        transcript = await perform(silent, RunningElsewhere(address, upstream), deadline=0.1)
        judgement = judge(silent, transcript)
    assert judgement.verdict is Verdict.INCONCLUSIVE
    assert judgement.why.startswith("the client gave up before the gateway did, and nothing shows whether it tried")


async def test_its_upstream_may_go_away_and_come_back() -> None:
    acts = [
        act(client=Get("/1"), upstream=[ReceiveRequest(), HELLO]),
        act(client=Get("/2"), upstream=Refuse()),
        act(client=Get("/3"), upstream=[ReceiveRequest(), HELLO]),
    ]
    async with started() as (address, upstream):
        transcript = await perform(case(acts=acts), RunningElsewhere(address, upstream))
        assert [received(transcript, act=number)[-5:] for number in (1, 2, 3)] == [b"hello", b"", b"hello"]


async def test_one_performance_at_a_time() -> None:
    async with started() as (address, upstream):
        given = [PLAIN, case(upstream=[ReceiveRequest(), Send(b"HTTP"), Close()], reports=[])] * 4
        async with aclosing(perform_all(given, RunningElsewhere(address, upstream), jobs=8)) as performing:
            performed = [each async for each in performing]
        assert [each.transcript.failure for each in performed] == [""] * 8
        assert [each.case for each in performed] == given


async def test_an_address_that_is_taken_is_said() -> None:
    async with started() as (address, _):
        transcript = await perform(PLAIN, RunningElsewhere(address, address))
        assert "cannot listen at" in transcript.failure
        assert f"{address[0]}:{address[1]}" in transcript.failure


async def test_what_it_was_not_told_of_cannot_be_played() -> None:
    gateway = RunningElsewhere(("127.0.0.1", 1), ("127.0.0.1", 0))
    for upstream in (Upstreams([ReceiveRequest()], [ReceiveRequest()]), [StartTLS(), ReceiveRequest()]):
        assert "one upstream, in plain text" in (await perform(case(upstream=upstream), gateway)).failure


async def test_a_gateway_that_speaks_tls_is_asked_over_tls() -> None:
    upstream = free_address()
    running = await Relay().start(Setup((Destination(upstream),)))
    try:
        gateway = RunningElsewhere(running.address, upstream, secure=True)
        transcript = await perform(PLAIN, gateway, deadline=0.3)
    finally:
        await running.stop()
    assert transcript.happened(What.HANDSHAKE)  # the relay passes it on to an upstream that speaks no TLS
    assert "client-tls" in gateway.offers


async def test_whether_it_speaks_http_2_somebody_has_to_say() -> None:
    over_http2 = case(client=Get("/", version="2"), upstream=[ReceiveRequest(), HELLO], reports=[])
    async with started() as (address, upstream):
        (unasked,) = [each async for each in perform_all([over_http2], RunningElsewhere(address, upstream))]
        transcript = await perform(over_http2, RunningElsewhere(address, upstream, http2=True), deadline=0.3)
    assert unasked.judgement.verdict is Verdict.NOT_APPLICABLE
    assert h2.PREFACE in joined(transcript.on(UPSTREAM_HOP), What.RECEIVED)  # as it came
