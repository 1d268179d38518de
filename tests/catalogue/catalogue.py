"""The catalogue as the tests of this folder read it: loaded once."""

from collections.abc import Iterator
from functools import cache

from lab.catalogue import Catalogue, load
from lab.expect import Expectation
from lab.scenario import Scenario, cases
from lab.scenario.rehearsal import rehearse


@cache
def catalogue() -> Catalogue:
    return load()


def scenarios() -> tuple[Scenario, ...]:
    return catalogue().scenarios


@cache
def addresses() -> frozenset[str]:
    return frozenset(scenario.address for scenario in scenarios())


@cache
def clauses_of(address: str) -> frozenset[str]:
    """What the expectations of a scenario cite, as `9112:6.3(5)`."""
    scenario = next(scenario for scenario in scenarios() if scenario.address == address)
    return frozenset(f"{clause.number}:{clause.section}" for each in of(scenario) for clause in each.clauses)


def of(scenario: Scenario) -> list[Expectation]:
    """All that is expected in a scenario."""
    return [each for variant in scenario.variants for act in scenario.acts_of(variant) for each in act.expect]


def texts() -> Iterator[tuple[str, str]]:
    """Everything that the catalogue says to its reader, with its place."""
    for entry in catalogue().chapters:
        yield from ((entry.name, text) for text in (entry.chapter.title, entry.chapter.text, *entry.chapter.goals))
    for scenario in scenarios():
        said = [scenario.title, scenario.story, scenario.lesson, scenario.guess, scenario.unseen, *_marks(scenario)]
        for expectation in of(scenario):
            said += [expectation.says, expectation.why]
        yield from ((scenario.address, text) for text in said)


def _marks(scenario: Scenario) -> Iterator[str]:
    for case in cases(scenario):
        rehearsal = rehearse(case)
        for marked in (*rehearsal.steps(), *(peer for act in rehearsal.peers for peer in act)):
            yield marked.wrong or marked.watch or ""
