"""Clients that write their frames by hand, and requests side by side, performed on the reference gateway."""

from typing import Any

import pytest

from lab import h2
from lab.expect import Answers, Question
from lab.gateways.reference.adapter import Reference
from lab.outcome import Facts, Outcome
from lab.performance import perform
from lab.scenario import Act, Case, Scenario, Together
from lab.script import NONCE, ClientSees, Get, ReceiveRequest, Send, Until
from lab.verdict import judge

pytestmark = pytest.mark.anyio

HELLO = [ReceiveRequest(), Send(b"HTTP/1.1 200 OK\r\n", NONCE, b"Content-Length: 5\r\n\r\nhello")]


async def played(client: Any, upstream: Any = HELLO, **more: Any) -> tuple[Facts, ...]:
    story = Scenario(
        lesson="l", guess="g", client=client, upstream=upstream, expect=[Question("Is it a 200?", Answers(200))], **more
    )
    case = Case(story)
    judgement = judge(case, await perform(case, Reference()))
    assert not judgement.transcript.failure
    return tuple(exchange.facts for exchange in judgement.exchanges)


async def test_frames_by_hand_are_read_as_what_they_are() -> None:
    client = [
        Send(h2.preface(), h2.headers(1, [*h2.asks(b"GET", b"/report"), (b"room", b"7")], end_stream=True)),
        Until(ClientSees(b"hello"), else_after=1),
        Send(h2.settings(ack=True)),
    ]
    (found,) = await played(client)
    assert (found.outcome, found.version, found.content) == (Outcome.RELAYED, "2", b"hello")
    assert b"room: 7" in found.upstream_received.lower()


async def test_a_malformed_request_reaches_nobody() -> None:
    """RFC 9113, 8.1.1: an intermediary does not forward it."""
    client = [Send(h2.preface(), h2.headers(1, [*h2.asks(), (b"Room", b"7")], end_stream=True))]
    (found,) = await played(client)
    assert found.upstream_requests == 0
    assert not found.complete or found.status == 400


async def test_octets_that_are_no_frames_are_no_request() -> None:
    (found,) = await played([Send(h2.PREFACE, b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")])
    assert found.upstream_requests == 0
    assert found.status is None


async def test_many_side_by_side_each_get_their_own() -> None:
    targets = [f"/{number}" for number in range(20)]

    def echo():  # type: ignore[no-untyped-def]
        request = yield ReceiveRequest()
        said = request.target
        yield Send(b"HTTP/1.1 200 OK\r\n", NONCE, b"Content-Length: %d\r\n\r\n" % len(said), said)

    found = await played(Together(*(Get(target, version="2") for target in targets)), echo)
    assert [each.content.decode() for each in found] == targets
    assert {each.outcome for each in found} == {Outcome.RELAYED}


async def test_acts_go_on_with_the_connection_or_not() -> None:
    for reuse, connections in ((True, {1}), (False, {1, 2})):
        acts = [Act(client=Get("/a", version="2"), upstream=HELLO),
                Act(client=Get("/b", version="2"), reuse=reuse, expect=[Question("?", Answers(200))])]  # fmt: skip
        case = Case(Scenario(lesson="l", guess="g", acts=acts))
        transcript = await perform(case, Reference())
        assert {event.connection for event in transcript.on(0)} == connections
        assert [exchange.facts.content for exchange in judge(case, transcript).exchanges] == [b"hello", b"hello"]
