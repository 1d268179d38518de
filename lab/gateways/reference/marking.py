"""Which upstreams count as down: after so many failures in a row one is left alone for a while. Pure: the time is an
argument, in seconds of any clock that only goes forward."""

from dataclasses import dataclass

from lab.gateways import Destination
from lab.gateways.reference.failure import Failure
from lab.rfc.conditions import Condition, Stage

_OWN_FAULT = frozenset({Condition.PORTS_EXHAUSTED, Condition.LIMIT_REACHED})
_NO_RESPONSE = frozenset(
    {Condition.NO_BYTE, Condition.WRITE_FAILED, Condition.WRITE_TIMEOUT, Condition.FIRST_BYTE_TIMEOUT}
)


@dataclass(frozen=True)
class MarkDown:
    """The rule: after `failures` in a row an upstream counts as down for `seconds`; then one request tries it."""

    failures: int
    seconds: float = 10.0

    def __post_init__(self) -> None:
        if self.failures < 1:
            raise ValueError("an upstream is marked down after 1 failure or more")
        if not 0 < self.seconds < float("inf"):
            raise ValueError("an upstream is marked down for a number of seconds above 0")


def counts(failure: Failure, *, reused: bool = False) -> bool:
    """Whether this speaks against the upstream: no connection, or no response. On a connection that had been used
    before, an end without a response does not: it may have been closed at the same moment."""
    if failure.condition in (Condition.NO_BYTE, Condition.WRITE_FAILED) and reused:
        return False
    connecting = failure.row.stage in (Stage.NAME, Stage.CONNECTION) and failure.condition not in _OWN_FAULT
    return connecting or failure.condition in _NO_RESPONSE


@dataclass
class _Count:
    failures: int = 0
    until: float = 0.0
    trying: bool = False


class Marking:
    """The upstreams that failed last, and how often in a row. Without a rule nothing is ever marked down."""

    def __init__(self, rule: MarkDown | None) -> None:
        self._rule = rule
        self._counts: dict[Destination, _Count] = {}

    def begin(self, destination: Destination, now: float) -> bool:
        """Whether it may be tried. Of one whose time as down is over, one request at a time finds out."""
        count = self._counts.get(destination)
        if count is None or not self._down(count):
            return True
        if count.trying or now < count.until:
            return False
        count.trying = True
        return True

    def tries(self, destination: Destination) -> bool:
        """Whether one request is finding out, just now, if it is still down."""
        return destination in self._counts and self._counts[destination].trying

    def failed(self, destination: Destination, now: float) -> bool:
        """It has failed once more. Gives whether it counts as down from now on."""
        if self._rule is None:
            return False
        count = self._counts.setdefault(destination, _Count())
        count.failures += 1
        count.trying = False
        if not self._down(count):
            return False
        count.until = now + self._rule.seconds
        return True

    def answered(self, destination: Destination) -> bool:
        """A response has come: all is forgotten. Gives whether it had counted as down."""
        count = self._counts.pop(destination, None)
        return count is not None and self._down(count)

    def undecided(self, destination: Destination) -> None:
        """An attempt has ended and says nothing of the upstream: the next request may try."""
        if (count := self._counts.get(destination)) is not None:
            count.trying = False

    def wait(self, now: float) -> float:
        """Seconds until the first of those that are down may be tried again."""
        return max(0.0, min((count.until for count in self._counts.values() if self._down(count)), default=now) - now)

    def _down(self, count: _Count) -> bool:
        return self._rule is not None and count.failures >= self._rule.failures
