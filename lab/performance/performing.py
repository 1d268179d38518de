"""One case, one gateway, one transcript."""

import asyncio
import logging
import os
from collections.abc import Coroutine
from dataclasses import replace

from lab.gateways import Gateway, Placed, Running
from lab.performance.acts import Acts
from lab.performance.punctuality import Punctuality
from lab.performance.setting import Clock, setup
from lab.scenario import Case, act_peers
from lab.serving.addresses import host_and_port
from lab.transcript import Transcript
from lab.upstream import Recording, Upstream, closed

log = logging.getLogger("lab.performance")

START = 20.0
STOP = 10.0
"""Seconds in which a gateway has to be there, and to be gone."""

TRIES = 3
"""How often a case is performed at most, where the machine holds the lab up."""


async def perform(case: Case, gateway: Gateway, *, fields: bytes = b"", deadline: float | None = None) -> Transcript:
    """Play a case on a gateway, and say what happened.

    `fields`: the field lines that stand for FIELDS. `deadline`: seconds that the client waits for each act (None: as
    the gateway says). A chain of gateways is one Gateway, whose `start` starts them all, the last one first.

    What keeps the lab from playing (no address, a gateway that does not start, a script that raises) is the
    transcript's `failure`. Nothing is left behind, also where this is cancelled.

    A busy machine can hold the lab up so long that a time-out strikes which nobody caused. Such a performance is made
    again, at most twice.
    """
    waits = gateway.deadline if deadline is None else deadline
    for _ in range(TRIES):
        punctuality = Punctuality()
        with punctuality.watching():
            transcript = await _once(case, gateway, fields, waits)
        if not punctuality.held_up:
            break
    return transcript


async def _once(case: Case, gateway: Gateway, fields: bytes, deadline: float) -> Transcript:
    performance = Performance(case, gateway, fields, deadline)
    try:
        if await performance.start():
            await performance.play()
        return performance.transcript()
    finally:
        await _to_the_end(performance.clear())


async def _to_the_end(clearing: Coroutine[None, None, None]) -> None:
    """Clear up whatever happens: also where it is meanwhile that the performance is cancelled."""
    task = asyncio.create_task(clearing, name="clear up")
    try:
        await asyncio.shield(task)
    finally:
        if not task.done():
            await asyncio.wait({task})


class Performance:
    """What one performance is made of, from the first socket to the last."""

    def __init__(self, case: Case, gateway: Gateway, fields: bytes, deadline: float) -> None:
        self._case, self._gateway, self._deadline = case, gateway, deadline
        self._name = os.urandom(8).hex()
        self._record = Recording()
        self._clock = Clock()
        self._acts = case.acts()
        self._peers = tuple(map(act_peers, self._acts))
        self._placed = gateway if isinstance(gateway, Placed) else None
        self._upstream = Upstream(
            self._record, self._peers[0] or (), performance=self._name, fields=fields,
            address=self._placed.upstream_listen if self._placed else None,
        )  # fmt: skip
        self._running: Running | None = None
        self._played: Acts | None = None

    async def start(self) -> bool:
        """Let the upstream listen and the gateway start. Gives whether they did."""
        try:
            places = await self._upstream.listen()
        except OSError as error:
            self._record.fail(f"the upstream cannot listen{self._where}: {error.strerror or error}")
            return False
        secure_front = self._placed is not None and self._placed.secure_front
        setting = setup(self._case, self._peers, places, self._clock, secure_front=secure_front)
        try:
            async with asyncio.timeout(START):
                self._running = await self._gateway.start(setting)
        except TimeoutError:
            self._record.fail(f"the gateway was not there after {START:g} seconds")
        except Exception as error:  # whatever an adapter raises: its words are all that there is to show
            self._record.fail(f"the gateway did not start: {str(error) or repr(error)}")
        else:
            self._played = Acts(self._record, self._upstream, self._running, setting, self._deadline)
        return self._played is not None

    @property
    def _where(self) -> str:
        return "" if self._placed is None else f" at {host_and_port(self._placed.upstream_listen)}"

    async def play(self) -> None:
        """Play all the acts, as long as the lab can go on."""
        assert self._played is not None
        for number, (act, peers) in enumerate(zip(self._acts, self._peers, strict=True), 1):
            if act.clock is not None:
                self._clock.seconds = act.clock
            if not act.reuse:
                self._played.part()
            await self._played.play(number, act, peers)
            if self._record.failure:
                return

    def transcript(self) -> Transcript:
        """The transcript, sealed: what is done to clear up does not belong to it."""
        elapsed, events = self._record.elapsed, self._record.seal()
        return replace(
            empty(self._case, self._gateway),
            performance=self._name,
            asked=tuple(self._played.asked) if self._played else (),
            events=events,
            elapsed=elapsed,
            log=tuple(self._running.log) if self._running else (),
            failure=self._record.failure,
            wire=tuple(self._record.wire),
            secrets=tuple(self._record.secrets),
            connecting=tuple(self._record.connecting),
        )

    async def clear(self) -> None:
        """Leave nothing behind: first the lab's own connections, then the gateway."""
        self._record.seal()
        connections = [*self._upstream.connections, *(self._played.connections if self._played else ())]
        for connection in connections:
            connection.abort()
        await self._upstream.close()
        if self._running is not None:
            try:
                async with asyncio.timeout(STOP):
                    await self._running.stop()
            except Exception:
                log.exception("the gateway %s did not stop as it should", self._gateway.player.name)
        await closed(connections)


def empty(case: Case, gateway: Gateway) -> Transcript:
    """The transcript of a performance that has not begun."""
    return Transcript(case.scenario.address, case.variant, gateway.player, case.repaired, "", (), ())
