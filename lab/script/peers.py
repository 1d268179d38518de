"""The upstream as one peer or several: how each listens, and which script each connection gets."""

from collections.abc import Callable, Generator, Iterable
from dataclasses import KW_ONLY, dataclass, field
from typing import Any, ClassVar

from lab.script.marks import Marked, Mistake, Where, one_of, written_here
from lab.script.steps import StartTLS, Step

Script = Iterable[Step] | Callable[[], Generator[Step, Any, None]]
"""A list of steps, or a function that yields them (when the upstream has to react)."""


@dataclass(frozen=True, init=False)
class Connections:
    """A script for each connection in turn: the first, the second, `otherwise` for all further ones.

    The constructor also takes `first=`, so that `dataclasses.replace` works.
    """

    first: tuple[Script, ...]
    otherwise: Script
    where: Where = field(compare=False, repr=False)

    def __init__(
        self, *given: Script, otherwise: Script, first: Iterable[Script] = (), where: Where | None = None
    ) -> None:
        object.__setattr__(self, "first", given or tuple(first))
        object.__setattr__(self, "otherwise", otherwise)
        object.__setattr__(self, "where", where or written_here())
        for script in self.all():
            _check_script(script, self.where)

    def script(self, number: int) -> Script:
        """The script of the connection with this number, from 1."""
        return self.first[number - 1] if number <= len(self.first) else self.otherwise

    def all(self) -> tuple[Script, ...]:
        return (*self.first, self.otherwise)


ADDRESSES = ("listens", "refuses", "silent")
"""What can happen at an address: a connection, a refusal, no answer at all."""


@dataclass(frozen=True)
class Peer(Marked):
    """One upstream that accepts connections. `secure`: the gateway is told to use TLS (by itself: when the script
    begins with StartTLS). A mark here concerns the whole script; `right` is then the script to play instead.

    `first_address`: the gateway is told a name that stands for two addresses, of IPv6 and of IPv4, in this order; the
    script is played at the second one, and this is what happens at the first."""

    plays: Connections | Script
    _: KW_ONLY
    secure: bool | None = None
    server_name: str = "upstream.test"
    first_address: str | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        if not isinstance(self.plays, Connections):
            _check_script(self.plays, self.where)
        if not isinstance(self.secure, bool | None):
            raise Mistake(f"secure= takes True, False or None, not {self.secure!r}", self.where)
        if not isinstance(self.server_name, str):
            raise Mistake(f"server_name= takes a name, not {self.server_name!r}", self.where)
        if self.first_address is not None:
            one_of("first_address=", self.first_address, ADDRESSES, self.where)

    @property
    def listens(self) -> bool:
        """Whether it accepts connections, wherever that is."""
        return True

    @property
    def uses_tls(self) -> bool:
        if self.secure is not None:
            return self.secure
        scripts = self.plays.all() if isinstance(self.plays, Connections) else (self.plays,)
        return any(not callable(script) and _first(script, StartTLS) for script in scripts)

    def connections(self) -> Connections:
        """The scripts by connection: a plain script is played anew on each."""
        if isinstance(self.plays, Connections):
            return self.plays
        return Connections(otherwise=self.plays, where=self.where)


SOCKETS = ("listening", "absent", "stale", "denied", "full")
"""What a gateway finds at the path of a Unix socket: somebody; nothing; a file, but nobody who listens; one that its
permissions keep it from; a queue of connections that is full, with nobody who takes any."""


@dataclass(frozen=True)
class UnixSocket(Peer):
    """One upstream at a Unix socket. `found`: what the gateway finds at its path, of `SOCKETS`; only where somebody is
    listening there is a script to play."""

    plays: Connections | Script = ()
    _: KW_ONLY
    found: str = "listening"

    def __post_init__(self) -> None:
        super().__post_init__()
        one_of("found=", self.found, SOCKETS, self.where)
        if self.first_address is not None:
            raise Mistake("first_address= is for a name, and a Unix socket has a path", self.where)
        if self.listens and self.plays == ():
            raise Mistake("a UnixSocket at which somebody listens needs a script", self.where)
        if not self.listens and self.plays != ():
            raise Mistake(f"found={self.found!r}: nobody is there to play a script", self.where)

    @property
    def listens(self) -> bool:
        return self.found == "listening"


@dataclass(frozen=True)
class Refuse(Marked):
    """Nobody listens: the address is held, and every attempt to connect is refused."""

    listens: ClassVar[bool] = False


@dataclass(frozen=True)
class BlackHole(Marked):
    """Attempts to connect are never answered: no refusal, no handshake, nothing."""

    listens: ClassVar[bool] = False


@dataclass(frozen=True, init=False)
class Upstreams:
    """Several peers behind one gateway, in the order in which it is told of them.

    The constructor also takes `peers=`, so that `dataclasses.replace` works.
    """

    peers: tuple["AnyPeer", ...]

    def __init__(
        self, *given: "AnyPeer | Connections | Script", peers: Iterable["AnyPeer | Connections | Script"] = ()
    ) -> None:
        told = tuple(as_peer(peer) for peer in given or tuple(peers))
        if not told:
            raise Mistake("Upstreams() needs at least one peer", written_here())
        object.__setattr__(self, "peers", told)


AnyPeer = Peer | Refuse | BlackHole
Upstream = AnyPeer | Upstreams | Connections | Script


def as_peer(given: "AnyPeer | Connections | Script", where: Where | None = None) -> AnyPeer:
    """A script as the peer that plays it; `where` it was given, if that is not here."""
    return given if isinstance(given, Peer | Refuse | BlackHole) else Peer(given, where=where or written_here())


def peers(upstream: Upstream, where: Where | None = None) -> tuple[AnyPeer, ...]:
    """What `upstream=` may be, in its one normal form. Raises `Mistake` where it is something else."""
    return upstream.peers if isinstance(upstream, Upstreams) else (as_peer(upstream, where),)


def _check_script(script: object, where: Where) -> None:
    """Refuse what no script can be: a single step or peer, a class, text."""
    if isinstance(script, type | str | bytes) or not isinstance(script, Iterable | Callable):
        what = f"the class {script.__name__}" if isinstance(script, type) else repr(script)
        raise Mistake(f"a script is a list of steps, or a function that yields them, not {what}", where)


def _first(script: Iterable[Step], verb: type[Step]) -> bool:
    return isinstance(next(iter(script), None), verb)
