"""One case, one gateway, one transcript: through a relay, what the client gets is what the upstream did."""

import asyncio
from typing import Any

import pytest

from lab.expect import Answers, Question
from lab.outcome import Ending, Outcome, facts
from lab.performance import perform
from lab.scenario import Act, Case, Scenario, Together
from lab.script import (
    NONCE,
    BlackHole,
    ClientSees,
    Close,
    Get,
    Pause,
    Receive,
    ReceiveRequest,
    Refuse,
    Reset,
    Send,
    Stall,
    StartTLS,
    Until,
    Upstreams,
    UpstreamSees,
    nonce,
)
from lab.transcript import CLIENT_HOP, UPSTREAM_HOP, Asked, Transcript, What, joined
from tests.performance.relay import Relay

pytestmark = pytest.mark.anyio

HELLO = Send(b"HTTP/1.1 200 OK\r\n", NONCE, b"Content-Length: 5\r\n\r\n", b"hello")
GET = Get("/page")


def case(**given: Any) -> Case:
    """A case with the least that a scenario needs."""
    given.setdefault("reports", ["http_response_incomplete"])
    if "acts" not in given:
        given.setdefault("client", GET)
    return Case(Scenario(lesson="a lesson", guess="a guess", **given))


def act(**given: Any) -> Act:
    return Act(expect=(Question("is it a 200?", Answers(200)),), **given)


def received(transcript: Transcript, act: int = 1, request: int = 1) -> bytes:
    return joined(transcript.on(CLIENT_HOP, act=act, request=request), What.RECEIVED)


def whats(transcript: Transcript, hop: int = CLIENT_HOP) -> list[What]:
    return [event.what for event in transcript.on(hop)]


def details(transcript: Transcript, what: What) -> list[str]:
    return [event.detail for event in transcript.events if event.what is what]


async def test_all_is_well() -> None:
    transcript = await perform(case(upstream=[ReceiveRequest(), HELLO]), Relay())
    assert whats(transcript) == [What.OPENED, What.SENT, What.RECEIVED]
    assert whats(transcript, UPSTREAM_HOP) == [What.OPENED, What.RECEIVED, What.REQUEST, What.SENT, What.ANSWERED]
    assert transcript.asked == (Asked(1, 1, "GET", "/page"),)
    assert transcript.failure == ""
    assert transcript.gateway.name == "relay"
    assert details(transcript, What.ANSWERED) == [nonce(transcript.performance, 1, 1, 1).decode()]
    assert transcript.events[-1].at < transcript.elapsed < 1_000_000_000
    assert [event.at for event in transcript.events] == sorted(event.at for event in transcript.events)


@pytest.mark.parametrize(("ending", "seen"), [(Close(wrong="cut"), What.ENDED), (Reset(wrong="cut"), What.BROKEN)])
async def test_what_the_upstream_does_is_what_the_client_gets(ending: Any, seen: What) -> None:
    transcript = await perform(case(upstream=[ReceiveRequest(), Send(b"HTTP/1.1 200"), ending]), Relay())
    assert received(transcript) == b"HTTP/1.1 200"
    assert seen in whats(transcript)
    assert details(transcript, What.DELIVERED) == ["cut"]


async def test_the_control_plays_what_is_right() -> None:
    broken = case(upstream=[ReceiveRequest(), Close(wrong="no answer", right=HELLO)])
    transcript = await perform(broken.control(), Relay())
    assert transcript.repaired
    assert received(transcript).endswith(b"hello")
    assert not transcript.happened(What.DELIVERED)


async def test_silence_lasts_until_the_deadline() -> None:
    transcript = await perform(case(upstream=[ReceiveRequest(), Stall(wrong="silent")]), Relay(), deadline=0.1)
    assert whats(transcript) == [What.OPENED, What.SENT, What.DEADLINE]
    assert details(transcript, What.DELIVERED) == ["silent"]
    assert 100_000_000 <= transcript.elapsed < 900_000_000


async def test_fields_are_put_where_they_belong() -> None:
    from lab.script import FIELDS

    script = [ReceiveRequest(), Send(b"HTTP/1.1 204 No Content\r\n", FIELDS, b"\r\n")]
    transcript = await perform(case(upstream=script), Relay(), fields=b'ETag: "1"\r\n')
    assert received(transcript) == b'HTTP/1.1 204 No Content\r\nETag: "1"\r\n\r\n'


