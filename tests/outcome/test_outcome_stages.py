"""The stages of each exchange on each connection, from transcripts made by hand and from one that was played."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from lab import h2
from lab.gateways.names import gateway_named
from lab.outcome.stages import Connection, Doing, How, Stage, stages
from lab.performance import perform
from lab.scenario import Case
from lab.script import Get, ReceiveRequest, Send, Stall
from lab.tls import Alert, ContentType, record
from lab.transcript import CLIENT_HOP, Asked, Connecting, Event, Transcript, What
from tests.show.staged import ASKS, FIVE_OF_20, GATEWAY, client, scenario, upstream

WHOLE = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"
HINTS = b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"
CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"


def happened(events: Sequence[Event], **more: object) -> Transcript:
    """These events, a millisecond apart, from 1 ms on."""
    timed = tuple(replace(event, at=number * 1_000_000) for number, event in enumerate(events, 1))
    given: dict[str, object] = {"asked": (Asked(1, 1, "GET", "/report"),), **more}
    return Transcript("first/x", "", GATEWAY, False, "p", events=timed, **given)  # type: ignore[arg-type]


def told(*events: Event, **more: object) -> tuple[Connection, ...]:
    return stages(happened(events, **more))


def phases(connection: Connection) -> list[tuple[str, str, float, float]]:
    """What each phase says, in milliseconds; without the name, of which there is never one."""
    return [
        (each.stage, each.name, each.begin / 1e6, each.end / 1e6)
        for each in connection.phases
        if each.stage is not Stage.NAME
    ]


def test_both_connections_of_an_exchange() -> None:
    near, far = told(
        client(What.OPENED), client(What.SENT, ASKS), upstream(What.OPENED), upstream(What.RECEIVED, ASKS[:9]),
        upstream(What.RECEIVED, ASKS[9:]), upstream(What.SENT, WHOLE[:20]), upstream(What.SENT, WHOLE[20:]),
        client(What.RECEIVED, WHOLE), client(What.ENDED),
    )  # fmt: skip
    assert phases(near) == [
        ("connection", "connect", 1, 1), ("request", "sending", 2, 2), ("response", "waiting", 2, 8),
        ("response", "receiving", 8, 8),
    ]  # fmt: skip
    assert phases(far) == [
        ("connection", "connect", 3, 3), ("request", "sending", 4, 5), ("response", "waiting", 5, 6),
        ("response", "receiving", 6, 7),
    ]  # fmt: skip
    assert (near.hop, near.request, near.ending.how, near.ending.at) == (0, 1, How.COMPLETE, 8_000_000)
    assert (far.hop, far.request, far.ending.how) == (1, 0, How.COMPLETE)
    assert near.phases[0].name is Doing.NOT_NEEDED


def test_the_clients_connection_has_a_length_where_its_beginning_was_noted() -> None:
    (near,) = told(client(What.OPENED), client(What.SENT, ASKS), connecting=(Connecting(400_000, 1, 1, 1),))
    assert phases(near)[0] == ("connection", "connect", 0.4, 1)


def test_a_cut_is_followed_by_silence_until_the_end_and_names_who_ended_it() -> None:
    (near,) = told(client(What.OPENED), client(What.SENT, ASKS), client(What.RECEIVED, FIVE_OF_20), client(What.ENDED))
    assert phases(near)[-1] == ("response", "silence", 3, 4)
    assert (near.ending.how, near.ending.by) == (How.CLOSED, "gateway")


@pytest.mark.parametrize(
    ("what", "how", "by"),
    [
        (What.CLOSED, How.CLOSED, "upstream"),
        (What.RESET, How.RESET, "upstream"),
        (What.ENDED, How.CLOSED, "gateway"),
        (What.BROKEN, How.RESET, "gateway"),
    ],
)
def test_who_ends_an_incomplete_exchange_and_how(what: What, how: How, by: str) -> None:
    (far,) = told(upstream(What.OPENED), upstream(What.RECEIVED, ASKS), upstream(What.SENT, FIVE_OF_20), upstream(what))
    assert (far.ending.how, far.ending.by) == (how, by)


def test_a_body_that_its_close_ends_is_complete_then() -> None:
    until_close = b"HTTP/1.1 200 OK\r\n\r\nhello"
    begin = (upstream(What.OPENED), upstream(What.RECEIVED, ASKS), upstream(What.SENT, until_close))
    (closed,) = told(*begin, upstream(What.CLOSED))
    assert (closed.ending.how, closed.ending.at) == (How.COMPLETE, 4_000_000)
    (reset,) = told(*begin, upstream(What.RESET))
    assert reset.ending.how is How.RESET
    (open_,) = told(*begin)
    assert open_.ending.how is How.OPEN


def test_under_tls_only_a_closure_alert_ends_such_a_body() -> None:
    begin = (
        upstream(What.OPENED), upstream(What.HANDSHAKE), upstream(What.SECURED, detail="TLS 1.3"),
        upstream(What.RECEIVED, ASKS), upstream(What.SENT, b"HTTP/1.1 200 OK\r\n\r\nhello"),
    )  # fmt: skip
    (bare,) = told(*begin, upstream(What.CLOSED))
    (told_so,) = told(*begin, upstream(What.ALERT_SENT, detail=Alert.CLOSE_NOTIFY.registered), upstream(What.CLOSED))
    assert bare.ending.how is How.CLOSED
    assert told_so.ending.how is How.COMPLETE
    assert phases(bare)[1] == ("connection", "TLS", 2, 3)


def test_a_handshake_that_fails() -> None:
    (far,) = told(upstream(What.OPENED), upstream(What.HANDSHAKE), upstream(What.HANDSHAKE_FAILED, detail="bad"))
    assert phases(far) == [("connection", "connect", 1, 1), ("connection", "TLS", 2, 3)]
    assert (far.ending.how, far.ending.says) == (How.TLS_FAILED, "bad")


def test_a_handshake_that_is_taken_as_bytes_is_no_request() -> None:
    hello = record(ContentType.HANDSHAKE, b"\x01\x00\x00\x00")
    (far,) = told(
        upstream(What.OPENED), upstream(What.RECEIVED, hello), upstream(What.SENT, b"?"), upstream(What.CLOSED)
    )
    assert phases(far) == [("connection", "connect", 1, 1), ("connection", "TLS", 2, 4)]
    assert (far.ending.how, far.ending.by) == (How.CLOSED, "upstream")


def test_silence_on_purpose_is_told_from_waiting() -> None:
    (far,) = told(
        upstream(What.OPENED), upstream(What.RECEIVED, ASKS), upstream(What.STALLED), upstream(What.ENDED)
    )  # fmt: skip
    assert phases(far)[-2:] == [("response", "waiting", 2, 3), ("response", "silence", 3, 4)]


def test_a_client_that_gives_up_has_waited() -> None:
    (near,) = told(client(What.OPENED), client(What.SENT, ASKS), client(What.DEADLINE))
    assert phases(near)[-1] == ("response", "waiting", 2, 3)
    assert near.ending.how is How.DEADLINE


def test_half_a_request_is_followed_by_silence_of_the_request() -> None:
    (near,) = told(client(What.OPENED), client(What.SENT, ASKS[:20]), client(What.ENDED))
    assert phases(near)[-1] == ("request", "silence", 2, 3)
    (idle,) = told(upstream(What.OPENED), upstream(What.ENDED))
    assert phases(idle)[-1] == ("request", "silence", 1, 2)


def test_interim_responses_come_before_the_final_one() -> None:
    (near,) = told(
        client(What.OPENED), client(What.SENT, ASKS), client(What.RECEIVED, HINTS), client(What.RECEIVED, WHOLE)
    )  # fmt: skip
    assert phases(near)[-3:] == [
        ("response", "waiting", 2, 3), ("response", "interim", 3, 4), ("response", "receiving", 4, 4),
    ]  # fmt: skip
    begun = client(What.RECEIVED, HINTS + WHOLE[:5])
    (together,) = told(client(What.OPENED), client(What.SENT, ASKS), begun, client(What.RECEIVED, WHOLE[5:]))
    assert phases(together)[-2:] == [("response", "interim", 3, 3), ("response", "receiving", 3, 4)]


def test_content_that_waits_for_a_100() -> None:
    head = b"POST / HTTP/1.1\r\nHost: lab.test\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n"
    (near,) = told(
        client(What.OPENED), client(What.SENT, head), client(What.RECEIVED, CONTINUE), client(What.SENT, b"hi"),
        client(What.RECEIVED, WHOLE),
    )  # fmt: skip
    assert ("request", "sending", 2, 4) in phases(near)
    assert ("response", "interim", 3, 5) in phases(near)


def test_a_reused_connection_has_no_connection_stage() -> None:
    one = (upstream(What.OPENED), upstream(What.RECEIVED, ASKS), upstream(What.SENT, WHOLE))
    first, second = told(*one, upstream(What.RECEIVED, ASKS, act=2), upstream(What.SENT, WHOLE, act=2))
    assert (first.number, second.number, second.act) == (1, 1, 2)
    assert phases(second)[0] == ("connection", "reused", 4, 4)
    assert second.ending.at == 5_000_000


def test_requests_that_come_in_one_piece_have_an_exchange_each() -> None:
    first, second = told(
        client(What.OPENED), client(What.SENT, ASKS + ASKS), client(What.RECEIVED, WHOLE), client(What.RECEIVED, WHOLE)
    )  # fmt: skip
    assert (first.ending.at, second.ending.at) == (3_000_000, 4_000_000)


def test_octets_after_a_response_are_surplus() -> None:
    (far,) = told(
        upstream(What.OPENED), upstream(What.RECEIVED, ASKS), upstream(What.SENT, WHOLE), upstream(What.SENT, b"HTTP")
    )  # fmt: skip
    assert phases(far)[-1] == ("response", "surplus", 4, 4)
    assert far.ending.how is How.COMPLETE


def test_attempts_that_came_to_nothing() -> None:
    refused = upstream(What.REFUSED, connection=0, peer=2)
    silent = upstream(What.STALLED, connection=0)
    failed = client(What.FAILED, connection=0, detail="Connection refused")
    found = told(refused, silent, failed, connecting=(Connecting(2_500_000, 1, 1, 0),))
    assert [(each.phases[-1].name, each.ending.how, each.peer) for each in found] == [
        (Doing.REFUSED, How.NO_CONNECTION, 2), (Doing.NO_ANSWER, How.NO_CONNECTION, 1),
        (Doing.FAILED, How.NO_CONNECTION, 1),
    ]  # fmt: skip
    assert found[2].phases[-1].length == 500_000


def test_a_switch_of_protocols_is_a_tunnel() -> None:
    asks = b"GET / HTTP/1.1\r\nHost: lab.test\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n"
    switch = b"HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n"
    (near,) = told(
        client(What.OPENED), client(What.SENT, asks), client(What.RECEIVED, switch), client(What.SENT, b"\x81\x00"),
        client(What.RECEIVED, b"\x81\x00"),
    )  # fmt: skip
    assert phases(near)[-1] == ("response", "tunnel", 3, 5)
    assert ("request", "sending", 2, 2) in phases(near)
    assert near.ending.how is How.TUNNEL


def test_streams_share_a_connection() -> None:
    def sent(data: bytes, stream: int, request: int) -> Event:
        return client(What.SENT, data, stream=stream, request=request)

    def got(data: bytes, stream: int, request: int) -> Event:
        return client(What.RECEIVED, data, stream=stream, request=request)

    first, second = told(
        client(What.OPENED), client(What.SENT, h2.PREFACE, stream=0, request=0),
        client(What.SENT, h2.settings(), stream=0, request=0),
        sent(h2.headers(1, h2.asks(), end_stream=True), 1, 1),
        sent(h2.headers(3, h2.asks(), end_stream=True), 3, 2),
        got(h2.headers(1, h2.answers()), 1, 1),
        got(h2.headers(3, h2.answers()), 3, 2),
        got(h2.data(3, b"hi", end_stream=True), 3, 2),
        got(h2.rst_stream(1, h2.ErrorCode.INTERNAL_ERROR), 1, 1),
        asked=(Asked(1, 1, "GET", "/"), Asked(1, 2, "GET", "/")),
    )  # fmt: skip
    assert (first.stream, first.ending.how, first.ending.says) == (1, How.STREAM, "INTERNAL_ERROR")
    assert phases(first)[-1] == ("response", "silence", 6, 9)
    assert (second.stream, second.ending.how, second.ending.at) == (3, How.COMPLETE, 8_000_000)
    assert phases(second)[0][:2] == ("connection", "reused")


def test_every_time_is_that_of_an_event() -> None:
    given = happened((client(What.OPENED), client(What.SENT, ASKS), client(What.RECEIVED, b"\x00"), client(What.ENDED)))
    known = {event.at for event in given.events}
    assert {at for each in stages(given) for phase in each.phases for at in (phase.begin, phase.end)} <= known


def test_an_empty_transcript_has_none() -> None:
    assert told(asked=()) == ()


@pytest.mark.anyio
async def test_as_it_was_played() -> None:
    story = scenario(
        upstream=[ReceiveRequest(), Send(FIVE_OF_20), Stall(wrong="no more comes", right=Send(b"x" * 15))],
        client=Get("/report"),
    )
    transcript = await perform(Case(story, story.variants[0]), gateway_named("reference"))
    near, far = stages(transcript)
    assert [each.name for each in near.phases] == [
        Doing.NOT_NEEDED, Doing.CONNECT, Doing.SENDING, Doing.WAITING, Doing.RECEIVING, Doing.SILENCE,
    ]  # fmt: skip
    assert near.hop == CLIENT_HOP
    silence = far.phase("silence")
    assert silence is not None
    assert silence.length > 200_000_000
    connect = near.phase("connect")
    assert connect is not None
    assert connect.length > 0
