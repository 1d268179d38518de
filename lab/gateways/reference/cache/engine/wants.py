"""A request as its field lines want it treated by a cache (RFC 9111, 5.2.1; RFC 9110, 13.1 and 14.2)."""

from lab.gateways.reference.cache.engine.values import Asked
from lab.h1 import Fields
from lab.semantics.directives import INFINITE, NO_DIRECTIVES, Directives, directives

CONDITIONS = frozenset({b"if-match", b"if-unmodified-since", b"if-none-match", b"if-modified-since", b"if-range"})
_NONE: list[bytes] = []


class Wants:
    """What one request asks of a cache, found in a single pass over its field lines.

    by_name  the values of its field lines, by name in lower case
    """

    __slots__ = ("by_name", "directives", "fields", "head", "no_cache")

    def __init__(self, asked: Asked) -> None:
        self.head = asked.method == b"HEAD"
        self.fields = asked.fields
        self.by_name = _by_name(asked.fields)
        lines = self.by_name.get(b"cache-control")
        self.directives: Directives = directives(lines) if lines else NO_DIRECTIVES
        self.no_cache = self.directives.has(b"no-cache")
        if lines is None and b"pragma" in self.by_name:  # of HTTP/1.0, deprecated (RFC 9111, 5.4)
            self.no_cache = b"no-cache" in asked.fields.tokens(b"pragma")

    def get(self, name: bytes) -> list[bytes]:
        """The values of all lines with that name, which is in lower case."""
        return self.by_name.get(name, _NONE)

    @property
    def origin_decides(self) -> bool:
        """Whether it has a condition that only an origin evaluates (RFC 9111, 4.3.2)."""
        return b"if-match" in self.by_name or b"if-unmodified-since" in self.by_name

    @property
    def conditional(self) -> bool:
        """Whether it has a condition that a cache evaluates too."""
        return b"if-none-match" in self.by_name or b"if-modified-since" in self.by_name

    @property
    def ranged(self) -> bool:
        """Whether it asks for a part: Range counts for GET alone (RFC 9110, 14.2)."""
        return b"range" in self.by_name and not self.head

    @property
    def no_store(self) -> bool:
        return self.directives.has(b"no-store")

    @property
    def authorized(self) -> bool:
        return b"authorization" in self.by_name

    def allows_fresh(self, age: float, left: float) -> bool:
        """Whether it takes a fresh response of this age, that is so for that many seconds more."""
        if not self.directives:
            return not self.no_cache
        if self.no_cache:
            return False
        return self._allows_age(age) and left >= self._limit(b"min-fresh", 0)

    def allows_stale(self, age: float, past: float) -> bool:
        """Whether it takes, without validation, a response of this age that has been stale for that many seconds:
        max-stale, with a number or without one (RFC 9111, 5.2.1.2)."""
        if self.no_cache or not self.directives.has(b"max-stale") or self.directives.has(b"min-fresh"):
            return False
        most = INFINITE if self.directives.allows(b"max-stale") else self.directives.seconds(b"max-stale")
        return most is not None and past <= most and self._allows_age(age)

    def allows_validating_later(self) -> bool:
        """Whether it takes a stale response that is validated meanwhile: it sets no limit of its own to the age, and
        does not ask for what is still fresh (RFC 9111, 5.2.1.1 and 5.2.1.3)."""
        return not (self.no_cache or self.directives.has(b"max-age") or self.directives.has(b"min-fresh"))

    def stale_if_error(self) -> float:
        """The seconds past its freshness for which it takes a response in place of an error (RFC 5861, 4)."""
        return max(0, self.directives.seconds(b"stale-if-error") or 0)

    def _allows_age(self, age: float) -> bool:
        most = self.directives.seconds(b"max-age")
        return most is None or (most >= 0 and age <= most)

    def _limit(self, name: bytes, absent: int) -> int:
        """Its number of seconds; where it is no number, as many as there can be."""
        seconds = self.directives.seconds(name)
        return absent if seconds is None else seconds if seconds >= 0 else INFINITE + 1


def _by_name(fields: Fields) -> dict[bytes, list[bytes]]:
    found: dict[bytes, list[bytes]] = {}
    for name, value in fields:
        lower = name.lower()
        if lower in found:
            found[lower].append(value)
        else:
            found[lower] = [value]
    return found
