"""Conditions of a request: the client's, held against a stored response (RFC 9111, 4.3.2), and those that the cache
puts in their place to validate what it has stored (4.3.1)."""

from collections.abc import Sequence

from lab.gateways.reference.cache.engine.freshness import date_of, dated
from lab.gateways.reference.cache.engine.values import Stored
from lab.gateways.reference.cache.engine.wants import Wants
from lab.h1 import Field, Fields
from lab.semantics.etags import EntityTag, entity_tag, entity_tags, matches_weakly
from lab.semantics.preconditions import Validators, if_none_match, if_range, unmodified

MOST = 32  # entity tags of stored variants in one request
_REPLACED = (b"if-none-match", b"if-modified-since")


def etag_of(fields: Fields) -> EntityTag | None:
    """The entity tag of a response; None where it has none, an ill-formed one, or several."""
    values = fields.get(b"etag")
    return entity_tag(values[0]) if len(values) == 1 else None


def modified_of(fields: Fields, now: float) -> int | None:
    """The Last-Modified of a response, in seconds since 1970; None where it has none, or no date."""
    return date_of(fields.get(b"last-modified"), now)


def not_modified(wants: Wants, stored: Stored) -> bool:
    """Whether the client has what is stored, by its own condition: If-None-Match before If-Modified-Since (RFC 9110,
    13.2.2). Where there is no Last-Modified, Date or the time of receipt counts in its place (RFC 9111, 4.3.2)."""
    now = stored.received_at.wall
    if values := wants.get(b"if-none-match"):
        return not if_none_match(values, Validators(etag_of(stored.fields)))
    dates = wants.get(b"if-modified-since")
    if not dates:
        return False
    modified = modified_of(stored.fields, now)
    return bool(unmodified(dates, int(dated(stored.fields, now)) if modified is None else modified, now))


def range_counts(wants: Wants, stored: Stored) -> bool:
    """Whether the Range of a request is to be looked at: there is no If-Range, or it is strongly the current validator.

    Last-Modified is a strong one here where Date is at least one second later (RFC 9110, 8.8.2.2).
    """
    now = stored.received_at.wall
    modified, date = modified_of(stored.fields, now), date_of(stored.fields.get(b"date"), now)
    settled = modified is not None and date is not None and date > modified
    return if_range(wants.get(b"if-range"), Validators(etag_of(stored.fields), modified, settled), now)


def lists(wants: Wants, etag: EntityTag) -> bool:
    """Whether the client's If-None-Match has this tag, weak or not."""
    tags = entity_tags(wants.get(b"if-none-match"))
    return tags == "*" or any(matches_weakly(tag, etag) for tag in tags)


def to_validate(stored: Sequence[Stored], candidates: Sequence[Stored]) -> tuple[Stored, ...]:
    """Those of which a validator can be sent: all with entity tags, or else the only one, by its date.

    A variant that this request does not select may still be what the upstream would send (RFC 9111, 4.3.1); but where
    those that it selects have no entity tags, they alone are asked for. Only a 200 is what a 304 speaks of (RFC 9110,
    15.4.5).
    """
    chosen = tuple(each for each in candidates if each.status == 200)
    untagged = chosen and all(etag_of(each.fields) is None for each in chosen)
    if untagged:
        return chosen if len(chosen) == 1 and since(chosen[0]) else ()
    if candidates and not chosen:
        return ()
    every = [*chosen, *(each for each in stored if each.status == 200 and each not in chosen)]
    return tuple(each for each in every if etag_of(each.fields) is not None)[:MOST]


def since(stored: Stored) -> bytes:
    """The date to validate a response by, as it was written: its Last-Modified, or its Date where it has no validator
    (RFC 9111, 4.3.4, provides for that); empty where it has none."""
    now = stored.received_at.wall
    for name in (b"last-modified", b"date"):
        if date_of(stored.fields.get(name), now) is not None:
            return stored.fields.get(name)[0]
    return b""


def asking(wants: Wants, validates: Sequence[Stored]) -> Fields:
    """The field lines to ask with: the client's, its conditions replaced by validators of these stored responses,
    beside which its own entity tags stay (RFC 9111, 4.3.2). Without any, they are the client's own."""
    if not validates:
        return wants.fields
    theirs = entity_tags(wants.get(b"if-none-match"))
    if theirs == "*":
        return wants.fields
    tags = dict.fromkeys(tag for each in validates if (tag := etag_of(each.fields)) is not None)
    lines = list(wants.fields.without(*_REPLACED))
    if tags:
        union = dict.fromkeys([*tags, *theirs])
        lines.append(Field(b"If-None-Match", b", ".join(tag.wire for tag in union)))
    only = validates[0] if len(validates) == 1 else None
    if only is not None and not wants.ranged and (not tags or only.fields.has(b"last-modified")) and since(only):
        lines.append(Field(b"If-Modified-Since", since(only)))
    return Fields(lines)


def without_conditions(fields: Fields) -> Fields:
    """The field lines of a request that is to be answered in full."""
    return fields.without(*_REPLACED)
