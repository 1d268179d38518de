"""The catalogue as a course: it has a beginning, an order and a size, and the glossary leads into it."""

import pytest

from lab.catalogue import CHAPTERS
from lab.scenario import Scenario
from lab.words import TERMS
from tests.catalogue.catalogue import addresses, catalogue

FEWEST = 120
LONGEST_TITLE = 80
FIRST = (
    "first/all_is_well",
    "first/not_modified",
    "first/changed",
    "first/nobody_home",
    "first/garbage",
    "first/broken_promise",
    "first/not_modified_from_a_broken_upstream",
)
PROMISED = frozenset(
    {
        *("first", "connections", "malformed_headers", "truncated_bodies"),
        *("protocol_mismatch", "timing", "tls", "interim_responses", "reuse_races", "stale_or_502"),
    }
)


def test_every_chapter_is_there_in_its_place_with_a_text_of_its_own() -> None:
    names = [entry.name for entry in catalogue().chapters]
    assert set(names) >= PROMISED
    assert names == [name for name in CHAPTERS if name in names]
    assert [name for name in names if not (catalogue().folder / name / "chapter.py").is_file()] == []


def test_there_are_enough() -> None:
    assert len(catalogue().scenarios) >= FEWEST


def test_it_begins_with_seven_stories_that_need_no_knowledge() -> None:
    first = catalogue().chapters[0].scenarios
    assert tuple(scenario.address for scenario in first) == FIRST
    assert {scenario.level for scenario in first} == {1}
    assert {need for scenario in first for need in scenario.needs} == set()


@pytest.mark.parametrize("scenario", catalogue().scenarios, ids=lambda scenario: scenario.address)
def test_a_title_is_a_short_sentence(scenario: Scenario) -> None:
    assert scenario.title[0].isupper()
    assert scenario.title.endswith((".", "?"))
    assert len(scenario.title) <= LONGEST_TITLE


def test_every_example_of_the_glossary_is_there() -> None:
    assert {term.example for term in TERMS if term.example} - addresses() == set()
