"""Who does what the standard asks, and no more, breaks no rule in any story."""

from contextlib import aclosing

import pytest

from lab.performance import perform_all
from lab.verdict import FAILS, Verdict
from tests.catalogue.catalogue import catalogue
from tests.catalogue.modest import Modest


@pytest.mark.anyio
@pytest.mark.parametrize(
    "gateway",
    [Modest(retries=True), Modest(refuses_expectations=True, old=True)],
    ids=["says 100 and retries", "417 and HTTP/1.0"],
)
async def test_a_modest_gateway_is_not_condemned(gateway: Modest) -> None:
    found = {}
    async with aclosing(perform_all(tuple(catalogue().all_cases()), gateway, jobs=16)) as all_performed:
        async for each in all_performed:
            found[each.case.name] = each.judgement
    broken = {
        name: [each.expectation.says for each in judgement.judged if each.verdict in FAILS]
        for name, judgement in found.items()
        if judgement.verdict in FAILS
    }
    assert broken == {}
    assert sum(judgement.verdict in (Verdict.CONFORMS, Verdict.INADVISABLE) for judgement in found.values()) > 120
