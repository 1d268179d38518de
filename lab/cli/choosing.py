"""Which scenarios are meant: by address, chapter, variant or file, among the lab's own or in a folder of one's own."""

from collections.abc import Callable, Iterable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from lab.cli.completing import folders
from lab.cli.problems import Problem, problems_of

if TYPE_CHECKING:
    from lab.catalogue import Catalogue, Unknown
    from lab.scenario import Case, Scenario

scenarios_option: Callable[[Any], Any] = click.option(
    "--scenarios",
    "folder",
    metavar="DIR",
    type=click.Path(path_type=Path),
    shell_complete=folders,
    help="A folder of scenario files of your own, instead of the lab's.",
)


class Shelf:
    """A folder of scenarios; None: the lab's own. All of it is read only where more than one file is meant."""

    def __init__(self, folder: Path | None) -> None:
        from lab.home import scenarios_folder

        if folder is not None and not folder.is_dir():
            raise Problem(f"--scenarios {folder}: there is no such folder")
        with problems_of(FileNotFoundError):
            self.folder = (folder or scenarios_folder()).resolve()
        self._files: dict[str, str] = {}

    @cached_property
    def catalogue(self) -> "Catalogue":
        """All that is in it. What is wrong with a file stands in `mistakes`."""
        from lab.catalogue import load
        from lab.script import Mistake

        with problems_of(Mistake, OSError):
            return load(self.folder)

    def cases(self, words: Iterable[str]) -> "tuple[Case, ...]":
        """The cases that these words name; no word: all. What is wrong with a file that is meant ends it."""
        given = tuple(words)
        if not given:
            return self._all()
        return tuple({case.name: case for word in given for case in self._named(word)}.values())

    def word_for(self, case: "Case") -> str:
        """A word that names this case again: of a file, as it was given; else its address."""
        name = self._files.get(case.scenario.address, case.scenario.address)
        return f"{name}[{case.variant}]" if case.variant else name

    def scenario(self, word: str) -> "Scenario":
        """The one scenario with this name, or in this file."""
        return self.case(word).scenario

    def case(self, word: str) -> "Case":
        """One case of one scenario: of a scenario with variants, the first, where none is named."""
        cases = self._named(word)
        addresses = dict.fromkeys(case.scenario.address for case in cases)
        if len(addresses) > 1:
            raise Problem(
                f"{word} is a chapter of {len(addresses)} scenarios: name one, such as {next(iter(addresses))}"
            )
        return cases[0]

    def at(self, address: str) -> "Scenario | None":
        """The scenario with this address in the folder itself; None where there is none. `Mistake` where it is refused.

        The address may come out of a file from anywhere: what lies outside the folder is never looked at.
        """
        from lab.catalogue import load_file

        try:
            path = (self.folder / f"{address}.py").resolve()
            there = self.folder in path.parents and path.is_file()
        except (OSError, ValueError):  # no name that a file could have
            return None
        return load_file(path, self.folder) if there else None

    def _all(self) -> "tuple[Case, ...]":
        self._refuse("", self.catalogue)
        if not self.catalogue.scenarios:
            example = self.folder / "mine" / "first.py"
            raise Problem(f"{self.folder} holds no scenarios: `badgateway new {example}` writes one")
        return self.catalogue.all_cases()

    def _named(self, word: str) -> "tuple[Case, ...]":
        from lab.catalogue import Unknown

        name = word.partition("[")[0]
        for path in (Path(name), self.folder / f"{name}.py"):
            if path.suffix == ".py" and path.is_file():
                return self._of_file(path.resolve(), word)
        catalogue = self._catalogue_with(name)
        self._refuse(name, catalogue)
        try:
            found = catalogue.select([word])
        except Unknown as error:
            if Path(name).is_dir():
                raise Problem(f"{name} is a folder, and no chapter: use --scenarios {name}") from None
            raise Problem(_unknown(name, error)) from None
        if not found:
            raise Problem(f"the chapter {word} has no scenarios")
        return found

    def _catalogue_with(self, name: str) -> "Catalogue":
        """Of a chapter that alone, for all of them take a second to read; else all."""
        from lab.catalogue import load_alone
        from lab.script import Mistake

        with problems_of(Mistake, OSError):
            return load_alone(name.removesuffix("/").removeprefix("scenarios/"), self.folder) or self.catalogue

    def _of_file(self, path: Path, word: str) -> "tuple[Case, ...]":
        """A scenario file anywhere: its folder counts as its chapter."""
        from lab.catalogue import load_file
        from lab.scenario import cases
        from lab.script import Mistake

        with problems_of(Mistake):
            scenario = load_file(path, self.folder if self.folder in path.parents else path.parent.parent)
        self._files[scenario.address] = word.partition("[")[0]
        wanted = word.partition("[")[2].removesuffix("]")
        found = tuple(case for case in cases(scenario) if not wanted or case.variant == wanted)
        if not found:
            has = ", ".join(filter(None, scenario.variants)) or "none"
            raise Problem(f"{scenario.address} has no variant {wanted!r}; it has: {has}")
        return found

    def _refuse(self, name: str, catalogue: "Catalogue") -> None:
        """Tell of the first file that was refused in the chapter of this name, or in all where it is empty."""
        chapter = name.removesuffix("/").removeprefix("scenarios/")
        mistakes = [each for each in catalogue.mistakes if chapter in ("", Path(each.where.file).parent.name)]
        if mistakes:
            more = f" (and {len(mistakes) - 1} more)" if len(mistakes) > 1 else ""
            raise Problem(f"{mistakes[0]}{more}")


def _unknown(name: str, error: "Unknown") -> str:
    """Why nothing has this name; a word out of `badgateway list --causes` may be taken for one."""
    from lab.catalogue.causes import CAUSES

    if name.upper() in CAUSES:
        return f"{name} is a cause, and no scenario; `badgateway list --causes` names the scenarios that play it"
    if name.endswith((".json", ".json.gz")) and Path(name).is_file():
        return f"{name} is no scenario; what `badgateway run --save` has kept is shown by `badgateway show {name}`"
    return f"there is no file {name}" if name.endswith(".py") else str(error)
