"""One peer of the upstream: where and how it listens, and which script each of its connections gets."""

import asyncio
import ssl

from lab.gateways import Address, Destination
from lab.script import AnyPeer, BlackHole, Peer, Refuse, Script, Stall, StartTLS, UnixSocket
from lab.tls import Certificate
from lab.transcript import UPSTREAM_HOP, What
from lab.upstream.answering import Answerer
from lab.upstream.connection import Connection
from lab.upstream.places import Place
from lab.upstream.recording import Recording


class Listener:
    """`number`: of the peer, from 1. `act`: the one that gave it its condition and its scripts.

    `fields`: the field lines that stand for FIELDS. `performance`: what nonces are made of.
    """

    def __init__(self, record: Recording, number: int, peer: AnyPeer, *, performance: str, fields: bytes) -> None:
        self.record, self.number, self.peer = record, number, peer
        self.performance, self.fields = performance, fields
        self.act = 1
        self.answerers: list[Answerer] = []
        self._count = 0
        self._told: set[int] = set()
        self._place = Place(self._connection)

    @property
    def destination(self) -> Destination:
        """How a gateway finds it."""
        return self._place.destination

    async def listen(self, address: Address | None = None) -> None:
        """Listen, as the peer's condition says, at this address (None: a fresh one). Raises OSError."""
        await self._place.open(self.peer, address)

    async def become(self, peer: AnyPeer, act: int) -> None:
        """From this act on, listen and answer like this peer, at the same place."""
        before, self.peer, self.act, self._count = self.peer, peer, act, 0
        self._told.clear()
        for answerer in self.answerers:
            if isinstance(peer, BlackHole):
                answerer.play([Stall()])
            elif not peer.listens:
                answerer.leave()
        if _condition(before) != _condition(peer):
            if not isinstance(before, Refuse):  # whose address is held, and nobody else can get it
                self.stop_accepting()
                await asyncio.sleep(0)
                self._place.release()
            await self.listen()

    def script(self, answerer: Answerer) -> Script | None:
        """The script for this connection, if this peer has any. In each act that gives scripts, it counts as one more
        of its connections."""
        if not isinstance(self.peer, Peer) or not self.peer.listens:
            return None
        if answerer.act < self.act:
            self._count += 1
            answerer.act, answerer.ordinal = self.act, self._count
        return self.peer.connections().script(answerer.ordinal)

    def context(self, step: StartTLS) -> ssl.SSLContext:
        """How to shake hands."""
        from lab.certificates import NAMES, server_context  # not needed, and slow to load, where there is no TLS

        assert isinstance(self.peer, Peer)
        name = self.peer.server_name
        return server_context(
            Certificate(step.certificate), names=NAMES if name in NAMES else (name, *NAMES), alpn=step.alpn,
            oldest=step.oldest, newest=step.newest, server_name=step.server_name,
            client_certificate=step.client_certificate,
        )  # fmt: skip

    def took_effect(self, answerer: Answerer) -> None:
        """Something that this connection's script sent, or how it ended, has reached the gateway."""
        if isinstance(self.peer, Peer) and self.peer.first_address in ("refuses", "silent"):
            return  # its mark is about what happens there
        says = self.peer.wrong or self.peer.watch
        if says is not None and answerer.ordinal not in self._told and not answerer.connection.ended:
            self._told.add(answerer.ordinal)
            answerer.connection.note(What.DELIVERED, detail=says)

    def joined(self, answerer: Answerer) -> None:
        self.answerers.append(answerer)

    def left(self, answerer: Answerer) -> None:
        self.answerers.remove(answerer)

    def stop_accepting(self) -> None:
        """From now on, let those who connect wait."""
        self._place.stop_accepting()

    def close(self) -> None:
        """Give up the place, and every connection."""
        self._place.close()
        for answerer in self.answerers:
            answerer.connection.abort()

    def _connection(self) -> Connection:
        connection = Connection(self.record, UPSTREAM_HOP, peer=self.number)
        Answerer(self.record, connection, self)
        return connection


def _condition(peer: AnyPeer) -> tuple[object, ...]:
    """What of a peer decides how it listens."""
    found = peer.found if isinstance(peer, UnixSocket) else ""
    return type(peer), found, peer.first_address if isinstance(peer, Peer) else None
