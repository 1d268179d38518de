"""The races of the catalogue are no matter of luck, and are not judged where none can take place."""

from collections import Counter
from contextlib import aclosing

import pytest

from lab.gateways.names import gateway_named
from lab.performance import perform_all
from lab.scenario import Case, cases
from lab.scenario.rehearsal import rehearse
from lab.script import Pause
from lab.verdict import Verdict
from tests.catalogue.catalogue import scenarios
from tests.catalogue.reference_expected import given
from tests.performance.relay import Relay

RACES = [case for scenario in scenarios() if "reuse" in scenario.needs for case in cases(scenario)]
TIMES = 5


@pytest.mark.anyio
async def test_a_race_ends_alike_every_time() -> None:
    ended: dict[str, Counter[str]] = {case.name: Counter() for case in RACES}
    async with aclosing(perform_all(RACES * TIMES, gateway_named("reference"), jobs=4)) as all_performed:
        async for performed in all_performed:
            ended[performed.case.name][given(performed.judgement)] += 1
    assert {name: found for name, found in ended.items() if list(found.values()) != [TIMES]} == {}


@pytest.mark.anyio
async def test_where_no_connection_is_used_again_there_is_no_race() -> None:
    marked = [case for case in RACES if case.marked]
    assert len(marked) >= 8
    verdicts: dict[str, Verdict] = {}
    async with aclosing(perform_all(marked, Relay(), jobs=4)) as all_performed:
        async for performed in all_performed:
            verdicts[performed.case.name] = performed.judgement.verdict
    assert {name: verdict for name, verdict in verdicts.items() if verdict is not Verdict.NOT_APPLICABLE} == {}


def test_a_race_waits_for_events_and_not_for_time() -> None:
    assert [case.name for case in RACES if _pauses(case)] == []


def _pauses(case: Case) -> bool:
    return any(isinstance(step, Pause) for step in rehearse(case).steps())
