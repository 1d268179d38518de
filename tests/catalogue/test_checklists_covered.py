"""Each line of the two checklists is shown by the scenarios named beside it, which cite the line's clauses."""

import pytest

from tests.catalogue.catalogue import addresses, clauses_of
from tests.catalogue.checklists import BROKEN, RULES, WAITS, Rule


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.says)
def test_every_rule_of_the_standard_is_examined(rule: Rule) -> None:
    shown_by = rule.shown_by.split()
    assert [address for address in shown_by if address not in addresses()] == []
    cited = {clause for address in shown_by for clause in clauses_of(address)}
    assert set(rule.clauses.split()) - cited == set()


@pytest.mark.parametrize("line", BROKEN)
def test_every_way_to_break_is_shown_or_still_to_come(line: str) -> None:
    shown_by = BROKEN[line].split()
    assert [address for address in shown_by if address not in addresses()] == []
    assert (not shown_by) == (line in WAITS), "it has come, or gone: say so in WAITS"


def test_nothing_waits_that_is_not_asked_for() -> None:
    assert set(WAITS) - set(BROKEN) == set()
