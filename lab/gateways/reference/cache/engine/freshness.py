"""For how long a response may be used, and how old it is when it comes (RFC 9111, 4.2)."""

from math import floor

from lab.gateways.reference.cache.engine.metadata import date_of, dated, modified_of
from lab.gateways.reference.cache.engine.values import Instant, Policy, Terms
from lab.h1 import Fields
from lab.semantics.directives import INFINITE, Directives, directives, targeted_directives
from lab.semantics.statuses import HEURISTICALLY_CACHEABLE


class Rules:
    """The directives that a response is stored under, and where they come from.

    targeted  whether they come from a targeted field: Cache-Control and Expires are then ignored (RFC 9213, 2.2)
    """

    __slots__ = ("directives", "targeted")

    def __init__(self, fields: Fields, policy: Policy) -> None:
        found = (targeted_directives(fields.get(target.encode())) for target in policy.targets)
        targeted = next((each for each in found if each is not None), None)
        self.targeted = targeted is not None
        self.directives: Directives = directives(fields.get(b"cache-control")) if targeted is None else targeted


def terms(status: int, fields: Fields, rules: Rules, received: float, policy: Policy) -> Terms:
    """What a response with these field lines allows, that was received at this moment of the wall clock."""
    said = rules.directives
    lifetime = explicit_lifetime(fields, rules, received)
    heuristic = lifetime is None
    if lifetime is None:
        may = status in HEURISTICALLY_CACHEABLE or said.allows(b"public")
        lifetime = _heuristic_lifetime(fields, received, policy) if may else 0.0
    validate = said.names(b"no-cache") == frozenset()
    return Terms(
        lifetime=lifetime,
        heuristic=heuristic,
        validate=validate,
        never_stale=any(said.has(name) for name in (b"must-revalidate", b"proxy-revalidate", b"s-maxage")),
        while_validating=max(0, said.seconds(b"stale-while-revalidate") or 0),
        if_error=max(0, said.seconds(b"stale-if-error") or 0),
    )


def explicit_lifetime(fields: Fields, rules: Rules, received: float) -> float | None:
    """The freshness lifetime that a response states (RFC 9111, 4.2.1); None where it states none.

    Zero where what it states is invalid, or several values differ.
    """
    for name in (b"s-maxage", b"max-age"):
        seconds = rules.directives.seconds(name)
        if seconds is not None:
            return float(max(0, seconds))
    expires = [] if rules.targeted else fields.get(b"expires")
    if not expires:
        return None
    until = date_of(expires, received)
    return 0.0 if until is None else float(min(max(0.0, until - dated(fields, received)), INFINITE))


def _heuristic_lifetime(fields: Fields, received: float, policy: Policy) -> float:
    """A fraction of the time since it was last modified, as it was when it was generated (RFC 9111, 4.2.2)."""
    modified = modified_of(fields, received)
    if modified is None:
        return 0.0
    since = max(0.0, dated(fields, received) - modified)
    return min(since * policy.heuristic_fraction, policy.heuristic_maximum)


def initial_age(fields: Fields, asked: Instant, received: Instant) -> float:
    """The age of a response at the moment when it was received: corrected_initial_age (RFC 9111, 4.2.3).

    The apparent age counts as well, so that a cache on the way that sends no Age makes nothing younger; in whole
    seconds, as Date has no others.
    """
    apparent = max(0.0, floor(received.wall - dated(fields, received.wall)))
    delay = max(0.0, received.steady - asked.steady)
    return min(max(apparent, age_value(fields.get(b"age")) + delay), float(INFINITE))


def age_value(values: list[bytes]) -> int:
    """What Age says: of a list, over all its lines, the first member; 0 where that is no number (RFC 9111, 5.1)."""
    first = values[0].split(b",", 1)[0].strip(b" \t") if values else b""
    if not (first.isascii() and first.isdigit()):
        return 0
    digits = first.lstrip(b"0") or b"0"
    return INFINITE if len(digits) > 10 else min(int(digits), INFINITE)
