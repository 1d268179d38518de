"""Which scenario is meant: by its name, by a file's name, or as it stands in a cell."""

import difflib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from lab.catalogue import Unknown, load, load_alone, load_file
from lab.home import scenarios_folder
from lab.notebook.problems import Problem, problems
from lab.scenario import Case, Scenario, cases
from lab.scenario.checks import check

Named = str | Scenario
"""A scenario: its name in the catalogue (`first/garbage`, with a variant in brackets), a file, or the value itself."""

IN_A_CELL = "yours/in_a_cell"
"""The address of a scenario that was written in a cell and has none."""


def find(name: str) -> Scenario:
    """The scenario of this name, to look at or to change (`dataclasses.replace`)."""
    return case_of(name).scenario


def case_of(given: Named, variant: str | None = None) -> Case:
    """One case: of a scenario with variants, the first, where none is named."""
    found = cases_of(given)
    addresses = dict.fromkeys(case.scenario.address for case in found)
    if len(addresses) > 1:
        raise Problem(f"{given} is a chapter of {len(addresses)} scenarios: name one, such as {next(iter(addresses))}")
    if variant is None:
        return found[0]
    by_name = {case.variant: case for case in found}
    if variant not in by_name:
        names = [name for name in by_name if name]
        raise Problem(f"{found[0].scenario.address} has no variant {variant!r}; {_meant(variant, names)}")
    return by_name[variant]


def cases_of(given: Named) -> tuple[Case, ...]:
    """All the cases that are meant: of a chapter, of a scenario, or one variant."""
    with problems():
        if isinstance(given, Scenario):
            return tuple(cases(checked(given)))
        if not isinstance(given, str):
            raise Problem(f"a scenario is meant by its name, such as 'first/broken_promise', not by {given!r}")
        return tuple(_named(given))


def checked(scenario: Scenario) -> Scenario:
    """A scenario from a cell, with what a file would have given it. Raises `Mistake`: of several, the first."""
    told = replace(
        scenario,
        address=scenario.address or IN_A_CELL,
        title=scenario.title or scenario.lesson,
        story=scenario.story or scenario.lesson,
    )
    if mistakes := check(told):
        raise mistakes[0]
    return told


def _named(name: str) -> Iterator[Case]:
    plain, _, variant = name.partition("[")
    folder = scenarios_folder().resolve()
    for path in (Path(plain), folder / f"{plain}.py"):
        if path.suffix == ".py" and path.is_file():
            path = path.resolve()
            scenario = load_file(path, folder if folder in path.parents else path.parent.parent)
            if not variant:
                yield from cases(scenario)
                return
            yield case_of(scenario, variant.removesuffix("]"))
            return
    if plain.endswith(".py"):
        raise Unknown(f"there is no file {plain}")
    yield from (load_alone(name) or load()).select([name])


def _meant(word: str, names: list[str]) -> str:
    if near := difflib.get_close_matches(word, names, 1):
        return f"did you mean {near[0]!r}?"
    return f"it has: {', '.join(names)}" if names else "it has no variants"
