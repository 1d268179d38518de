"""Which sections each RFC has, with their titles.

`contents/` holds one table of contents for each RFC that the lab cites: the title on the first line, then a number and
a title on each. A last line of three dots says that only the sections named are held, not the whole table.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

CONTENTS = Path(__file__).with_name("contents")


@dataclass(frozen=True, slots=True)
class Document:
    """One RFC: its number, its title, its sections (number to title), and whether they are all held here."""

    number: int
    title: str
    sections: Mapping[str, str]
    whole: bool


@cache
def document(number: int) -> Document | None:
    """The RFC of that number, or None when the lab holds no table of contents for it."""
    try:
        title, *lines = (CONTENTS / f"{number}.txt").read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return None
    whole = lines[-1] != "..."
    sections = dict(line.split(" ", 1) for line in (lines if whole else lines[:-1]))
    return Document(number, title, MappingProxyType(sections), whole)


@cache
def numbers() -> tuple[int, ...]:
    """The numbers of all the RFCs that can be cited, in ascending order."""
    return tuple(sorted(int(path.stem) for path in CONTENTS.glob("*.txt")))
