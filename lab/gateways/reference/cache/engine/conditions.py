"""Conditions of a request: the client's, held against a stored response (RFC 9111, 4.3.2), and those that the cache
puts in their place to validate what it has stored (4.3.1)."""

from collections.abc import Sequence

from lab.gateways.reference.cache.engine.values import Stored
from lab.gateways.reference.cache.engine.wants import Wants
from lab.h1 import Field, Fields
from lab.semantics.etags import EntityTag, entity_tags, matches_weakly
from lab.semantics.preconditions import if_none_match, if_range, unmodified

MOST = 32  # entity tags of stored variants in one request
_REPLACED = (b"if-none-match", b"if-modified-since")


def not_modified(wants: Wants, stored: Stored) -> bool:
    """Whether the client has what is stored, by its own condition: If-None-Match before If-Modified-Since (RFC 9110,
    13.2.2). Where there is no Last-Modified, Date or the time of receipt counts in its place (RFC 9111, 4.3.2)."""
    current = stored.metadata.validators
    if values := wants.get(b"if-none-match"):
        return not if_none_match(values, current)
    dates = wants.get(b"if-modified-since")
    if not dates:
        return False
    modified = int(stored.metadata.dated) if current.modified is None else current.modified
    return bool(unmodified(dates, modified, stored.received_at.wall))


def range_counts(wants: Wants, stored: Stored) -> bool:
    """Whether the Range of a request counts: there is no If-Range, or it is strongly the current validator."""
    return if_range(wants.get(b"if-range"), stored.metadata.validators, stored.received_at.wall)


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
    chosen = [each for each in candidates if each.status == 200]
    if candidates and not chosen:
        return ()
    tagged = [each for each in chosen if each.metadata.validators.etag is not None]
    if chosen and not tagged:
        return tuple(chosen) if len(chosen) == 1 and chosen[0].metadata.since else ()
    others = [each for each in stored if each.status == 200 and each not in chosen]
    tagged += [each for each in others if each.metadata.validators.etag is not None]
    return tuple(tagged[:MOST])


def asking(wants: Wants, validates: Sequence[Stored]) -> Fields:
    """The field lines to ask with: the client's, its conditions replaced by validators of these stored responses,
    beside which its own entity tags stay (RFC 9111, 4.3.2). Without any, they are the client's own."""
    if not validates:
        return wants.fields
    listed = wants.get(b"if-none-match")
    theirs = entity_tags(listed) if listed else ()
    if theirs == "*":
        return wants.fields
    tags = [tag for each in validates if (tag := each.metadata.validators.etag) is not None]
    lines = list(without_conditions(wants.fields) if wants.conditional else wants.fields)
    if tags:
        union = dict.fromkeys((*tags, *theirs))
        lines.append(Field(b"If-None-Match", b", ".join([tag.wire for tag in union])))
    only = validates[0].metadata if len(validates) == 1 else None
    if only is not None and not wants.ranged and (not tags or only.has_last_modified) and only.since:
        lines.append(Field(b"If-Modified-Since", only.since))
    return Fields(lines)


def without_conditions(fields: Fields) -> Fields:
    """The field lines of a request that is to be answered in full."""
    return fields.without(*_REPLACED)
