"""What people say of a 304, tried: what the client's fields mean, who makes it, whether it can go wrong, what it saves,
and whether a good copy protects from a broken upstream."""

from dataclasses import dataclass

from lab.compare import savings
from lab.compare.pair import BAD_GATEWAY, FROM_STORE, IN_STORE, NOT_MODIFIED
from lab.compare.private_cache import How
from lab.compare.results import (
    All,
    Exhibit,
    Experiment,
    Holding,
    Result,
    exhibit,
    exhibits,
    is_304,
    shows_page,
    untried,
    why_untried,
)
from lab.compare.upstreams import CHANGED, CHANGED_TAG, PAGE, TAG, asks, broken_304, nonsense, page
from lab.compare.visits import Trial, Tried, Visit
from lab.transcript import UPSTREAM_HOP, What

# The same request


SAME_REQUEST = Trial(
    "304: the same request twice",
    (
        Visit(asks=asks(tag=TAG), upstream=page()),
        Visit(at=1, asks=asks(tag=TAG), upstream=page(CHANGED, tag=CHANGED_TAG)),
    ),
)


def _judge_fields(tried: All) -> Result:
    found = tried[SAME_REQUEST.name]
    if not found.told:
        return untried(found.why_not)
    evidence = exhibits(found)
    requests, statuses = {each.asked for each in evidence}, [each.shown for each in evidence]
    if len(requests) > 1:
        return untried("the two requests were not the same")
    got = " and then ".join(map(_status, statuses))
    says = f"The same {len(evidence[0].asked)} bytes, sent twice, got {got}"
    if statuses == [304, 304]:
        return Result(Holding.HOLDS, f"{says}, although the page had changed in between.", evidence)
    if 304 in statuses:
        return Result(Holding.FAILS, f"{says}: they ask, and the answer depends on the page.", evidence)
    return untried(f"{says}, and no 304")


def _status(status: int | None) -> str:
    return "no answer" if status is None else f"a {status}"


# Who makes it


def _judge_direct(tried: All) -> Result:
    relayed, stored = tried[NOT_MODIFIED.name], tried[FROM_STORE.name]
    evidence = tuple(exhibit(each, 2) for each in (relayed, stored) if each.told)
    got = [each for each in evidence if is_304(each)]
    if not got:
        return why_untried(relayed, stored) or untried("no 304 came")
    made = [each for each in got if each.made_by == "store" and not each.upstream_requests]
    passed = [each for each in got if each.made_by == "upstream"]
    if made:
        says = "The gateway made one from its store, and the upstream was not asked."
        return Result(Holding.FAILS, says, tuple(got))
    if passed:
        says = f"The upstream made {'it' if len(passed) == 1 else 'each'}, and a gateway passed it on."
        return Result(Holding.PARTLY, says + _not_from_store(stored), tuple(got))
    return untried("a 304 came, and nobody can say who made it")


def _not_from_store(stored: Tried) -> str:
    return f" From a store: not tried ({stored.why_not})." if stored.why_not else " None came from a store."


# What can go wrong


@dataclass(frozen=True)
class Damage:
    """One way in which a 304 is wrong. `has_copy`: whether the client has asked with a condition."""

    says: str
    trial: Trial


def _damaged(says: str, *lines: bytes, after: bytes = b"", has_copy: bool = True) -> Damage:
    upstream = broken_304(says, *lines, after=after)
    first = (Visit(upstream=page(closes=True)),) if has_copy else ()
    return Damage(says, Trial(f"304: {says}", (*first, Visit(at=1, upstream=upstream))))


_LENGTH = b"Content-Length: %d\r\n"
_QUEUED = b"HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\nno page"

DAMAGES = (
    _damaged("with content behind it", _LENGTH % len(PAGE), after=PAGE),
    _damaged("with a false Content-Length", _LENGTH % 999),
    _damaged("with a second answer queued behind it", after=_QUEUED),
    _damaged("to a request without a condition", has_copy=False),
)


def _judge_action(tried: All) -> Result:
    sound = tried[NOT_MODIFIED.name]
    found = [(each, tried[each.trial.name]) for each in DAMAGES]
    if untried_result := why_untried(sound, *(each for _, each in found)):
        return untried_result
    evidence = (exhibit(sound, 2), *(exhibit(each, len(each.seen)) for _, each in found))
    if not is_304(evidence[0]):
        return untried("no 304 came, not even a sound one")
    if not shows_page(sound.last, PAGE):
        return Result(Holding.FAILS, "Even a sound one left the client without the page.", evidence)
    hurt = [(damage, each) for damage, each in found if not shows_page(each.last, PAGE)]
    closed = sum(_closed(each) for _, each in found)
    says = f"A sound one needed none. Of {len(found)} broken ones {len(found) - len(hurt)} still led to the page."
    if not hurt and not closed:
        return Result(Holding.HOLDS, says, evidence)
    if hurt:
        ends = "; ".join(f"{damage.says}: {_status(each.last.status)} and no page" for damage, each in hurt)
        says += f" Not so {ends}."
    if closed:
        says += f" After {closed} of the {len(found)} the gateway closed the upstream connection."
    return Result(Holding.PARTLY, says, evidence)


