"""The scenarios as they are now, for performances that were kept."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from lab.cli.choosing import Shelf
from lab.cli.problems import Problem, near
from lab.cli.saving import source_of
from lab.scenario import Case
from lab.script import Mistake
from lab.show.saved import Saved
from lab.show.text.statuses import counted


class Stock:
    """The scenarios that are there now. `words`: what is named of the file; a scenario's own file is found by it.

    A file that was kept names its scenarios by address alone, and only in the folder: it may come from anywhere, and
    must not choose what is executed here.
    """

    def __init__(self, shelf: Shelf, words: Sequence[str]) -> None:
        self._shelf = shelf
        self._words = {word: word.removesuffix("/") for word in words}
        self._known: dict[str, Case | None] = {}
        self._changed: dict[str, None] = {}
        self._gone: dict[str, str] = {}
        for word in words:
            if word.endswith(".py"):
                cases = shelf.cases([word])
                self._known |= {case.name: case for case in cases}
                self._words[word] = cases[0].name if len(cases) == 1 else cases[0].scenario.address

    def chosen(self, names: Sequence[str]) -> list[str]:
        """Those of these names that are meant."""
        return [each for each in names if self.means(each)]

    def means(self, name: str) -> bool:
        """Whether a case of this name is: where nothing is named, all are."""
        return not self._words or any(_means(word, name) for word in self._words.values())

    def refuse_missing(self, names: Collection[str], where: str) -> None:
        """Problem where something is named that is not among all these names."""
        for word, name in self._words.items():
            if not any(_means(name, each) for each in names):
                hint = near(name, sorted({each.partition("[")[0] for each in names})[:20])
                raise Problem(f"{where} has no {word!r}; {hint}")

    def case_of(self, saved: Saved) -> Case | None:
        """The case as it stands now; None where it is gone."""
        if saved.name not in self._known:
            self._known[saved.name] = self._found(saved)
        case = self._known[saved.name]
        if case is not None and case.http2 != saved.http2:
            case = replace(case, http2=saved.http2)
        if case is not None and saved.source not in ("", source_of(case.scenario)):
            self._changed[case.scenario.address] = None
        return case

    def _found(self, saved: Saved) -> Case | None:
        address, variant = saved.transcript.scenario, saved.transcript.variant
        try:
            scenario = self._shelf.at(address)
        except Mistake as mistake:
            self._gone[address] = f"{address} is refused now ({mistake})"
            return None
        if scenario is None or variant not in scenario.variants:
            self._gone[saved.name] = f"{saved.name} is not here (is it yours? name its file too, or give --scenarios)"
            return None
        return Case(scenario, variant, http2=saved.http2)

    def notes(self, unknown: Mapping[str, int]) -> Iterator[str]:
        """What is to be said besides, a line each."""
        if self._changed:
            yield f"changed since, and judged as it stands now: {_some(list(self._changed))}"
        if self._gone:
            first, *more = self._gone.values()
            yield f"{first}{f', and {len(more)} more' if more else ''}: shown, but not judged"
        if unknown:
            said = _some([f"{word} ({counted(times, 'time')})" for word, times in unknown.items()])
            yield f"left out, for a newer badgateway wrote what this one does not know: {said}"


def _means(word: str, name: str) -> bool:
    """Whether this word names a case: its own name, its scenario, or its chapter."""
    return word in (name, name.partition("[")[0], name.partition("/")[0])


def _some(words: list[str]) -> str:
    more = f" and {len(words) - 3} more" if len(words) > 3 else ""
    return ", ".join(words[:3]) + more
