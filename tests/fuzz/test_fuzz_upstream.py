"""Whatever an upstream says, the reference gateway neither fails nor hangs, and its client is never deceived.

Each example is a performance, and the lab's own outcome function judges it. Then the same gateway is asked again.
"""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lab import h1
from lab.gateways.names import NAMES, gateway_named
from lab.outcome import Outcome, facts
from lab.performance import perform
from lab.scenario import Act, Case, Scenario
from lab.script import NONCE, Close, Get, ReceiveRequest, Request, Reset, Send, Step
from tests.fuzz.material import TIMES, Cuts, cuts, mutated, responses, segments
from tests.fuzz.watching import Watch, watching

REQUESTS = (
    Get("/first"),
    Request("HEAD", "/first"),
    Request("POST", "/first", content=b"hi"),
    Request("GET", "/first", version="1.0"),
    Request("GET", "/first", b"te: trailers\r\n", version="2"),
    Request("GET", "/first", b"Connection: upgrade, TE\r\nUpgrade: x\r\nTE: trailers\r\n"),
)
AGAIN = Act(
    client=Get("/again"),
    upstream=[
        ReceiveRequest(), Send(b"HTTP/1.1 200 OK\r\n", NONCE, b"Content-Length: 5\r\n", b"\r\n", b"again"),
    ],
)  # fmt: skip
HONEST = {Outcome.RELAYED, Outcome.REPAIRED, Outcome.CUT_SHORT, Outcome.REPORTED}


@pytest.fixture(scope="module")
def watch() -> Iterator[Watch]:
    with watching() as watch:
        yield watch


@pytest.mark.parametrize("name", [name for name in NAMES if name.startswith("reference")])
def test_whatever_an_upstream_says(watch: Watch, name: str) -> None:
    gateway = gateway_named(name)

    @settings(max_examples=60 * TIMES)
    @given(mutated(responses()), cuts, st.sampled_from(REQUESTS), st.sampled_from(("close", "reset", "stay")))
    def play(octets: bytes, at: Cuts, request: Request, end: str) -> None:
        case = spoken(octets, at, request, end)
        before = watch.held()
        transcript = watch.run(perform(case, gateway))
        assert not transcript.failure
        assert watch.held() == before
        first, again = (facts(transcript, asked) for asked in transcript.asked)
        assert first.outcome in HONEST or (first.status == 101 and first.outcome is Outcome.TUNNELLED), first
        assert again.outcome is Outcome.RELAYED, again
        assert again.content == b"again"

    play()


def spoken(octets: bytes, at: Cuts, request: Request, end: str) -> Case:
    """A case in which the upstream says this to this request, and ends so; then another request, rightly answered.

    It keeps the connection only where its answer is complete: else everybody waits for a time-out.
    """
    endings: dict[str, list[Step]] = {"close": [Close()], "reset": [Reset()], "stay": []}
    if not any(reading.complete for reading in h1.readings(octets, method=request.method.encode(), clean_end=None)):
        endings["stay"] = [Close()]
    script = [ReceiveRequest(), *(Send(piece) for piece in segments(octets, at)), *endings[end]]
    return Case(Scenario(lesson="-", guess="-", acts=[Act(client=request, upstream=script), AGAIN]))
