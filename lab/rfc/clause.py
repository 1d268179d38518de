"""A clause as a value, and whether it exists."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import takewhile

from lab.rfc.sections import Document, document, numbers

_SECTION = re.compile(r"(?P<base>[0-9A-Z]+(?:\.[0-9]+)*)(?:\([0-9]+\))?")


@dataclass(frozen=True, slots=True, order=True)
class RFC:
    """A clause: the number of an RFC and one of its sections, `RFC(9112, "6.3")`.

    An item of a numbered list in that section may be named too: `RFC(9112, "6.3(5)")`. Appendices are `"A"`, `"B.1"`.
    Making one checks nothing: `clause_error` says what is wrong with it.
    """

    number: int
    section: str

    def __str__(self) -> str:
        return f"RFC {self.number}, {self.section}"

    @property
    def base(self) -> str:
        """The section without the item: `6.3` for `6.3(5)`."""
        return self.section.partition("(")[0]

    @property
    def exists(self) -> bool:
        return clause_error(self) is None

    @property
    def title(self) -> str:
        """The title of the section. Raises LookupError, with the sentence of `clause_error`, where there is none."""
        error = clause_error(self)
        found = document(self.number)
        if error is not None or found is None:
            raise LookupError(error)
        return found.sections[self.base]

    @property
    def url(self) -> str:
        """Where the section can be read (an item has no address of its own)."""
        kind = "appendix" if self.base[:1].isalpha() else "section"
        return f"https://www.rfc-editor.org/rfc/rfc{self.number}#{kind}-{self.base}"


def clause_error(clause: RFC) -> str | None:
    """What is wrong with a clause, in one line with what to write instead; None when the clause exists."""
    # Scenario files are Python that nobody has type-checked: RFC(9112, 6.3) is the mistake one makes first.
    given: tuple[object, object] = (clause.number, clause.section)
    if not (isinstance(given[0], int) and isinstance(given[1], str)):
        return f'a clause is a number and a section in quotes, RFC(9112, "6.3"): not {given[0]!r}, {given[1]!r}'
    match = _SECTION.fullmatch(clause.section)
    if match is None:
        return f'{clause.section!r} is no section of an RFC: write it as "6.3", "6.3(5)" or "B.1"'
    found = document(clause.number)
    if found is None:
        return f"RFC {clause.number} is not one that the lab can check: it knows {', '.join(map(str, numbers()))}"
    if match["base"] in found.sections:
        return None
    lacks = "has no section" if found.whole else "is held here only in part, without section"
    return f"RFC {clause.number} ({found.title}) {lacks} {match['base']}; {_nearest(found, match['base'])}"


def _nearest(found: Document, section: str) -> str:
    """The section that shares most leading numbers with the one asked for, and among those looks most like it."""

    def likeness(other: str) -> tuple[int, float]:
        pairs = zip(section.split("."), other.split("."), strict=False)
        shared = len(list(takewhile(lambda pair: pair[0] == pair[1], pairs)))
        return shared, SequenceMatcher(None, section, other).ratio()

    near = max(found.sections, key=likeness)
    return f"the nearest is {near}, {found.sections[near]}"
