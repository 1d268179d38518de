"""The upstream of the gateway's benchmarks, in a process of its own: as fast as Python allows, and right.

python -m tests.bench.upstream

It answers `GET /N` with N octets that may be stored for a day, keeps its connections, and says where it listens.
"""

import asyncio
import itertools
from collections.abc import Iterator

from lab.serving.sockets import listening_socket

PIECE = bytes(range(256)) * 256
"""What the content is made of."""


class Upstream(asyncio.Protocol):
    """One connection. Requests have no content."""

    def __init__(self) -> None:
        self._received = b""
        self._writable = asyncio.Event()
        self._writable.set()
        self._sending: asyncio.Task[None] | None = None
        self._transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._received += data
        while b"\r\n\r\n" in self._received:
            head, _, self._received = self._received.partition(b"\r\n\r\n")
            self._answer(int(head.split(b" ", 2)[1][1:] or b"0"))

    def pause_writing(self) -> None:
        self._writable.clear()

    def resume_writing(self) -> None:
        self._writable.set()

    def connection_lost(self, exc: Exception | None) -> None:
        self._writable.set()
        if self._sending is not None:
            self._sending.cancel()

    def _answer(self, length: int) -> None:
        head = b"HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\n"
        head += b"Cache-Control: max-age=86400\r\nContent-Length: %d\r\n\r\n" % length
        if length <= len(PIECE):
            self._transport.write(head + PIECE[:length])
        else:
            self._transport.write(head)
            self._sending = asyncio.get_running_loop().create_task(self._send(length))

    async def _send(self, length: int) -> None:
        for piece in pieces(length):
            await self._writable.wait()
            if self._transport.is_closing():
                return
            self._transport.write(piece)


def pieces(length: int) -> Iterator[bytes]:
    """Content of that length, without a copy of it."""
    whole, rest = divmod(length, len(PIECE))
    yield from itertools.repeat(PIECE, whole)
    if rest:
        yield PIECE[:rest]


async def serve() -> None:
    with listening_socket("127.0.0.1") as sock:
        server = await asyncio.get_running_loop().create_server(Upstream, sock=sock)
        print("http://{}:{}".format(*sock.getsockname()), flush=True)
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve())
