"""What is built for a cell: pure, from a scenario to the three acts that are performed."""

from typing import Any

import pytest

from lab import (
    FIELDS,
    BlackHole,
    Close,
    Connections,
    Get,
    Peer,
    ReceiveRequest,
    Refuse,
    Request,
    Send,
    StartTLS,
    Together,
    UnixSocket,
    Upstreams,
)
from lab import h1 as builders
from lab.expect import Answers, Question
from lab.grid import Asking, SetUp, State, build, control, fields, questions, why_not
from lab.grid import Question as Cell
from lab.grid.states import FRESHNESS
from lab.h1 import Reader
from lab.scenario import Act, Case, Scenario, act_peers
from lab.scenario.rehearsal import SAMPLE, rehearse
from lab.script import fill
from tests.catalogue.catalogue import catalogue

WRONG = Send(b"HTTP/1.1 200 OK\r\n", FIELDS, b"\r\n", wrong="no length", right=Send(b"HTTP/1.1 204 No Content\r\n\r\n"))
SCRIPT = [ReceiveRequest(), WRONG]


def case(client: Any = None, upstream: Any = SCRIPT, **more: Any) -> Case:
    given = {"client": client or Get("/report"), "upstream": upstream, "expect": [Question("A 502?", Answers(502))]}
    return Case(Scenario(lesson="None.", guess="None?", reports=["http_response_incomplete"], **{**given, **more}))


def test_a_case_has_fifteen_cells() -> None:
    assert [(each.state, each.asking) for each in questions([case()])] == [(s, a) for s in State for a in Asking]


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (case(), ""),
        (case(Get("/", b"Accept: text/html\r\n")), ""),
        (case(Get("/", version="1.0")), "it is asked over HTTP/1.0"),
        (case(Get("/", version="2")), "it is asked over HTTP/2"),
        (case(Request("POST", "/", content=b"x")), "it asks with POST and content: a store answers GET"),
        (case(Request("HEAD", "/")), "it asks with HEAD: a store answers GET"),
        (case([Send(b"GET / HTTP/1.1\r\n\r\n"), Close()]), "its client writes its bytes itself"),
        (case(Together(Get("/a"), Get("/b"))), "its requests come side by side"),
        (
            Case(Scenario(lesson="None.", guess="None?", acts=[Act(client=Get("/"), upstream=SCRIPT)] * 2)),
            "it has several requests, each with a part of its own in the story",
        ),
    ],
)
def test_which_cases_can_be_replayed(given: Case, why: str) -> None:
    assert why_not(given) == why


def test_three_acts_and_the_second_is_the_scenario_s_own() -> None:
    primed, met, last = build(Cell(case(), State.STALE, Asking.PLAIN)).acts()
    assert act_peers(met) == act_peers(case().acts()[0])
    assert [act.clock for act in (primed, met, last)] == [0, 120, 600]
    assert not any(act.reuse or act.expect for act in (primed, met, last))


def test_cold_is_not_primed() -> None:
    acts = build(Cell(case(), State.COLD, Asking.PLAIN)).acts()
    assert [act.clock for act in acts] == [120, 600]


@pytest.mark.parametrize("state", FRESHNESS)
def test_the_good_answer_has_the_freshness_of_the_state(state: State) -> None:
    first = rehearse(build(Cell(case(), state, Asking.PLAIN))).scripts[0]
    (answer,) = first.answers()
    assert b"\r\nCache-Control: " + FRESHNESS[state] + b"\r\n" in answer.data
    assert b'\r\nETag: "v1"\r\n' in answer.data
    assert b"\r\nConnection: close\r\n" in answer.data
    assert answer.clean_end
    assert not list(builders.readings(answer.data, method=b"GET", clean_end=True)[0].repairs)


@pytest.mark.parametrize(
    ("asking", "sent"),
    [
        (Asking.PLAIN, []),
        (Asking.MATCHING, [b'If-None-Match: "v1"\r\n']),
        (Asking.NON_MATCHING, [b'If-None-Match: "v0"\r\n']),
    ],
)
def test_only_the_second_request_has_a_condition(asking: Asking, sent: list[bytes]) -> None:
    own = Get("/report", b"Accept: */*\r\n", b'If-None-Match: "mine"\r\n', b"if-modified-since: yesterday\r\n")
    clients = [act.client for act in build(Cell(case(own), State.FRESH, asking)).acts()]
    assert [isinstance(client, Request) and client.fields for client in clients] == [
        (b"Accept: */*\r\n",),
        (b"Accept: */*\r\n", *sent),
        (b"Accept: */*\r\n",),
    ]


