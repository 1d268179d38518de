"""Every story whose client can ask over HTTP/2, asked so on the reference gateway: it gives what it gave before."""

import asyncio
from collections.abc import Mapping
from contextlib import aclosing
from functools import cache

from lab.catalogue import load
from lab.gateways.names import gateway_named
from lab.outcome import Ending, Facts, Maker, Outcome, answer_to
from lab.performance import perform_all
from lab.verdict import FAILS, Judgement, Verdict
from tests.catalogue.reference_expected import given, recorded


@cache
def played() -> Mapping[str, Judgement]:
    return asyncio.run(_play())


async def _play() -> dict[str, Judgement]:
    cases = [over for case in load().all_cases() if (over := case.over_http2()) is not None]
    async with aclosing(perform_all(cases, gateway_named("reference"), jobs=4)) as all_performed:
        return {each.case.name: each.judgement async for each in all_performed if not each.lacking}


def facts() -> list[tuple[str, Facts]]:
    return [(name, exchange.facts) for name, judgement in played().items() for exchange in judgement.exchanges]


def test_every_case_is_tested_and_keeps_the_rules() -> None:
    untested = (Verdict.INCONCLUSIVE, Verdict.NOT_REACHED)
    bad = {name: f"{found.verdict}: {found.why}" for name, found in played().items()
           if found.verdict in FAILS or found.verdict in untested}  # fmt: skip
    assert bad == {}
    assert len(played()) >= 120


def test_it_is_asked_over_http_2_and_answered_so() -> None:
    assert {name for name, found in facts() if found.version != "2"} == set()


def test_nothing_is_disguised() -> None:
    assert {name for name, found in facts() if found.outcome is Outcome.DISGUISED} == set()


def test_it_gives_what_it_gives_over_http_1() -> None:
    """Nothing differs but how a cut shows, which the next test is about. What cannot be asked over HTTP/2 is another
    story, and not among these: scripts, HTTP/1.0, Upgrade."""
    found = {name: given(judgement) for name, judgement in played().items()}
    recorded_before = recorded()
    assert found == {name: recorded_before[name]["stream"] for name in found}


def test_a_fragment_is_given_up_on_its_stream() -> None:
    """Over HTTP/1.1 the connection has to go; here RST_STREAM says it (RFC 9113, 5.4.2), and not that all is well."""
    cut = [found for _, found in facts() if found.outcome is Outcome.CUT_SHORT]
    assert len(cut) >= 20
    assert {(found.ending, found.code) for found in cut} == {(Ending.RESET, "INTERNAL_ERROR")}


def test_what_the_gateway_makes_itself_is_complete() -> None:
    own = [found for _, found in facts() if found.made_by is Maker.GATEWAY]
    assert len(own) >= 50
    assert {(found.ending, found.surplus) for found in own} == {(Ending.COMPLETE, 0)}


def test_nothing_is_wrong_with_its_frames() -> None:
    wrong = {
        name: [str(anomaly) for anomaly in answer.anomalies]
        for name, judgement in played().items()
        for exchange in judgement.exchanges
        if (answer := answer_to(judgement.transcript, exchange.asked)).anomalies
    }
    assert wrong == {}
