"""What a client can be seen to get: the facts of one exchange, and the one word for them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Ending(StrEnum):
    """How the answer ended on the client connection."""

    COMPLETE = "complete"
    CUT = "cut"  # FIN before its end; over HTTP/2 also an end of the stream before that of the content
    STALLED = "stalled"  # neither end nor FIN until the deadline
    RESET = "reset"  # RST, RST_STREAM or GOAWAY before its end
    CLOSED = "closed"  # FIN without a byte
    TUNNEL = "tunnel"  # a switch of protocols


class Maker(StrEnum):
    """Who made the final answer."""

    UPSTREAM = "upstream"
    GATEWAY = "gateway"
    STORE = "store"
    NOBODY = "nobody"


class Fidelity(StrEnum):
    """The client's answer against the readings that a conforming recipient may make of the upstream's bytes: of this
    act; where it comes out of a store, of all acts so far, and with what may be made of them (a 304, a part)."""

    EXACT = "exact"
    REPAIRED = "repaired"
    ALTERED = "altered"
    NONE = "none"


class Outcome(StrEnum):
    """What reached the client, in one word. `OUTCOMES` says each in a sentence."""

    NO_ANSWER = "no-answer"
    HUNG = "hung"
    NOT_HTTP = "not-http"
    CUT_SHORT = "cut-short"
    RELAYED = "relayed"
    REPAIRED = "repaired"
    DISGUISED = "disguised"
    STORED = "stored"
    STALE = "stale"
    REPORTED = "reported"
    BLAMED_CLIENT = "blamed-client"
    OWN = "own"
    TUNNELLED = "tunnelled"


OUTCOMES: Mapping[Outcome, str] = {
    Outcome.NO_ANSWER: "The connection ended without a byte.",
    Outcome.HUNG: "Nothing, or no end, came until the deadline.",
    Outcome.NOT_HTTP: "Bytes that are no HTTP response, or surplus bytes after one.",
    Outcome.CUT_SHORT: "An answer that the client can tell is incomplete.",
    Outcome.RELAYED: "The upstream's answer, complete.",
    Outcome.REPAIRED: "The upstream's answer, complete, made right in a way that the standard allows.",
    Outcome.DISGUISED: "It looks complete, but it is nobody's true answer: no reading of what the upstream sent.",
    Outcome.STORED: "From the store: fresh, or validated.",
    Outcome.STALE: "From the store, stale.",
    Outcome.REPORTED: "A complete 5xx of the gateway's own.",
    Outcome.BLAMED_CLIENT: "A complete 4xx of the gateway's own: the client is blamed.",
    Outcome.OWN: "Another answer of the gateway's own.",
    Outcome.TUNNELLED: "A switch of protocols.",
}


@dataclass(frozen=True)
class Facts:
    """The facts of one exchange: of one request in one act, as the client and the upstream saw it.

    `status` is the final one (None: there was none). `interim`: the interim statuses before it. `fields`: of the final
    answer, name in lower case and value, as text. `content`: what the client could decode of it. `surplus`: how many
    bytes came after a complete answer. `upstream_requests`: how many requests reached the upstream in this act.
    `errors`: the error types that Proxy-Status names, nearest the origin first. `version`: of HTTP, as the client spoke
    it. `code`: the error code with which its stream was given up (RFC 9113, 7), by name. `client_received`: what the
    client received; over HTTP/2 what the frames of its stream say, as HTTP/1.1 would write it.
    """

    status: int | None
    made_by: Maker
    ending: Ending
    fidelity: Fidelity
    outcome: Outcome
    interim: tuple[int, ...] = ()
    surplus: int = 0
    upstream_requests: int = 0
    fields: tuple[tuple[str, str], ...] = ()
    content: bytes = b""
    proxy_status: str = ""
    cache_status: str = ""
    errors: tuple[str, ...] = ()
    version: str = ""
    code: str = ""
    client_received: bytes = field(default=b"", repr=False)
    upstream_received: bytes = field(default=b"", repr=False)
    why: str = ""

    @property
    def complete(self) -> bool:
        """Whether the client got an answer that is complete by its framing."""
        return self.ending is Ending.COMPLETE and self.outcome is not Outcome.NOT_HTTP