@pytest.mark.parametrize(
    ("faulty", "healthy"),
    [
        (Peer(SCRIPT), Peer(())),
        (Refuse(wrong="nobody", right=SCRIPT), Peer(())),
        (BlackHole(wrong="silence", right=SCRIPT), Peer(())),
        (Peer(Connections([Close()], otherwise=SCRIPT)), Peer(())),
        (Peer([StartTLS(), *SCRIPT]), Peer((), secure=True)),
        (Peer(SCRIPT, secure=True), Peer((), secure=True)),
        (Peer([StartTLS(), *SCRIPT], secure=False), Peer((), secure=False)),
        (Peer(SCRIPT, server_name="other.test"), Peer((), server_name="other.test")),
        (Peer(SCRIPT, first_address="refuses"), Peer((), first_address="listens")),
        (UnixSocket(SCRIPT), UnixSocket([Close()])),
        (UnixSocket(found="stale", wrong="gone", right=SCRIPT), UnixSocket([Close()])),
    ],
)
def test_the_healthy_upstream_stands_where_the_faulty_one_does(faulty: Any, healthy: Peer) -> None:
    primed, _, last = build(Cell(case(upstream=faulty), State.STALE, Asking.PLAIN)).acts()
    for act in (primed, last):
        (peer,) = act_peers(act) or ()
        assert type(peer) is type(healthy)
        assert isinstance(peer, Peer)
        assert peer.listens
        assert (peer.uses_tls, peer.server_name, peer.first_address) == (
            healthy.uses_tls, healthy.server_name, healthy.first_address,
        )  # fmt: skip


def test_each_of_several_upstreams_has_a_healthy_one() -> None:
    acts = build(Cell(case(upstream=Upstreams(Refuse(), SCRIPT)), State.STALE, Asking.PLAIN)).acts()
    assert [len(act_peers(act) or ()) for act in acts] == [2, 2, 2]


def test_scenarios_with_the_same_set_up_have_equal_ones() -> None:
    assert SetUp.of(case()) == SetUp.of(case(upstream=Refuse(wrong="nobody", right=SCRIPT)))
    assert SetUp.of(case()) != SetUp.of(case(Get("/other")))
    assert SetUp.of(case()) != SetUp.of(case(needs=["interim"]))
    assert SetUp.of(case()) != SetUp.of(case(upstream=[StartTLS(), *SCRIPT]))


def test_a_control_differs_in_the_second_act_alone() -> None:
    built, of_control = (
        tuple(map(act_peers, each.acts()))
        for each in (
            build(Cell(case(), State.STALE, Asking.PLAIN)),
            control(SetUp.of(case()), State.STALE, Asking.PLAIN),
        )
    )
    assert [repr(a) == repr(b) for a, b in zip(built, of_control, strict=True)] == [True, False, True]


@pytest.mark.parametrize(
    ("lines", "added"),
    [
        ((), b'ETag: "v2"\r\nCache-Control: max-age=3600\r\n'),
        ((b'etag: "mine"\r\n',), b"Cache-Control: max-age=3600\r\n"),
        ((b"Cache-Control : no-store\r\n",), b'ETag: "v2"\r\n'),
        ((b"Expires: 0\r\n", b"ETag:\r\n"), b""),
    ],
)
def test_the_fields_that_the_grid_adds(lines: tuple[bytes, ...], added: bytes) -> None:
    hint = Send(b"HTTP/1.1 103 Early Hints\r\nETag: x\r\n\r\n")
    answer = Send(b"HTTP/1.1 200 OK\r\n", FIELDS, *lines, b"\r\n", b"Expires: in the content\r\n")
    assert fields(case(upstream=[ReceiveRequest(), hint, answer])) == added


REPLAYED = [each for each in catalogue().all_cases() if not why_not(each)]


def test_every_answer_with_a_header_section_has_its_place_for_them() -> None:
    assert len(REPLAYED) >= 180
    lacking = [each.name for each in REPLAYED if fields(each) and not all(map(_has_its_place, _answers(each)))]
    assert lacking == []


def test_the_fields_add_no_fault_of_their_own() -> None:
    spoilt = [each.name for each in REPLAYED if _anomalies(each, b"") != _anomalies(each, fields(each))]
    assert spoilt == []


def _answers(given: Case) -> list[Any]:
    return [answer for script in rehearse(given).scripts if script.peer for answer in script.answers()]


def _has_its_place(answer: Any) -> bool:
    """A final status line and a whole line behind it are a header section."""
    lines = [line for step in answer.steps if isinstance(step, Send) for line in step.lines]
    data = answer.data
    while data.startswith(b"HTTP/1.1 1") and b"\r\n\r\n" in data and not data.startswith(b"HTTP/1.1 101"):
        data = data.partition(b"\r\n\r\n")[2]
    head = data.partition(b"\n")
    return not (head[0].startswith(b"HTTP/1.") and b"\n" in head[2]) or FIELDS in lines


def _anomalies(given: Case, added: bytes) -> list[list[str]]:
    found = []
    for answer in _answers(given):
        reader = Reader("response", method=b"GET")
        reader.feed(b"".join(fill(s.lines, {**SAMPLE, FIELDS: added}) for s in answer.steps if isinstance(s, Send)))
        list(reader.events())
        if answer.clean_end is not None:
            reader.close(clean=answer.clean_end)
            list(reader.events())
        found.append([anomaly.kind.name for anomaly in reader.anomalies])
    return found
