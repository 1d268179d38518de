"""The checks of notebook 04: right once, wrong in several ways, and three dots are no answer."""

from collections.abc import Mapping

import pytest

from lab import Close, ReceiveRequest, Reset, Send, Stall, h1
from lab.notebook import perform, perform_all
from lab.notebook.exercises import truncated_bodies as exercise
from lab.notebook.exercising import State

pytestmark = pytest.mark.anyio

OK = b"HTTP/1.1 200 OK\r\n"


def test_chunked_content_is_what_the_chunks_hold() -> None:
    body = h1.chunked(b"hello", b", and twenty more bytes...")
    assert exercise.chunked_content(b"hello, and twenty more bytes...", body).state is State.RIGHT
    for wrong in (b"hello", b"", body, "hello, and twenty more bytes...", 5):
        assert exercise.chunked_content(wrong, body).state is State.LOOK_AGAIN
    assert exercise.chunked_content(..., body).state is State.NOT_YET


async def test_complete_is_what_the_framing_says() -> None:
    answers = {
        "content_length_short": False,
        "close_delimited_close": True,
        "header_section_cut[in a field line]": True,
    }
    assert (await exercise.complete(answers, list(answers))).state is State.RIGHT
    for wrong in (
        {**answers, "content_length_short": True},
        {**answers, "close_delimited_close": False},
        {**answers, "close_delimited_close": "yes"},
        {"content_length_short": False},
        {},
        True,
    ):
        assert (await exercise.complete(wrong, list(answers))).state is State.LOOK_AGAIN
    assert (await exercise.complete({**answers, "close_delimited_close": ...}, list(answers))).state is State.NOT_YET


async def test_waited_for_the_first_byte_is_read_from_the_transcript() -> None:
    run = await perform("timing/slow_but_in_time", gateway="reference-buffer")
    waited = exercise.first_byte_after(run)
    assert waited > 140  # three pauses of 50 ms
    assert exercise.waited_for_the_first_byte(round(waited), run).state is State.RIGHT
    for wrong in (0, waited * 2, -waited, "long", True):
        assert exercise.waited_for_the_first_byte(wrong, run).state is State.LOOK_AGAIN
    assert exercise.waited_for_the_first_byte(..., run).state is State.NOT_YET


async def test_endings_are_those_of_each_client() -> None:
    names = ("last_chunk_missing_later", "old_client", "given_up_on_its_stream")
    runs = await perform_all([f"truncated_bodies/{name}" for name in names])
    assert exercise.endings(["FIN", "RST", "RST_STREAM"], runs).state is State.RIGHT
    assert exercise.endings(["fin", "rst", "rst_stream"], runs).state is State.RIGHT
    for wrong in (["RST", "RST", "RST_STREAM"], ["FIN", "FIN", "FIN"], ["FIN", "RST"], "FIN"):
        assert exercise.endings(wrong, runs).state is State.LOOK_AGAIN
    assert exercise.endings(["FIN", ..., "RST_STREAM"], runs).state is State.NOT_YET


def _good(fields: Mapping[str, str], body: bytes, polite: bool) -> object:
    if "transfer-encoding" in fields:
        return body.endswith(b"\r\n0\r\n\r\n") and not body.startswith(b"9")
    return len(body) >= int(fields["content-length"]) if "content-length" in fields else polite


def _never_counts(fields: Mapping[str, str], body: bytes, polite: bool) -> object:
    return polite


def _believes_the_close(fields: Mapping[str, str], body: bytes, polite: bool) -> object:
    return True if not fields else _good(fields, body, polite)


def _looks_at_the_last_bytes(fields: Mapping[str, str], body: bytes, polite: bool) -> object:
    return body.endswith(b"0\r\n\r\n") if "transfer-encoding" in fields else _good(fields, body, polite)


def _returns_nothing(fields: Mapping[str, str], body: bytes, polite: bool) -> object:
    return None


def _fails(fields: Mapping[str, str], body: bytes, polite: bool) -> object:
    return fields["Content-Length"]


def test_my_client_counts() -> None:
    assert exercise.my_client(_good).state is State.RIGHT
    for wrong in (_never_counts, _believes_the_close, _looks_at_the_last_bytes, _returns_nothing, _fails):
        assert exercise.my_client(wrong).state is State.LOOK_AGAIN
    assert exercise.my_client(lambda fields, body, polite: ...).state is State.NOT_YET
    assert exercise.my_client(...).state is State.NOT_YET  # type: ignore[arg-type]


STORY = b"And the murderer is"


@pytest.mark.parametrize(
    "script",
    [
        [ReceiveRequest(), Send(OK, b"Content-Length: 33\r\n\r\n", STORY), Close()],
        [ReceiveRequest(), Send(OK, b"Transfer-Encoding: chunked\r\n\r\n", h1.chunk(STORY)), Close()],
    ],
    ids=["length", "chunks"],
)
async def test_noticed_is_a_crash_that_shows(script: list[object]) -> None:
    assert (await exercise.noticed(script)).state is State.RIGHT


@pytest.mark.parametrize(
    "script",
    [
        [ReceiveRequest(), Send(OK, b"\r\n", STORY), Close()],
        [ReceiveRequest(), Send(OK, b"Content-Length: 19\r\n\r\n", STORY), Close()],
        [ReceiveRequest(), Send(OK, b"Transfer-Encoding: chunked\r\n\r\n", h1.chunked(STORY)), Close()],
        [ReceiveRequest(), Send(OK, b"Content-Length: 33\r\n\r\n", STORY, b" the gardener."), Close()],
        [ReceiveRequest(), Send(OK, b"Content-Length: 33\r\n", STORY), Close()],
        [Send(OK, b"Content-Length: 33\r\n\r\n", STORY), Close()],
        [ReceiveRequest(), Send(OK, b"\r\n", STORY), Reset()],
        [ReceiveRequest(), Send(OK, b"Transfer-Encoding: chunked\r\n\r\n", h1.chunk(STORY)), Stall()],
        [ReceiveRequest(), Reset()],
        STORY,
    ],
    ids=[
        "as it was",
        "counted",
        "last chunk",
        "no crash",
        "no empty line",
        "no request",
        "rude",
        "never ends",
        "no story",
        "bytes",
    ],
)
async def test_noticed_needs_the_same_crash_and_a_promise(script: object) -> None:
    assert (await exercise.noticed(script)).state is State.LOOK_AGAIN
