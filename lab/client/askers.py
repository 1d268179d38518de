"""The clients of a performance, act by act: who has a connection of its own, and who shares one."""

from collections.abc import Sequence

from lab.client.asking import Asker
from lab.client.connection import ClientConnection
from lab.client.streams import StreamAsker, Streams
from lab.gateways import Address
from lab.script import Request, Script, speaks_http2
from lab.upstream.recording import Recording

AnyAsker = Asker | StreamAsker


class Askers:
    """`all`: those of the act that is on. `connections`: every one that there has been.

    A script and a request of HTTP/1 have a connection each. The requests over HTTP/2 of one act share one connection,
    a stream each. An act that goes on with the connections of the act before takes them in the same order.
    """

    def __init__(self, record: Recording) -> None:
        self.all: list[AnyAsker] = []
        self.connections: list[ClientConnection] = []
        self._record = record
        self._streams: Streams | None = None

    async def connect(self, clients: Sequence[Request | Script], address: Address, *, secure: bool) -> None:
        """An asker for each client of an act, connected: anew, or as in the act before."""
        before, self.all = self.all, []
        for asker in before:
            asker.rest()
        for number, client in enumerate(clients, 1):
            kept = before[number - 1] if number <= len(before) else None
            if isinstance(client, Request) and client.version == "2":
                self.all.append(StreamAsker(await self._shared(number, address, secure=secure), number))
            else:
                self.all.append(await self._own(kept, client, number, address, secure=secure))

    def ask(self, clients: Sequence[Request | Script]) -> None:
        """Let each send its request, or play its script."""
        for asker, client in zip(self.all, clients, strict=True):
            if asker.connection.open and not self._record.failure:
                asker.ask(client)
        if self._streams is not None:
            self._streams.flush()

    def part(self) -> None:
        """Close the connections: the next act has new ones, and what still comes on these is no answer in it."""
        for asker in self.all:
            asker.connection.close()
            asker.rest()
        self.all, self._streams = [], None

    async def _shared(self, number: int, address: Address, *, secure: bool) -> Streams:
        if self._streams is not None and self._streams.usable:
            self._streams.connection.request = self._streams.connection.request or number
        else:
            self._streams = Streams(self._record)
            self._streams.connection.request = number
            self.connections.append(self._streams.connection)
            await self._streams.connection.connect(address, secure=secure, http2=True)
        return self._streams

    async def _own(
        self, kept: AnyAsker | None, client: Request | Script, number: int, address: Address, *, secure: bool
    ) -> Asker:
        if isinstance(kept, Asker) and kept.connection.open:
            kept.connection.request = number
            return kept
        asker = Asker(self._record)
        asker.connection.request = number
        self.connections.append(asker.connection)
        await asker.connection.connect(address, secure=secure, http2=speaks_http2(client))
        return asker
