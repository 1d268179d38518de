"""Folk remedies for a 502, tried: each in every situation that a 502 can come from, beside doing no more than asking
again at once.

A remedy that works where asking again works has cured nothing. It cures where the page is there with it, and without it
is not.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from lab.compare.private_cache import How
from lab.compare.results import All, Exhibit, Holding, Result, exhibits, shows_page
from lab.compare.upstreams import PAGE, its_own_502, nonsense, page
from lab.compare.visits import Seen, Trial, Tried, Visit
from lab.script import Refuse, Script, Upstream, Upstreams

SOON, LATER = 1.0, 120.0
"""Seconds after the first visit at which the second one comes: at once, or after waiting."""


@dataclass(frozen=True)
class Situation:
    """Where a 502 comes from. `first`: what the upstream does at the first visit; `soon`, `later`: at the second."""

    name: str
    says: str
    first: Script | Refuse
    soon: Script | Refuse
    later: Script | Refuse
    needs: frozenset[str] = frozenset()


OWN_COPY = Situation(
    "own copy", "the 502 is in the client's own cache", its_own_502(b"private, max-age=60"), page(), page()
)

SITUATIONS = (
    Situation("refused", "nobody listens there any more", Refuse(), Refuse(), Refuse()),
    Situation("nonsense", "the upstream answers nonsense, each time", nonsense(), nonsense(), nonsense()),
    Situation("once", "it failed once", nonsense(), page(), page()),
    Situation("a minute", "it fails for a minute", nonsense(), nonsense(), page()),
    OWN_COPY,
    Situation("gateway copy", "the 502 is in the gateway's store",
              its_own_502(b"s-maxage=60, max-age=0"), page(), page(), frozenset({"cache", "clock"})),
)  # fmt: skip


@dataclass(frozen=True)
class Remedy:
    """What people do about a 502. `visit`: how they visit the page the second time, given the situation."""

    name: str
    claim: str
    visit: Callable[[Situation], Visit]
    second_upstream: bool = False


def _soon(situation: Situation) -> Visit:
    return Visit(at=SOON, upstream=situation.soon)


AGAIN = Remedy("asking again", "Asking again cures a 502.", _soon)

REMEDIES = (
    AGAIN,
    Remedy("reloading", "Reloading cures a 502.", lambda each: replace(_soon(each), how=How.RELOAD)),
    Remedy("reloading with no-cache", "Reloading with Cache-Control: no-cache cures a 502.",
           lambda each: replace(_soon(each), how=How.HARD_RELOAD)),
    Remedy("clearing the cache", "Clearing the browser's cache cures a 502.",
           lambda each: replace(_soon(each), cleared=True)),
    Remedy("waiting", "Waiting cures a 502.", lambda each: Visit(at=LATER, upstream=each.later)),
    Remedy("another connection", "A new connection to the gateway cures a 502.",
           lambda each: replace(_soon(each), anew=True)),
    Remedy("another client", "Another client, with a cache and a connection of its own, gets round a 502.",
           lambda each: replace(_soon(each), client=2)),
    Remedy("another upstream", "A second upstream, a good one, prevents a 502.", _soon, second_upstream=True),
)  # fmt: skip


class Effect(StrEnum):
    """What a remedy did in one situation."""

    CURED = "cured"
    NO_MORE = "no more than asking again"
    NOT_CURED = "not cured"
    UNTRIED = "not tried"


@dataclass(frozen=True)
class Treatment:
    """One remedy in one situation. `status`: of the page that was shown in the end. `why`: why it was not tried."""

    remedy: Remedy
    situation: Situation
    effect: Effect
    status: int | None
    why: str = ""
    evidence: tuple[Exhibit, ...] = ()


def trial(remedy: Remedy, situation: Situation) -> Trial:
    """Two visits: a 502, and then the remedy."""
    first = Visit(upstream=situation.first)
    visits = (first, remedy.visit(situation))
    needs = situation.needs | ({"clock"} if visits[1].at > SOON else frozenset())
    if remedy.second_upstream:
        visits = (
            replace(first, upstream=_with_a_good_one(first)),
            replace(visits[1], upstream=_with_a_good_one(visits[1])),
        )
        needs |= {"several-upstreams"}
    return Trial(f"502: {remedy.name}, {situation.name}", visits, needs)


def _with_a_good_one(visit: Visit) -> Upstream:
    given = visit.upstream
    assert isinstance(given, Refuse | list) or callable(given)
    return Upstreams(given, page())


def trials() -> Iterator[Trial]:
    return (trial(remedy, situation) for remedy in REMEDIES for situation in SITUATIONS)


def treatments(tried: All, remedy: Remedy) -> tuple[Treatment, ...]:
    """What came of one remedy, situation by situation."""
    return tuple(_treatment(tried, remedy, situation) for situation in SITUATIONS)


def _treatment(tried: All, remedy: Remedy, situation: Situation) -> Treatment:
    treated = tried[trial(remedy, situation).name]
    untreated = tried[trial(AGAIN, situation).name]
    if why := _why_not(treated, remedy) or _why_not(untreated, AGAIN):
        return Treatment(remedy, situation, Effect.UNTRIED, None, why)
    good, good_anyway = (shows_page(each.last, PAGE) for each in (treated, untreated))
    if remedy is AGAIN:
        effect = Effect.CURED if good else Effect.NOT_CURED
    else:
        effect = Effect.NOT_CURED if not good else Effect.NO_MORE if good_anyway else Effect.CURED
    return Treatment(remedy, situation, effect, treated.last.status, evidence=exhibits(treated))


def _why_not(tried: Tried, remedy: Remedy) -> str:
    """Why it says nothing: it could not be performed, or there was no 502 to begin with."""
    if tried.why_not or remedy.second_upstream:
        return tried.why_not
    first = tried.seen[0]
    return "" if first.status == 502 else f"the first visit showed {_shown(first)} and no 502"


def _shown(seen: Seen) -> str:
    return "no answer" if seen.status is None else str(seen.status)


def judge(tried: All, remedy: Remedy) -> Result:
    """Whether the remedy cures: in every situation in which it was tried, in some, in none."""
    found = treatments(tried, remedy)
    told = [each for each in found if each.effect is not Effect.UNTRIED]
    if not told:
        return Result(Holding.UNTRIED, found[0].why)
    cured = [each for each in told if each.effect is Effect.CURED]
    evidence = tuple(exhibit for each in told for exhibit in each.evidence)
    if len(cured) == len(told):
        return Result(Holding.HOLDS, f"In each of {len(told)} situations.", evidence)
    if not cured:
        return Result(Holding.FAILS, f"In none of {len(told)} situations{_more_than_asking(told)}.", evidence)
    where = "; ".join(f"where {each.situation.says}" for each in cured)
    return Result(Holding.PARTLY, f"In {len(cured)} of {len(told)} situations: {where}.", evidence)


def _more_than_asking(told: list[Treatment]) -> str:
    return " more than asking again does" if any(each.effect is Effect.NO_MORE for each in told) else ""
