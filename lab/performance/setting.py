"""What a gateway has to know before it starts, as it follows from the acts of a case."""

import time
from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest

from lab.gateways import Destination, Setup
from lab.scenario import Act, Case
from lab.script import AnyPeer, Peer, Request


class Clock:
    """What the gateway's clock says: the time at which the performance began, and the seconds of the act that is on."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self._begin = time.time()

    def __call__(self) -> float:
        return self._begin + self.seconds


Peers = tuple[AnyPeer, ...] | None
"""The peers of an act; None: as in the act before."""


def setup(
    case: Case, peers: Sequence[Peers], places: Sequence[Destination], clock: Clock, *, secure_front: bool
) -> Setup:
    """The setting of a performance. The clock is given only where an act says what it has to say."""
    acts, told = case.acts(), destinations(peers, places)
    return Setup(
        destinations=told,
        trust=_authority() if any(destination.secure for destination in told) else b"",
        secure_front=secure_front or any(map(asks_securely, acts)),
        clock=clock if any(act.clock is not None for act in acts) else None,
        needs=case.needs,
    )


def destinations(peers: Sequence[Peers], places: Sequence[Destination]) -> tuple[Destination, ...]:
    """How a gateway is told of each peer: for all acts at once, so by what any of those in its place needs."""
    by_place = zip_longest(*(given or () for given in peers))
    return tuple(_told(place, peers_there) for place, peers_there in zip(places, by_place, strict=False))


def asks_securely(act: Act) -> bool:
    """Whether a client of this act speaks TLS to the gateway."""
    return any(isinstance(client, Request) and client.secure for client in act.clients())


def _told(place: Destination, peers: Sequence[AnyPeer | None]) -> Destination:
    listening = [peer for peer in peers if isinstance(peer, Peer)]
    name = listening[0].server_name if listening else "upstream.test"
    return replace(place, secure=any(peer.uses_tls for peer in listening), server_name=name)


def _authority() -> bytes:
    from lab.certificates import authority  # not needed, and slow to load, where there is no TLS

    return authority()
