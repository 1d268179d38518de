"""The closed list of certificates."""

import pytest

from lab.tls import Certificate


@pytest.mark.parametrize("kind", Certificate)
def test_each_kind_says_in_one_sentence_what_is_wrong(kind: Certificate) -> None:
    assert kind.says.endswith(".")
    assert kind.says.count(". ") == 0
    assert kind == kind.value == str(kind) == f"{kind}"


def test_only_the_valid_one_is_accepted() -> None:
    assert [kind for kind in Certificate if not kind.refused] == [Certificate.VALID]


def test_a_kind_is_found_by_its_name() -> None:
    assert Certificate("expired") is Certificate.EXPIRED
