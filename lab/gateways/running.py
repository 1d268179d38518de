"""A gateway that runs already, started by somebody else: the lab asks it, and is its upstream."""

import asyncio
import ipaddress
import socket
from collections.abc import Sequence
from dataclasses import dataclass

from lab.gateways import Address, Destination, Setup
from lab.transcript import Player

DEADLINE = 8.0
"""Seconds: some gateways take two to three times as long as they were told to wait."""

HOPED_FOR = frozenset({"reuse", "streams-upload", "interim", "upgrade", "trailers"})
"""What cannot be known beforehand, and shows where it is lacking. How it reaches its upstream was settled without us:
one, in plain text, at one address."""


class RunningElsewhere:
    """The gateway at `address`, which expects its upstream at `upstream_listen`. `secure`: it speaks TLS to clients.
    `http2`: it speaks HTTP/2 to them, too, as somebody says."""

    def __init__(
        self, address: Address, upstream_listen: Address, *, secure: bool = False, http2: bool = False
    ) -> None:
        self.player = Player("running")
        self.deadline = DEADLINE
        self.offers = HOPED_FOR | ({"client-tls"} if secure else set()) | ({"h2"} if http2 else set())
        self.upstream_listen = upstream_listen
        self.secure_front = secure
        self.address = address

    async def start(self, setup: Setup) -> "Elsewhere":
        """Find it. Raises OSError where its name is unknown, ValueError where it was not told of the setting."""
        if len(setup.destinations) > 1 or any(destination.secure for destination in setup.destinations):
            raise ValueError("a gateway that runs already has one upstream, in plain text: this case needs another one")
        return Elsewhere(await _resolved(self.address))


@dataclass(frozen=True)
class Elsewhere:
    """It runs before the performance and after it."""

    address: Address
    log: Sequence[str] = ()

    def attempts(self, destination: Destination) -> int | None:
        """It cannot be asked."""
        return None

    async def stop(self) -> None:
        """It goes on."""


async def _resolved(address: Address) -> Address:
    host, port = address
    try:
        ipaddress.ip_address(host)
    except ValueError:
        try:
            found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except socket.gaierror as error:
            raise OSError(f"{host}: {error.strerror}") from None
        host = str(found[0][4][0])
    return host, port
