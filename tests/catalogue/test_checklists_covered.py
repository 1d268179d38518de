"""Each line of the two checklists is shown by the scenarios named beside it, which cite the line's clauses."""

import pytest

from tests.catalogue.catalogue import addresses, clauses_of
from tests.catalogue.checklists import BROKEN, RULES, Rule


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.says)
def test_every_rule_of_the_standard_is_examined(rule: Rule) -> None:
    shown_by = rule.shown_by.split()
    assert [address for address in shown_by if address not in addresses()] == []
    cited = {clause for address in shown_by for clause in clauses_of(address)}
    assert set(rule.clauses.split()) - cited == set()


@pytest.mark.parametrize("line", BROKEN)
def test_every_way_to_break_is_shown(line: str) -> None:
    shown_by = BROKEN[line].split()
    assert shown_by
    assert [address for address in shown_by if address not in addresses()] == []
