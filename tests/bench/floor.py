"""What a performance is compared with: the least that starts an upstream and a server, and a minimal relay."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import h11

from lab.serving.server import serving
from lab.serving.sockets import end_with_reset, listening_socket

ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
REQUEST = b"GET / HTTP/1.1\r\nHost: lab.test\r\n\r\n"

Send = Callable[[dict[str, Any]], Awaitable[None]]


async def bare(scope: dict[str, Any], receive: Callable[[], Awaitable[dict[str, Any]]], send: Send) -> None:
    """The smallest application."""
    if scope["type"] == "lifespan":
        while True:
            message = await receive()
            await send({"type": message["type"] + ".complete"})
            if message["type"] == "lifespan.shutdown":
                return
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
    await send({"type": "http.response.body", "body": b"ok"})


async def floor() -> None:
    """A raw asyncio server and a bare Hypercorn application are started, one request is made, both are stopped."""
    upstream = await asyncio.start_server(_answer, sock=listening_socket())
    async with serving(bare, listening_socket()) as server:
        await ask(server.address)
    upstream.close()


async def relay() -> None:
    """A raw upstream, a minimal relay on h11 in front of it, one request through both, both stopped."""
    upstream = await asyncio.start_server(_answer, sock=listening_socket())
    front = await asyncio.start_server(
        lambda reader, writer: _relay(reader, writer, upstream.sockets[0].getsockname()), sock=listening_socket()
    )
    await ask(front.sockets[0].getsockname())
    front.close()
    upstream.close()


async def ask(address: tuple[str, int]) -> None:
    """One request, and its whole answer."""
    reader, writer = await asyncio.open_connection(*address)
    writer.write(REQUEST)
    answer = await reader.readuntil(b"\r\n\r\n") + await reader.readexactly(2)
    assert answer.startswith(b"HTTP/1.1 200"), answer
    end_with_reset(writer.get_extra_info("socket"))
    writer.close()


async def _answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.readuntil(b"\r\n\r\n")
    writer.write(ANSWER)
    await writer.drain()
    writer.close()


async def _relay(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, upstream: tuple[str, int]) -> None:
    client = h11.Connection(h11.SERVER)
    request = await _next(client, reader)
    there, back = await asyncio.open_connection(*upstream)
    origin = h11.Connection(h11.CLIENT)
    assert isinstance(request, h11.Request)
    back.write((origin.send(request) or b"") + (origin.send(h11.EndOfMessage()) or b""))
    while not isinstance(event := await _next(origin, there), h11.EndOfMessage):
        assert isinstance(event, h11.Response | h11.Data)
        writer.write(client.send(event) or b"")
    writer.write(client.send(event) or b"")
    back.close()
    writer.close()


async def _next(connection: h11.Connection, reader: asyncio.StreamReader) -> Any:
    while (event := connection.next_event()) is h11.NEED_DATA:
        connection.receive_data(await reader.read(65_536))
    return event