async def test_the_client_waits_for_what_the_upstream_still_has_to_do() -> None:
    script = [ReceiveRequest(), HELLO, Pause(0.05), Close(wrong="closes an idle connection")]
    transcript = await perform(case(upstream=script), Relay())
    assert details(transcript, What.DELIVERED) == ["closes an idle connection"]
    assert What.ENDED in whats(transcript)


async def test_surplus_bytes_are_looked_for_where_a_fault_took_effect() -> None:
    script = [ReceiveRequest(), HELLO, Send(b"surplus", wrong="more than announced")]
    transcript = await perform(case(upstream=script), Relay())
    assert received(transcript).endswith(b"hellosurplus")


# What counts as delivered


async def test_a_step_that_came_after_the_gateway_left_is_not_delivered() -> None:
    client = [Send(GET.wire()), Reset()]
    script = [ReceiveRequest(), Pause(0.05), Send(b"too late", wrong="garbage")]
    transcript = await perform(case(client=client, upstream=script), Relay())
    assert details(transcript, What.DELIVERED) == []


async def test_a_step_that_was_never_reached_is_not_delivered() -> None:
    script = [ReceiveRequest(), HELLO, ReceiveRequest(), Close(wrong="on the second request")]
    transcript = await perform(case(upstream=script), Relay())
    assert details(transcript, What.DELIVERED) == []


@pytest.mark.parametrize("condition", [Refuse(wrong="nobody home"), BlackHole(wrong="nobody home")])
@pytest.mark.parametrize("knows", [True, False])
async def test_a_peer_that_accepts_nothing_counts_when_it_was_tried(condition: Any, knows: bool) -> None:
    relay = Relay(knows_attempts=knows)
    transcript = await perform(case(upstream=condition), relay, deadline=0.2)
    # A gateway that cannot be asked, and gives no answer by itself, may as well have never tried.
    assert details(transcript, What.DELIVERED) == (["nobody home"] if knows else [])


async def test_a_peer_that_was_not_tried_is_not_delivered() -> None:
    upstream = Upstreams([ReceiveRequest(), HELLO], Refuse(wrong="nobody home"))
    transcript = await perform(case(upstream=upstream), Relay())
    assert received(transcript).endswith(b"hello")
    assert details(transcript, What.DELIVERED) == []


async def test_the_second_peer_answers_where_the_first_refuses() -> None:
    upstream = Upstreams(Refuse(wrong="nobody home"), [ReceiveRequest(), HELLO])
    transcript = await perform(case(upstream=upstream), Relay())
    assert received(transcript).endswith(b"hello")
    (refused,) = (event for event in transcript.events if event.what is What.REFUSED)
    assert refused.peer == 1
    assert details(transcript, What.DELIVERED) == ["nobody home"]


# Acts


async def test_acts_have_their_own_scripts_and_connections() -> None:
    acts = [
        act(client=GET, upstream=[ReceiveRequest(), HELLO]),
        act(client=Get("/two"), upstream=[ReceiveRequest(), Send(b"HTTP/1.1 204 No Content\r\n\r\n")]),
    ]
    transcript = await perform(case(acts=acts), Relay())
    assert transcript.asked == (Asked(1, 1, "GET", "/page"), Asked(2, 1, "GET", "/two"))
    assert received(transcript, act=2) == b"HTTP/1.1 204 No Content\r\n\r\n"
    assert {(event.act, event.connection) for event in transcript.on(CLIENT_HOP)} >= {(1, 1), (2, 2)}
    assert What.CLOSED in whats(transcript)


async def test_the_end_of_an_earlier_connection_completes_no_later_answer() -> None:
    until_closed = Send(b"HTTP/1.1 200 OK\r\n", NONCE, b"\r\nhello")
    acts = [
        act(client=GET, upstream=[ReceiveRequest(), HELLO]),
        act(client=GET, upstream=[ReceiveRequest(), until_closed, Until(ClientSees(b"hello")), Reset(wrong="reset")]),
    ]
    transcript = await perform(case(acts=acts), Relay())
    assert [event.connection for event in transcript.on(CLIENT_HOP, act=2) if event.what is What.ENDED] == [1]
    assert facts(transcript, transcript.asked[1]).ending is Ending.RESET


