"""The seam to a gateway: how one is started in front of upstreams, and stopped. One file or folder per gateway."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from lab.serving.addresses import host_and_port
from lab.transcript import Player

Address = tuple[str, int]


@dataclass(frozen=True)
class Destination:
    """Where a gateway finds one upstream. `path`: of a Unix socket, else None. `server_name`: to ask for over TLS.
    `addresses`: what the name in `address` stands for, in order, as if DNS had said so; none: it is looked up."""

    address: Address
    secure: bool = False
    server_name: str = "upstream.test"
    path: str | None = None
    addresses: tuple[Address, ...] = ()

    @property
    def url(self) -> str:
        """The URL of its root, without a slash at its end; of a Unix socket `unix:` and its path."""
        if self.path is not None:
            return f"unix:{self.path}"
        return f"{'https' if self.secure else 'http'}://{host_and_port(self.address)}"


@dataclass(frozen=True)
class Setup:
    """What a gateway is to be started with for one performance. `trust`: the authority's certificate, PEM. `needs`: of
    the words of `lab.scenario.NEEDS`; what they say of how a gateway is set up, it is to be set up for."""

    destinations: tuple[Destination, ...]
    trust: bytes = b""
    secure_front: bool = False
    clock: Callable[[], float] | None = None
    needs: frozenset[str] = frozenset()


class Running(Protocol):
    """A started gateway."""

    @property
    def address(self) -> Address: ...

    @property
    def log(self) -> Sequence[str]:
        """What the gateway has said so far, a line each."""

    def attempts(self, destination: Destination) -> int | None:
        """How often it has tried to connect there since its start; None: it cannot be known."""

    async def stop(self) -> None: ...


class Gateway(Protocol):
    """One gateway that can be started, as often as wanted, at the same time."""

    @property
    def player(self) -> Player: ...

    @property
    def offers(self) -> frozenset[str]:
        """What it can do, of the words of `lab.scenario.NEEDS`."""

    @property
    def deadline(self) -> float:
        """Seconds that a client waits in all for each act."""

    async def start(self, setup: Setup) -> Running: ...


@runtime_checkable
class Placed(Protocol):
    """A gateway that was told of its upstream before the lab came: the upstream has to listen there, and one
    performance at a time can use it. `address`: where it is asked. `secure_front`: it speaks TLS to its clients."""

    @property
    def address(self) -> Address: ...

    @property
    def upstream_listen(self) -> Address: ...

    @property
    def secure_front(self) -> bool: ...
