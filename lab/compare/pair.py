"""The pair that the comparison is about: the same client has the same page and sends the same request; what differs is
what the upstream does."""

from collections.abc import Iterator

from lab.compare.upstreams import nonsense, page
from lab.compare.visits import Trial, Visit

IN_STORE = b"s-maxage=60, max-age=0"
"""Fresh for a minute in the store of a gateway, and never in the client's own cache: that one asks each time."""


def _then(name: str, second: Visit, freshness: bytes = b"no-cache", needs: frozenset[str] = frozenset()) -> Trial:
    return Trial(name, (Visit(upstream=page(freshness=freshness, closes=True)), second), needs)


BAD_GATEWAY = _then("a 502", Visit(at=1, upstream=nonsense(), anew=True))
NOT_MODIFIED = _then("a 304 of the upstream", Visit(at=1, upstream=page(), anew=True))
FROM_STORE = _then(
    "a 304 of the gateway's store", Visit(at=1, upstream=page(freshness=IN_STORE), anew=True), IN_STORE,
    frozenset({"cache", "clock"}),
)  # fmt: skip


def trials() -> Iterator[Trial]:
    return iter((BAD_GATEWAY, NOT_MODIFIED, FROM_STORE))
