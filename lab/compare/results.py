"""What came of an experiment, and the evidence for it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from lab.compare.visits import Seen, Source, Trial, Tried
from lab.transcript import CLIENT_HOP, UPSTREAM_HOP, Event, What, joined

All = Mapping[str, Tried]
"""Every trial that was performed, by its name."""


class Holding(StrEnum):
    """Whether a claim does. The list is closed."""

    HOLDS = "holds"
    PARTLY = "holds partly"
    FAILS = "fails"
    UNTRIED = "not tried"


@dataclass(frozen=True)
class Exhibit:
    """One visit of one trial, as the wire had it.

    trial      the name of the trial; `visit`: its number in it, from 1
    shown      the status of the page that was shown in the end, and
    source     where that came from; nothing of what follows where its own copy answered, and nobody was asked
    performance  names the performance, as the nonces do
    asked      the bytes that the client sent
    answer     the bytes that it received, and
    content    how many octets of content they carried
    made_by, outcome   of the answer, as `run` names them; no outcome where the client itself ended it
    upstream_asked, upstream_answered   octets that the upstream received and sent meanwhile
    upstream_requests  requests that reached it
    began, ended       milliseconds since the performance began
    """

    trial: str
    visit: int
    shown: int | None
    source: Source
    performance: str = ""
    asked: bytes = b""
    answer: bytes = b""
    content: int = 0
    made_by: str = ""
    outcome: str = ""
    upstream_asked: int = 0
    upstream_answered: int = 0
    upstream_requests: int = 0
    began: float = 0.0
    ended: float = 0.0

    @property
    def name(self) -> str:
        """By which it can be referred to."""
        return f"{self.trial}, visit {self.visit}"


@dataclass(frozen=True)
class Result:
    """`says`: a sentence of what was measured."""

    holding: Holding
    says: str
    evidence: tuple[Exhibit, ...] = ()


@dataclass(frozen=True)
class Experiment:
    """A claim, what is performed to try it, and who judges. `about`: the status that it is about, 502 or 304.

    The judge is a function of what was performed, and of nothing else.
    """

    name: str
    claim: str
    about: int
    trials: tuple[Trial, ...]
    judge: Callable[[All], Result]


def untried(why: str) -> Result:
    """Nothing was measured, and why."""
    return Result(Holding.UNTRIED, why)


def why_untried(*tried: Tried) -> Result | None:
    """The result where one of these says nothing."""
    return next((untried(each.why_not) for each in tried if not each.told), None)


def exhibits(tried: Tried) -> tuple[Exhibit, ...]:
    """Every visit of a trial."""
    return tuple(exhibit(tried, number) for number in range(1, len(tried.seen) + 1))


def exhibit(tried: Tried, visit: int) -> Exhibit:
    """One visit of a trial, from 1."""
    seen = tried.seen[visit - 1]
    transcript = tried.transcript
    if transcript is None or seen.act is None or seen.facts is None:
        return Exhibit(tried.trial.name, visit, seen.status, seen.source)
    client = tuple(transcript.on(CLIENT_HOP, act=seen.act))
    upstream = tuple(transcript.on(UPSTREAM_HOP, act=seen.act))
    times = [event.at / 1e6 for event in (*client, *upstream)] or [0.0]
    return Exhibit(
        trial=tried.trial.name,
        visit=visit,
        shown=seen.status,
        source=seen.source,
        performance=transcript.performance,
        asked=joined(client, What.SENT),
        answer=joined(client, What.RECEIVED),
        content=len(seen.facts.content),
        made_by=seen.facts.made_by,
        outcome="" if any(event.what in _BY_ITSELF for event in client) else seen.facts.outcome,
        upstream_asked=_octets(upstream, What.RECEIVED),
        upstream_answered=_octets(upstream, What.SENT),
        upstream_requests=seen.facts.upstream_requests,
        began=min(times),
        ended=max(times),
    )


_BY_ITSELF = (What.FAILED, What.RESET)
"""The client never came through, or broke off: what it would have got, nobody knows."""


def _octets(events: tuple[Event, ...], what: What) -> int:
    return sum(len(event.data) for event in events if event.what is what)


def is_304(part: Exhibit) -> bool:
    """Whether that is what came over the wire, whatever was shown then."""
    return part.answer[8:13] == b" 304 "


def shows_page(seen: Seen, content: bytes) -> bool:
    """Whether somebody who looks sees this page, whole."""
    return seen.status == 200 and seen.complete and seen.content == content
