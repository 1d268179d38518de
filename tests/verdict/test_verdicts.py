"""Expectations held against transcripts: each kind kept and broken, and when nothing can be said at all."""

from dataclasses import replace

import pytest

from lab.expect import Answers, Expectation, Fitting, Follows, Must, MustNot, Question, Should, ShouldNot
from lab.rfc import RFC
from lab.scenario import Act, Case, Scenario
from lab.script import Close, Get, ReceiveRequest, Send
from lab.script.playing import nonce
from lab.transcript import CLIENT_HOP, Asked, Event, Player, Transcript, What
from lab.verdict import Verdict, judge, not_applicable

OK = b"HTTP/1.1 200 OK\r\nLab-Nonce: a.1.1.1\r\nContent-Length: 2\r\n\r\nok"
CLAUSE = RFC(9112, "6.3")
KINDS = [
    (Must("it is a 200", Answers(200), CLAUSE), "conforms"),
    (Must("it is a 502", Answers(502), CLAUSE), "deviates"),
    (MustNot("it is a 502", Answers(502), CLAUSE), "conforms"),
    (MustNot("it is a 200", Answers(200), CLAUSE), "deviates"),
    (Should("it is a 200", Answers(200), CLAUSE), "conforms"),
    (Should("it is a 502", Answers(502), CLAUSE), "inadvisable"),
    (ShouldNot("it is a 502", Answers(502), CLAUSE), "conforms"),
    (ShouldNot("it is a 200", Answers(200), CLAUSE), "inadvisable"),
    (Fitting("it is a 200", Answers(200), CLAUSE), "conforms"),
    (Fitting("it is a 502", Answers(502), CLAUSE), "inadvisable"),
    (Follows("it is a 200", Answers(200), CLAUSE, "so it was sent"), "conforms"),
    (Follows("it is a 502", Answers(502), CLAUSE, "we say so"), "unsound"),
    (Question("Is it a 200?", Answers(200)), "yes"),
    (Question("Is it a 502?", Answers(502)), "no"),
]


def scenario(*expect: Expectation, reports: tuple[str, ...] = ()) -> Scenario:
    close = Close(wrong="Too early.", right=Send(OK)) if reports else Send(OK)
    return Scenario(
        lesson="One.", guess="Which?", client=Get("/"), upstream=[ReceiveRequest(), close], expect=expect,
        reports=reports, address="chapter/name",
    )  # fmt: skip


def transcript(*more: Event, answer: bytes = OK) -> Transcript:
    events = (
        Event(1, 0, 1, What.OPENED, request=1),
        Event(2, 1, 1, What.RECEIVED, data=b"GET / HTTP/1.1\r\nHost: lab.test\r\n\r\n"),
        Event(3, 1, 1, What.REQUEST, detail="GET /"),
        Event(4, 1, 1, What.SENT, data=answer),
        Event(5, 1, 1, What.ANSWERED, detail="a.1.1.1"),
        Event(6, 0, 1, What.RECEIVED, data=answer, request=1),
    )
    return Transcript("chapter/name", "", Player("here"), False, "a", (Asked(1, 1, "GET", "/"),), (*events, *more))


DELIVERED = Event(7, 1, 1, What.DELIVERED, detail="Too early.")
ANY = Question("Is it a 200?", Answers(200))


@pytest.mark.parametrize(("expectation", "verdict"), KINDS, ids=[f"{type(e).__name__} {v}" for e, v in KINDS])
def test_each_kind_kept_and_broken(expectation: Expectation, verdict: str) -> None:
    found = judge(Case(scenario(expectation)), transcript())
    assert [each.verdict for each in found.judged] == [verdict]
    assert found.verdict == ("conforms" if verdict in ("yes", "no") else verdict)


def test_the_worst_verdict_counts() -> None:
    by_name = {verdict: expectation for expectation, verdict in KINDS}
    for worst, others in (
        ("deviates", ("unsound", "inadvisable", "conforms")),
        ("unsound", ("inadvisable", "conforms", "no")),
        ("inadvisable", ("conforms", "no")),
    ):
        for other in others:
            found = judge(Case(scenario(by_name[other], by_name[worst])), transcript())
            assert found.verdict == worst


def test_a_fault_that_took_effect_is_judged_and_one_that_did_not_is_not() -> None:
    case = Case(scenario(ANY, reports=("connection_terminated",)))
    assert judge(case, transcript(DELIVERED), transcript()).verdict is Verdict.CONFORMS
    found = judge(case, transcript(), transcript())
    assert (found.verdict, found.delivered) == (Verdict.INCONCLUSIVE, False)
    assert [each.verdict for each in found.judged] == [Verdict.INCONCLUSIVE]


def test_a_gateway_that_made_no_connection_is_told_apart() -> None:
    story = Case(scenario(ANY, reports=("connection_terminated",)))
    front = tuple(event for event in transcript().events if event.hop == CLIENT_HOP)
    assert judge(story, transcript(Event(2, 1, 1, What.OPENED))).why == "the fault never took effect"
    by_itself = judge(story, replace(transcript(), events=front))
    assert by_itself.why == "the gateway answered 200 by itself, without a connection to the upstream"
    silent = tuple(event for event in front if event.what is not What.RECEIVED)
    assert judge(story, replace(transcript(), events=silent)).why.startswith("no answer came, and nothing shows")


