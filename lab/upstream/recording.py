"""What happens in a performance, written down in order and with its time; and waiting for what happens."""

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Iterable, MutableSequence

from lab.script import ClientSees
from lab.script import Event as Awaited
from lab.transcript import CLIENT_HOP, UPSTREAM_HOP, Connecting, Event, Octets, What

MOST_WIRE = 1 << 27
"""So many octets of TLS are kept of one performance; of a connection that brings more, no more is kept."""


class Recording:
    """The events so far. `act`: the number of the act that is on. `failure`: why the lab cannot go on, once it cannot.

    `keep` holds the events (a list, unless something shorter is given); `tell` is called with each. `wire`, `secrets`
    and `connecting` are as in a transcript, and stay empty where `keep` is given: `keeps_wire` says so.
    """

    def __init__(self, keep: MutableSequence[Event] | None = None, tell: Callable[[Event], None] | None = None) -> None:
        self.events: MutableSequence[Event] = [] if keep is None else keep
        self.keeps_wire = keep is None
        self.wire: list[Octets] = []
        self.secrets: list[str] = []
        self.connecting: list[Connecting] = []
        self.act = 1
        self.failure = ""
        self.sealed = False
        self._begun = time.perf_counter_ns()
        self._tell = tell
        self._numbers: Counter[int] = Counter()
        self._watches: list[Watch] = []
        self._legible: list[Event] = []
        self._room = MOST_WIRE
        self._cut: set[tuple[int, int]] = set()
        self._waiter: asyncio.Future[None] | None = None

    @property
    def elapsed(self) -> int:
        """Nanoseconds since the performance began."""
        return time.perf_counter_ns() - self._begun

    def number(self, hop: int) -> int:
        """The number of the next connection on this hop."""
        self._numbers[hop] += 1
        return self._numbers[hop]

    def note(
        self, what: What, hop: int, connection: int = 0, *, data: bytes = b"", detail: str = "", request: int = 0,
        peer: int = 1, stream: int | None = None,
    ) -> None:  # fmt: skip
        """Write down that something has happened now. Nothing is added to a sealed recording."""
        if self.sealed:
            return
        event = Event(self.elapsed, hop, connection, what, self.act, data, detail, request, peer, stream)
        self.events.append(event)
        for watch in self._watches:
            watch.look_at(event)
        if self._tell is not None:
            self._tell(event)
        self.changed()

    def taken_over(self, hop: int, connection: int, peer: int) -> None:
        """Write down that TLS is spoken on a connection from now on."""
        self._keep(hop, connection, peer, sent=False, data=b"")

    def octets(self, hop: int, connection: int, peer: int, *, sent: bool, data: bytes) -> None:
        """Write down what has gone over a connection on which TLS is spoken."""
        if (hop, connection) in self._cut:
            return
        if len(data) > self._room:
            self._cut.add((hop, connection))
            data = b""
        self._room -= len(data)
        self._keep(hop, connection, peer, sent=sent, data=data)

    def _keep(self, hop: int, connection: int, peer: int, *, sent: bool, data: bytes) -> None:
        if self.keeps_wire and not self.sealed:
            self.wire.append(Octets(self.elapsed, hop, connection, peer, sent, data))

    def secret(self, lines: Iterable[str]) -> None:
        """Write down what decrypts a connection."""
        if not self.sealed:
            self.secrets += lines

    def connected(self, since: int, request: int, connection: int) -> None:
        """Write down when a client began to connect; `connection`: what came of it."""
        if self.keeps_wire and not self.sealed:
            self.connecting.append(Connecting(since, self.act, request, connection))

    def read(self, hop: int, connection: int, stream: int, says: bytes) -> None:
        """Say what a party has read on a stream of HTTP/2, whose frames are not what anybody waits for."""
        event = Event(self.elapsed, hop, connection, What.RECEIVED, self.act, says, stream=stream)
        self._legible.append(event)
        for watch in self._watches:
            watch.look_at(event, legible=True)

    def fail(self, why: str) -> None:
        """Say why the lab cannot go on; the first reason stays."""
        self.failure = self.failure or why
        self.changed()

    def seal(self) -> tuple[Event, ...]:
        """All that happened. What comes after this is not written down any more."""
        self.sealed = True
        return tuple(self.events)

    def changed(self) -> None:
        """Let `until` look again."""
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)

    async def until(self, true: Callable[[], bool]) -> None:
        """Wait until this is true, looking again whenever something has happened. One at a time may wait."""
        while not true():
            self._waiter = asyncio.get_running_loop().create_future()
            await self._waiter

    def watch(self, awaited: Awaited, then: Callable[[], None]) -> "Watch":
        """Look out for an event of a scenario, from the beginning of this act on; `then` is called when it comes."""
        watch = Watch(awaited, then)
        for event in self.events:
            if event.act == self.act:
                watch.look_at(event)
        for event in self._legible:
            if event.act == self.act:
                watch.look_at(event, legible=True)
        self._watches.append(watch)
        return watch

    def unwatch(self, watch: "Watch") -> None:
        if watch in self._watches:
            self._watches.remove(watch)


class Watch:
    """Looks for bytes that one party has received, on each of its connections, and on each stream of HTTP/2 for what
    its frames say. `seen`: they have come."""

    def __init__(self, awaited: Awaited, then: Callable[[], None]) -> None:
        self.seen = False
        self.hop = CLIENT_HOP if isinstance(awaited, ClientSees) else UPSTREAM_HOP
        self._bytes = awaited.what
        self._then = then
        self._tails: dict[tuple[int, int | None], bytes] = {}

    def look_at(self, event: Event, *, legible: bool = False) -> None:
        if self.seen or event.what is not What.RECEIVED or event.hop != self.hop:
            return
        if event.stream is not None and not legible:
            return
        key = event.connection, event.stream
        data = self._tails.get(key, b"") + event.data
        if self._bytes in data:
            self.seen = True
            # Not at once: whoever received these bytes has to take them in before anybody goes on because of them.
            asyncio.get_running_loop().call_soon(self._then)
        self._tails[key] = data[-len(self._bytes) :]
