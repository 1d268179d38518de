"""Asking a server that is started and stopped, and how long its stop takes."""

import asyncio
import ssl
import time

from lab.serving.server import Server

GET = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"

# Far above what a stop takes (under 1 ms), far below what each trap costs (3, 5, 30 seconds, or for ever).
SOON = 0.4


async def connect(
    server: Server, tls: ssl.SSLContext | None = None
) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    name = "localhost" if tls else None
    return await asyncio.open_connection(*server.address, ssl=tls, server_hostname=name)


async def ask(server: Server, data: bytes = GET) -> bytes:
    reader, writer = await connect(server)
    writer.write(data)
    answer = await asyncio.wait_for(reader.readuntil(b"hello"), 5)
    writer.close()
    return answer


async def stop(server: Server, grace: float = 0.0) -> float:
    started = time.perf_counter()
    await asyncio.wait_for(server.stop(grace), 5)
    return time.perf_counter() - started
