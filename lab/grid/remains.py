"""What a store was left with after a failure, as the last request shows: its own If-None-Match, and its answer."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from lab.grid.cells import Finding
from lab.grid.states import GOOD, GOOD_CONTENT
from lab.outcome import Facts, Fidelity, Maker, Outcome, answer_to
from lab.outcome.fidelity import fidelity, readings
from lab.transcript import Asked, Transcript

_TRUE = frozenset({Fidelity.EXACT, Fidelity.REPAIRED})


@dataclass(frozen=True)
class Remains:
    """`met`, `last`: what the client got while the upstream was faulty, and when it was well again and had changed.
    `asked_last`: the If-None-Match with which the gateway asked at the end; None: it asked nothing. `wrong_in_meaning`:
    the faulty answer is wrong though its octets are in order."""

    transcript: Transcript
    of_met: Asked
    of_last: Asked
    met: Facts
    last: Facts
    asked_last: bytes | None
    wrong_in_meaning: bool

    def findings(self, *, has_copy: bool) -> Iterator[Finding]:
        if has_copy and self.copy_kept is False and not self._replaced_rightly:
            yield Finding.COPY_LOST
        if self._own_error_stored or self._broken_answer_stored:
            yield Finding.FAILURE_STORED

    @property
    def copy_kept(self) -> bool | None:
        """Whether the good copy was still there; None: nothing shows it."""
        if self.asked_last is not None:
            return GOOD in self.asked_last
        return True if self._is_good_copy else None

    @property
    def broken_and_looks_complete(self) -> bool:
        """Whether the store gave as complete what is no complete answer of the upstream's."""
        return self._broken_answer_stored and self.last.complete and self._fidelity not in _TRUE

    @property
    def _is_good_copy(self) -> bool:
        return self.last.status == 200 and self.last.complete and self.last.content == GOOD_CONTENT

    @property
    def _own_error_stored(self) -> bool:
        last = self.last
        return self.asked_last is None and last.made_by is Maker.GATEWAY and last.status is not None

    @property
    def _broken_answer_stored(self) -> bool:
        if self.asked_last is not None or self.last.made_by is not Maker.STORE or self._is_good_copy:
            return False
        wrong = (self.last.status or 500) >= 500 or self._fidelity not in _TRUE
        return wrong or self.wrong_in_meaning

    @cached_property
    def _fidelity(self) -> Fidelity:
        """The last answer, against what the upstream sent while it was faulty."""
        return fidelity(answer_to(self.transcript, self.of_last), readings(self.transcript, self.of_met))

    @property
    def _replaced_rightly(self) -> bool:
        """Whether what the client got from the faulty upstream is a true answer, which takes the copy's place."""
        met = self.met
        if met.made_by is not Maker.UPSTREAM or (met.status or 500) >= 500:
            return False
        return met.outcome in (Outcome.RELAYED, Outcome.REPAIRED) and not self.wrong_in_meaning
