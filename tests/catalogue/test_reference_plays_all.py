"""The whole catalogue on the reference gateway, in each mode: nothing deviates, and it says what it could know."""

import pytest

from lab.outcome import Maker, Outcome
from lab.verdict import FAILS, Judgement, Verdict
from tests.catalogue.reference_expected import MODES, found, given, logged, played, recorded

each_mode = pytest.mark.parametrize("mode", MODES)


@each_mode
def test_every_case_is_tested_and_keeps_the_rules(mode: str) -> None:
    bad = {name: f"{found.verdict}: {found.why}" for name, found in played(mode).items()
           if found.verdict in FAILS or found.verdict in (Verdict.INCONCLUSIVE, Verdict.NOT_REACHED)}  # fmt: skip
    assert bad == {}
    assert len(played(mode)) >= 50


@each_mode
def test_it_gives_what_is_recorded(mode: str) -> None:
    """After a change that was wanted, `python -m tests.catalogue.reference_expected` prints the file anew."""
    expected = {name: row[mode] for name, row in recorded().items()}
    assert found(mode) == expected


@each_mode
def test_nothing_is_disguised(mode: str) -> None:
    """Not even what the lenient mode repairs."""
    disguised = {name: given(found) for name, found in played(mode).items()
                 if any(exchange.facts.outcome == Outcome.DISGUISED for exchange in found.exchanges)}  # fmt: skip
    assert disguised == {}


@each_mode
def test_proxy_status_names_the_fault_where_it_still_can(mode: str) -> None:
    wrong = {name: problem for name, judgement in played(mode).items() if (problem := unsaid(judgement))}
    assert wrong == {}


def unsaid(judgement: Judgement) -> str:
    """What is wrong with what the gateway said of a fault: nothing, or not one of `reports`."""
    reports = set(judgement.case.scenario.reports)
    for exchange in judgement.exchanges:
        facts = exchange.facts
        if facts.made_by is Maker.GATEWAY and reports and not set(facts.errors) & reports:
            return f"it answered {facts.status} by itself and said {facts.errors}, not one of {sorted(reports)}"
        if set(facts.errors) - reports:
            return f"it said {facts.errors}, of which {sorted(reports)} does not speak"
        if facts.outcome == "cut-short" and reports and not logged(judgement):
            return f"it cut the answer, and its log names none of {sorted(reports)}: {judgement.transcript.log}"
    return ""
