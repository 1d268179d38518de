"""A small private cache, as a browser has one: what it asks, what it answers itself, what it keeps (RFC 9111).

Values in, values out: no socket, and the clock is an argument. It knows GET alone, one response for each target (its
client always sends the same fields, so that only `Vary: *` can tell two requests apart), and never uses what is stale.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from lab.semantics.dates import seconds_in_any_case
from lab.semantics.directives import Directives, directives
from lab.semantics.statuses import HEURISTICALLY_CACHEABLE

Pairs = tuple[tuple[str, str], ...]

_FRACTION = 0.1  # of the time since Last-Modified (RFC 9111, 4.2.2)
_OF_ONE_RESPONSE = frozenset({"content-length", "connection", "content-range", "content-encoding", "age"})
"""What a 304 does not bring up to date (RFC 9111, 3.2); the age is counted anew instead."""


class How(StrEnum):
    """How somebody asks for a page."""

    LINK = "link"
    """As a link does: a fresh copy of one's own is good enough."""
    RELOAD = "reload"
    """Cache-Control: max-age=0, no copy is to be used without validation."""
    HARD_RELOAD = "hard reload"
    """Cache-Control: no-cache, and no condition: anew, from the origin."""


@dataclass(frozen=True)
class Copy:
    """A stored response. `age`: at `since`, in seconds of the client's clock."""

    status: int
    fields: Pairs
    content: bytes
    age: float
    since: float

    def values(self, name: str) -> list[str]:
        """The values of all field lines with this name."""
        return [value for known, value in self.fields if known == name]

    @property
    def directives(self) -> Directives:
        return directives(value.encode("latin-1") for value in self.values("cache-control"))

    @property
    def lifetime(self) -> float:
        """For how many seconds it is fresh (RFC 9111, 4.2.1): s-maxage is for shared caches alone."""
        if (seconds := self.directives.seconds(b"max-age")) is not None:
            return seconds
        made = self._date("date")
        if expires := self.values("expires"):
            until = seconds_in_any_case(expires[0], 0)
            return until - made if until is not None and made is not None else 0
        changed = self._date("last-modified")
        heuristic = self.status in HEURISTICALLY_CACHEABLE or self.directives.has(b"public")
        if heuristic and made is not None and changed is not None:
            return max(0, made - changed) * _FRACTION
        return 0

    def usable(self, now: float) -> bool:
        """Whether it may be used without validation."""
        varies = any("*" in value for value in self.values("vary"))
        fresh = self.lifetime > self.age + now - self.since
        return fresh and not varies and not self.directives.has(b"no-cache")

    def condition(self) -> tuple[bytes, ...]:
        """The field lines that ask whether it still holds; none where it has no validator."""
        for validator, asks in (("etag", "If-None-Match"), ("last-modified", "If-Modified-Since")):
            if self.status == 200 and (known := self.values(validator)):
                return (f"{asks}: {known[0]}\r\n".encode("latin-1"),)
        return ()

    def _date(self, name: str) -> int | None:
        return next((seconds_in_any_case(value, 0) for value in self.values(name)), None)


class PrivateCache:
    """The copies of one client."""

    def __init__(self) -> None:
        self._copies: dict[str, Copy] = {}

    def clear(self) -> None:
        """Forget everything."""
        self._copies.clear()

    def find(self, target: str, how: How, now: float) -> Copy | None:
        """The copy that answers without asking anybody."""
        copy = self._copies.get(target)
        return copy if copy is not None and how is How.LINK and copy.usable(now) else None

    def lines(self, target: str, how: How) -> tuple[bytes, ...]:
        """The field lines of the request, where it has to be asked."""
        if how is How.HARD_RELOAD:
            return (b"Cache-Control: no-cache\r\n", b"Pragma: no-cache\r\n")
        copy = self._copies.get(target)
        condition = copy.condition() if copy is not None else ()
        return (*condition, b"Cache-Control: max-age=0\r\n") if how is How.RELOAD else condition

    def take(
        self, target: str, *, conditional: bool, status: int, fields: Pairs, content: bytes, now: float
    ) -> Copy | None:
        """Take a complete answer in. Gives the copy to be shown where it is a 304 about it, else None: then the answer
        itself is what there is to show.

        `conditional`: whether the request had a condition. A 304 without one says nothing about any copy.
        """
        known = self._copies.get(target)
        if status == 304:
            if known is None or not conditional:
                return None
            answered = Copy(known.status, _updated(known.fields, fields), known.content, _age(fields), now)
            self._copies[target] = answered
            return answered
        answer = Copy(status, fields, content, _age(fields), now)
        if _may_be_kept(answer):
            self._copies[target] = answer
        elif status < 500:  # what failed has not replaced anything
            self._copies.pop(target, None)
        return None


def _may_be_kept(answer: Copy) -> bool:
    """RFC 9111, 3, for a cache that is not shared, and that understands neither 206 nor a lone 304."""
    orders = answer.directives
    if answer.status == 206 or orders.has(b"no-store") or orders.has(b"must-understand"):
        return False
    explicit = any(orders.has(name) for name in (b"public", b"private", b"max-age")) or answer.values("expires")
    return bool(explicit) or answer.status in HEURISTICALLY_CACHEABLE


def _updated(stored: Pairs, of_304: Iterable[tuple[str, str]]) -> Pairs:
    """The stored fields, brought up to date (RFC 9111, 3.2)."""
    new = tuple((name, value) for name, value in of_304 if name not in _OF_ONE_RESPONSE)
    names = {name for name, _ in new} | {"age"}
    return (*((name, value) for name, value in stored if name not in names), *new)


def _age(fields: Pairs) -> float:
    """What Age says (RFC 9111, 5.1): its first member, and nothing where it is no number."""
    said = next((value for name, value in fields if name == "age"), "").partition(",")[0].strip()
    return float(said) if said.isascii() and said.isdigit() else 0.0
