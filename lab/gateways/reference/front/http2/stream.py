"""What the application answers to one request of HTTP/2, on its way into its stream."""

import asyncio
from collections.abc import Iterable
from typing import Protocol

from lab.gateways.reference.front.answer import (
    Announced,
    InvalidAnswer,
    Start,
    checked,
    checked_interim,
    start_of,
)
from lab.gateways.reference.front.deadline import Deadline
from lab.gateways.reference.front.exchange import Exchange
from lab.gateways.reference.front.http2.machine import Machine
from lab.gateways.reference.front.http2.outbox import Outbox, Turn
from lab.gateways.reference.front.http2.request import Malformed
from lab.gateways.reference.front.refusal import CONTENT_TIMEOUT, Refusal
from lab.gateways.reference.front.request import Request
from lab.gateways.reference.front.settings import FieldLine, FrontSettings
from lab.gateways.reference.front.tunnel import ClientGone, Tunnel
from lab.h2.codes import FRAME_SIZE, WINDOW, ErrorCode
from lab.h2.section import ONE_CONNECTION

# Credit is given back in pieces of this size: a frame for each piece of content would be one too many.
_WORTH_GIVING = WINDOW // 2


class Owner(Protocol):
    """What a stream needs of its connection."""

    outbox: Outbox
    machine: Machine

    def reset(self, number: int, code: ErrorCode) -> None:
        """RST_STREAM, where the stream is not closed already."""

    def forget(self, stream: "Stream") -> None:
        """It is over on both sides."""


