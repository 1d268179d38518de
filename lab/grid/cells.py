"""One cell of the grid, as it was played: what the client got, and what the store was left with."""

from dataclasses import dataclass
from enum import StrEnum

from lab.grid.states import Question
from lab.outcome import Facts
from lab.transcript import Transcript


class Sort(StrEnum):
    """Whether there is something to tell of a cell."""

    PLAYED = "played"
    NOT_REACHED = "not-reached"
    INCONCLUSIVE = "inconclusive"
    NOT_APPLICABLE = "not-applicable"


class Finding(StrEnum):
    """What outlives the fault."""

    COPY_LOST = "copy-lost"
    FAILURE_STORED = "failure-stored"

    @property
    def says(self) -> str:
        return _SAYS[self]


_SAYS = {
    Finding.COPY_LOST: "The good copy is no longer in the store. That is allowed; the next failure meets no copy.",
    Finding.FAILURE_STORED: "The failure, or a broken answer, was stored: it goes on when the upstream is well again.",
}


NOT_SET_UP = "state not set up"


@dataclass(frozen=True)
class Cell:
    """`met`: what the client got while the upstream was faulty; `last`: when it was well again. None where that was not
    played, or proves nothing.

    `copy_kept`: whether the good copy was still there at the end; None: nothing shows it, or there was none.
    `disguised`: whether somebody got, then or at the end, what looks complete and is nobody's true answer.
    `asked_with`: the If-None-Match with which the gateway asked while the upstream was faulty (empty: without one),
    `asked_last_with`: when it was well again; None: it did not ask. `why`: the reason where nothing was found out.
    """

    question: Question
    transcript: Transcript
    sort: Sort
    met: Facts | None = None
    last: Facts | None = None
    findings: tuple[Finding, ...] = ()
    copy_kept: bool | None = None
    disguised: bool = False
    asked_with: str | None = None
    asked_last_with: str | None = None
    why: str = ""

    @property
    def delivered(self) -> bool:
        """Whether the fault took effect."""
        return self.sort is Sort.PLAYED

    @property
    def not_set_up(self) -> bool:
        """Whether nothing is known because the store was not in the state that is asked for."""
        return self.sort is Sort.INCONCLUSIVE and self.why.startswith(NOT_SET_UP)
