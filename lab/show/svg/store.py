"""The part that a cache's store took in each exchange: looked up, kept, validated, given fresh or stale, set aside.

Nobody can look into the store of a gateway. What is told here follows from what it says (Cache-Status, RFC 9211) and
from both connections: what came out of a store has been put in.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from lab.outcome import Answer, Facts, Maker, Outcome
from lab.outcome.status_fields import of_the_last_cache
from lab.script import NONCE_FIELD
from lab.show.sides import behind, request_sent, served_first, was_tried
from lab.verdict import Exchange, Judgement


class Moment(StrEnum):
    """When in an exchange it happens."""

    ASKED = "when the client has asked"
    BACK = "when the upstream has answered"
    BEFORE = "before the client is answered"
    BEHIND = "when the upstream has answered, behind the back of a client that was served"


@dataclass(frozen=True)
class Stored:
    """One thing that the store took part in. `into`: something goes into it; else it gives, or has nothing to give."""

    act: int
    request: int
    moment: Moment
    into: bool
    text: str


_FORWARDED = {
    "uri-miss": "no copy",
    "vary-miss": "no copy for this request",
    "miss": "no copy",
    "partial": "only a part of it",
    "stale": "a copy, but stale",
    "request": "not to be asked: the request says so",
    "bypass": "not asked",
    "method": "not asked: the method goes on",
}
"""Why a cache went on to ask (RFC 9211, 2.2), as the store would answer."""

_NO = "?0"
_CONDITIONS = (b"if-none-match", b"if-modified-since")
_UNSAFE = frozenset({"POST", "PUT", "DELETE", "PATCH"})


def store_part(judgement: Judgement) -> tuple[Stored, ...]:
    """All of it, exchange by exchange; nothing where no cache shows. What is kept once is told once."""
    exchanges = judgement.exchanges
    if not any(each.facts.made_by is Maker.STORE or each.facts.cache_status for each in exchanges):
        return ()
    kept = {act for each in exchanges if (act := _comes_from(each)) is not None}
    found = [each for place, _ in enumerate(exchanges) for each in _of(judgement, place, kept)]
    once: dict[tuple[object, ...], Stored] = {}
    for each in found:
        once.setdefault((each.act, each.text) if each.into else (each,), each)
    return tuple(once.values())


def _of(judgement: Judgement, place: int, kept: set[int]) -> Iterator[Stored]:
    asked, facts = judgement.exchanges[place].asked, judgement.exchanges[place].facts
    says = of_the_last_cache(facts.cache_status)
    reached = was_tried(judgement.transcript, asked.act)
    by_store = facts.made_by is Maker.STORE
    behind_its_back = by_store and reached and served_first(judgement.transcript, asked)
    whole = _whole_answers(judgement, place) if reached else []
    statuses = {each.final.status for each in whole if each.final} if by_store else set()

    def one(moment: Moment, text: str, *, into: bool = False) -> Stored:
        return Stored(asked.act, asked.request, moment, into, text)

    if (why := says.get("fwd")) and (reached or not by_store):
        yield one(Moment.ASKED, _FORWARDED.get(why, "not enough"))
    elif by_store and reached and not behind_its_back:
        yield one(Moment.ASKED, "a copy, but not to be used unasked")
    elif not by_store and reached and _validates(judgement, place):
        yield one(Moment.ASKED, "a copy, to be validated")
    back = Moment.BEHIND if behind_its_back else Moment.BACK
    if 304 in statuses:
        yield one(back, "the copy is confirmed, and brought up to date", into=True)
    elif 200 in statuses or (not by_store and whole and says.get("stored", _NO) != _NO) or asked.act in kept:
        yield one(back, "a copy is kept", into=True)
    if by_store:
        yield one(Moment.BEFORE, _gives(facts, set() if behind_its_back else statuses))
    changed = asked.method in _UNSAFE and facts.made_by is Maker.UPSTREAM and (facts.status or 500) < 400
    if changed and _was_set_aside(judgement, place):
        yield one(Moment.BACK, "the copy is invalidated: it counts no more", into=True)


def _validates(judgement: Judgement, place: int) -> bool:
    """Whether the gateway asked under a condition that its client had not made."""
    asked = judgement.exchanges[place].asked
    sent = request_sent(judgement.transcript, asked).final
    if sent is None or any(map(sent.fields.has, _CONDITIONS)):
        return False
    requests = (each.request for each in behind(judgement.transcript, asked))
    heads = (request.final for request in requests if request is not None and request.final is not None)
    return any(head.fields.has(name) for head in heads for name in _CONDITIONS)


def _whole_answers(judgement: Judgement, place: int) -> list[Answer]:
    """What the upstream answered in this act, where it can be told apart to this request. A cache says that it stores
    when it begins to: what breaks off later is no copy."""
    asked = judgement.exchanges[place].asked
    found = behind(judgement.transcript, asked)
    found = tuple(each for each in found if each.target == asked.target.encode()) or found
    return [each.answer for each in found if each.answer is not None and each.answer.complete]


def _gives(facts: Facts, statuses: set[int]) -> str:
    how = "fresh"
    if facts.outcome is Outcome.STALE:
        how = "stale"
    elif facts.outcome is Outcome.DISGUISED:
        how = "no true copy"
    elif 304 in statuses:
        how = "validated"
    elif statuses & {200, 206}:
        how = "just fetched"
    what = "says that the client's copy is good (304)" if facts.status == 304 else "gives its copy"
    age = dict(facts.fields).get("age", "")
    old = f", {int(age):,} s old" if age.isdecimal() and len(age) < 12 and int(age) else ""
    return f"{what}: {how}{old}"


def _act_of(facts: Facts) -> int | None:
    """The act in which what the client got was made, by the upstream's nonce: `performance.act.connection.number`."""
    parts = dict(facts.fields).get(NONCE_FIELD.decode().lower(), "").split(".")
    return int(parts[1]) if len(parts) == 4 and parts[1].isdecimal() and len(parts[1]) < 5 else None


def _comes_from(exchange: Exchange) -> int | None:
    return _act_of(exchange.facts) if exchange.facts.made_by is Maker.STORE else None


def _was_set_aside(judgement: Judgement, place: int) -> bool:
    """Whether a copy was there before this request, and the next one for the same target went on to the upstream."""
    target = judgement.exchanges[place].asked.target
    before = any(each.asked.target == target for each in judgement.exchanges[:place])
    after = [each for each in judgement.exchanges[place + 1 :] if each.asked.target == target]
    return before and bool(after) and after[0].facts.made_by is not Maker.STORE
