"""What the application answers to one request of HTTP/1, on its way into the connection."""

import asyncio
from collections.abc import Iterable
from typing import Protocol

from lab.gateways.reference.front.answer import start_of
from lab.gateways.reference.front.exchange import Exchange
from lab.gateways.reference.front.http1.answer import Answer
from lab.gateways.reference.front.refusal import Refusal
from lab.gateways.reference.front.request import Request
from lab.gateways.reference.front.settings import FieldLine
from lab.gateways.reference.front.tunnel import Tunnel
from lab.gateways.reference.front.wire import Wire

# So much of a request's content is read for nothing, when the application has answered without it, to keep the
# connection. With more to come it is closed.
WORTH_READING = 65_536


class Owner(Protocol):
    """What a response needs of its connection besides the wire."""

    def finished(self) -> None: ...

    def break_off(self, *, reset: bool) -> None: ...

    def refuse(self, refusal: Refusal) -> None: ...

    def awaiting_content(self, waiting: bool) -> None: ...


class Response:
    """The `Writer` of an exchange."""

    def __init__(self, owner: Owner, wire: Wire, request: Request) -> None:
        self.answer = Answer(request.version, persist=request.persistent)
        self.exchange = Exchange(self, request)
        self._owner = owner
        self._wire = wire
        self._request = request
        self._held = b""
        self.refuse = owner.refuse
        self.awaiting_content = owner.awaiting_content
        self.drain = wire.drain
        self.over = owner.finished

    @property
    def begun(self) -> bool:
        return self.answer.begun

    def interim(self, status: int, fields: Iterable[FieldLine] = ()) -> None:
        self._wire.write(self.answer.interim(status, fields))

    def head(self, status: int, fields: Iterable[FieldLine], reason: bytes | None) -> None:
        start = start_of(self._request.method, status, fields)
        self.answer.persists = self.answer.persists and self._worth_reading_on()
        self._held = self.answer.head(start, reason)
        # Content that is there already goes out together with the header section; but it waits for none.
        asyncio.get_running_loop().call_soon(self.release)

    async def content(self, data: bytes) -> None:
        await self._send(self.answer.content(data))

    async def end(self, data: bytes, trailers: Iterable[FieldLine]) -> None:
        await self._send(self.answer.content(data) + self.answer.end(trailers))

    def switch(self, fields: Iterable[FieldLine]) -> Tunnel:
        self._wire.write(self.answer.switching(fields))
        return Tunnel(self._wire)

    def abort(self) -> None:
        self.release()
        self._owner.break_off(reset=self.answer.ended_by_close)

    def taken(self, size: int) -> None:
        """Nothing: the connection reads on by itself when the piece before has been taken."""

    def release(self) -> None:
        """Send what waits for content."""
        if self._held:
            octets, self._held = self._held, b""
            self._wire.write(octets)

    async def _send(self, octets: bytes) -> None:
        if octets or self._held:
            held, self._held = self._held, b""
            self._wire.write(held + octets if held else octets)
            await self._wire.drain()

    def _worth_reading_on(self) -> bool:
        """Whether the rest of the request is short and certain to come; else the connection cannot be kept."""
        exchange, length = self.exchange, self._request.length
        if exchange.content.ended:
            return True
        return not exchange.content_may_not_come and length is not None and length - exchange.came <= WORTH_READING
