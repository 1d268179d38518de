"""A cell: sentences, and what each rests on."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from lab.compare.results import All, Exhibit, exhibit
from lab.compare.visits import Seen, Trial, Tried
from lab.outcome import Facts
from lab.rfc import RFC


@dataclass(frozen=True)
class Cell:
    """`says`: sentences, few enough to be read at a glance. `more`: further ones, for those who want to know.
    `evidence`: the visits that they tell of. `clauses`: where the standard speaks of it.
    `names`: the cases of the catalogue that were counted, a line for each thing that was counted."""

    says: tuple[str, ...]
    more: tuple[str, ...] = field(default=(), kw_only=True)
    evidence: tuple[Exhibit, ...] = ()
    clauses: tuple[RFC, ...] = ()
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Second:
    """The second visit of a trial of the pair: what differs between 502 and 304."""

    tried: Tried
    seen: Seen
    facts: Facts
    shown: Exhibit
    before: Exhibit

    def field(self, name: str) -> str:
        """The value of a field of the answer; empty: it has none."""
        return ", ".join(value for known, value in self.facts.fields if known == name)


def second(tried: All, trial: Trial) -> Second | None:
    """None where it was not tried, or not asked."""
    found = tried[trial.name]
    if not found.told or len(found.seen) < 2 or found.last.facts is None:
        return None
    return Second(found, found.last, found.last.facts, exhibit(found, 2), exhibit(found, 1))


def missing(tried: All, trial: Trial) -> str:
    """Why there is nothing to say of it."""
    return f"{trial.name[0].upper()}{trial.name[1:]}: not tried ({tried[trial.name].why_not or 'nobody was asked'})."


def evidence(*given: Second | None) -> tuple[Exhibit, ...]:
    return tuple(each.shown for each in given if each is not None)


def of_store(says: Iterable[str]) -> Iterable[str]:
    """The same, said of the 304 that came from the gateway's store."""
    return (f"From the store: {each[0].lower()}{each[1:]}" for each in says)


def listed(words: Iterable[str], before_last: str = "and") -> str:
    """`a`, `a and b`, `a, b and c`."""
    *others, last = [*words] or ["nothing"]
    return f"{', '.join(others)} {before_last} {last}" if others else last


def octets(number: int) -> str:
    return f"{number:,} byte{'' if number == 1 else 's'}"
