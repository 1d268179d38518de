"""Variants differ in one value, and in no more than one step."""

from collections.abc import Iterator
from itertools import pairwise

from lab.scenario.rehearsal import Rehearsal
from lab.scenario.story import Scenario
from lab.script import Mistake, Step


def mistakes(scenario: Scenario, rehearsals: dict[str, Rehearsal]) -> Iterator[Mistake]:
    """The variants of a scenario may differ in exactly one step, or in another value of their acts."""
    for first, other in pairwise(rehearsals.items()):
        differ = _differences(first[1], other[1])
        if differ > 1:
            yield Mistake(f"vary= changes one step, but two variants differ in {differ}", scenario.where)
        if differ == 0 and scenario.acts_of(first[0]) == scenario.acts_of(other[0]):
            yield Mistake("vary= changes nothing: two variants are the same", scenario.where)


def _differences(first: Rehearsal, other: Rehearsal) -> int:
    """How many steps differ in the script that differs most (a plain script is played on every connection)."""
    if len(first.scripts) != len(other.scripts):
        return 1
    return max((_in_script(a.steps, b.steps) for a, b in zip(first.scripts, other.scripts, strict=True)), default=0)


def _in_script(first: tuple[Step, ...], other: tuple[Step, ...]) -> int:
    if len(first) != len(other):
        return abs(len(first) - len(other)) + 1
    return sum(a != b for a, b in zip(first, other, strict=True))
