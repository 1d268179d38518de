"""A client connection of HTTP/1.0 or HTTP/1.1: one request after the other, and an end that clients can understand."""

import asyncio
import contextlib
import logging

from hypercorn.events import Event, RawData

from lab.gateways.reference.front.answer import Answer
from lab.gateways.reference.front.deadline import Deadline
from lab.gateways.reference.front.exchange import ClientGone, Exchange
from lab.gateways.reference.front.extension import Front
from lab.gateways.reference.front.refusal import (
    CONTENT_TIMEOUT,
    HEADER_TIMEOUT,
    INCOMPLETE,
    TOO_MANY_CLIENTS,
    Refusal,
    glimpse,
    unreadable,
)
from lab.gateways.reference.front.request import understand
from lab.gateways.reference.front.scope import scope_of
from lab.gateways.reference.front.settings import FrontSettings, plain_error_page
from lab.h1 import Broken, Content, End, Head, Reader, Trailers
from lab.h1 import Event as Read
from lab.serving.connection import Connection, HalfClosed

log = logging.getLogger("lab.gateways.reference.front")


class ClientConnection:
    """The protocol that the front puts in the place of Hypercorn's.

    When a request is complete, nothing more is read until its response is: so pipelined requests wait their turn, and
    a client that closes only its own side gets its answer. That the connection is lost comes by another way (`lost`).
    """

    def __init__(self, settings: FrontSettings, crowd: "set[ClientConnection]", connection: Connection) -> None:
        self._settings = settings
        self._crowd = crowd  # all that are open, this one among them
        self._connection = connection
        self._writer = connection.writer
        self._reader = Reader("request", strict=True, limits=settings.limits)
        self._exchange: Exchange | None = None
        self._deadline = Deadline()
        self._header_section = b""  # what came of one that is not complete
        self._data = b""  # what came last
        self._owed = False  # whether the client has begun a request and not ended it
        self._retiring = False
        self._closing = False

    # From the server

    async def initiate(self) -> None:
        self._crowd.add(self)
        if len(self._crowd) > self._settings.connections:
            self.refuse(TOO_MANY_CLIENTS)
        else:
            self._await_request()

    async def handle(self, event: Event) -> None:
        if self._closing:
            return  # read, so that the close does not become a reset, and thrown away
        if isinstance(event, RawData):
            self._data = event.data
            if self._exchange is None:
                self._await_header_section(event.data)
            self._reader.feed(event.data)
        elif isinstance(event, HalfClosed):
            self._reader.close()
        for read in self._reader.events():
            await self._act(read)
            if self._closing:
                return

    def lost(self) -> None:
        self._crowd.discard(self)
        self._closing = True
        self._deadline.clear()
        if self._exchange is not None:
            self._exchange.give_up()

    def retire(self) -> None:
        self._retiring = True
        if self._exchange is None:
            self._close()
        else:
            self._exchange.answer.persists = False

    # From the exchange

    def write(self, octets: bytes) -> None:
        if not self._writer.is_closing():
            self._writer.write(octets)

    async def drain(self) -> None:
        unsent = self._writer.transport.get_write_buffer_size()
        while unsent or self._writer.is_closing():
            try:
                async with asyncio.timeout(self._settings.write_timeout):
                    await self._writer.drain()
                return
            except TimeoutError:
                before, unsent = unsent, self._writer.transport.get_write_buffer_size()
                if unsent < before:
                    continue  # slowly, but the client reads
                self.break_off(reset=True)
                self.lost()
                raise ClientGone("the client does not read") from None
            except ConnectionError as error:
                raise ClientGone("the client has gone") from error

    def awaiting_content(self, waiting: bool) -> None:
        if waiting:
            self._deadline.set(self._settings.content_timeout, lambda: self.refuse(CONTENT_TIMEOUT))
        else:
            self._deadline.clear()

    def refuse(self, refusal: Refusal) -> None:
        """Answer with an error page and close. Where it is too late for that, the client can tell from the close."""
        exchange = self._exchange
        if exchange is None:
            method, accept = glimpse(self._header_section)
            self.write(self._error_answer(refusal, method, accept))
        elif exchange.answer.begun:
            exchange.abort(refusal.why)
        else:
            request = exchange.request
            self.write(self._error_answer(refusal, request.method, b", ".join(request.fields.get(b"Accept"))))
            exchange.refused = True
            exchange.give_up()
        self._close()

    def finished(self) -> None:
        assert self._exchange is not None
        if self._retiring or not self._exchange.answer.persists:
            self._close()
        else:
            self._deadline.set(self._settings.linger, self._close)  # for what is left of the request

    def break_off(self, *, reset: bool) -> None:
        if reset:
            self._closing = True
            self._deadline.clear()
            self._connection.reset()
        else:
            self._close()

    # Reading

    def _await_request(self) -> None:
        self._deadline.set(self._settings.idle_timeout, self._close)

    def _await_header_section(self, data: bytes) -> None:
        if not self._header_section:
            if not data.strip(b"\r\n"):
                return  # an empty line, to be ignored (RFC 9112, 2.2), begins no request
            self._owed = True
            self._deadline.set(self._settings.header_timeout, lambda: self.refuse(HEADER_TIMEOUT))
        self._header_section += data

    async def _act(self, read: Read) -> None:
        exchange = self._exchange
        match read:
            case Head():
                self._begin(read)
            case Broken(anomaly):
                self.refuse(unreadable(anomaly))
            case End(complete=False):
                self.refuse(INCOMPLETE)
            case Content(data) if exchange is not None:
                await exchange.put(data)
            case Trailers(fields) if exchange is not None:
                exchange.trailers = fields
            case End() if exchange is not None:
                await self._end(exchange)

    def _begin(self, head: Head) -> None:
        self._deadline.clear()
        connection = self._connection
        try:
            request = understand(head, connection.secure)
        except Refusal as refusal:
            self.refuse(refusal)
            return
        self._header_section = b""
        self._exchange = exchange = Exchange(self, request)
        front = Front(exchange, connection.secure, connection.client)
        connection.task_group.spawn(exchange.run, connection.app, scope_of(request, front, connection))

    async def _end(self, exchange: Exchange) -> None:
        """The request is complete. Its response comes before anything else is looked at."""
        self._owed = False
        exchange.end()
        await exchange.done.wait()
        if self._closing:
            return
        self._exchange = None
        self._await_request()
        if self._reader.left:  # a pipelined request, or its beginning
            self._await_header_section(self._data[-self._reader.left :])

    # Answering and closing

    def _error_answer(self, refusal: Refusal, method: bytes, accept: bytes) -> bytes:
        make = self._settings.error_page
        try:
            status, fields, content = make(refusal.status, refusal.condition, refusal.why, accept)
        except Exception:
            log.exception("the error page could not be made")
            status, fields, content = plain_error_page(refusal.status, refusal.condition, refusal.why, accept)
        answer = Answer(method, "1.1", persist=False)
        lines = [*fields, (b"Content-Length", b"%d" % len(content))]
        return answer.head(status, lines) + answer.content(content) + answer.end()

    def _close(self) -> None:
        """Close in stages, so that no reset takes the last answer from the client (RFC 9112, 9.6).

        TLS cannot be closed by halves; there the client, who has seen the end of the answer, may close first if it is
        still sending.
        """
        if self._closing:
            return
        self._closing = True
        if self._writer.can_write_eof():
            with contextlib.suppress(OSError):
                self._writer.write_eof()
        elif not self._owed:
            self._writer.close()
        self._deadline.set(self._settings.linger, lambda: self._let_go(None))

    def _let_go(self, unsent: int | None) -> None:
        """The end of patience, except with a client that is slow in reading what it was sent."""
        left = self._writer.transport.get_write_buffer_size()
        if not left:
            self._writer.close()
        elif unsent is None or left < unsent:
            self._deadline.set(self._settings.write_timeout, lambda: self._let_go(left))
        else:
            self._writer.transport.abort()