def test_what_is_only_watched_is_no_fault_that_took_effect() -> None:
    story = replace(scenario(ANY, reports=("connection_terminated",)), upstream=[
        ReceiveRequest(watch="Slowly."), Close(wrong="Too early.", right=Send(OK)),
    ])  # fmt: skip
    slowly = replace(DELIVERED, detail="Slowly.")
    assert judge(Case(story), transcript(slowly), transcript()).verdict is Verdict.INCONCLUSIVE
    assert judge(Case(story), transcript(slowly, DELIVERED), transcript()).verdict is Verdict.CONFORMS


@pytest.mark.parametrize(
    ("control", "verdict"),
    [
        (transcript(answer=OK[:-1]), "inconclusive"),
        (replace(transcript(), failure="it did not start"), "inconclusive"),
        (transcript(answer=b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n"), "conforms"),  # the upstream's own
        (transcript(), "conforms"),
    ],
    ids=["cut", "failed", "another status", "complete"],
)
def test_where_the_control_did_not_come_through_nothing_is_said(control: Transcript, verdict: str) -> None:
    case = Case(scenario(ANY, reports=("connection_terminated",)))
    assert judge(case, transcript(DELIVERED), control).verdict == verdict


def test_where_no_connection_is_used_again_there_is_no_race_to_judge() -> None:
    story = replace(scenario(ANY, reports=("connection_terminated",)), needs=["reuse"])
    again = transcript(Event(9, 1, 1, What.REQUEST, act=2, detail="GET /"))
    another = transcript(Event(9, 1, 2, What.REQUEST, act=2, detail="GET /"))
    assert judge(Case(story), transcript(DELIVERED), again).verdict is Verdict.CONFORMS
    assert judge(Case(story), transcript(DELIVERED), another).verdict is Verdict.NOT_APPLICABLE


def test_where_no_switch_of_protocols_was_offered_there_is_none_to_judge() -> None:
    story = replace(scenario(ANY), needs=["upgrade"])
    asked = Event(3, 1, 1, What.RECEIVED, data=b"GET / HTTP/1.1\r\nUpgrade: websocket\r\n\r\n")
    assert judge(Case(story), transcript(asked)).verdict is Verdict.CONFORMS
    assert judge(Case(story), transcript()).verdict is Verdict.NOT_APPLICABLE


@pytest.mark.parametrize("need", ["interim", "upgrade"])
def test_whoever_asks_in_http_1_0_can_be_sent_no_interim_response(need: str) -> None:
    story = replace(scenario(ANY), needs=[need])
    opened, asked, *rest = transcript().events
    asked = replace(asked, data=b"GET / HTTP/1.0\r\nUpgrade: websocket\r\n\r\n")
    found = judge(Case(story), replace(transcript(), events=(opened, asked, *rest)))
    assert (found.verdict, found.why[:23]) == (Verdict.NOT_APPLICABLE, "it asked in HTTP/1.0, a")


def test_where_the_lab_failed_nothing_is_said() -> None:
    case = Case(scenario(ANY))
    assert judge(case, replace(transcript(), failure="no port")).why == "no port"
    failed = judge(case, transcript(Event(8, 1, 1, What.SCRIPT_FAILED, detail="ZeroDivisionError")))
    assert failed.verdict is Verdict.INCONCLUSIVE
    assert "ZeroDivisionError" in failed.why


@pytest.mark.parametrize(
    ("signed", "verdict"),
    [(nonce("b", 1, 1, 1), "inconclusive"), (nonce("a", 2, 3, 4), "conforms"), (b"mine", "conforms")],
)
def test_an_answer_to_an_earlier_performance_is_not_judged(signed: bytes, verdict: str) -> None:
    """A gateway that ran before the lab came may have stored it."""
    answer = OK.replace(b"a.1.1.1", signed)
    received = Event(6, 0, 1, What.RECEIVED, data=answer, request=1)
    found = judge(Case(scenario(KINDS[0][0])), replace(transcript(), events=(*transcript().events[:-1], received)))
    assert found.verdict == verdict
    assert ("switch the gateway's cache off" in found.why) is (verdict == "inconclusive")


def test_an_upstream_that_was_never_asked_is_a_finding() -> None:
    first = Act(client=Get("/"), upstream=[ReceiveRequest(), Send(OK)], expect=(ANY,))
    second = Act(client=Get("/"), upstream=[ReceiveRequest(), Close(wrong="No.", right=Send(OK))], expect=(ANY,))
    case = Case(Scenario(lesson="One.", guess="Which?", acts=[first, second], reports=["connection_terminated"]))
    again = Event(9, 0, 2, What.RECEIVED, act=2, data=OK, request=1)
    stored = replace(transcript(again), asked=(Asked(1, 1, "GET", "/"), Asked(2, 1, "GET", "/")))
    assert judge(case, stored, stored).verdict is Verdict.NOT_REACHED
    asked = replace(stored, events=(*stored.events, Event(8, 1, 1, What.RECEIVED, act=2, data=b"GET")))
    assert judge(case, asked, stored).verdict is Verdict.INCONCLUSIVE


def test_what_a_gateway_lacks_does_not_apply() -> None:
    found = not_applicable(Case(scenario(ANY)), transcript(), {"reuse", "cache"})
    assert (found.verdict, found.why) == (Verdict.NOT_APPLICABLE, "it lacks: cache, reuse")
