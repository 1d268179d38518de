"""The upstream as one peer or several: how each listens, and which script each connection gets."""

from collections.abc import Callable, Generator, Iterable
from dataclasses import KW_ONLY, dataclass, field
from typing import Any

from lab.script.marks import Marked, Mistake, Where, written_here
from lab.script.steps import StartTLS, Step

Script = Iterable[Step] | Callable[[], Generator[Step, Any, None]]
"""A list of steps, or a function that yields them (when the upstream has to react)."""


@dataclass(frozen=True, init=False)
class Connections:
    """A script for each connection in turn: the first, the second, `otherwise` for all further ones."""

    first: tuple[Script, ...]
    otherwise: Script
    where: Where = field(compare=False, repr=False)

    def __init__(self, *first: Script, otherwise: Script, where: Where | None = None) -> None:
        object.__setattr__(self, "first", first)
        object.__setattr__(self, "otherwise", otherwise)
        object.__setattr__(self, "where", where or written_here())

    def script(self, number: int) -> Script:
        """The script of the connection with this number, from 1."""
        return self.first[number - 1] if number <= len(self.first) else self.otherwise

    def all(self) -> tuple[Script, ...]:
        return (*self.first, self.otherwise)


@dataclass(frozen=True)
class Peer(Marked):
    """One upstream that accepts connections. `secure`: the gateway is told to use TLS (by itself: when the script
    begins with StartTLS). A mark here concerns the whole script; `right` is then the script to play instead."""

    plays: Connections | Script
    _: KW_ONLY
    secure: bool | None = None
    server_name: str = "upstream.test"

    @property
    def uses_tls(self) -> bool:
        if self.secure is not None:
            return self.secure
        scripts = self.plays.all() if isinstance(self.plays, Connections) else (self.plays,)
        return any(not callable(script) and _first(script, StartTLS) for script in scripts)

    def connections(self) -> Connections:
        return self.plays if isinstance(self.plays, Connections) else Connections(otherwise=self.plays)


@dataclass(frozen=True)
class Refuse(Marked):
    """Nobody listens: the address is held, and every attempt to connect is refused."""


@dataclass(frozen=True)
class BlackHole(Marked):
    """Attempts to connect are never answered: no refusal, no handshake, nothing."""


@dataclass(frozen=True, init=False)
class Upstreams:
    """Several peers behind one gateway, in the order in which it is told of them."""

    peers: tuple["AnyPeer", ...]

    def __init__(self, *peers: "AnyPeer | Connections | Script") -> None:
        if not peers:
            raise Mistake("Upstreams() needs at least one peer", written_here())
        object.__setattr__(self, "peers", tuple(as_peer(peer) for peer in peers))


AnyPeer = Peer | Refuse | BlackHole
Upstream = AnyPeer | Upstreams | Connections | Script


def as_peer(given: "AnyPeer | Connections | Script") -> AnyPeer:
    return given if isinstance(given, Peer | Refuse | BlackHole) else Peer(given)


def peers(upstream: Upstream) -> tuple[AnyPeer, ...]:
    """What `upstream=` may be, in its one normal form."""
    return upstream.peers if isinstance(upstream, Upstreams) else (as_peer(upstream),)


def _first(script: Iterable[Step], verb: type[Step]) -> bool:
    return isinstance(next(iter(script), None), verb)
