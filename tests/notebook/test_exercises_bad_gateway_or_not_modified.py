"""The checks of notebook 09: right once, wrong in several ways, and three dots are no answer."""

import pytest

from lab import Answers, Get, Question, ReceiveRequest, Scenario, Send
from lab.notebook import perform_grid
from lab.notebook.exercises import bad_gateway_or_not_modified as exercise
from lab.notebook.exercising import State

pytestmark = pytest.mark.anyio

RIGHT = {"cold": 502, "fresh": 200, "stale": 502, "stale-if-error": 200, "must-revalidate": 504}


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        (RIGHT, State.RIGHT),
        ({**RIGHT, "must-revalidate": 502}, State.LOOK_AGAIN),
        ({**RIGHT, "fresh": 502, "cold": 200}, State.LOOK_AGAIN),
        ({"cold": 502}, State.LOOK_AGAIN),
        (502, State.LOOK_AGAIN),
        ({state: str(status) for state, status in RIGHT.items()}, State.LOOK_AGAIN),
        ({**RIGHT, "stale": None}, State.LOOK_AGAIN),
        ({**RIGHT, "stale": ...}, State.NOT_YET),
    ],
)
async def test_predicted_performs_the_fault_in_each_state(answer: object, state: State) -> None:
    assert (await exercise.predicted(answer, "first/nobody_home")).state is state


async def test_stale_for_is_read_from_cache_status() -> None:
    grid = await perform_grid("first/nobody_home", clients=["plain"])
    cell = grid.cell("stale-if-error")
    assert exercise.stale_for(60, cell).state is State.RIGHT
    for wrong in (-60, 120, "60", None):
        assert exercise.stale_for(wrong, cell).state is State.LOOK_AGAIN
    assert exercise.stale_for(..., cell).state is State.NOT_YET


async def test_wrong_afterwards_counts_the_states_in_which_the_error_goes_on() -> None:
    lines = (b"HTTP/1.1 502 Bad Gateway\r\n", b"Cache-Control: max-age=3600\r\n", b"Content-Length: 0\r\n", b"\r\n")
    kept = Scenario(
        lesson="It is kept.",
        guess="Is it?",
        client=Get("/report"),
        upstream=[ReceiveRequest(), Send(*lines, watch="an error that may be kept")],
        reports=[],
        expect=[Question("Is it a 502?", Answers(502))],
    )
    grid = await perform_grid(kept, clients=["plain"])
    assert exercise.wrong_afterwards(3, grid).state is State.RIGHT
    for wrong in (0, 5, "3"):
        assert exercise.wrong_afterwards(wrong, grid).state is State.LOOK_AGAIN
    assert exercise.wrong_afterwards(..., grid).state is State.NOT_YET
    assert grid.count("failure stored") == 3


@pytest.mark.parametrize(
    ("directives", "state"),
    [
        (b"max-age=60, stale-if-error=3600", State.RIGHT),
        (b"max-age=60", State.LOOK_AGAIN),
        (b"max-age=10000", State.LOOK_AGAIN),
        (b"max-age=60, stale-if-error=99999", State.LOOK_AGAIN),
        (b"max-age=60, stale-if-error=7200", State.LOOK_AGAIN),
        (b"max-age=60, stale-if-error=600", State.LOOK_AGAIN),
        (b"max-age=30, stale-if-error=3600", State.LOOK_AGAIN),
        (b"max-age=90, stale-if-error=3600", State.LOOK_AGAIN),
        (b"max-age=60, stale-if-error=3600, must-revalidate", State.LOOK_AGAIN),
        (b"no-store", State.LOOK_AGAIN),
        (b"x\r\nSet-Cookie: a", State.LOOK_AGAIN),
        ("max-age=60, stale-if-error=3600", State.LOOK_AGAIN),
        (..., State.NOT_YET),
    ],
)
async def test_saves_for_an_hour_performs_the_outage(directives: object, state: State) -> None:
    assert (await exercise.saves_for_an_hour(directives)).state is state