async def test_a_switch_of_protocols_is_no_garbage() -> None:
    switch = b"HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: echo\r\n"
    client = Get("/", b"Connection: keep-alive, Upgrade\r\n", b"Upgrade: echo\r\n")
    given = case(client=client, upstream=[ReceiveRequest(), Send(switch, NONCE, b"\r\n", b"hi")], reports=[])
    transcript = await perform(given, Relay())
    assert facts(transcript, transcript.asked[0]).outcome is Outcome.TUNNELLED


async def test_an_act_may_reuse_the_client_connection() -> None:
    acts = [act(client=GET, upstream=[ReceiveRequest(), HELLO]), act(client=Get("/two"), reuse=True)]
    transcript = await perform(case(acts=acts), Relay())
    assert whats(transcript) == [What.OPENED, *(What.SENT, What.RECEIVED) * 2]
    assert [event.connection for event in transcript.on(UPSTREAM_HOP) if event.what is What.REQUEST] == [1, 1]


async def test_a_connection_that_is_gone_cannot_be_reused() -> None:
    acts = [act(client=GET, upstream=[ReceiveRequest(), HELLO, Close(watch="closes")]), act(client=GET, reuse=True)]
    transcript = await perform(case(acts=acts), Relay())
    assert whats(transcript).count(What.OPENED) == 2
    assert received(transcript, act=2).endswith(b"hello")


async def test_together_is_at_the_same_time() -> None:
    script = [ReceiveRequest(), Until(UpstreamSees(b"/second"), else_after=1), HELLO]
    both = Together(Get("/first"), Get("/second"))
    transcript = await perform(case(client=both, upstream=script), Relay())
    assert transcript.asked == (Asked(1, 1, "GET", "/first"), Asked(1, 2, "GET", "/second"))
    assert [received(transcript, request=n)[-5:] for n in (1, 2)] == [b"hello", b"hello"]
    assert details(transcript, What.WAITED) == ["event", "event"]


async def test_an_act_may_end_on_an_event() -> None:
    async def late(deadline: float) -> Transcript:
        script = [Send(b"later"), Pause(0.05), Send(b"at last"), Stall()]
        acts = [Act(client=[Receive(), Send(b"x"), Stall()], upstream=script, until=ClientSees(b"last"))]
        return await perform(case(acts=acts), Relay(), deadline=deadline)

    transcript = await late(1)
    assert details(transcript, What.WAITED) == ["event"]
    assert joined(transcript.on(CLIENT_HOP), What.RECEIVED) == b"laterat last"
    assert details(await late(0.02), What.WAITED) == ["else"]


async def test_the_clock_says_what_the_act_says() -> None:
    said: list[float] = []

    class Clocked(Relay):
        async def start(self, setup: Any) -> Any:
            assert setup.clock is not None
            self.now = setup.clock
            said.append(self.now())
            return await super().start(setup)

    def look() -> Any:
        yield ReceiveRequest()
        said.append(clocked.now())
        yield HELLO

    clocked = Clocked()
    acts = [act(client=GET, upstream=look), act(client=GET, clock=60), act(client=GET), act(client=GET, clock=90.5)]
    await perform(case(acts=acts), clocked)
    assert [moment - said[0] for moment in said] == [0, 0, 60, 60, 90.5]


async def test_a_gateway_gets_no_clock_unless_a_story_needs_one() -> None:
    class Unclocked(Relay):
        async def start(self, setup: Any) -> Any:
            assert setup.clock is None
            assert setup.trust == b""
            return await super().start(setup)

    assert (await perform(case(upstream=[ReceiveRequest(), HELLO]), Unclocked())).failure == ""


# TLS


