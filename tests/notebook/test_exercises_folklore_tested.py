"""The checks of notebook 10: right once, wrong in several ways, and three dots are no answer."""

import asyncio
from functools import cache

import pytest

from lab.notebook import Compared, perform_all, perform_comparison
from lab.notebook.exercises import folklore_tested as exercise
from lab.notebook.exercising import State
from lab.outcome import Facts


@cache
def _compared() -> Compared:
    """Performed once for all of these tests."""
    return asyncio.run(perform_comparison(over=()))


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        ({"own copy": "clearing the cache", "a minute": "waiting"}, State.RIGHT),
        ({"own copy": "another client", "refused": "another upstream"}, State.RIGHT),
        ({"own copy": "asking again"}, State.LOOK_AGAIN),
        ({"once": "reloading"}, State.LOOK_AGAIN),
        ({"own copy": "praying"}, State.LOOK_AGAIN),
        ({"own copy": ["waiting"]}, State.LOOK_AGAIN),
        ({"elsewhere": "waiting"}, State.LOOK_AGAIN),
        ("waiting", State.LOOK_AGAIN),
        ({}, State.LOOK_AGAIN),
        ({"own copy": ...}, State.NOT_YET),
    ],
)
def test_chosen_asks_what_was_tried(answer: object, state: State) -> None:
    assert exercise.chosen(answer, _compared()).state is state


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        ("another connection", State.RIGHT),
        ({"another connection"}, State.RIGHT),
        ("reloading", State.LOOK_AGAIN),
        ({"another connection", "waiting"}, State.LOOK_AGAIN),
        (0, State.LOOK_AGAIN),
        (..., State.NOT_YET),
    ],
)
def test_cures_nowhere_is_a_row_without_a_cure(answer: object, state: State) -> None:
    assert exercise.cures_nowhere(answer, _compared()).state is state


@pytest.mark.parametrize(
    ("answer", "state"), [(0, State.RIGHT), (4, State.LOOK_AGAIN), ("0", State.LOOK_AGAIN), (..., State.NOT_YET)]
)
def test_became_502_counts_on_the_client_connection_alone(answer: object, state: State) -> None:
    assert exercise.became_502(answer, _compared()).state is state


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        ({"fields", "direct"}, State.RIGHT),
        ({"fields"}, State.LOOK_AGAIN),
        ({"fields", "direct", "saves-bytes"}, State.LOOK_AGAIN),
        ({"other"}, State.LOOK_AGAIN),
        (None, State.LOOK_AGAIN),
        (..., State.NOT_YET),
    ],
)
def test_fails_altogether_is_what_came_of_the_claims(answer: object, state: State) -> None:
    claims = ("fields", "direct", "saves-bytes", "protects")
    assert exercise.fails_altogether(answer, _compared(), claims).state is state


@pytest.mark.anyio
async def test_a_robot_is_right_if_it_is_silent_and_notices() -> None:
    runs = await perform_all(["first/all_is_well", "first/not_modified", "first/broken_promise"])
    stores = ["caching_304/too_old", "caching_304/both_ask", "stale_or_502/hangs_up[a plain client]"]
    runs_of_stores = await perform_all(stores)
    answers = {run.name: run.exchanges[-1] for run in (*runs, *runs_of_stores)}

    def good(answer: Facts) -> bool:
        return answer.status in (200, 304) and answer.complete and "ttl=-" not in answer.cache_status

    assert exercise.robot(good, answers).state is State.RIGHT
    for wrong in (
        lambda answer: answer.status == 200,
        lambda answer: answer.status in (200, 304),
        lambda answer: answer.complete,
        lambda answer: good(answer) and "age" not in dict(answer.fields),
        lambda answer: answer.status in (200, 304) and answer.complete and "stale" not in answer.cache_status,
        lambda answer: answer.no_such_thing,
        lambda: True,
        True,
    ):
        assert exercise.robot(wrong, answers).state is State.LOOK_AGAIN  # type: ignore[arg-type]
    assert exercise.robot(lambda answer: ..., answers).state is State.NOT_YET
    assert exercise.robot(..., answers).state is State.NOT_YET  # type: ignore[arg-type]
