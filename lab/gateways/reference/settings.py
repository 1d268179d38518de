"""What a reference gateway is told: where the upstream is, how long it waits, how much it takes."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic, time

from lab.gateways import Destination
from lab.gateways.reference.cache.settings import CacheSettings
from lab.gateways.reference.marking import MarkDown
from lab.h1 import Limits
from lab.serving.addresses import host_and_port


@dataclass(frozen=True)
class Timeouts:
    """Seconds, by phase. None of them runs while the gateway waits for its client.

    `connect`: until the connection is there, the look-up of a name included. `tls`: for the handshake. `write`: until
    the upstream takes more of the request. `first_byte`: from the end of the request to the first byte of the
    response. `read`: from then on, between bytes. `response`: for the whole response, waiting times added up; it only
    makes a difference where it is longer than the two before. `idle`: how long an unused connection is kept.

    An interim response begins the waiting of `first_byte` anew; that of `response` goes on, however many there are.
    `expect`: how long the content of a request that expects a 100 is kept back for one. `tunnel`: how long nothing
    may go through a connection that has switched protocols.
    """

    connect: float = 5.0
    tls: float = 5.0
    write: float = 30.0
    first_byte: float = 30.0
    read: float = 30.0
    response: float = 600.0
    idle: float = 60.0
    expect: float = 1.0
    tunnel: float = 300.0

    def __post_init__(self) -> None:
        for name, seconds in vars(self).items():
            if not 0 < seconds < float("inf"):
                raise ValueError(f"the {name.replace('_', '-')} time-out takes a number of seconds above 0")


LIMITS = Limits(
    line=8_192,
    field=16_384,
    section=65_536,
    fields=200,
    interim=100,
    trailer_field=8_192,
    trailer_section=16_384,
    chunk_line=1_024,
)
"""Of a response: generous enough for nearly all upstreams, small enough to be met in a lesson."""

NAME = re.compile(r"[A-Za-z*][A-Za-z0-9!#$%&'*+.^_`|~-]{0,63}")
"""What names a gateway in Via and in Proxy-Status alike: a token of both (RFC 9110, 5.6.2; RFC 9651, 3.3.4)."""


@dataclass(frozen=True)
class Settings:
    """Everything that one gateway needs to know.

    `upstreams`: tried in this order until one can be connected to. `name`: its own, and no other gateway's, or loops
    are not found. `trust`: certificates of authorities in PEM; None: the system's. `buffer`: None to send a response
    on as it comes, else how many bytes of its content are held back. `connections`: at most so many to upstreams at
    once. `clock`: seconds since 1970, for Date. `strict`: whether the first anomaly in a response refuses it, or is
    repaired where a clause allows that (lenient). Requests are read strictly in any case: what a client means must not
    be guessed before it is forwarded, for the upstream might guess otherwise, and that is how requests are smuggled
    (RFC 9112, 11.2).

    How an upstream is reached: `attempt_delay`: seconds after which the next address of a name is tried beside the one
    that does not answer (RFC 8305, 5 and 8). `local_ports`: connect from these alone; None: the system chooses.
    `mark_down`: when an upstream is left alone for a while; None: never. `monotonic`: the seconds by which that is
    counted, and for how long a response has been stored. `proxy_protocol`: the version of the PROXY protocol that tells
    upstreams of the client; None: not spoken.

    `cache`: where responses are stored, and how much of them; None: they are not.
    """

    upstreams: tuple[Destination, ...]
    name: str
    trust: bytes | None = None
    buffer: int | None = None
    timeouts: Timeouts = Timeouts()
    limits: Limits = LIMITS
    connections: int = 512
    strict: bool = True
    clock: Callable[[], float] = field(default=time, compare=False)
    attempt_delay: float = 0.25
    local_ports: range | None = None
    mark_down: MarkDown | None = None
    proxy_protocol: int | None = None
    monotonic: Callable[[], float] = field(default=monotonic, compare=False)
    cache: CacheSettings | None = None

    def __post_init__(self) -> None:
        if not NAME.fullmatch(self.name):
            raise ValueError(
                f"a gateway's name is a token of at most 64 characters that begins with a letter, not {self.name!r}"
            )
        if self.connections < 1:
            raise ValueError("a gateway needs at least one upstream connection")
        if not 0 < self.attempt_delay < float("inf"):
            raise ValueError("the next address of a name is tried after a number of seconds above 0")
        if self.local_ports is not None and not 0 < min(self.local_ports, default=0) <= max(self.local_ports) < 65536:
            raise ValueError("local ports are numbers from 1 to 65535, the lower one first")


def shown_address(destination: Destination) -> str:
    """An upstream as people and Proxy-Status name it: `127.0.0.1:9000`, `[::1]:9000`, or the path of a socket."""
    return host_and_port(destination.address) if destination.path is None else destination.path


def authority(destination: Destination) -> str:
    """What stands in Host where the client names none (one of HTTP/1.0): a path is no host."""
    return shown_address(destination) if destination.path is None else destination.address[0]
