"""The checks of notebook 07: right once, wrong in several ways, and three dots are no answer."""

import pytest

from lab import NONCE, Act, Answers, Get, Pause, Question, ReceiveRequest, Scenario, Send
from lab.gateways.reference import Reference
from lab.notebook import perform, perform_all
from lab.notebook.exercises import the_keep_alive_race as exercise
from lab.notebook.exercising import State

pytestmark = pytest.mark.anyio


async def test_requests_read_counts_the_retry() -> None:
    run = await perform("reuse_races/race_with_a_get[closed]")
    assert exercise.requests_read(3, run).state is State.RIGHT
    assert exercise.requests_read(2, run).state is State.LOOK_AGAIN
    assert exercise.requests_read("GET", run).state is State.LOOK_AGAIN
    assert "number" in exercise.requests_read("3", run).text
    assert exercise.requests_read(..., run).state is State.NOT_YET
    once = await perform("reuse_races/race_with_a_post[closed]")
    assert exercise.requests_read(2, once).state is State.RIGHT


async def test_sent_again_are_the_methods_that_the_upstream_was_asked_for_twice() -> None:
    runs = await perform_all(["reuse_races/race_with_a_get", "reuse_races/race_with_a_post"])
    assert exercise.sent_again({"GET"}, runs).state is State.RIGHT
    assert exercise.sent_again(["get"], runs).state is State.RIGHT
    for wrong in ({"GET", "POST"}, set(), {"POST"}, 7, "POST"):
        assert exercise.sent_again(wrong, runs).state is State.LOOK_AGAIN
    assert exercise.sent_again({"GET", ...}, runs).state is State.NOT_YET


async def test_shorter_one_is_computed_from_who_ended_the_connection() -> None:
    upstream_first = await perform("reuse_races/closed_while_idle")
    gateway_first = await perform(_idle_for(0.1), gateway=Reference(idle=0.02))
    assert (exercise.ended_by(upstream_first), exercise.ended_by(gateway_first)) == ("upstream", "gateway")
    assert exercise.shorter_one("gateway", upstream_first, gateway_first).state is State.RIGHT
    for wrong in ("upstream", "client", 3):
        assert exercise.shorter_one(wrong, upstream_first, gateway_first).state is State.LOOK_AGAIN
    assert exercise.shorter_one("gateway", gateway_first, upstream_first).state is State.LOOK_AGAIN
    assert exercise.shorter_one(..., upstream_first, gateway_first).state is State.NOT_YET


def _idle_for(seconds: float) -> Scenario:
    """The upstream waits for a second request, which comes so much later."""
    ok = Send(b"HTTP/1.1 200 OK\r\n", NONCE, b"Content-Length: 0\r\n", b"\r\n")
    later = [Pause(seconds), Send(b"GET /report HTTP/1.1\r\nHost: lab.test\r\n\r\n")]
    answered = [Question("Is it answered?", Answers(200))]
    return Scenario(
        lesson="The gateway closes what is idle.",
        guess="Who closes?",
        acts=[
            Act(client=Get("/report"), upstream=[ReceiveRequest(), ok], expect=answered),
            Act(client=later, upstream=[ReceiveRequest(), ok], expect=answered),
        ],
        reports=[],
        needs=["reuse"],
    )


def test_one_in_is_the_share_of_requests_in_the_time_that_an_end_travels() -> None:
    assert exercise.one_in(500, requests_per_second=4, milliseconds=0.5).state is State.RIGHT
    assert exercise.one_in(50, requests_per_second=2, milliseconds=10).state is State.RIGHT
    for wrong in (2000, 0.002, 0, "500", 1 / 3):
        assert exercise.one_in(wrong, requests_per_second=4, milliseconds=0.5).state is State.LOOK_AGAIN
    assert "share" in exercise.one_in(0.002, requests_per_second=4, milliseconds=0.5).text
    assert exercise.one_in(..., requests_per_second=4, milliseconds=0.5).state is State.NOT_YET


@pytest.mark.parametrize(
    ("line", "state"),
    [
        (b"Connection: close\r\n", State.RIGHT),
        (b"connection: foo, CLOSE\r\n", State.RIGHT),
        (b"Connection: keep-alive\r\n", State.LOOK_AGAIN),
        (b"Close: yes\r\n", State.LOOK_AGAIN),
        (b"Connection: close", State.LOOK_AGAIN),
        ("Connection: close\r\n", State.LOOK_AGAIN),
        (..., State.NOT_YET),
    ],
)
async def test_announced_performs_the_line(line: object, state: State) -> None:
    assert (await exercise.announced(line)).state is state
