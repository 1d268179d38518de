"""Clauses: which exist, what they are called, and what is said of one that does not."""

import re

import pytest

from lab.rfc import RFC, clause_error
from lab.rfc.sections import CONTENTS, document, numbers

CITED_BY_STORIES = {9110, 9111, 9112, 9113, 9114, 9209, 9211, 9213, 9651, 5861, 6585, 8297, 8441, 8586, 7538}


def test_every_rfc_that_stories_cite_is_held_as_a_whole() -> None:
    for number in CITED_BY_STORIES:
        found = document(number)
        assert found is not None, number
        assert found.whole, number


@pytest.mark.parametrize("number", numbers())
def test_a_table_of_contents_is_in_order_and_has_every_parent(number: int) -> None:
    found = document(number)
    assert found is not None
    assert found.title
    assert found.sections
    order = [[(not part.isdigit(), part.zfill(3)) for part in section.split(".")] for section in found.sections]
    assert order == sorted(order)
    for section, title in found.sections.items():
        assert re.fullmatch(r"[0-9A-Z]+(\.[0-9]+)*", section)
        assert title == title.strip() != ""
        parent = section.rpartition(".")[0]
        assert not found.whole or not parent or parent in found.sections


def test_a_table_names_no_section_twice() -> None:
    for path in CONTENTS.glob("*.txt"):
        lines = path.read_text(encoding="utf-8").splitlines()[1:]
        names = [line.partition(" ")[0] for line in lines]
        assert len(names) == len(set(names)), path.name


@pytest.mark.parametrize(
    ("clause", "title"),
    [
        (RFC(9112, "6.3"), "Message Body Length"),
        (RFC(9112, "6.3(5)"), "Message Body Length"),
        (RFC(9110, "3.7"), "Intermediaries"),
        (RFC(9110, "15.6.3"), "502 Bad Gateway"),
        (RFC(9111, "4.3.4"), "Freshening Stored Responses upon Validation"),
        (RFC(9209, "2.3.27"), "HTTP Upgrade Failed"),
        (RFC(5861, "4"), "The stale-if-error Cache-Control Extension"),
        (RFC(8446, "6.1"), "Closure Alerts"),
        (RFC(9112, "C.2"), "Changes from HTTP/1.0"),
    ],
)
def test_a_clause_that_exists_has_its_title(clause: RFC, title: str) -> None:
    assert clause.exists
    assert clause_error(clause) is None
    assert clause.title == title


@pytest.mark.parametrize(
    ("clause", "words"),
    [
        (RFC(9112, "6.33"), ("HTTP/1.1", "no section 6.33", "nearest is 6.3,")),
        (RFC(9209, "2.3.40"), ("no section 2.3.40", "2.3.4")),
        (RFC(9110, "3.7.1"), ("no section 3.7.1", "nearest is 3.7,")),
        (RFC(7301, "9"), ("in part",)),
        (RFC(2616, "10.5.3"), ("2616", "9110")),
        (RFC(9112, "section 6.3"), ("write it as",)),
        (RFC(9112, "6.3 (5)"), ("write it as",)),
        (RFC(9112, "6.3."), ("write it as",)),
        (RFC(9112, ""), ("write it as",)),
        (RFC(9112, 6.3), ("in quotes", "6.3")),  # type: ignore[arg-type]
        (RFC("9112", "6.3"), ("number", "'9112'")),  # type: ignore[arg-type]
    ],
)
def test_a_clause_that_does_not_exist_is_told_in_one_line(clause: RFC, words: tuple[str, ...]) -> None:
    error = clause_error(clause)
    assert error is not None
    assert "\n" not in error
    for word in words:
        assert word in error
    assert not clause.exists
    with pytest.raises(LookupError, match=re.escape(error)):
        _ = clause.title


def test_a_clause_reads_as_people_write_it_and_leads_to_its_text() -> None:
    assert str(RFC(9112, "6.3(5)")) == "RFC 9112, 6.3(5)"
    assert RFC(9112, "6.3(5)").url == "https://www.rfc-editor.org/rfc/rfc9112#section-6.3"
    assert RFC(9112, "C.2").url == "https://www.rfc-editor.org/rfc/rfc9112#appendix-C.2"
