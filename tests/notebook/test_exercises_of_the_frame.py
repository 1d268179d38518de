"""The checks of notebooks 01, 02 and 11: each is right once, wrong more than once, and `not yet` without an answer."""

from typing import Any

import pytest

from lab import Answers, Close, Complete, Get, MadeBy, Question, ReceiveRequest, Refuse, Reset, Scenario, Send, Stall
from lab.notebook import Runs, break_each_stage, guess, perform, perform_all, reveal
from lab.notebook.exercises import the_http_cycle, your_first_502, your_own_scenario
from lab.notebook.exercising import Checked, State, exercise, look_again, right
from lab.notebook.problems import Problem

pytestmark = pytest.mark.anyio

RIGHT, AGAIN, NOT_YET = State.RIGHT, State.LOOK_AGAIN, State.NOT_YET
CUT = [ReceiveRequest(), Send(b"HTTP/1.1 200 OK\r\n", b"Content-Length: 9\r\n", b"\r\n", b"hello"), Close()]
WHOLE = [ReceiveRequest(), Send(b"HTTP/1.1 200 OK\r\n", b"Content-Length: 5\r\n", b"\r\n", b"hello")]
OWN_502 = [ReceiveRequest(), Send(b"HTTP/1.1 502 Bad Gateway\r\n", b"Content-Length: 0\r\n", b"\r\n")]


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        (["name", "connection", "request", "response"], RIGHT),
        (("Name", "Connection", " request", "response"), RIGHT),
        (["connection", "name", "request", "response"], AGAIN),
        (["name", "connection", "TLS", "response"], AGAIN),
        ("name", AGAIN),
        (None, AGAIN),
        (["name", ..., "request", "response"], NOT_YET),
        (..., NOT_YET),
    ],
)
def test_the_order_of_the_stages(answer: object, state: State) -> None:
    assert the_http_cycle.in_order(answer).state is state


@pytest.mark.parametrize(
    ("answer", "state"),
    [("Via", RIGHT), ("forwarded:", RIGHT), ("Host", AGAIN), ("Date", AGAIN), (3, AGAIN), (..., NOT_YET)],
)
async def test_a_field_that_the_gateway_added(answer: object, state: State) -> None:
    assert the_http_cycle.added_by_the_gateway(answer, await perform("first/all_is_well")).state is state


async def test_the_side_on_which_a_502_begins() -> None:
    breaks = await break_each_stage()
    assert the_http_cycle.side_of_a_502("Upstream connection", breaks).state is RIGHT
    for wrong in ("client connection", "both", 502):
        assert the_http_cycle.side_of_a_502(wrong, breaks).state is AGAIN
    assert the_http_cycle.side_of_a_502(..., breaks).state is NOT_YET


async def test_the_stages_that_failed_and_what_a_robot_calls_healthy() -> None:
    names = ["first/nobody_home", "first/garbage", "first/broken_promise", "first/all_is_well"]
    runs = await perform_all(names)
    failed = the_http_cycle.stages_that_failed
    assert failed(["connection", "response"], Runs(runs[:2])).state is RIGHT
    assert failed(["name", "response"], Runs(runs[:2])).state is AGAIN
    assert "first/garbage" in failed(["connection", "request"], Runs(runs[:2])).text
    assert failed(["connection"], Runs(runs[:2])).state is AGAIN
    assert failed([..., ...], Runs(runs[:2])).state is NOT_YET
    healthy = the_http_cycle.called_healthy
    assert healthy(["first/broken_promise"], runs).state is RIGHT
    for wrong in ([], ["first/all_is_well"], ["first/broken_promise", "first/garbage"], ["nonsense"], 5):
        assert healthy(wrong, runs).state is AGAIN


async def test_who_made_it_what_it_names_and_what_is_missing() -> None:
    garbage, broken = await perform_all(["first/garbage", "first/broken_promise"])
    made = your_first_502.who_made_them
    assert made(["gateway", "upstream"], [garbage, broken]).state is RIGHT
    for wrong in (["upstream", "gateway"], ["gateway"], "gateway"):
        assert made(wrong, [garbage, broken]).state is AGAIN
    assert your_first_502.error_named("http_protocol_error", garbage).state is RIGHT
    for name in ("502", "connection_refused", 7):
        assert your_first_502.error_named(name, garbage).state is AGAIN
    assert your_first_502.bytes_missing(15, broken).state is RIGHT
    for number in (5, 20, "15", None):
        assert your_first_502.bytes_missing(number, broken).state is AGAIN


@pytest.mark.parametrize(
    ("script", "state"),
    [
        ([ReceiveRequest(), Close()], RIGHT),
        ([ReceiveRequest(), Send(b"hello"), Reset()], RIGHT),
        (OWN_502, AGAIN),
        (CUT, AGAIN),
        ([ReceiveRequest(), Stall()], AGAIN),
        ("Close()", AGAIN),
        ([...], NOT_YET),
    ],
)
async def test_an_upstream_that_makes_the_gateway_say_502(script: object, state: State) -> None:
    assert (await your_first_502.makes_a_502(script)).state is state


