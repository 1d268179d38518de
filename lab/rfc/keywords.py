"""The keywords of the standards, the roles that they bind, and which of these roles a gateway plays."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from lab.rfc.clause import RFC


class Keyword(StrEnum):
    """The key words of BCP 14: they bind only where a sentence has them in capitals (RFC 9110, 2.2)."""

    MUST = "MUST"
    MUST_NOT = "MUST NOT"
    REQUIRED = "REQUIRED"
    SHALL = "SHALL"
    SHALL_NOT = "SHALL NOT"
    SHOULD = "SHOULD"
    SHOULD_NOT = "SHOULD NOT"
    RECOMMENDED = "RECOMMENDED"
    NOT_RECOMMENDED = "NOT RECOMMENDED"
    MAY = "MAY"
    OPTIONAL = "OPTIONAL"


class Force(StrEnum):
    """How firmly a keyword binds: a rule is kept or broken, advice may be left for a good reason, leave is given."""

    RULE = "rule"
    ADVICE = "advice"
    LEAVE = "leave"


FORCES: Mapping[Keyword, Force] = MappingProxyType(
    {
        Keyword.MUST: Force.RULE,
        Keyword.MUST_NOT: Force.RULE,
        Keyword.REQUIRED: Force.RULE,
        Keyword.SHALL: Force.RULE,
        Keyword.SHALL_NOT: Force.RULE,
        Keyword.SHOULD: Force.ADVICE,
        Keyword.SHOULD_NOT: Force.ADVICE,
        Keyword.RECOMMENDED: Force.ADVICE,
        Keyword.NOT_RECOMMENDED: Force.ADVICE,
        Keyword.MAY: Force.LEAVE,
        Keyword.OPTIONAL: Force.LEAVE,
    }
)


class Role(StrEnum):
    """The roles on which HTTP places requirements (RFC 9110, 2.2)."""

    SENDER = "sender"
    RECIPIENT = "recipient"
    CLIENT = "client"
    SERVER = "server"
    USER_AGENT = "user agent"
    ORIGIN_SERVER = "origin server"
    INTERMEDIARY = "intermediary"
    GATEWAY = "gateway"
    PROXY = "proxy"
    TUNNEL = "tunnel"
    CACHE = "cache"


class Side(StrEnum):
    """On which of its connections a gateway plays a role."""

    CLIENT_CONNECTION = "client connection"
    UPSTREAM_CONNECTION = "upstream connection"
    BOTH = "both connections"


@dataclass(frozen=True, slots=True)
class Part:
    """One role as a gateway plays it: on which side (None: not at all), and why, with the clause that defines it."""

    role: Role
    side: Side | None
    why: str
    clause: RFC


# fmt: off
_PARTS = (
    Part(Role.SENDER, Side.BOTH, "It sends requests on one side and responses on the other.", RFC(9110, "3.4")),
    Part(Role.RECIPIENT, Side.BOTH, "It receives requests on one side and responses on the other.", RFC(9110, "3.4")),
    Part(Role.CLIENT, Side.UPSTREAM_CONNECTION, "It opens the upstream connection to send requests.", RFC(9110, "3.3")),
    Part(Role.SERVER, Side.CLIENT_CONNECTION, "It accepts the client connection to answer requests.", RFC(9110, "3.3")),
    Part(Role.USER_AGENT, Side.UPSTREAM_CONNECTION,
         "Towards the upstream it has to keep the user agent's rules if it wants to work with other people's servers.",
         RFC(9110, "3.7")),
    Part(Role.ORIGIN_SERVER, Side.CLIENT_CONNECTION,
         "Towards the client all the requirements on an origin server apply to it.", RFC(9110, "3.7")),
    Part(Role.INTERMEDIARY, Side.BOTH, "A gateway is one of the three forms of intermediary.", RFC(9110, "3.7")),
    Part(Role.GATEWAY, Side.BOTH, "It is what the lab puts between client and upstream.", RFC(9110, "3.7")),
    Part(Role.PROXY, None, "A proxy is chosen by the client; a gateway stands before the origin.", RFC(9110, "3.7")),
    Part(Role.TUNNEL, None, "A tunnel relays blindly and is no party to the exchange, once it is active.",
         RFC(9110, "3.7")),
    Part(Role.CACHE, None, "Any client or server may employ a cache: only a gateway that has one plays this role.",
         RFC(9110, "3.8")),
)
# fmt: on

GATEWAY_PARTS: Mapping[Role, Part] = MappingProxyType({part.role: part for part in _PARTS})


def binds_gateway(role: Role | str, *, caches: bool = False) -> bool:
    """Whether a sentence about that role says something to a gateway, on either side; `caches`: it has a cache.

    Raises ValueError for a word that is no role.
    """
    part = GATEWAY_PARTS[Role(role)]
    return part.side is not None or (caches and part.role is Role.CACHE)
