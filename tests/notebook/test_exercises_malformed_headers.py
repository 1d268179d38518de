"""The checks of notebook 03: right once, wrong in several ways, and three dots are no answer."""

import pytest

from lab.notebook import perform
from lab.notebook.exercises import malformed_headers as exercise
from lab.notebook.exercising import State

pytestmark = pytest.mark.anyio

ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"


def test_content_begins_behind_the_empty_line() -> None:
    assert exercise.content_begins(len(ANSWER) - 5, ANSWER).state is State.RIGHT
    for wrong in (len(ANSWER) - 7, len(ANSWER) - 9, 0, "the end"):
        assert exercise.content_begins(wrong, ANSWER).state is State.LOOK_AGAIN
    assert exercise.content_begins(..., ANSWER).state is State.NOT_YET


async def test_octet_found_is_the_one_that_the_gateway_names() -> None:
    run = await perform("malformed_headers/nul_in_value")
    assert exercise.octet_found(b"\x00", run).state is State.RIGHT
    for wrong in (b"g", b"", b"guest\x00", 59, "\x00"):
        assert exercise.octet_found(wrong, run).state is State.LOOK_AGAIN
    well = await perform("first/all_is_well")
    assert exercise.octet_found(b"\x00", well).state is State.LOOK_AGAIN


async def test_fates_are_those_on_the_lenient_gateway() -> None:
    fates = {"bare_lf": "repair", "words_first": "refuse", "content_length_twice": "repair"}
    assert (await exercise.fates(fates, list(fates))).state is State.RIGHT
    for wrong in (
        {**fates, "bare_lf": "refuse"},
        {**fates, "words_first": "repair"},
        {**fates, "content_length_twice": "refuse"},
        {**fates, "bare_lf": "mend"},
        {"bare_lf": "repair"},
        {},
        "repair",
    ):
        assert (await exercise.fates(wrong, list(fates))).state is State.LOOK_AGAIN
    assert (await exercise.fates({**fates, "bare_lf": ...}, list(fates))).state is State.NOT_YET


async def test_leftover_is_what_follows_the_first_length() -> None:
    run = await perform("malformed_headers/content_lengths_conflict")
    assert exercise.leftover(b" world", run).state is State.RIGHT
    for wrong in (b"hello", b"hello world", b"world", " world"):
        assert exercise.leftover(wrong, run).state is State.LOOK_AGAIN
    well = await perform("first/all_is_well")
    assert exercise.leftover(b" world", well).state is State.LOOK_AGAIN


MENDED = b"HTTP/1.1 200 OK\r\nRoom: 7\r\nColours: red, green\r\nContent-Length: 5\r\n\r\nhello"


async def test_repaired_is_what_the_strict_gateway_passes_on() -> None:
    assert (await exercise.repaired(MENDED)).state is State.RIGHT
    for wrong in (
        MENDED.replace(b"Room:", b"Room :"),
        MENDED.replace(b"red, green", b"red,\r\n green"),
        MENDED.replace(b": 5", b": five"),
        MENDED.replace(b": 5", b": 4"),
        MENDED.replace(b": 5", b": 6"),
        MENDED.replace(b"red, green", b"red"),
        MENDED.replace(b"Room: 7\r\n", b""),
        MENDED + b"!",
        MENDED.decode(),
    ):
        assert (await exercise.repaired(wrong)).state is State.LOOK_AGAIN


@pytest.mark.parametrize("line", [b"no colon\r\n", b": no name\r\n", b"Content-Length: 5\r\n", b"x\x01y: z\r\n"])
async def test_broken_differently_is_refused_by_one_and_repaired_by_the_other(line: bytes) -> None:
    assert (await exercise.broken_differently(ANSWER.replace(b"\r\n", b"\r\n" + line, 1))).state is State.RIGHT


@pytest.mark.parametrize(
    "answer",
    [
        ANSWER,
        ANSWER.replace(b"Length:", b"Length :"),
        ANSWER.replace(b": 5", b": five"),
        ANSWER.replace(b"\r\n", b"\r\nA: b\n", 1),
        b"hello",
        "hello",
    ],
    ids=["nothing wrong", "shown", "not repaired", "shown, too", "no HTTP", "text"],
)
async def test_broken_differently_needs_another_damage_that_can_be_repaired(answer: object) -> None:
    assert (await exercise.broken_differently(answer)).state is State.LOOK_AGAIN
