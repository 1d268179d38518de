"""Every story whose client can ask over HTTP/2, asked so on the reference gateway: it gives what it gave before."""

import asyncio
from contextlib import aclosing

import pytest

from lab.catalogue import load
from lab.gateways.names import gateway_named
from lab.outcome import Ending, Maker, Outcome, answer_to
from lab.performance import perform_all
from lab.verdict import FAILS, Judgement, Verdict
from tests.catalogue.reference_expected import given, recorded

UNTESTED = (Verdict.INCONCLUSIVE, Verdict.NOT_REACHED)


async def play() -> dict[str, Judgement]:
    cases = [over for case in load().all_cases() if (over := case.over_http2()) is not None]
    async with aclosing(perform_all(cases, gateway_named("reference"), jobs=4)) as all_performed:
        return {each.case.name: each.judgement async for each in all_performed if not each.lacking}


def test_the_whole_catalogue_over_http_2(subtests: pytest.Subtests) -> None:
    """One test: however many processes share the tests, it is played once. What cannot be asked over HTTP/2 is another
    story, and not among these: scripts, HTTP/1.0, Upgrade."""
    played = asyncio.run(play())
    facts = [(name, exchange.facts) for name, judgement in played.items() for exchange in judgement.exchanges]
    with subtests.test("every case is tested, and keeps the rules"):
        bad = {name: f"{found.verdict}: {found.why}" for name, found in played.items()
               if found.verdict in FAILS or found.verdict in UNTESTED}  # fmt: skip
        assert bad == {}
        assert len(played) >= 120
    with subtests.test("it is asked over HTTP/2, and answered so"):
        assert {name for name, found in facts if found.version != "2"} == set()
    with subtests.test("nothing is disguised"):
        assert {name for name, found in facts if found.outcome is Outcome.DISGUISED} == set()
    with subtests.test("it gives what it gives over HTTP/1"):  # but for how a cut shows, which comes next
        before = recorded()
        assert {name: given(found) for name, found in played.items()} == {
            name: before[name]["stream"] for name in played
        }
    with subtests.test("a fragment is given up on its stream"):
        # Over HTTP/1.1 the connection has to go; here RST_STREAM says it (RFC 9113, 5.4.2), and not that all is well.
        cut = [found for _, found in facts if found.outcome is Outcome.CUT_SHORT]
        assert len(cut) >= 20
        assert {(found.ending, found.code) for found in cut} == {(Ending.RESET, "INTERNAL_ERROR")}
    with subtests.test("what the gateway makes itself is complete"):
        own = [found for _, found in facts if found.made_by is Maker.GATEWAY]
        assert len(own) >= 50
        assert {(found.ending, found.surplus) for found in own} == {(Ending.COMPLETE, 0)}
    with subtests.test("nothing is wrong with its frames"):
        assert {name: wrong for name, found in played.items() if (wrong := anomalies(found))} == {}


def anomalies(judgement: Judgement) -> list[str]:
    """What is wrong with the answers, as frames."""
    answers = (answer_to(judgement.transcript, exchange.asked) for exchange in judgement.exchanges)
    return [str(anomaly) for answer in answers for anomaly in answer.anomalies]
