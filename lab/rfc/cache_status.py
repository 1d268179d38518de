"""What a Cache-Status field can say (RFC 9211, 2): the eight parameters and the reasons for going forward."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from lab.rfc.clause import RFC


@dataclass(frozen=True, slots=True)
class CacheParameter:
    """One parameter: its name, the section that defines it, its Structured Field type or types, what it says."""

    name: str
    section: str
    types: tuple[str, ...]
    says: str

    @property
    def clause(self) -> RFC:
        return RFC(9211, self.section)


_PARAMETERS = (
    CacheParameter("hit", "2.1", ("Boolean",), "The answer came from the store, and the upstream was not asked."),
    CacheParameter("fwd", "2.2", ("Token",), "The request went forward towards the origin, and this is why."),
    CacheParameter("fwd-status", "2.3", ("Integer",), "The status code that the next hop answered with."),
    CacheParameter("ttl", "2.4", ("Integer",), "For how many more seconds the response is fresh; negative when stale."),
    CacheParameter("stored", "2.5", ("Boolean",), "Whether the response that came back was put into the store."),
    CacheParameter("collapsed", "2.6", ("Boolean",), "Whether the request shared one forward request with others."),
    CacheParameter(
        "key", "2.7", ("String",), "The cache key under which the response is kept, as this cache writes it."
    ),
    CacheParameter("detail", "2.8", ("String", "Token"), "Whatever else this one cache has to say about itself."),
)

CACHE_PARAMETERS: Mapping[str, CacheParameter] = MappingProxyType({row.name: row for row in _PARAMETERS})

FORWARD_REASONS: Mapping[str, str] = MappingProxyType(
    {
        "bypass": "The cache was told to leave this request alone.",
        "method": "The request's method has to reach the origin.",
        "uri-miss": "Nothing is stored for this URI.",
        "vary-miss": "Something is stored for this URI, but it was selected by other request fields.",
        "miss": "Nothing is stored that could answer this request, and the cache does not tell why.",
        "request": "A fresh response is stored, but the request does not allow its use.",
        "stale": "A response is stored, but it is stale.",
        "partial": "Only part of what was asked for is stored.",
    }
)
"""The values of `fwd`, from the most specific to the least (RFC 9211, 2.2): a cache SHOULD give the most specific."""
