"""Trials: visits to a page, one after the other, by clients that have a cache of their own; and what each visit showed.

What a client asks in its second visit follows from what it got in the first. So a trial is followed as far as its
transcript goes, gives the next act, is performed from the beginning with that act added, and so on. What is shown is
read from the last performance alone, from its first byte to its last.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

from lab.compare.private_cache import How, PrivateCache
from lab.outcome import Facts, facts
from lab.scenario import Act, Case, Scenario
from lab.script import Get, Request, Script, Upstream
from lab.transcript import Transcript


class Place(StrEnum):
    """How the gateway and its neighbours can be found."""

    FOUND = "found"
    UPSTREAM_UNNAMED = "the upstream's name stands for no address"
    GATEWAY_UNNAMED = "the gateway's name stands for no address"
    GATEWAY_GONE = "nobody listens where the gateway should be"


@dataclass(frozen=True, kw_only=True)
class Visit:
    """Somebody asks for a page.

    target    of the page
    how       as a link does, or as a reload does
    at        what the clocks say, in seconds since the first visit
    upstream  what the upstream does from now on; None: as before
    client    who visits: each has a cache and connections of its own
    cleared   that cache is cleared before
    anew      on a new client connection, although there is one
    asks      what the client asks whatever it has in its cache, which then takes no part
    """

    target: str = "/page"
    how: How = How.LINK
    at: float = 0.0
    upstream: Upstream | None = None
    client: int = 1
    cleared: bool = False
    anew: bool = False
    asks: Request | Script | None = None


@dataclass(frozen=True)
class Trial:
    """Visits under one name. `needs`: of the words of `lab.scenario.NEEDS`."""

    name: str
    visits: tuple[Visit, ...]
    needs: frozenset[str] = frozenset()
    place: Place = Place.FOUND

    def case(self, acts: tuple[Act, ...]) -> Case:
        """These acts as something to perform."""
        scenario = Scenario(lesson=self.name, guess=self.name, acts=acts, needs=self.needs)
        return Case(replace(scenario, address=f"compare/{self.name}", title=self.name))


class Source(StrEnum):
    """Where what a visit showed came from."""

    NETWORK = "the network"
    OWN_COPY = "the client's own copy, without asking"
    VALIDATED = "the client's own copy, after a 304"


@dataclass(frozen=True)
class Seen:
    """What one visit showed. `act`: in which act it was asked for; None: nobody was asked. `facts`: of that exchange.
    `status`, `content`: of the page that is shown at the end."""

    visit: Visit
    source: Source
    act: int | None
    facts: Facts | None
    status: int | None
    content: bytes
    complete: bool


@dataclass(frozen=True)
class Tried:
    """A trial after it was performed. `why_not`: why it says nothing; then `seen` is what there is."""

    trial: Trial
    transcript: Transcript | None
    seen: tuple[Seen, ...] = ()
    why_not: str = ""

    @property
    def last(self) -> Seen:
        return self.seen[-1]

    @property
    def told(self) -> bool:
        """Whether it says something."""
        return not self.why_not


@dataclass(frozen=True)
class Followed:
    """A trial, as far as its transcript goes. `acts`: those that its clients ask for, the last one perhaps still to be
    performed (`more`)."""

    acts: tuple[Act, ...]
    seen: tuple[Seen, ...]
    more: bool


def follow(trial: Trial, transcript: Transcript | None) -> Followed:
    """Go through the visits with each client's cache, and with the answers of this transcript."""
    clients: dict[int, PrivateCache] = {}
    acts: list[Act] = []
    seen: list[Seen] = []
    upstream, last_client = None, None
    for visit in trial.visits:
        cache = clients.setdefault(visit.client, PrivateCache())
        upstream = visit.upstream or upstream
        if visit.cleared:
            cache.clear()
        copy = cache.find(visit.target, visit.how, visit.at) if visit.asks is None else None
        if copy is not None:
            seen.append(Seen(visit, Source.OWN_COPY, None, None, copy.status, copy.content, True))
            continue
        lines = cache.lines(visit.target, visit.how) if visit.asks is None else ()
        reuse = visit.client == last_client and not visit.anew
        client = visit.asks or Get(visit.target, *lines)
        acts.append(Act(client=client, upstream=upstream, clock=visit.at, reuse=reuse))
        upstream, last_client = None, visit.client
        if transcript is None or not any(asked.act == len(acts) for asked in transcript.asked):
            return Followed(tuple(acts), tuple(seen), more=True)
        seen.append(_shown(visit, cache, transcript, len(acts), conditional=_conditional(lines)))
    return Followed(tuple(acts), tuple(seen), more=False)


def _conditional(lines: tuple[bytes, ...]) -> bool:
    return any(line.startswith(b"If-") for line in lines)


def _shown(visit: Visit, cache: PrivateCache, transcript: Transcript, act: int, *, conditional: bool) -> Seen:
    asked = next(asked for asked in transcript.asked if asked.act == act)
    got = facts(transcript, asked)
    if visit.asks is None and got.complete and got.status is not None:
        copy = cache.take(
            visit.target, conditional=conditional, status=got.status, fields=got.fields, content=got.content,
            now=visit.at,
        )  # fmt: skip
        if copy is not None:
            return Seen(visit, Source.VALIDATED, act, got, copy.status, copy.content, True)
    return Seen(visit, Source.NETWORK, act, got, got.status, got.content, got.complete)
