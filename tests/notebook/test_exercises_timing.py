"""The checks of notebook 06: right once, wrong in several ways, and three dots are no answer."""

import pytest

from lab import Close, Get, Pause, ReceiveRequest, Refuse, Request, Reset, Send, Stall
from lab.notebook import perform, play
from lab.notebook.exercises import timing as exercise
from lab.notebook.exercising import State

pytestmark = pytest.mark.anyio

HEAD, END = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n", b"\r\nhello"


async def test_waited_is_what_the_client_saw() -> None:
    run = await perform("timing/silence")
    seen = exercise.took(run)
    assert seen is not None
    assert seen >= 240
    assert exercise.waited(round(seen), run).state is State.RIGHT
    for wrong in (seen / 2, seen * 2, 0.25, 504, "long", True):
        assert exercise.waited(wrong, run).state is State.LOOK_AGAIN
    assert exercise.waited(..., run).state is State.NOT_YET


async def test_who_gets_nothing_has_waited_for_nothing() -> None:
    run = await play(
        [ReceiveRequest(), Stall()], client=[Send(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"), Pause(0.05), Reset()]
    )
    assert exercise.took(run) is None
    assert exercise.waited(50, run).state is State.LOOK_AGAIN


async def test_error_types_are_those_that_the_gateway_reports() -> None:
    words = {"connections/black_hole": "connection_timeout", "timing/silence": "connection_read_timeout"}
    assert (await exercise.error_types(words, list(words))).state is State.RIGHT
    for wrong in (
        {**words, "timing/silence": "http_response_timeout"},
        {**words, "connections/black_hole": "connection_refused"},
        {**words, "timing/silence": 504},
        {**words, "timing/silence": ["connection_read_timeout"]},
        {"timing/silence": "connection_read_timeout"},
        {},
        {"timing/no_such": "connection_timeout"},
        ["connection_timeout"],
    ):
        assert (await exercise.error_types(wrong, list(words))).state is State.LOOK_AGAIN
    misspelt = await exercise.error_types({**words, "timing/silence": "read_timeout"}, list(words))
    assert "read_timeout is none of them" in misspelt.text
    assert (await exercise.error_types({**words, "timing/silence": ...}, list(words))).state is State.NOT_YET


async def test_clocks_are_held_against_what_the_clients_get() -> None:
    scripts = {
        "at once": [ReceiveRequest(), Send(HEAD, END)],
        "never": [ReceiveRequest(), Stall()],
        "hangs up": [ReceiveRequest(), Close()],
    }
    got = {"at once": 200, "never": 504, "hangs up": 502}
    assert (await exercise.clocks(got, scripts)).state is State.RIGHT
    for wrong in ({**got, "never": 502}, {**got, "at once": 504}, {"at once": 200}, 200, dict.fromkeys(got, "502")):
        assert (await exercise.clocks(wrong, scripts)).state is State.LOOK_AGAIN
    assert (await exercise.clocks({**got, "never": ...}, scripts)).state is State.NOT_YET


async def test_perhaps_done_is_what_has_been_received() -> None:
    order = Request("POST", "/orders", content=b"one bicycle")
    runs = {
        "refused": await play(Refuse(), client=order),
        "read": await play([ReceiveRequest(), Close()], client=order),
    }
    assert exercise.perhaps_done({"refused": False, "read": True}, runs).state is State.RIGHT
    for wrong in (
        {"refused": True, "read": True},
        {"refused": False, "read": False},
        {"refused": False},
        {"refused": "no", "read": "yes"},
        {"refused": [False], "read": [True]},
        {"refused": 0, "read": 1},
        False,
    ):
        assert exercise.perhaps_done(wrong, runs).state is State.LOOK_AGAIN
    assert exercise.perhaps_done({"refused": ..., "read": True}, runs).state is State.NOT_YET


async def test_slow_and_whole_keeps_every_clock_quiet() -> None:
    pieces = (step for letter in (b"h", b"e", b"l", b"l", b"o") for step in (Pause(0.11), Send(letter)))
    assert (await exercise.slow_and_whole([ReceiveRequest(), Send(HEAD, b"\r\n"), *pieces])).state is State.RIGHT


@pytest.mark.parametrize(
    "script",
    [
        [ReceiveRequest(), Send(HEAD, END)],
        [ReceiveRequest(), Pause(0.6), Send(HEAD, END)],
        [ReceiveRequest(), Send(HEAD, b"\r\n"), Pause(0.6), Send(b"hello")],
        [ReceiveRequest(), Send(HEAD, b"\r\nhell"), Pause(0.1), Close()],
        [Get("/report")],
        0.5,
    ],
    ids=["fast", "first byte", "between bytes", "cut", "no step", "a number"],
)
async def test_slow_and_whole_is_neither_fast_nor_cut(script: object) -> None:
    assert (await exercise.slow_and_whole(script)).state is State.LOOK_AGAIN


async def test_slow_and_whole_blames_no_clock_for_what_none_has_done() -> None:
    assert "No clock struck" in (await exercise.slow_and_whole([ReceiveRequest(), Close()])).text
    assert "Which clock struck?" in (await exercise.slow_and_whole([ReceiveRequest(), Stall()])).text
