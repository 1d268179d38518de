"""The least that relays: h11 on both sides, connections kept on both. No checks, no time-outs, no fields of its own.

python -m tests.bench.h11_relay http://HOST:PORT
"""

import asyncio
import contextlib
import sys
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import h11

from lab.serving.sockets import listening_socket

MOST = 65_536
Events = h11.Request | h11.Response | h11.InformationalResponse | h11.Data | h11.EndOfMessage


@dataclass
class End:
    """One end of a connection, and its h11."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    h11: h11.Connection

    async def next(self) -> Any:
        while (event := self.h11.next_event()) is h11.NEED_DATA:
            self.h11.receive_data(await self.reader.read(MOST))
        return event

    def write(self, event: Events) -> None:
        if octets := self.h11.send(event):
            self.writer.write(octets)


class Relay:
    """In front of one upstream; unused upstream connections are kept."""

    def __init__(self, host: str, port: int) -> None:
        self._upstream = host, port
        self._idle: list[End] = []

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError):
            await self._serve(reader, writer)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        client = End(reader, writer, h11.Connection(h11.SERVER))
        while isinstance(request := await client.next(), h11.Request):
            upstream = self._idle.pop() if self._idle else await self._dial()
            upstream.write(request)
            await self._relay(client, upstream)
            await self._relay(upstream, client)
            upstream.h11.start_next_cycle()
            self._idle.append(upstream)
            if client.h11.our_state is not h11.DONE:
                break
            client.h11.start_next_cycle()
        writer.close()

    async def _relay(self, source: End, target: End) -> None:
        """One message, or what is left of it."""
        while not isinstance(event := await source.next(), h11.EndOfMessage):
            target.write(event)
            await target.writer.drain()
        target.write(event)

    async def _dial(self) -> End:
        return End(*await asyncio.open_connection(*self._upstream), h11.Connection(h11.CLIENT))


async def serve(upstream: str) -> None:
    parts = urlsplit(upstream)
    assert parts.hostname is not None
    assert parts.port is not None
    with listening_socket("127.0.0.1") as sock:
        server = await asyncio.start_server(Relay(parts.hostname, parts.port).serve, sock=sock)
        print("http://{}:{}".format(*sock.getsockname()), flush=True)
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(sys.argv[1]))
