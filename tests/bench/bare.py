"""The bare application with which the gateway is compared: no upstream behind it, served by the hypercorn command."""

from collections.abc import Awaitable, Callable
from typing import Any

from tests.bench.upstream import pieces

keep_alive_max_requests = 1 << 60  # Hypercorn's own settings would end a connection after a thousand

Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]


async def app(scope: dict[str, Any], receive: Receive, send: Send) -> None:
    """Answers `/N` with N octets."""
    if scope["type"] == "lifespan":
        while True:
            kind = (await receive())["type"]
            await send({"type": f"{kind}.complete"})
            if kind == "lifespan.shutdown":
                return
    length = int(scope["path"][1:] or "0")
    fields = [(b"content-type", b"application/octet-stream"), (b"content-length", b"%d" % length)]
    await send({"type": "http.response.start", "status": 200, "headers": fields})
    for piece in pieces(length):
        await send({"type": "http.response.body", "body": piece, "more_body": True})
    await send({"type": "http.response.body", "body": b"", "more_body": False})
