"""The tour: six stops, in a terminal and without one."""

import os
import re
import select
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from lab.catalogue import load
from lab.cli.guesses import Guess, compared, guessed
from lab.cli.tour import STOPS
from lab.outcome.facts import Ending, Facts, Fidelity, Maker, Outcome
from tests.cli.door import DEADLINE, badgateway, command, environment

pty = pytest.importorskip("pty", reason="there are no pseudo-terminals")
fcntl = pytest.importorskip("fcntl")
termios = pytest.importorskip("termios")


def test_there_are_six_stops_and_they_come_in_the_order_of_the_chapter() -> None:
    [first] = [entry for entry in load().chapters if entry.name == "first"]
    order = [scenario.address for scenario in first.scenarios]
    assert len(STOPS) == 6
    assert sorted(STOPS, key=order.index) == list(STOPS)


def test_without_a_terminal_everything_is_printed_and_nothing_is_asked() -> None:
    done = badgateway("tour", COLUMNS="80")
    assert done.returncode == 0
    assert done.stderr == ""
    known = load()
    for number, address in enumerate(STOPS, 1):
        scenario = known.find(address)
        assert f"Stop {number} of 6: {scenario.title}" in done.stdout
        assert scenario.guess.split()[0] in done.stdout
    assert done.stdout.count("You got ") >= 6
    assert done.stdout.count("client                              gateway") == 6
    assert "gateway: A server that clients take for the origin" in done.stdout
    assert "q: leave" not in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 80


_ESCAPE = re.compile(r"\x1b\[[\d;?]*[A-Za-z]")


class Learner:
    """Somebody at a terminal: reads until a text has come, and types."""

    def __init__(self, terminal: int) -> None:
        self.terminal = terminal
        self.seen = ""  # escapes and all

    def wait_for(self, text: str) -> str:
        """What has come since the last time, up to this text."""
        until = time.monotonic() + DEADLINE
        while text not in self.seen:
            ready, _, _ = select.select([self.terminal], [], [], until - time.monotonic())
            assert ready, f"{text!r} did not come after: {self.seen[-500:]!r}"
            self.seen += self._read()
        seen, _, self.seen = self.seen.partition(text)
        return seen + text

    def read(self, text: str) -> str:
        """The same, as it reads: without escapes and ends of lines."""
        return " ".join(_ESCAPE.sub("", self.wait_for(text)).split())

    def _read(self) -> str:
        try:
            return os.read(self.terminal, 65536).decode(errors="replace")
        except OSError:  # the other end is closed
            raise AssertionError(f"it ended after: {self.seen[-500:]!r}") from None

    def type(self, text: str) -> None:
        os.write(self.terminal, text.encode() + b"\n")


@contextmanager
def at_a_terminal(*args: str, **more: str) -> Iterator[tuple[Learner, "subprocess.Popen[bytes]"]]:
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        command(*args), stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True,
        preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),  # it is this terminal whose Ctrl-C it gets
        env=environment(TERM="xterm", COLUMNS="80", **more),
    )  # fmt: skip
    os.close(theirs)
    try:
        yield Learner(ours), process
    finally:
        process.kill()
        process.wait(DEADLINE)
        os.close(ours)


def test_a_learner_guesses_asks_for_a_word_and_leaves() -> None:
    with at_a_terminal("tour") as (learner, process):
        assert "Words you can ask for: client, gateway" in learner.read("q: leave) > ")
        learner.type("field line")
        assert "One line of a header section" in learner.read("q: leave) > ")
        learner.type("418")
        said = learner.read("q: leave) > ")
        assert "200 OK, 5 bytes" in said
        assert 'Your guess was "418". What came: 200 OK.' in said
        learner.type("gatewy")
        assert "Alike: gateway" in learner.read("q: leave) > ")
        learner.type("")
        assert "Stop 2 of 6" in learner.read("q: leave) > ")
        learner.type("q")
        learner.wait_for("badgateway tour")
        assert process.wait(DEADLINE) == 0


def test_a_right_guess_is_right() -> None:
    with at_a_terminal("tour") as (learner, _):
        learner.read("q: leave) > ")
        learner.type("200")
        assert 'Your guess was "200". Right: 200 OK.' in learner.read("q: leave) > ")


def test_the_second_stop_asks_for_bytes() -> None:
    with at_a_terminal("tour") as (learner, _):
        for typed in ("", "", "bytes", "?"):  # the last two are no guess: it is asked again
            learner.read("q: leave) > ")
            learner.type(typed)
        assert "No such word in the glossary. Enter goes on." in learner.read("Your guess, or Enter to watch")
        learner.read("q: leave) > ")
        learner.type("0")
        assert 'Your guess was "0". Right: 0 bytes of content.' in learner.read("q: leave) > ")


@pytest.mark.parametrize(
    ("typed", "number", "maker"),
    [
        ("200, the upstream", 200, Maker.UPSTREAM),
        ("a 502", 502, None),
        ("502 gateway", 502, Maker.GATEWAY),
        ("502 Bad Gateway", 502, None),
        ("200 or 502", None, None),
        ("something else", None, None),
    ],
)
def test_a_guess_is_understood(typed: str, number: int | None, maker: Maker | None) -> None:
    assert guessed(typed) == Guess(typed, number, maker)


@pytest.mark.parametrize("typed", ["bytes", "what?", "help", "?", "field line"])
def test_what_is_no_guess_is_not_taken_for_one(typed: str) -> None:
    assert guessed(typed) is None


@pytest.mark.parametrize(
    ("typed", "question", "said"),
    [
        ("304", "How many bytes come?", "What came: 0 bytes of content."),
        ("0", "How many bytes come?", "Right: 0 bytes of content."),
        ("304, the upstream", "Which status, and who wrote it?",
         "Right: 304 Not Modified. Who made it: it came from the gateway's store."),
        ("200 store", "Which status, and who wrote it?",
         "What came: 304 Not Modified. Right: it came from the gateway's store."),
    ],
)  # fmt: skip
def test_status_and_maker_are_compared_each_for_itself(typed: str, question: str, said: str) -> None:
    facts = Facts(304, Maker.STORE, Ending.COMPLETE, Fidelity.EXACT, Outcome.STORED)
    guess = guessed(typed)
    assert guess is not None
    assert " ".join(compared(guess, question, facts)) == said


@pytest.mark.parametrize("more", [{}, {"NO_COLOR": "1"}])
def test_colours_only_where_they_are_wanted(more: dict[str, str]) -> None:
    with at_a_terminal("run", "first/broken_promise", **more) as (learner, process):
        said = learner.wait_for("count the bytes.")
        assert process.wait(DEADLINE) == 0
    coloured = re.search(r"\x1b\[[\d;]*3[1-7]m", said)
    assert (coloured is None) is bool(more)
    assert "!!" in said


def test_progress_is_drawn_and_taken_away_again() -> None:
    with at_a_terminal("run", "first") as (learner, process):
        said = learner.read("performances on reference")
        assert process.wait(DEADLINE) == 0
    assert "7/7" in said or "6/7" in said


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is another matter there")
def test_control_c_leaves_the_tour() -> None:
    with at_a_terminal("tour") as (learner, process):
        learner.wait_for("q: leave) > ")
        os.write(learner.terminal, b"\x03")
        learner.wait_for("badgateway: interrupted")
        assert process.wait(DEADLINE) == 130


def test_the_end_of_input_leaves_the_tour() -> None:
    with at_a_terminal("tour") as (learner, process):
        learner.wait_for("q: leave) > ")
        os.write(learner.terminal, b"\x04")
        learner.wait_for("Come back any time")
        assert process.wait(DEADLINE) == 0
