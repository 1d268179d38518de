"""Facts over HTTP/2, from transcripts made by hand: the same words as over HTTP/1.1 for the same things."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lab import h2
from lab.expect import Answers, Complete, Disguised, HasField, predicate
from lab.outcome import Facts, Outcome, facts
from lab.script import ClientSees, Get, Request
from lab.transcript import CLIENT_HOP, UPSTREAM_HOP, Asked, Event, Player, Transcript, What

UPSTREAM = (
    b"HTTP/1.1 200 OK\r\nLab-Nonce: n.1\r\nConnection: X-Hop\r\nX-Hop: 1\r\nRoom: 7\r\n"
    b"Transfer-Encoding: chunked\r\nTrailer: Sum\r\n\r\n5\r\nhello\r\n0\r\nSum: 1\r\n\r\n"
)
FIELDS = [*h2.answers(), (b"lab-nonce", b"n.1"), (b"room", b"7")]
BEGIN = h2.headers(1, FIELDS)
HELLO = BEGIN + h2.data(1, b"hello", end_stream=True)
TRAILERS = h2.headers(1, [(b"sum", b"1")], end_stream=True)


def client_events(what: What, octets: bytes, stream: int | None = 1, request: int = 1) -> Event:
    return Event(0, CLIENT_HOP, 1, what, 1, octets, request=request, stream=stream)


def told(answer: bytes, *ends: What, request: Request = Get("/", version="2"), upstream: bytes = UPSTREAM) -> Facts:
    """One request over HTTP/2, what the upstream sent, what came, and how the client connection ended."""
    head = h2.headers(1, request.pairs(), end_stream=True)
    events = [
        Event(0, CLIENT_HOP, 1, What.OPENED, request=1),
        client_events(What.SENT, h2.preface(), 0, 0),
        client_events(What.SENT, head),
        Event(0, UPSTREAM_HOP, 1, What.OPENED),
        Event(0, UPSTREAM_HOP, 1, What.RECEIVED, data=request.lines()),
        Event(0, UPSTREAM_HOP, 1, What.REQUEST, detail=f"{request.method} {request.target}"),
        Event(0, UPSTREAM_HOP, 1, What.SENT, data=upstream),
        Event(0, UPSTREAM_HOP, 1, What.ANSWERED, detail="n.1"),
        client_events(What.RECEIVED, h2.settings(), 0, 0),
        *([client_events(What.RECEIVED, answer)] if answer else []),
        *(Event(0, CLIENT_HOP, 1, end, request=1) for end in ends),
    ]
    asked = Asked(1, 1, request.method, request.target)
    return facts(Transcript("a/b", "", Player("here"), False, "p", (asked,), tuple(events)), asked)


CODE = h2.ErrorCode.INTERNAL_ERROR
FIVE_OF_NINE = h2.headers(1, [*FIELDS, (b"content-length", b"9")]) + h2.data(1, b"hello", end_stream=True)


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (told(HELLO), ("relayed", "complete", "exact", "")),
        (told(BEGIN + h2.data(1, b"hello") + TRAILERS), ("relayed", "complete", "exact", "")),
        (told(h2.headers(1, h2.answers(103)) + HELLO), ("relayed", "complete", "exact", "")),
        (told(HELLO + h2.rst_stream(1, 0)), ("relayed", "complete", "exact", "")),
        (told(HELLO + h2.goaway(0, 1), What.ENDED), ("relayed", "complete", "exact", "")),
        (told(BEGIN + h2.data(1, b"hel", end_stream=True)), ("disguised", "complete", "altered", "")),
        (told(BEGIN + h2.data(1, b"he") + h2.rst_stream(1, CODE)), ("cut-short", "reset", "altered", "INTERNAL_ERROR")),
        (told(BEGIN + h2.data(1, b"hel") + h2.goaway(CODE, 0)), ("cut-short", "reset", "altered", "INTERNAL_ERROR")),
        (told(BEGIN + h2.data(1, b"hel"), What.ENDED), ("cut-short", "cut", "altered", "")),
        (told(BEGIN + h2.data(1, b"hel"), What.BROKEN), ("cut-short", "reset", "altered", "")),
        (told(BEGIN + h2.data(1, b"hel")), ("hung", "stalled", "altered", "")),
        (told(FIVE_OF_NINE), ("cut-short", "cut", "exact", "")),
        (told(h2.headers(1, h2.answers(103)), What.ENDED), ("cut-short", "cut", "none", "")),
        (told(b""), ("hung", "stalled", "none", "")),
        (told(b"", What.ENDED), ("no-answer", "closed", "none", "")),
        (told(h2.rst_stream(1, 7)), ("no-answer", "reset", "none", "REFUSED_STREAM")),
        (told(h2.goaway(0, 0), What.ENDED), ("no-answer", "reset", "none", "NO_ERROR")),
        (told(HELLO + h2.data(1, b"more")), ("not-http", "complete", "exact", "")),
        (told(h2.headers(1, b"\xff\xff\xff\xff\xff", end_stream=True)), ("cut-short", "cut", "none", "")),
        (told(h2.headers(1, [*h2.answers(502), (b"proxy-status", b"x; error=dns_error")], end_stream=True),
              upstream=b""), ("reported", "complete", "none", "")),
    ],
    ids=["whole", "with its trailers", "a hint first", "reset after its end", "GOAWAY after its end", "made shorter",
         "given up", "not processed after all", "closed", "broken", "stalled", "less than announced", "only a hint",
         "nothing", "closed at once", "refused", "not processed", "surplus", "undecodable", "the gateway's own"],
)  # fmt: skip
def test_what_came_of_it(found: Facts, expected: tuple[str, str, str, str]) -> None:
    assert (found.outcome.value, found.ending.value, found.fidelity.value, found.code) == expected
    assert found.version == "2"


def test_an_answer_in_http_1_is_no_answer() -> None:
    refusal = b"HTTP/1.1 400 Bad Request\r\n\r\n"
    events = (
        client_events(What.SENT, h2.preface() + h2.headers(1, h2.asks(), end_stream=True), 1),
        client_events(What.RECEIVED, refusal, None),
    )
    asked = Asked(1, 1, "GET", "/")
    found = facts(Transcript("a/b", "", Player("here"), False, "p", (asked,), events), asked)
    assert found.outcome is Outcome.NOT_HTTP
    assert found.client_received == refusal


def test_predicates_hold_as_over_http_1() -> None:
    found = told(BEGIN + h2.data(1, b"hello") + TRAILERS)
    assert Answers(200)(found)
    assert Complete()(found)
    assert not Disguised()(found)
    assert HasField(b"Room: 7")(found)
    assert HasField(b"Room")(found)
    assert not HasField(b"Sum")(found)
    assert predicate(ClientSees(b"HTTP/1.1 200 OK\r\n"))(found)
    assert predicate(ClientSees(b"\r\n\r\nhellosum: 1\r\n"))(found)


def test_streams_are_told_apart() -> None:
    """One breaks, the other goes on."""
    paths = {1: "/a", 3: "/b"}
    sent = [client_events(What.SENT, h2.preface(), 0, 0)] + [
        client_events(What.SENT, h2.headers(stream, Get(path, version="2").pairs(), end_stream=True), stream, number)
        for number, (stream, path) in enumerate(paths.items(), 1)
    ]
    got = [
        client_events(What.RECEIVED, h2.settings(), 0, 0),
        client_events(What.RECEIVED, BEGIN, 1, 1),
        client_events(What.RECEIVED, h2.headers(3, h2.answers()), 3, 2),
        client_events(What.RECEIVED, h2.rst_stream(1, CODE), 1, 1),
        client_events(What.RECEIVED, h2.data(3, b"hi", end_stream=True), 3, 2),
    ]
    asked = tuple(Asked(1, number, "GET", path) for number, path in enumerate(paths.values(), 1))
    transcript = Transcript("a/b", "", Player("here"), False, "p", asked, (*sent, *got))
    first, second = (facts(transcript, each) for each in asked)
    assert (first.outcome, first.code, first.content) == (Outcome.CUT_SHORT, "INTERNAL_ERROR", b"")
    assert (second.complete, second.content) == (True, b"hi")


pieces = st.sampled_from([
    BEGIN, HELLO, TRAILERS, h2.data(1, b"x"), h2.data(1, end_stream=True), h2.rst_stream(1), h2.rst_stream(3),
    h2.goaway(0, 0), h2.goaway(2, 1), h2.headers(1, h2.answers(103)), h2.headers(1, b"\xff"), h2.ping(), b"HTTP/1.1 2",
    h2.frame(0x42, 1, 1, b"?"), h2.headers(1, [(b":status", b"x")]), h2.settings({4: 2**31}), b"\0\0\x09\x01",
])  # fmt: skip


@given(st.lists(pieces, max_size=5), st.lists(st.sampled_from([What.ENDED, What.BROKEN]), max_size=1))
def test_the_outcome_is_total(answer: list[bytes], ends: list[What]) -> None:
    found = told(b"".join(answer), *ends)
    assert found.outcome in set(Outcome)
    assert not (found.complete and found.outcome in (Outcome.CUT_SHORT, Outcome.HUNG, Outcome.NO_ANSWER))
