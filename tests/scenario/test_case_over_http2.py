"""What of a case is asked over HTTP/2, and what a client that speaks it needs."""

from typing import Any

import pytest

from lab import h2
from lab.expect import Answers, HasField, Must, Question
from lab.rfc import RFC
from lab.scenario import Act, Case, Scenario, Together
from lab.scenario.rehearsal import rehearse
from lab.script import Get, ReceiveRequest, Request, Send, Stall

ANSWER = [ReceiveRequest(), Send(b"HTTP/1.1 204 No Content\r\n\r\n")]
BY_HAND = [Send(h2.preface(), h2.headers(1, h2.asks(b"PUT", b"/here"), end_stream=True)), Stall()]


def case(client: Any, upstream: Any = ANSWER, expect: Any = (Question("Is it a 204?", Answers(204)),)) -> Case:
    return Case(Scenario(lesson="l", guess="g", client=client, upstream=upstream, expect=expect))


def versions(given: Case) -> list[str]:
    return [client.version for act in given.acts() for client in act.clients() if isinstance(client, Request)]


@pytest.mark.parametrize(
    "client", [Get("/"), Get("/", version="2"), Together(Get("/a"), Get("/b")), Get("/", b"Expect: 100-continue\r\n")]
)
def test_a_request_can_be_asked_over_http_2(client: Any) -> None:
    over = case(client).over_http2()
    assert over is not None
    assert set(versions(over)) == {"2"}
    assert over.needs == {"h2"}
    assert set(versions(over.control())) == {"2"}
    assert over.name == case(client).name


@pytest.mark.parametrize(
    "client", [Get("/", version="1.0"), [Send(b"GET / HTTP/1.1\r\n\r\n")], BY_HAND, Get("/", b"Upgrade: chat\r\n"),
               Together(Get("/a"), Get("/b", version="1.0"))]
)  # fmt: skip
def test_what_is_another_story_over_http_2(client: Any) -> None:
    assert case(client).over_http2() is None


def test_a_field_that_http_2_forbids_is_another_story() -> None:
    must = Must("it says to what", HasField(b"Upgrade"), RFC(9110, "15.5.22"), "a server MUST")
    assert case(Get("/"), expect=[must]).over_http2() is None


@pytest.mark.parametrize(("client", "needs"), [(BY_HAND, {"h2"}), (Get("/", version="2"), {"h2"}), (Get("/"), set())])
def test_whoever_speaks_http_2_needs_a_gateway_that_does(client: Any, needs: set[str]) -> None:
    assert case(client).needs == needs


@pytest.mark.parametrize("client", [BY_HAND, Request("PUT", "/here", version="2")])
def test_a_script_is_rehearsed_with_the_request_as_an_upstream_gets_it(client: Any) -> None:
    seen: list[tuple[bytes, bytes, bytes]] = []

    def upstream():  # type: ignore[no-untyped-def]
        request = yield ReceiveRequest()
        seen.append((request.method, request.target, request.version))
        yield Send(b"HTTP/1.1 204 No Content\r\n\r\n")

    rehearse(case(client, upstream))
    assert seen == [(b"PUT", b"/here", b"1.1")]


def test_acts_are_asked_over_http_2_one_by_one() -> None:
    acts = [Act(client=Get("/a"), upstream=ANSWER), Act(client=Get("/b"), reuse=True)]
    over = Case(Scenario(lesson="l", guess="g", acts=acts)).over_http2()
    assert over is not None
    assert versions(over) == ["2", "2"]
    assert over.acts()[1].reuse
