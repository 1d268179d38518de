"""Finds scenario files, loads them, and finds a scenario by its name."""

import difflib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from lab.catalogue.loading import CHAPTER_FILE, load_chapter, load_file
from lab.home import scenarios_folder
from lab.scenario import Case, Chapter, Scenario, cases
from lab.script import Mistake, Where

__all__ = ["Catalogue", "ChapterEntry", "Unknown", "load", "load_alone", "load_chapter", "load_file"]

CHAPTERS = (
    "first", "connections", "malformed_headers", "truncated_bodies", "protocol_mismatch", "timing", "tls",
    "interim_responses", "reuse_races", "caching_304", "stale_or_502",
)  # fmt: skip
"""The order of the lab's own chapters; others follow by name."""


class Unknown(LookupError):
    """No scenario or chapter has this name; the message names the nearest ones."""


@dataclass(frozen=True)
class ChapterEntry:
    """One folder: its name, what its chapter.py says, and its scenarios in the order of the lesson."""

    name: str
    chapter: Chapter
    scenarios: tuple[Scenario, ...]


@dataclass(frozen=True)
class Catalogue:
    """All that was found in a folder; `mistakes` are the files that were refused."""

    folder: Path
    chapters: tuple[ChapterEntry, ...]
    mistakes: tuple[Mistake, ...] = ()

    @property
    def scenarios(self) -> tuple[Scenario, ...]:
        return tuple(scenario for chapter in self.chapters for scenario in chapter.scenarios)

    @cached_property
    def _by_address(self) -> dict[str, Scenario]:
        return {scenario.address: scenario for scenario in self.scenarios}

    def find(self, address: str) -> Scenario:
        """The scenario with this address. Raises `Unknown`, naming the nearest."""
        if address in self._by_address:
            return self._by_address[address]
        raise Unknown(self._unknown(address))

    def select(self, words: Iterable[str]) -> tuple[Case, ...]:
        """The cases that these words name: an address, an address with a variant in brackets, or a chapter."""
        chosen = {case.name: case for word in words for case in self._named(word)}
        return tuple(chosen.values())

    def all_cases(self) -> tuple[Case, ...]:
        return tuple(case for scenario in self.scenarios for case in cases(scenario))

    def _named(self, word: str) -> Iterator[Case]:
        name = word.removesuffix("/").removesuffix(".py").removeprefix("scenarios/")
        for chapter in self.chapters:
            if chapter.name == name:
                for scenario in chapter.scenarios:
                    yield from cases(scenario)
                return
        plain, _, variant = name.partition("[")
        scenario = self.find(plain)
        if not variant:
            yield from cases(scenario)
        elif (wanted := variant.removesuffix("]")) in scenario.variants:
            yield Case(scenario, wanted)
        else:
            raise Unknown(f"{plain} has no variant {wanted!r}; it has: {', '.join(filter(None, scenario.variants))}")

    def _unknown(self, name: str) -> str:
        known = [*self._by_address, *(chapter.name for chapter in self.chapters)]
        near = difflib.get_close_matches(name, known, 3, 0.5)
        near += [address for address in known if address.rpartition("/")[2] == name.rpartition("/")[2]]
        hint = f"; did you mean {' or '.join(dict.fromkeys(near))}?" if near else "; `badgateway list` names them all"
        return f"there is no scenario or chapter {name!r}{hint}"


def load(folder: Path | None = None) -> Catalogue:
    """Load a folder of scenarios (None: the lab's own). What is wrong with a file is kept, and the rest goes on."""
    root = (folder or scenarios_folder()).resolve()
    if not root.is_dir():
        raise Mistake(f"{root} is no folder of scenarios")
    mistakes: list[Mistake] = []
    found = [_chapter(path, root, mistakes) for path in sorted(root.iterdir(), key=_place) if _is_chapter(path)]
    loose = _scenarios([path for path in sorted(root.glob("*.py")) if path.name != CHAPTER_FILE], root, mistakes)
    if loose:
        found.append(ChapterEntry(root.name, _unnamed(root), loose))
    return Catalogue(root, tuple(found), tuple(mistakes))


def load_alone(chapter: str, folder: Path | None = None) -> Catalogue | None:
    """One chapter of a folder (None: the lab's own), by its name, and none of the others; None where there is none."""
    root = (folder or scenarios_folder()).resolve()
    if Path(chapter).name != chapter or not _is_chapter(root / chapter):
        return None
    mistakes: list[Mistake] = []
    return Catalogue(root, (_chapter(root / chapter, root, mistakes),), tuple(mistakes))


def _place(path: Path) -> tuple[int, str]:
    return (CHAPTERS.index(path.name) if path.name in CHAPTERS else len(CHAPTERS), path.name)


def _is_chapter(path: Path) -> bool:
    return path.is_dir() and not path.name.startswith((".", "_")) and any(path.glob("*.py"))


def _chapter(path: Path, root: Path, mistakes: list[Mistake]) -> ChapterEntry:
    chapter = _unnamed(path)
    try:
        chapter = load_chapter(path) or chapter
    except Mistake as mistake:
        mistakes.append(mistake)
    scenarios = _scenarios([file for file in sorted(path.glob("*.py")) if file.name != CHAPTER_FILE], root, mistakes)
    order = {name: place for place, name in enumerate(chapter.order)}
    names = {scenario.address.rpartition("/")[2] for scenario in scenarios}
    refused = {Path(mistake.where.file).stem for mistake in mistakes}
    for name in order:
        if name not in names | refused:
            mistakes.append(Mistake(f"order= names {name!r}, but there is no such scenario here", chapter.where))
    ordered = sorted(scenarios, key=lambda scenario: order.get(scenario.address.rpartition("/")[2], len(order)))
    return ChapterEntry(path.name, chapter, tuple(ordered))


def _scenarios(files: list[Path], root: Path, mistakes: list[Mistake]) -> tuple[Scenario, ...]:
    found = []
    for file in files:
        try:
            found.append(load_file(file, root))
        except Mistake as mistake:
            mistakes.append(mistake if mistake.where.file else Mistake(mistake.says, Where(str(file), 1)))
    return tuple(found)


def _unnamed(path: Path) -> Chapter:
    title = path.name.replace("_", " ")
    return Chapter(title=title, goals=(), text=title, order=(), where=Where(str(path), 1))
