"""The checks of notebook 08: right once, wrong in several ways, and three dots are no answer."""

import pytest

from lab.notebook import perform
from lab.notebook.exercises import not_modified as exercise
from lab.notebook.exercising import State

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        ({"right", "star"}, State.RIGHT),
        (["star", "right"], State.RIGHT),
        ({"right"}, State.LOOK_AGAIN),
        ({"right", "star", "case"}, State.LOOK_AGAIN),
        ({"x"}, State.LOOK_AGAIN),
        (7, State.LOOK_AGAIN),
        ([["right"], ["star"]], State.LOOK_AGAIN),
        (..., State.NOT_YET),
    ],
)
async def test_gets_304_performs_each_condition(answer: object, state: State) -> None:
    conditions = {
        "right": b'If-None-Match: "v1"\r\n',
        "star": b"If-None-Match: *\r\n",
        "case": b'If-None-Match: "V1"\r\n',
    }
    assert (await exercise.gets_304(answer, conditions)).state is state


def test_must_be_in_it_is_what_the_standard_lists_and_the_200_has() -> None:
    section = b'HTTP/1.1 200 OK\r\nServer: x\r\nDate: now\r\nETag: "1"\r\nContent-Type: text/html\r\nExpires: 0\r\n\r\n'
    assert exercise.must_be_in_it({"ETag", "date", "Expires"}, section).state is State.RIGHT
    for wrong in ({"ETag", "Date"}, {"ETag", "Date", "Expires", "Server"}, {"Vary"}, "ETag", None):
        assert exercise.must_be_in_it(wrong, section).state is State.LOOK_AGAIN
    assert exercise.must_be_in_it(..., section).state is State.NOT_YET


async def test_on_both_connections_is_read_from_request_2() -> None:
    runs = {
        "store": await perform("caching_304/both_have_a_copy"),
        "asked": await perform("caching_304/too_old"),
    }
    assert exercise.on_both_connections({"store": (None, 304), "asked": (304, 200)}, runs).state is State.RIGHT
    assert exercise.on_both_connections({"store": [None, 304], "asked": [304, 200]}, runs).state is State.RIGHT
    in_quotes = {"store": ("None", "304"), "asked": ("304", "200")}
    for wrong in ({"store": (304, 304), "asked": (304, 200)}, {"store": (None, 304)}, in_quotes, "304", None):
        assert exercise.on_both_connections(wrong, runs).state is State.LOOK_AGAIN
    assert exercise.on_both_connections({"store": (..., ...), "asked": (304, 200)}, runs).state is State.NOT_YET


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        (300, State.RIGHT),
        (60, State.LOOK_AGAIN),
        (299, State.LOOK_AGAIN),
        (301, State.LOOK_AGAIN),
        ("300", State.LOOK_AGAIN),
        (True, State.LOOK_AGAIN),
        (..., State.NOT_YET),
    ],
)
async def test_stale_at_performs_a_second_before_and_at_the_answer(answer: object, state: State) -> None:
    assert (await exercise.stale_at(answer, b"max-age=60, s-maxage=300")).state is state
