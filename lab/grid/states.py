"""The states of a store, the clients that ask it, and the times and validators by which both are known."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from lab.scenario import Case


class State(StrEnum):
    """What a store holds for the target when the faulty upstream comes into play."""

    COLD = "cold"
    FRESH = "fresh"
    STALE = "stale"
    STALE_IF_ERROR = "stale-if-error"
    MUST_REVALIDATE = "must-revalidate"

    @property
    def says(self) -> str:
        return _SAYS[self]

    @property
    def has_copy(self) -> bool:
        return self is not State.COLD


_SAYS = {
    State.COLD: "nothing is stored",
    State.FRESH: "a good copy is stored, and is fresh",
    State.STALE: "a good copy is stored, and is stale",
    State.STALE_IF_ERROR: "the same, and stale-if-error allows it in place of an error (RFC 5861, 4)",
    State.MUST_REVALIDATE: "the same, and must-revalidate forbids it without validation (RFC 9111, 5.2.2.2)",
}

FRESHNESS = {
    State.FRESH: b"max-age=60",
    State.STALE: b"max-age=60",
    State.STALE_IF_ERROR: b"max-age=60, stale-if-error=3600",
    State.MUST_REVALIDATE: b"max-age=60, must-revalidate",
}
"""Cache-Control of the good copy."""


class Asking(StrEnum):
    """What a client says of a copy of its own: nothing, or an If-None-Match with or without the good copy's tag."""

    PLAIN = "plain"
    MATCHING = "matching"
    NON_MATCHING = "non-matching"

    @property
    def says(self) -> str:
        return f"If-None-Match: {TAGS[self].decode()}" if self in TAGS else "no If-None-Match"


GOOD, NEW, CHANGED = b'"v1"', b'"v2"', b'"v3"'
"""The entity tags: of the good copy, of a faulty answer, and of what the healthy origin has at the end."""

TAGS = {Asking.MATCHING: GOOD, Asking.NON_MATCHING: b'"v0"'}

GOOD_CONTENT, CHANGED_CONTENT = b"the good copy\n", b"changed in the meantime\n"

PRIMED_AT, LAST_AT = 0.0, 600.0
"""What the clock says in the first and in the last act. At the end a good copy is stale, also one that was validated in
between; a faulty answer that was stored is still fresh."""

NEW_FRESHNESS = b"max-age=3600"


def met_at(state: State) -> float:
    """What the clock says when the faulty upstream comes into play: before or after a copy has become stale."""
    return 30.0 if state is State.FRESH else 120.0


@dataclass(frozen=True)
class Question:
    """One cell, before it is played: what comes of this case in this state, for this client?"""

    case: Case
    state: State
    asking: Asking

    @property
    def name(self) -> str:
        return f"{self.case.name}, {self.state}, {self.asking}"


def questions(cases: Iterable[Case]) -> Iterator[Question]:
    """All the cells of these cases, row by row."""
    return (Question(case, state, asking) for case in cases for state in State for asking in Asking)
