"""Whether a response may be stored, and what is stored of it (RFC 9111, 3)."""

from lab.gateways.reference.cache.engine.freshness import Rules, explicit_lifetime, initial_age, terms
from lab.gateways.reference.cache.engine.selecting import ANYTHING, names_of_vary, selecting
from lab.gateways.reference.cache.engine.uris import key_of, located
from lab.gateways.reference.cache.engine.values import Asked, Instant, Policy, Stored
from lab.gateways.reference.cache.engine.wants import Wants
from lab.h1 import Field, Fields, Head
from lab.semantics.dates import http_date
from lab.semantics.statuses import HEURISTICALLY_CACHEABLE

# Final status codes of RFC 9110, 15, of which a cache need know no more than that section says. Not 206 and 304, which
# are no whole responses to the request.
UNDERSTOOD = frozenset(
    {200, 201, 202, 203, 204, 205, 300, 301, 302, 303, 305, 307, 308}
    | {*range(400, 412), *range(413, 416), 417, 421, 422, 426}
    | {*range(500, 506)}
)

# Of the tokens of `refused`, those that lie in the request alone.
REQUEST_NO_STORE, AUTHORIZATION = "request-no-store", "authorization"

# Of one connection (RFC 9110, 7.6.1), of the proxy that was used (RFC 9111, 3.1), and what every answer gets anew.
NEVER_STORED = frozenset(
    {
        b"connection", b"keep-alive", b"proxy-connection", b"te", b"transfer-encoding", b"upgrade",
        b"proxy-authenticate", b"proxy-authentication-info", b"proxy-authorization",
        b"age", b"content-length",
    }
)  # fmt: skip


def refused(asked: Asked, wants: Wants, head: Head, rules: Rules, received: float) -> str:
    """Why the response to this request must not be stored, as a token; empty where it may be."""
    said = rules.directives
    checks: tuple[tuple[bool, str], ...] = (
        (asked.method not in (b"GET", b"POST"), "method"),
        (asked.method == b"POST" and not _for_later_gets(asked, head, rules, received), "method"),
        (not 200 <= head.status <= 599 or head.status in (206, 304, 412, 416), "status"),
        (said.has(b"must-understand") and head.status not in UNDERSTOOD, "must-understand"),
        (said.has(b"no-store") and not said.allows(b"must-understand"), "no-store"),
        (said.names(b"private") == frozenset(), "private"),
        (ANYTHING in names_of_vary(head.fields), "vary"),
        (not _cacheable(head, rules, received), "not-cacheable"),
        (wants.no_store, REQUEST_NO_STORE),
        (wants.authorized and not _for_all(rules), AUTHORIZATION),
    )
    return next((why for is_so, why in checks if is_so), "")


def stored(key: bytes, wants: Wants, head: Head, rules: Rules, sent: Instant, now: Instant, policy: Policy) -> Stored:
    """What is stored of this response, received now to a request that was sent then."""
    fields = stored_fields(head, rules, now.wall)
    return Stored(
        key=key,
        status=head.status,
        reason=head.reason,
        version=head.version,
        fields=fields,
        received_at=now,
        initial_age=initial_age(head.fields, sent, now),
        terms=terms(head.status, fields, rules, now.wall, policy),
        selecting=selecting(names_of_vary(fields), wants),
    )


def stored_fields(head: Head, rules: Rules, received: float) -> Fields:
    """The field lines to keep: all (RFC 9111, 3.1), Set-Cookie too (7.3: it does not inhibit caching; a server that
    wants that says so), but for those of the connection and those that a qualified no-cache or private names.

    A missing Date is appended, as the time of receipt (RFC 9110, 6.6.1).
    """
    left_out = NEVER_STORED.union(head.fields.tokens(b"connection"), limited(rules))
    kept = [field for field in head.fields if field.name.lower() not in left_out]
    if not head.fields.has(b"date"):
        kept.append(Field(b"Date", http_date(received).encode()))
    return Fields(kept)


def limited(rules: Rules) -> frozenset[bytes]:
    """The names, in lower case, that a qualified no-cache or private keeps from the store (RFC 9111, 3.1)."""
    said = rules.directives
    return (said.names(b"no-cache") or frozenset()) | (said.names(b"private") or frozenset())


def _cacheable(head: Head, rules: Rules, received: float) -> bool:
    """Whether it has one of the things that make a response cacheable at all (RFC 9111, 3, the last condition)."""
    heuristic = head.status in HEURISTICALLY_CACHEABLE or rules.directives.allows(b"public")
    return heuristic or explicit_lifetime(head.fields, rules, received) is not None


def _for_all(rules: Rules) -> bool:
    """Whether it may be stored for others although the request was authorised (RFC 9111, 3.5)."""
    said = rules.directives
    seconds = said.seconds(b"s-maxage")
    return said.allows(b"public") or said.allows(b"must-revalidate") or (seconds is not None and seconds >= 0)


def _for_later_gets(asked: Asked, head: Head, rules: Rules, received: float) -> bool:
    """Whether the answer to a POST may be used for a GET: it has explicit freshness, and says with Content-Location
    that it is what a GET of the same URI would bring (RFC 9110, 9.3.3)."""
    explicit = explicit_lifetime(head.fields, rules, received) is not None
    named = head.fields.get(b"content-location")
    return (
        explicit
        and head.status == 200
        and len(named) == 1
        and located(asked, head.fields, b"content-location") == (key_of(asked),)
    )
