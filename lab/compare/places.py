"""A gateway at another place than its neighbours think: a name that nobody knows, an address where nobody listens."""

import socket
from collections.abc import Sequence
from dataclasses import dataclass, replace

from lab.compare.visits import Place
from lab.gateways import Address, Destination, Gateway, Running, Setup
from lab.serving.sockets import bound_socket
from lab.transcript import Player

UNKNOWN = ".".join(["a-name-that-is-longer-than-any-name-may-be"] * 8)
"""It has more than 255 octets (RFC 1035, 2.3.4), so that looking it up fails at once and asks no server anywhere."""


def placed(gateway: Gateway, place: Place) -> Gateway:
    """This gateway, found as `place` says."""
    return gateway if place is Place.FOUND else _Elsewhere(gateway, place)


@dataclass(frozen=True)
class _Elsewhere:
    gateway: Gateway
    place: Place

    @property
    def player(self) -> Player:
        return self.gateway.player

    @property
    def offers(self) -> frozenset[str]:
        return self.gateway.offers

    @property
    def deadline(self) -> float:
        return self.gateway.deadline

    async def start(self, setup: Setup) -> Running:
        if self.place is Place.UPSTREAM_UNNAMED:
            unknown = (replace(each, address=(UNKNOWN, each.address[1])) for each in setup.destinations)
            return await self.gateway.start(replace(setup, destinations=tuple(unknown)))
        held = bound_socket() if self.place is Place.GATEWAY_GONE else None
        try:
            running = await self.gateway.start(setup)
        except BaseException:
            if held is not None:
                held.close()
            raise
        return _RunningElsewhere(running, held)


@dataclass(frozen=True)
class _RunningElsewhere:
    """`held`: the address that clients are told, where nobody listens; None: they are told an unknown name."""

    running: Running
    held: socket.socket | None

    @property
    def address(self) -> Address:
        if self.held is None:
            return UNKNOWN, self.running.address[1]
        host, port = self.held.getsockname()[:2]
        return str(host), int(port)

    @property
    def log(self) -> Sequence[str]:
        return self.running.log

    def attempts(self, destination: Destination) -> int | None:
        return self.running.attempts(destination)

    async def stop(self) -> None:
        if self.held is not None:
            self.held.close()
        await self.running.stop()
