"""All the peers of one performance, from act to act."""

import asyncio
from collections.abc import Iterator, Sequence

from lab.gateways import Address, Destination
from lab.script import AnyPeer
from lab.upstream.connection import Connection
from lab.upstream.listening import Listener
from lab.upstream.recording import Recording

# asyncio loses a connection that it accepted when the server is closed before its task for it ran: these are the turns
# of the loop from a handshake in the kernel to a transport. A gateway in this process is stopped after them, too.
_TURNS = 3


class Upstream:
    """The peers, each listening at an address of its own; with `address` given at that one, and the ports after it.

    `performance` and `fields` are what stands for NONCE and FIELDS in what they send.
    """

    def __init__(
        self, record: Recording, peers: Sequence[AnyPeer], *, performance: str = "", fields: bytes = b"",
        address: Address | None = None,
    ) -> None:  # fmt: skip
        self._given = address
        self._listeners = [
            Listener(record, number, peer, performance=performance, fields=fields)
            for number, peer in enumerate(peers, 1)
        ]

    async def listen(self) -> tuple[Destination, ...]:
        """Begin to listen. Gives where the peers are, in order. Raises OSError where an address cannot be had."""
        for place, listener in enumerate(self._listeners):
            await listener.listen(self._given and (self._given[0], self._given[1] + place if self._given[1] else 0))
        return tuple(listener.destination for listener in self._listeners)

    async def begin(self, act: int, peers: Sequence[AnyPeer]) -> None:
        """From this act on, the peers are these: each takes the place of the one with its number."""
        for listener, peer in zip(self._listeners, peers, strict=False):
            await listener.become(peer, act)

    @property
    def settled(self) -> bool:
        """Whether nothing will happen here unless the gateway does something."""
        return all(answerer.settled for listener in self._listeners for answerer in listener.answerers)

    @property
    def connections(self) -> Iterator[Connection]:
        """The connections that are there."""
        return (answerer.connection for listener in self._listeners for answerer in listener.answerers)

    async def close(self) -> None:
        """Give up the addresses and the connections."""
        for listener in self._listeners:
            listener.stop_accepting()
        try:
            for _ in range(_TURNS):
                await asyncio.sleep(0)
        finally:
            for listener in self._listeners:
                listener.close()