class Stream:
    """The `Writer` of an exchange. `complete`: the request is. `waiting`: for the outbox."""

    def __init__(self, owner: Owner, number: int, request: Request, settings: FrontSettings) -> None:
        self.number = number
        self.exchange = Exchange(self, request)
        self.begun = False
        self.complete = False
        self.waiting = False
        self._owner = owner
        self._request = request
        self._settings = settings
        self._deadline = Deadline()
        self._announced = Announced(None)
        self._empty = False
        self._head: list[FieldLine] | None = None
        self._content = memoryview(b"")  # what is left to be sent of what the application has given
        self._trailers: list[FieldLine] = []
        self._last = False  # nothing comes after it
        self._ended = False  # END_STREAM has been sent, or RST_STREAM
        self._failing = ErrorCode.INTERNAL_ERROR  # with which it is reset where it cannot go on
        self._after: ErrorCode | None = None  # with which the stream is reset when all has been sent
        self._sent: asyncio.Future[None] | None = None
        self._taken = 0

    # From the exchange

    def interim(self, status: int, fields: Iterable[FieldLine] = ()) -> None:
        lines = checked_interim(status, fields)
        if not (self._ended or self._owner.machine.is_closed(self.number)):
            self._owner.machine.send_headers(self.number, _lines(status, lines))
            self._owner.outbox.soon()

    def head(self, status: int, fields: Iterable[FieldLine], reason: bytes | None) -> None:
        start = start_of(self._request.method, status, fields)
        self._begin(start)
        self._owner.outbox.later(self)

    async def content(self, data: bytes) -> None:
        if not self._empty and data:
            self._announced.count(len(data))
            await self._send(data)

    async def end(self, data: bytes, trailers: Iterable[FieldLine]) -> None:
        if self._empty:
            data, trailers = b"", ()
        self._announced.count(len(data))
        self._announced.end()
        self._trailers = checked(trailers)
        self._last = True
        await self._send(data)

    async def drain(self) -> None:
        await self._owner.outbox.drain()

    def switch(self, fields: Iterable[FieldLine]) -> Tunnel:
        raise InvalidAnswer("HTTP/2 knows no switch of protocols (RFC 9113, 8.6)")

    def over(self) -> None:
        self._finish(ErrorCode.NO_ERROR)

    def abort(self) -> None:
        self.give_up(self._failing)

    def refuse(self, refusal: Refusal) -> None:
        """Answer with an error page, then end the stream. Where it is too late for that, the client can tell."""
        code = ErrorCode.PROTOCOL_ERROR if isinstance(refusal, Malformed) else ErrorCode.NO_ERROR
        if self.begun:
            self._failing = code or ErrorCode.INTERNAL_ERROR
            self.exchange.abort(refusal.why)
            return
        status, fields, page = self._settings.page(refusal, self._request.accept)
        self._begin(start_of(self._request.method, status, fields))
        self._content, self._last, self._after = memoryview(b"" if self._empty else page), True, code
        self.exchange.refused = True
        self.exchange.give_up()
        self._deadline.set(self._settings.write_timeout, lambda: self.give_up(ErrorCode.CANCEL))
        self._owner.outbox.push(self)

    def awaiting_content(self, waiting: bool) -> None:
        if waiting:
            self._deadline.set(self._settings.content_timeout, lambda: self.refuse(CONTENT_TIMEOUT))
        else:
            self._deadline.clear()

    def taken(self, size: int) -> None:
        """Give back what the application has taken, and so no more than it takes."""
        self._taken += size
        if self._taken >= _WORTH_GIVING and not (self.complete or self._owner.machine.is_closed(self.number)):
            self._owner.machine.increment_flow_control_window(self._taken, self.number)
            self._taken = 0
            self._owner.outbox.soon()

    # From the connection

    def touched(self) -> None:
        """Content is on its way, though its frame is not complete."""
        if self._deadline.running and not self.exchange.done.is_set():
            self.awaiting_content(True)

    def completed(self) -> None:
        """The request is complete."""
        self.complete = True
        if not self.exchange.done.is_set():
            self.exchange.end()
        elif self._ended:
            self._finish(ErrorCode.NO_ERROR)

    def give_up(self, code: ErrorCode | None) -> None:
        """The stream is over; the client is told by RST_STREAM, unless it knows (None)."""
        self._deadline.stop()
        self._ended = True
        self._content = memoryview(b"")
        self._owner.outbox.drop(self)
        if code is not None:
            self._owner.reset(self.number, code)
        self.exchange.give_up()
        self._tell_sent()
        self._owner.forget(self)

    # From the outbox

    def turn(self, machine: Machine) -> tuple[Turn, int]:
        if self._ended or machine.is_closed(self.number):
            return Turn.DONE, 0
        last = self._last and not self._trailers
        if self._head is not None:
            lines, self._head = self._head, None
            ends = self._empty or (last and not self._content)
            machine.send_headers(self.number, lines, end_stream=ends)
            if ends:
                return self._all_sent(ended=True), 0
        size = 0
        if self._content:
            size = min(len(self._content), machine.local_flow_control_window(self.number), FRAME_SIZE)
            if size <= 0:
                return Turn.BLOCKED, 0
            piece, self._content = self._content[:size], self._content[size:]
            last = last and not self._content
            machine.send_data(self.number, piece, end_stream=last)
            if self._content:
                return Turn.MORE, size
        elif last:
            machine.send_data(self.number, b"", end_stream=True)
        elif self._last:
            machine.send_headers(self.number, _lowered(self._trailers), end_stream=True)
            last = True
        else:
            return self._all_sent(ended=False), 0
        if self._last and not last:
            return Turn.MORE, size  # the trailer section is next
        return self._all_sent(ended=last), size

    def _all_sent(self, *, ended: bool) -> Turn:
        self._ended = ended
        self._tell_sent()
        if ended and self._after is not None:
            self._finish(self._after)
        return Turn.DONE

    def _finish(self, code: ErrorCode) -> None:
        """The response is complete. What is left of the request is not wanted, and RST_STREAM says so (RFC 9113, 8.1);
        but not at once, where nothing is wrong: some clients would discard the response then, though they must not."""
        self._deadline.stop()
        if code is ErrorCode.NO_ERROR and not self.complete:
            self._deadline.set(self._settings.linger, lambda: self.give_up(code))
            return
        if not self.complete:
            self._owner.reset(self.number, code)
        self._owner.forget(self)

    def _begin(self, start: Start) -> None:
        self.begun = True
        self._empty = start.empty
        self._announced = Announced(None if start.empty else start.length)
        self._head = _lines(start.status, start.fields)

    async def _send(self, data: bytes) -> None:
        self._content = memoryview(data)
        self._owner.outbox.push(self)
        while self._content or (self._last and not self._ended):
            await self._progress()
        if self.exchange.done.is_set():
            raise ClientGone("the stream was ended before all had been sent")

    async def _progress(self) -> None:
        """Wait until all is sent, or nothing more can be. A window that stays shut is waited for only so long."""
        before = len(self._content)
        self._sent = asyncio.get_running_loop().create_future()
        try:
            async with asyncio.timeout(self._settings.write_timeout):
                await self._sent
        except TimeoutError:
            if len(self._content) == before and self._owner.outbox.is_blocked(self):
                self.give_up(ErrorCode.CANCEL)
                raise ClientGone("the client takes nothing more of this stream") from None

    def _tell_sent(self) -> None:
        if self._sent is not None and not self._sent.done():
            self._sent.set_result(None)


def _lines(status: int, fields: Iterable[FieldLine]) -> list[FieldLine]:
    return [(b":status", b"%d" % status), *_lowered(fields)]


def _lowered(fields: Iterable[FieldLine]) -> list[FieldLine]:
    lines = [(name.lower(), value) for name, value in fields]
    return [line for line in lines if line[0] not in ONE_CONNECTION]