async def test_a_gateway_is_told_of_tls_and_of_whom_to_trust() -> None:
    told = []

    class Told(Relay):
        async def start(self, setup: Any) -> Any:
            told.append(setup)
            return await super().start(setup)

    await perform(case(upstream=[StartTLS(), ReceiveRequest(), HELLO]), Told())
    assert told[0].destinations[0].secure
    assert told[0].destinations[0].server_name == "upstream.test"
    assert told[0].trust.startswith(b"-----BEGIN CERTIFICATE")
    assert not told[0].secure_front
    await perform(case(client=Get("/", secure=True), upstream=[StartTLS(), ReceiveRequest(), HELLO]), Told())
    assert told[-1].secure_front  # the last: a performance may have been made again


async def test_a_client_speaks_tls_through_to_the_upstream() -> None:
    given = case(client=Get("/", secure=True), upstream=[StartTLS(), ReceiveRequest(), HELLO, Close()])
    transcript = await perform(given, Relay())
    assert received(transcript).endswith(b"hello")
    assert details(transcript, What.SECURED) == ["TLS 1.3, no ALPN, server name lab.test"] * 2


@pytest.mark.parametrize(("alert", "ending"), [(True, Ending.COMPLETE), (False, Ending.CUT)])
async def test_over_tls_only_a_closure_alert_completes_what_ends_with_the_connection(
    alert: bool, ending: Ending
) -> None:
    script = [StartTLS(), ReceiveRequest(), Send(b"HTTP/1.1 200 OK\r\n", NONCE, b"\r\nhello"), Close(alert=alert)]
    given = case(client=Get("/", secure=True), upstream=script, reports=[])
    transcript = await perform(given, Relay())
    assert facts(transcript, transcript.asked[0]).ending is ending


# What goes wrong


async def test_a_script_that_raises_ends_the_performance_at_once() -> None:
    def raises() -> Any:
        yield ReceiveRequest()
        raise ValueError("oh")

    transcript = await perform(case(upstream=raises), Relay(), deadline=5)
    assert transcript.happened(What.SCRIPT_FAILED)
    assert "ValueError('oh')" in transcript.failure
    assert transcript.elapsed < 1_000_000_000


async def test_a_gateway_that_does_not_start_is_a_failure_in_its_own_words() -> None:
    class Broken(Relay):
        async def start(self, setup: Any) -> Any:
            raise RuntimeError("relay.conf:3: unknown directive")

    transcript = await perform(case(upstream=[ReceiveRequest(), HELLO]), Broken())
    assert transcript.failure == "the gateway did not start: relay.conf:3: unknown directive"
    assert transcript.events == ()


async def test_a_gateway_that_cannot_be_reached_is_seen() -> None:
    class Nowhere(Relay):
        async def start(self, setup: Any) -> Any:
            running = await super().start(setup)
            running.server.close()
            return running

    transcript = await perform(case(upstream=[ReceiveRequest(), HELLO]), Nowhere())
    assert whats(transcript) == [What.FAILED]
    assert transcript.asked == (Asked(1, 1, "GET", "/page"),)


async def test_a_gateway_that_does_not_stop_as_it_should_is_told_of(caplog: pytest.LogCaptureFixture) -> None:
    class Stubborn(Relay):
        async def start(self, setup: Any) -> Any:
            running = await super().start(setup)
            stop = running.stop

            async def refuses() -> None:
                await stop()
                raise RuntimeError("no")

            running.stop = refuses  # type: ignore[method-assign]
            return running

    transcript = await perform(case(upstream=[ReceiveRequest(), HELLO]), Stubborn())
    assert received(transcript).endswith(b"hello")
    assert "the gateway relay did not stop as it should" in caplog.text


async def test_the_log_of_the_gateway_is_kept() -> None:
    class Talking(Relay):
        async def start(self, setup: Any) -> Any:
            running = await super().start(setup)
            running.log.append("started")
            return running

    assert (await perform(case(upstream=[ReceiveRequest(), HELLO]), Talking())).log == ("started",)


async def test_performances_do_not_disturb_each_other() -> None:
    given = case(upstream=[ReceiveRequest(), HELLO])
    transcripts = await asyncio.gather(*(perform(given, Relay()) for _ in range(20)))
    assert len({transcript.performance for transcript in transcripts}) == 20
    for transcript in transcripts:
        assert details(transcript, What.ANSWERED)[0].encode() in received(transcript)
