"""What happened: bytes, times, connections. No opinions.

Hop 0 is the client connection (the lab is the client), hop 1 the upstream connection (the lab is the upstream), and
further hops where there is a chain of gateways. `SENT` and `RECEIVED` are as the lab's own party on that hop saw it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

CLIENT_HOP = 0
UPSTREAM_HOP = 1


class What(StrEnum):
    """The kinds of event. The list is closed."""

    OPENED = "opened"  # a connection is there (accepted, or established by the client)
    FAILED = "failed"  # the client could not connect (detail: why)
    REFUSED = "refused"  # the gateway tried to connect, or must have: nobody listened
    SECURED = "secured"  # the TLS handshake is done (detail: version, ALPN, server name)
    HANDSHAKE = "handshake"  # the TLS handshake has begun
    HANDSHAKE_FAILED = "handshake-failed"  # (detail: why)
    SENT = "sent"
    RECEIVED = "received"
    ALERT_SENT = "alert-sent"  # closure alert or another (detail)
    ALERT_RECEIVED = "alert-received"
    CLOSED = "closed"  # the lab's party sent FIN
    ENDED = "ended"  # FIN arrived
    RESET = "reset"  # the lab's party sent RST
    BROKEN = "broken"  # RST arrived, or the connection failed (detail)
    REQUEST = "request"  # the upstream has read a whole request as far as its script asked (detail: method, target)
    ANSWERED = "answered"  # the upstream put a nonce into what it sent (detail: the nonce)
    DELIVERED = "delivered"  # the marked step took effect (detail: the mark's sentence)
    STALLED = "stalled"  # silence has begun
    WAITED = "waited"  # an Until ended (detail: "event" or "else")
    DEADLINE = "deadline"  # the client stopped waiting
    SCRIPT_FAILED = "script-failed"  # the script raised (detail: the error)


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened.

    `at`: nanoseconds since the performance began. `connection`: number on its hop, from 1. `act`: from 1.
    `request`: number of the client's request within the act, from 1 (0: not the client's). `peer`: the upstream's
    number, from 1. `data`: the bytes, decrypted; over HTTP/2 a frame or a piece of one. `stream`: which stream it is on
    (0: it concerns the connection); None: HTTP/1 is spoken, or it is not known yet.
    """

    at: int
    hop: int
    connection: int
    what: What
    act: int = 1
    data: bytes = b""
    detail: str = ""
    request: int = 0
    peer: int = 1
    stream: int | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """What the client asked: the place of one request in the transcript."""

    act: int
    request: int
    method: str
    target: str


@dataclass(frozen=True, slots=True)
class Octets:
    """A piece of what really went over a connection on which TLS was spoken, from the moment TLS took it over.

    Before that moment, and on all other connections, the events carry the octets. `sent`: by the lab's own party. The
    other values are as in `Event`. The first piece of a connection is empty: it says when TLS took it over. A further
    empty one says that the lab keeps nothing more of it, for there was too much.
    """

    at: int
    hop: int
    connection: int
    peer: int
    sent: bool
    data: bytes


@dataclass(frozen=True, slots=True)
class Connecting:
    """When a client of the lab's began to connect to the gateway. `connection`: the number that the connection got; 0
    where there came none. `at`, `act` and `request` are as in `Event`."""

    at: int
    act: int
    request: int
    connection: int


@dataclass(frozen=True)
class Player:
    """The gateway that took part: its name as in `--gateway`, its version, and its mode."""

    name: str
    version: str = ""
    mode: str = ""

    @property
    def full_name(self) -> str:
        """All three, as far as they are known."""
        return " ".join(filter(None, (self.name, self.version, self.mode)))


@dataclass(frozen=True)
class Transcript:
    """One performance, sealed. `log`: what the gateway itself said. `failure`: why the lab could not perform it.

    `wire`: in order of time. `secrets`: what decrypts it, as lines of a key log (the format of NSS: a label, the
    client's random, the secret). `connecting`: in the order in which connections came, or failed to.
    """

    scenario: str
    variant: str
    gateway: Player
    repaired: bool
    performance: str
    asked: tuple[Asked, ...]
    events: tuple[Event, ...]
    elapsed: int = 0
    log: tuple[str, ...] = field(default=())
    failure: str = ""
    wire: tuple[Octets, ...] = ()
    secrets: tuple[str, ...] = ()
    connecting: tuple[Connecting, ...] = ()

    def on(self, hop: int, *, act: int | None = None, request: int | None = None) -> Iterator[Event]:
        """The events of one hop, in order of time; of one act and one request if asked."""
        for event in self.events:
            if event.hop == hop and act in (None, event.act) and request in (None, event.request):
                yield event

    def happened(self, what: What, *, act: int | None = None) -> bool:
        return any(event.what is what and act in (None, event.act) for event in self.events)


def joined(events: Iterable[Event], what: What) -> bytes:
    """The bytes of all events of a kind, one after the other."""
    return b"".join(event.data for event in events if event.what is what)
