"""Each line of the checklists is shown by the scenarios named beside it, which cite the line's clauses."""

import pytest

from lab.rfc.cache_status import CACHE_PARAMETERS, FORWARD_REASONS
from tests.catalogue.catalogue import addresses, catalogue, clauses_of, of
from tests.catalogue.checklists import AT_REVALIDATION, BROKEN, CACHE_STATUS, CACHING, RULES, Rule


@pytest.mark.parametrize("rule", [*RULES, *CACHING], ids=lambda rule: rule.says)
def test_every_rule_of_the_standard_is_examined(rule: Rule) -> None:
    shown_by = rule.shown_by.split()
    assert [address for address in shown_by if address not in addresses()] == []
    cited = {clause for address in shown_by for clause in clauses_of(address)}
    assert set(rule.clauses.split()) - cited == set()


@pytest.mark.parametrize(("line", "addresses_of_line"), [*BROKEN.items(), *AT_REVALIDATION.items()])
def test_every_way_to_break_is_shown(line: str, addresses_of_line: str) -> None:
    shown_by = addresses_of_line.split()
    assert shown_by
    assert [address for address in shown_by if address not in addresses()] == []


@pytest.mark.parametrize("what", CACHE_STATUS)
def test_all_that_cache_status_can_say_is_asked_after(what: str) -> None:
    for address in CACHE_STATUS[what].split():
        asked = [each.holds.says for each in of(catalogue().find(address))]
        assert any(f"Cache-Status says {what}" in says for says in asked), address


def test_no_parameter_of_cache_status_is_left_out() -> None:
    listed = {what.partition("=")[0] for what in CACHE_STATUS}
    assert listed == set(CACHE_PARAMETERS)
    assert {f"fwd={reason}" for reason in FORWARD_REASONS} <= set(CACHE_STATUS)