@pytest.mark.parametrize(
    ("script", "state"),
    [(CUT, RIGHT), (WHOLE, AGAIN), ([ReceiveRequest(), Close()], AGAIN), ([5], AGAIN), (..., NOT_YET)],
)
async def test_an_upstream_that_makes_a_cut_200(script: object, state: State) -> None:
    assert (await your_first_502.makes_a_cut_200(script)).state is state


@pytest.mark.parametrize(
    ("lines", "state"),
    [
        ([b"HTTP/1.1 200 OK\r\n", b"Content-Length: 2\r\n", b"\r\n", b"hi"], RIGHT),
        ([b"HTTP/1.1 200 OK\r\n", b"Content-Length: 3\r\n", b"\r\n", b"hi"], AGAIN),
        ([b"200 OK\r\n", b"Content-Length: 2\r\n", b"\r\n", b"hi"], AGAIN),
        ([b"HTTP/1.1 404 Not Found\r\n", b"Content-Length: 2\r\n", b"\r\n", b"hi"], AGAIN),
        ([b"HTTP/1.1 200 OK\r\n", b"Content-Length: 0\r\n", b"\r\n"], AGAIN),
        (["text"], AGAIN),
        ([..., b"\r\n"], NOT_YET),
    ],
)
async def test_a_whole_answer(lines: object, state: State) -> None:
    assert (await your_own_scenario.a_whole_answer(lines)).state is state


def scenario(*upstream: Any, **more: Any) -> Scenario:
    given: dict[str, Any] = {"reports": ["connection_terminated"], **more}
    return Scenario(
        lesson="One.", guess="Two?", client=Get("/"), upstream=upstream[0] if len(upstream) == 1 else [*upstream],
        expect=[Question("Is it a 502?", Answers(502))], **given,
    )  # fmt: skip


GOOD = Send(b"HTTP/1.1 200 OK\r\n", b"Content-Length: 2\r\n", b"\r\n", b"hi")


@pytest.mark.parametrize(
    ("given", "state"),
    [
        (scenario(ReceiveRequest(), Close(wrong="it hangs up", right=GOOD)), RIGHT),
        (scenario(Refuse(wrong="nobody listens")), AGAIN),  # repaired, somebody listens and says nothing
        (scenario(ReceiveRequest(), GOOD, reports=[]), AGAIN),
        (scenario(ReceiveRequest(), GOOD), AGAIN),
        (scenario(ReceiveRequest(), Close(), Send(b"late", wrong="too late", right=GOOD)), AGAIN),
        ("scenario", AGAIN),
        (..., NOT_YET),
    ],
)
async def test_a_scenario_with_one_marked_fault(given: object, state: State) -> None:
    found = await your_own_scenario.one_marked_fault(given)
    assert found.state is state, found


@pytest.mark.parametrize(
    ("condition", "state"),
    [
        (MadeBy("gateway"), RIGHT),
        (Answers(502), RIGHT),
        (Complete(), RIGHT),
        (Answers(200), AGAIN),
        (Question("Is it anything?", Answers(200, 502)), AGAIN),
        (True, AGAIN),
        (..., NOT_YET),
    ],
)
async def test_a_condition_that_tells_two_runs_apart(condition: object, state: State) -> None:
    assert (await your_own_scenario.tells_them_apart(condition)).state is state


async def test_what_decides() -> None:
    runs = await perform_all("first/broken_promise", gateway=["reference", "reference-buffer"])
    assert your_own_scenario.what_decides("Which gateway", runs).state is RIGHT
    for wrong in ("how much", 5):
        assert your_own_scenario.what_decides(wrong, runs).state is AGAIN


def test_a_guess_is_kept_and_what_is_none_is_said_in_one_line() -> None:
    assert "As you guessed: none." in reveal(guess("Which status?", None), "none").text
    with pytest.raises(Problem, match="2 is no guess"):
        reveal(2, 2)  # type: ignore[arg-type]


def test_code_in_a_hint_is_shown_as_code() -> None:
    assert "<p><strong>Right:</strong> see <code>a&lt;b</code>.</p>" in right("see `a<b`.").html
    assert "one ` alone" in right("one ` alone").html


async def test_a_check_says_what_the_lab_says_and_never_raises_for_it() -> None:
    @exercise
    async def plays(name: object) -> Checked:
        """Write a name."""
        run = await perform(str(name))
        return right("it is well.") if run.status == 200 else look_again("not this one.")

    assert (await plays("first/all_is_well")).state is RIGHT
    assert (await plays("first/nobody_home")).state is AGAIN
    assert "did you mean first/garbage" in (await plays("first/garbge")).text
    assert (await plays(...)).text == "Not yet: Write a name.\n"
    with pytest.raises(Problem):
        await perform("first/garbge")
