"""The acts of one performance: who asks, when an act is over, and which marks took effect without a connection."""

import asyncio
import contextlib
import time
from collections.abc import Sequence

from lab.client import Asker, Askers
from lab.gateways import Running, Setup
from lab.performance.setting import Peers
from lab.scenario import Act
from lab.script import AnyPeer, BlackHole, Peer, Request
from lab.transcript import UPSTREAM_HOP, Asked, What
from lab.upstream import Recording, Upstream
from lab.upstream.connection import Connection
from lab.upstream.recording import Watch

LONGEST_LOOK = 0.02
"""Where a fault took effect, the client looks for surplus bytes as long as its answer took, but no longer than this."""


class Acts:
    """Plays one act after the other on a gateway that runs. `asked`: what the clients have asked so far."""

    def __init__(
        self, record: Recording, upstream: Upstream, running: Running, setting: Setup, deadline: float
    ) -> None:
        self.asked: list[Asked] = []
        self._record, self._upstream, self._running = record, upstream, running
        self._setting, self._deadline = setting, deadline
        self._askers = Askers(record)
        self._peers: tuple[AnyPeer, ...] = ()
        self._attempts = [0] * len(setting.destinations)

    async def play(self, number: int, act: Act, peers: Peers) -> None:
        """Play an act. It is over when its clients are done, the upstream has nothing left to do, and `until` has
        happened; or after the deadline."""
        self._record.act = number
        if peers is not None:
            self._peers = peers
            if number > 1:
                await self._upstream.begin(number, peers)
        watch = self._record.watch(act.until, self._record.changed) if act.until else None
        try:
            async with asyncio.timeout(self._deadline):
                secure = self._setting.secure_front
                await self._askers.connect(act.clients(), self._running.address, secure=secure)
                begun = time.perf_counter()
                self._askers.ask(act.clients())
                await self._record.until(lambda: self._over(watch))
                await self._look_for_surplus(time.perf_counter() - begun)
        except TimeoutError:
            self._stop_waiting()
        if watch is not None:
            self._record.note(What.WAITED, watch.hop, detail="event" if watch.seen else "else")
            self._record.unwatch(watch)
        self._keep(number, act)
        self._count_attempts()

    @property
    def connections(self) -> Sequence[Connection]:
        """Every client connection so far."""
        return self._askers.connections

    def part(self) -> None:
        """Close the client connections: the next act has new ones."""
        self._askers.part()

    def _over(self, watch: Watch | None) -> bool:
        if self._record.failure:
            return True
        done = all(asker.done for asker in self._askers.all)
        return done and self._upstream.settled and (watch is None or watch.seen)

    async def _look_for_surplus(self, took: float) -> None:
        """Stay on for a moment, unless nothing can come any more or nothing strange has happened."""
        act = self._record.act
        if any(event.what is What.DELIVERED and event.act == act for event in self._record.events):
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(min(took, LONGEST_LOOK)):
                    await self._record.until(lambda: not any(asker.connection.open for asker in self._askers.all))

    def _stop_waiting(self) -> None:
        for asker in self._askers.all:
            if not asker.done:
                asker.connection.note(What.DEADLINE)

    def _keep(self, number: int, act: Act) -> None:
        """What was asked: of a script, what its first bytes ask for."""
        for place, client in enumerate(act.clients(), 1):
            if isinstance(client, Request):
                method, target = client.method, client.target
            else:
                asker = self._askers.all[place - 1] if place <= len(self._askers.all) else None
                method, target = _first_line(asker.asked if isinstance(asker, Asker) else b"")
            self.asked.append(Asked(number, place, method, target))

    def _count_attempts(self) -> None:
        """Say which peers were tried in this act where nobody accepts connections."""
        for place, (peer, destination) in enumerate(zip(self._peers, self._setting.destinations, strict=False), 1):
            so_far = self._running.attempts(destination)
            if (what := met_without_a_connection(peer)) is not None:
                unknown = peer.listens or self._answered_by_itself()  # at its second address, the first was tried
                if unknown if so_far is None else so_far > self._attempts[place - 1]:
                    self._attempted(peer, what, place)
            self._attempts[place - 1] = so_far or 0

    def _answered_by_itself(self) -> bool:
        """Whether the gateway gave an answer, and no upstream did."""
        act = self._record.act
        answered = any(event.what is What.ANSWERED and event.act == act for event in self._record.events)
        return not answered and any(asker.answered for asker in self._askers.all)

    def _attempted(self, peer: AnyPeer, what: What, place: int) -> None:
        self._record.note(what, UPSTREAM_HOP, peer=place)
        if says := peer.wrong or peer.watch:
            self._record.note(What.DELIVERED, UPSTREAM_HOP, detail=says, peer=place)


def met_without_a_connection(peer: AnyPeer) -> What | None:
    """What an attempt to connect meets before anything else that this peer does; None: a connection."""
    if isinstance(peer, Peer) and peer.listens:
        return {"refuses": What.REFUSED, "silent": What.STALLED}.get(peer.first_address or "")
    return What.STALLED if isinstance(peer, BlackHole) else What.REFUSED


def _first_line(sent: bytes) -> tuple[str, str]:
    """Method and target, as far as these bytes have them."""
    words = sent.partition(b"\n")[0].decode("latin-1").split(" ")
    return (words[0], words[1]) if len(words) > 2 else ("", "")
