"""The whole catalogue on the reference gateway, in each mode: nothing deviates, and it says what it could know."""

import pytest

from lab.outcome import Maker, Outcome
from lab.verdict import FAILS, Judgement, Verdict
from tests.catalogue.reference_expected import MODES, found, given, logged, played, recorded


@pytest.mark.parametrize("mode", MODES)
def test_the_whole_catalogue(mode: str, subtests: pytest.Subtests) -> None:
    """One test for each mode: however many processes share the tests, each mode is played once."""
    judgements = played(mode)
    assert len(judgements) >= 150
    with subtests.test("every case is tested, and keeps the rules"):
        assert {name: f"{found.verdict}: {found.why}" for name, found in judgements.items() if is_bad(found)} == {}
    with subtests.test("it gives what is recorded"):
        # after a change that was wanted, `python -m tests.catalogue.reference_expected` prints the file anew
        assert found(mode) == {name: row[mode] for name, row in recorded().items()}
    with subtests.test("nothing is disguised, not even what the lenient mode repairs"):
        assert {name: given(found) for name, found in judgements.items() if is_disguised(found)} == {}
    with subtests.test("Proxy-Status names the fault where it still can"):
        assert {name: problem for name, found in judgements.items() if (problem := unsaid(found))} == {}


def is_bad(judgement: Judgement) -> bool:
    return judgement.verdict in FAILS or judgement.verdict in (Verdict.INCONCLUSIVE, Verdict.NOT_REACHED)


def is_disguised(judgement: Judgement) -> bool:
    return any(exchange.facts.outcome == Outcome.DISGUISED for exchange in judgement.exchanges)


NO_FAULT = {"proxy_internal_response"}
"""Says that the gateway answered by itself, as it was asked to."""


def unsaid(judgement: Judgement) -> str:
    """What is wrong with what the gateway said of a fault: nothing, or not one of `reports`."""
    reports = set(judgement.case.scenario.reports)
    for exchange in judgement.exchanges:
        facts = exchange.facts
        if facts.made_by is Maker.GATEWAY and reports and not set(facts.errors) & reports:
            return f"it answered {facts.status} by itself and said {facts.errors}, not one of {sorted(reports)}"
        if set(facts.errors) - reports - NO_FAULT:
            return f"it said {facts.errors}, of which {sorted(reports)} does not speak"
        if facts.outcome == "cut-short" and reports and not logged(judgement):
            return f"it cut the answer, and its log names none of {sorted(reports)}: {judgement.transcript.log}"
    return ""
