"""Stored responses made fresh again: by a 304 (RFC 9111, 4.3.4), or by the answer to HEAD (4.3.5)."""

from collections.abc import Sequence
from dataclasses import replace

from lab.gateways.reference.cache.engine.freshness import Rules, initial_age, terms
from lab.gateways.reference.cache.engine.metadata import etag_of, modified_of
from lab.gateways.reference.cache.engine.selecting import names_of_vary, selecting
from lab.gateways.reference.cache.engine.storing import AUTHORIZATION, REQUEST_NO_STORE, limited, refused, stored_fields
from lab.gateways.reference.cache.engine.values import Asked, Instant, Policy, Stored
from lab.gateways.reference.cache.engine.wants import Wants
from lab.h1 import Field, Fields, Framing, FramingKind, Head
from lab.rfc import RFC
from lab.semantics.etags import matches_strongly, matches_weakly

# What these say of the octets that are stored cannot change while they stay (RFC 9111, 3.2, of the integrity of what
# is stored); Content-Length may not.
_OF_THE_OCTETS = frozenset({b"content-length", b"content-encoding", b"content-range", b"content-md5"})

_FRAMING = Framing(FramingKind.NONE, RFC(9112, "6.3"))


def identified(head: Head, candidates: Sequence[Stored], now: float) -> tuple[Stored, ...]:
    """Those of the candidates, the most recent first, that a 304 is about (RFC 9111, 4.3.4)."""
    etag = etag_of(head.fields)
    modified = modified_of(head.fields, now)
    candidates = [each for each in candidates if each.status == 200]
    if etag is not None and not etag.weak:
        tags = [(each, each.metadata.validators.etag) for each in candidates]
        return tuple(each for each, tag in tags if tag is not None and matches_strongly(tag, etag))
    if etag is not None:
        tags = [(each, each.metadata.validators.etag) for each in candidates]
        return tuple(each for each, tag in tags if tag is not None and matches_weakly(tag, etag))[:1]
    if modified is not None:
        return tuple(each for each in candidates if modified_of(each.fields, now) == modified)[:1]
    without = not head.fields.has(b"etag") and len(candidates) == 1 and not has_validator(candidates[0])
    return tuple(candidates) if without else ()


def has_validator(stored: Stored) -> bool:
    return stored.fields.has(b"etag") or stored.fields.has(b"last-modified")


def updated(stored: Stored, wants: Wants, head: Head, sent: Instant, now: Instant, policy: Policy) -> Stored:
    """A stored response with the field lines of a newer one, and as young as that (RFC 9111, 3.2)."""
    news = stored_fields(head, Rules(head.fields, policy), now.wall)
    names = {field.name.lower() for field in news} - _OF_THE_OCTETS
    lines = [field for field in stored.fields if field.name.lower() not in names]
    lines += [field for field in news if field.name.lower() in names]
    rules = Rules(Fields(lines), policy)
    left_out = limited(rules)
    fields = Fields(field for field in lines if field.name.lower() not in left_out)
    return replace(
        stored,
        fields=fields,
        version=head.version,
        received_at=now,
        initial_age=initial_age(head.fields, sent, now),
        terms=terms(stored.status, fields, rules, now.wall, policy),
        selecting=selecting(names_of_vary(fields), wants),
    )


def kept(old: Stored, new: Stored, asked: Asked, wants: Wants, now: float, policy: Policy) -> Stored:
    """What to keep of a response that has been updated for this request.

    The old one, unchanged, where nothing may be stored of the answer to such a request (no-store, or Authorization
    without permission); the old one as outdated, where the updated one could not have been stored at all.
    """
    rules = Rules(new.fields, policy)
    whole = Head(new.version, new.fields, _FRAMING, 0, b"", status=new.status, reason=new.reason)
    why_not = refused(replace(asked, method=b"GET"), wants, whole, rules, now)
    if why_not in (REQUEST_NO_STORE, AUTHORIZATION):
        return old
    return outdated(old) if why_not else new


def for_this_client(stored: Stored, head: Head, policy: Policy) -> tuple[Field, ...]:
    """The field lines of a 304 that a qualified no-cache or private keeps from the store, and from all others."""
    theirs = limited(Rules(stored.fields, policy))
    return tuple(field for field in head.fields if field.name.lower() in theirs)


def after_head(
    stored: Sequence[Stored], asked: Asked, head: Head, sent: Instant, now: Instant, policy: Policy
) -> tuple[tuple[Stored, Stored], ...]:
    """The stored responses as a 200 to HEAD leaves them: updated where its validators and its length are theirs, else
    not to be used any more without validation (RFC 9111, 4.3.5)."""
    wants = Wants(asked)

    def after(each: Stored) -> Stored:
        if not _same(each, head, now.wall):
            return outdated(each)
        return kept(each, updated(each, wants, head, sent, now, policy), asked, wants, now.wall, policy)

    return tuple((each, after(each)) for each in stored if each.status == 200)


def outdated(stored: Stored) -> Stored:
    """A stored response that is known to be stale."""
    return replace(stored, terms=stored.terms._replace(lifetime=0.0, validate=True))


def _same(stored: Stored, head: Head, now: float) -> bool:
    fields = head.fields
    length = fields.get(b"content-length")
    return (
        (not fields.has(b"etag") or fields.get(b"etag") == stored.fields.get(b"etag"))
        and (not fields.has(b"last-modified") or modified_of(fields, now) == modified_of(stored.fields, now))
        and (not length or length[0].lstrip(b"0") == (b"%d" % stored.length).lstrip(b"0"))
    )
