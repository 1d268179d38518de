"""The reference gateway as the lab starts it, for one performance."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from ssl import SSLContext
from time import monotonic, time
from typing import Literal

from lab.gateways import Address, Destination, Setup
from lab.gateways.reference.application import ReferenceGateway
from lab.gateways.reference.front import FrontSettings, front
from lab.gateways.reference.set_up import machine_offers, set_up
from lab.gateways.reference.settings import LIMITS, Settings, Timeouts
from lab.serving.server import Server
from lab.serving.sockets import listening_socket
from lab.transcript import Player
from lab.version import VERSION

BUFFER = 65_536
"""Bytes of content that `reference-buffer` holds back."""

TIMEOUTS = Timeouts(
    connect=0.25, tls=0.25, write=0.25, first_byte=0.25, read=0.25, response=0.75, idle=3.0, expect=0.25, tunnel=0.75
)
"""Short, because a performance waits for them. The time-out for the whole response is longer than the one between
bytes, or each silence would be told as a slow response."""

ATTEMPT_DELAY = 0.05
"""Seconds after which the next address of a name is tried, too: well before the time-out for all of them."""

OFFERS = frozenset(
    {
        "reuse",
        "streams-upload",
        "tls",
        "client-tls",
        "several-upstreams",
        "interim",
        "trailers",
        "upgrade",
        "h2",
        "clock",
    }
)


@dataclass(frozen=True)
class Reference:
    """`mode`: "stream" sends a response on as it comes, "buffer" holds back its first 64 KiB, "lenient" does as
    "stream" and repairs what the others refuse, where a clause allows it. `idle`: seconds for which an unused upstream
    connection is kept."""

    mode: Literal["stream", "buffer", "lenient"] = "stream"
    deadline: float = 3.0
    idle: float = TIMEOUTS.idle

    @property
    def player(self) -> Player:
        return Player("reference" if self.mode == "stream" else f"reference-{self.mode}", VERSION, self.mode)

    @property
    def offers(self) -> frozenset[str]:
        return OFFERS | machine_offers()

    async def start(self, setup: Setup) -> "RunningReference":
        settings = Settings(
            upstreams=setup.destinations,
            name=unique_name(),
            trust=setup.trust,
            buffer=BUFFER if self.mode == "buffer" else None,
            timeouts=replace(TIMEOUTS, idle=self.idle),
            strict=self.mode != "lenient",
            clock=setup.clock or time,
            monotonic=setup.clock or monotonic,
            attempt_delay=ATTEMPT_DELAY,
        )
        settings = set_up(settings, setup.needs)
        log: list[str] = []
        gateway = ReferenceGateway(settings, log.append)
        server = Server(
            gateway.application(),
            listening_socket(),
            ssl=_certificate() if setup.secure_front else None,
            protocol=front(FrontSettings(error_page=gateway.error_page, limits=LIMITS)),
        )
        await server.start()
        return RunningReference(server, gateway, log)


@dataclass(frozen=True)
class RunningReference:
    """One that runs. `log`: a line for each failure."""

    server: Server
    gateway: ReferenceGateway
    log: Sequence[str]

    @property
    def address(self) -> Address:
        return self.server.address

    def attempts(self, destination: Destination) -> int:
        return self.gateway.pool.attempts[destination]

    async def stop(self) -> None:
        await self.server.stop()


def unique_name() -> str:
    """A name in Via and Proxy-Status that no other gateway has, so that a loop is one."""
    return f"gateway-{secrets.token_hex(4)}"


def _certificate() -> SSLContext:
    from lab.certificates import NAMES, server_context

    return server_context(names=(*NAMES, "lab.test"), alpn=("h2", "http/1.1"))