def _closed(tried: Tried) -> bool:
    """Whether the gateway ended the upstream connection in the last act."""
    events = tried.transcript.on(UPSTREAM_HOP, act=tried.last.act) if tried.transcript else ()
    return any(event.what in (What.ENDED, What.BROKEN) for event in events)


# Whether a good copy protects


_AGED = 120.0
STATES = (
    ("fresh in the store", IN_STORE, 1.0),
    ("stale", b"max-age=60", _AGED),
    ("stale, with stale-if-error", b"max-age=60, stale-if-error=600", _AGED),
    ("stale, with must-revalidate", b"max-age=60, must-revalidate", _AGED),
)


def _protected(name: str, freshness: bytes, at: float) -> Trial:
    return Trial(
        f"304 or 502: {name}",
        (Visit(upstream=page(freshness=freshness)), Visit(at=at, upstream=nonsense())),
        frozenset({"cache", "clock"}),
    )


PROTECTED = tuple(_protected(*state) for state in STATES)


def _judge_protection(tried: All) -> Result:
    named = (("not in the store", BAD_GATEWAY), *zip((name for name, _, _ in STATES), PROTECTED, strict=True))
    told = [(name, tried[trial.name]) for name, trial in named if tried[trial.name].told]
    if not told:
        return untried(tried[BAD_GATEWAY.name].why_not)
    evidence = tuple(exhibit(each, 2) for _, each in told)
    good = sum(shows_page(each.last, PAGE) for _, each in told)
    said = "; ".join(f"{name}: {_wire(part)}" for (name, _), part in zip(told, evidence, strict=True))
    holding = Holding.HOLDS if good == len(told) else Holding.PARTLY if good else Holding.FAILS
    missing = "" if len(told) == len(named) else f" Not tried: {tried[PROTECTED[0].name].why_not}."
    return Result(
        holding, f"The same request, the same broken upstream, by what the store had. {said}.{missing}", evidence
    )


def _wire(part: Exhibit) -> str:
    status = part.answer[9:12].decode("latin-1") or "no answer"
    return f"{status} ({part.outcome})"


# Whether one can do without


HARD_RELOAD = Trial(
    "304: reloading with no-cache instead",
    (Visit(upstream=page(closes=True)), Visit(at=1, upstream=page(), how=How.HARD_RELOAD)),
)


def _judge_staleness(tried: All) -> Result:
    reloaded, asked = tried[HARD_RELOAD.name], tried[NOT_MODIFIED.name]
    if untried_result := why_untried(reloaded, asked):
        return untried_result
    evidence = (exhibit(asked, 2), exhibit(reloaded, 2))
    same = shows_page(asked.last, PAGE) and shows_page(reloaded.last, PAGE)
    sizes = " and ".join(
        f"{part.content:,} bytes of content with a {part.answer[9:12].decode('latin-1')}" for part in evidence
    )
    says = f"Asked with and without the copy: {sizes}; the page shown was {'the same' if same else 'another'}."
    return Result(Holding.FAILS if same else Holding.HOLDS, says, evidence)


EXPERIMENTS = (
    Experiment("fields", "The client's If-None-Match says that its copy is current.", 304, (SAME_REQUEST,),
               _judge_fields),
    Experiment("direct", "A 304 is a matter between the client and the origin alone.", 304, (NOT_MODIFIED, FROM_STORE),
               _judge_direct),
    Experiment("no-action", "A 304 needs no action from anybody.", 304,
               (NOT_MODIFIED, *(each.trial for each in DAMAGES)), _judge_action),
    Experiment("saves-bytes", "A 304 saves bytes.", 304, savings.SAVINGS, savings.judge),
    Experiment("protects", "A good copy protects from a broken upstream: the client gets its 304.", 304,
               (BAD_GATEWAY, *PROTECTED), _judge_protection),
    Experiment("less-than-a-page", "A 304 shows an older page than reloading would.", 304, (HARD_RELOAD, NOT_MODIFIED),
               _judge_staleness),
)  # fmt: skip
