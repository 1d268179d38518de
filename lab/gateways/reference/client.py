"""The client's side of one exchange, as the gateway speaks to it: ASGI, and what the front adds to it."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, MutableMapping, Sequence
from typing import Any

from lab.gateways import Address
from lab.gateways.reference.failure import shown
from lab.gateways.reference.front import EXTENSION, ClientGone, Front
from lab.h1 import Field

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]


class Client:
    """`started`: the final response has begun, and cannot become another one. `local`: the gateway's own end of the
    client connection."""

    def __init__(self, scope: Message, receive: Receive, send: Send) -> None:
        self.front: Front = scope["extensions"][EXTENSION]
        self.local: Address | None = scope["server"]
        self.started = False
        self._receive = receive
        self._send = send

    @property
    def asked(self) -> str:
        """Method and target, as they can be shown."""
        return shown(f"{self.front.method.decode('latin-1')} {self.front.target.decode('latin-1')}")

    async def content(self) -> AsyncIterator[bytes]:
        """The content of the request, as it comes. Raises ClientGone."""
        more = True
        while more:
            message = await self._receive()
            if message["type"] == "http.disconnect":
                raise ClientGone("the client left before its request was complete")
            more = message.get("more_body", False)
            if data := message.get("body", b""):
                yield data

    def give_trailers(self, trailers: Sequence[Field]) -> None:
        """Trailer fields for the end of the content, where the client takes them: it said so (RFC 9110, 6.5.1), or it
        speaks HTTP/2, of whose messages they are a part (RFC 9113, 8.1). Otherwise they are discarded, never merged
        into the header section; Trailer stays there, as a hint at what was lost (RFC 9110, 6.6.2).
        """
        if trailers and (self.front.takes_trailers or self.front.version == "2"):
            self.front.trailing(trailers)

    async def start(self, status: int, fields: Iterable[tuple[bytes, bytes]], reason: bytes | None = None) -> None:
        """Send the status line and the header section."""
        if reason is not None:
            self.front.reason(reason)
        await self._send({"type": "http.response.start", "status": status, "headers": list(fields)})
        self.started = True

    async def send(self, data: bytes, *, more: bool) -> None:
        """Send a piece of the content; returns when the client takes it."""
        await self._send({"type": "http.response.body", "body": data, "more_body": more})
