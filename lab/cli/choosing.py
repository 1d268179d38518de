"""Which scenarios are meant: by address, chapter, variant or file, among the lab's own or in a folder of one's own."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from lab.cli.problems import Problem

if TYPE_CHECKING:
    from lab.catalogue import Catalogue
    from lab.scenario import Case, Scenario

scenarios_option: Callable[[Any], Any] = click.option(
    "--scenarios",
    "folder",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="A folder of scenario files of your own, instead of the lab's.",
)


def catalogue(folder: Path | None) -> "Catalogue":
    """All scenarios of a folder; None: the lab's own."""
    from lab.catalogue import load
    from lab.script import Mistake

    if folder is not None and not folder.is_dir():
        raise Problem(f"--scenarios {folder}: there is no such folder")
    try:
        return load(folder)
    except (Mistake, OSError) as error:
        raise Problem(str(error)) from None


def chosen(words: Iterable[str], known: "Catalogue") -> "tuple[Case, ...]":
    """The cases that these words name; no word: all. What is wrong with a file that is meant is told, and ends it."""
    given = tuple(words)
    if not given:
        _refuse(known, "")
        if not known.scenarios:
            raise Problem(
                f"{known.folder} holds no scenarios: `badgateway new {known.folder / 'mine' / 'first.py'}` writes one"
            )
        return known.all_cases()
    found = {case.name: case for word in given for case in _named(word, known)}
    return tuple(found.values())


def scenario_named(word: str, known: "Catalogue") -> "Scenario":
    """The one scenario with this name, or in this file."""
    cases = _named(word, known)
    scenarios = {case.scenario.address: case.scenario for case in cases}
    if len(scenarios) > 1:
        raise Problem(
            f"{word} is a chapter of {len(scenarios)} scenarios: name one of them, such as {next(iter(scenarios))}"
        )
    return cases[0].scenario


def case_named(word: str, known: "Catalogue") -> "Case":
    """The one case with this name; of a scenario with variants, the first, where none is named."""
    scenario_named(word, known)
    return _named(word, known)[0]


def _named(word: str, known: "Catalogue") -> "tuple[Case, ...]":
    from lab.catalogue import Unknown

    path = Path(word.partition("[")[0])
    if path.suffix == ".py" and path.is_file():
        return _of_file(path, word, known)
    _refuse(known, word)
    try:
        found = known.select([word])
    except Unknown as error:
        raise Problem(f"there is no file {path}" if path.suffix == ".py" else str(error)) from None
    if not found:
        raise Problem(f"the chapter {word} has no scenarios")
    return found


def _of_file(path: Path, word: str, known: "Catalogue") -> "tuple[Case, ...]":
    """A scenario file anywhere: its folder counts as its chapter."""
    from lab.catalogue import load_file
    from lab.scenario import cases
    from lab.script import Mistake

    path = path.resolve()
    folder = known.folder if known.folder in path.parents else path.parent.parent
    try:
        scenario = load_file(path, folder)
    except Mistake as mistake:
        raise Problem(str(mistake)) from None
    wanted = word.partition("[")[2].removesuffix("]")
    found = tuple(case for case in cases(scenario) if not wanted or case.variant == wanted)
    if not found:
        raise Problem(f"{path} has no variant {wanted!r}; it has: {', '.join(filter(None, scenario.variants))}")
    return found


def _refuse(known: "Catalogue", word: str) -> None:
    """Tell of the first file that was refused among those that are meant; the empty word means all."""
    name = word.partition("[")[0].removesuffix("/").removesuffix(".py").removeprefix("scenarios/")
    for mistake in known.mistakes:
        address = Path(mistake.where.file).with_suffix("")
        meant = (address.parent.name, f"{address.parent.name}/{address.name}", "")
        if name in meant:
            more = f" (and {len(known.mistakes) - 1} more)" if not word and len(known.mistakes) > 1 else ""
            raise Problem(f"{mistake}{more}")
