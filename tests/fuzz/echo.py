"""A right upstream, which reads requests strictly and answers with what it has read."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

from lab import h1
from lab.serving.sockets import listening_socket

Asked = tuple[bytes, bytes, bytes]
"""Method, target and content of a request."""


class Echo(asyncio.Protocol):
    """One connection. `asked`: the requests that came, complete, on all of them. `wrong`: octets that are none."""

    def __init__(self, asked: list[Asked], wrong: list[str]) -> None:
        self._asked, self._wrong = asked, wrong
        self._reader = h1.Reader("request", strict=True)
        self._head: h1.Head | None = None
        self._content = b""
        self._transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._reader.feed(data)
        for event in self._reader.events():
            match event:
                case h1.Head():
                    self._head, self._content = event, b""
                case h1.Content(piece):
                    self._content += piece
                case h1.End(complete=True):
                    self._answer()
                case h1.Broken(anomaly):
                    self._wrong.append(f"{anomaly} in {data!r}")

    def _answer(self) -> None:
        assert self._head is not None
        asked = self._head.method, self._head.target, self._content
        self._asked.append(asked)
        content = said(asked)
        head = b"HTTP/1.1 200 OK\r\nDate: Sun, 22 Nov 2026 12:00:00 GMT\r\nContent-Length: %d\r\n\r\n" % len(content)
        self._transport.write(head + (b"" if asked[0] == b"HEAD" else content))


def said(asked: Asked) -> bytes:
    """The content of the answer to a request."""
    return b" ".join(asked)


@contextlib.asynccontextmanager
async def echo(asked: list[Asked], wrong: list[str]) -> AsyncIterator[tuple[str, int]]:
    """Such an upstream, and where it is."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Echo(asked, wrong), sock=listening_socket())
    try:
        host, port = server.sockets[0].getsockname()
        yield host, port
    finally:
        server.close()
