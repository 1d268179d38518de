"""A client connection of HTTP/1.0 or HTTP/1.1: one request after the other, and an end that clients can understand."""

from hypercorn.events import Event, RawData

from lab.gateways.reference.front.answer import start_of
from lab.gateways.reference.front.crowd import Crowd
from lab.gateways.reference.front.exchange import Exchange
from lab.gateways.reference.front.extension import Front
from lab.gateways.reference.front.http1.answer import Answer
from lab.gateways.reference.front.http1.response import Response
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
from lab.gateways.reference.front.settings import FrontSettings
from lab.gateways.reference.front.tunnel import Tunnel
from lab.gateways.reference.front.wire import Wire
from lab.h1 import Broken, Content, End, Head, Reader, Trailers
from lab.h1 import Event as Read
from lab.serving.connection import Connection, HalfClosed


class ClientConnection:
    """The protocol that the front puts in the place of Hypercorn's.

    When a request is complete, nothing more is read until its response is: so pipelined requests wait their turn, and
    a client that closes only its own side gets its answer. That the connection is lost comes by another way (`lost`).
    """

    def __init__(self, settings: FrontSettings, crowd: Crowd, connection: Connection) -> None:
        self._settings = settings
        self._crowd = crowd
        self._connection = connection
        self._wire = Wire(connection, settings, self.lost)
        self._reader = Reader("request", strict=True, limits=settings.limits)
        self._response: Response | None = None
        self._tunnel: Tunnel | None = None  # once the request that asked for it is complete
        self._header_section = b""  # what came of one that is not complete
        self._data = b""  # what came last
        self._owed = False  # whether the client has begun a request and not ended it
        self._retiring = False

    # From the server

    async def initiate(self) -> None:
        if self._crowd.enter(self):
            self._await_request()
        else:
            self.refuse(TOO_MANY_CLIENTS)

    async def handle(self, event: Event) -> None:
        if self._tunnel is not None:
            await self._carry(self._tunnel, event)
            return
        if self._wire.closing:
            return  # read, so that the close does not become a reset, and thrown away
        if isinstance(event, RawData):
            self._data = event.data
            if self._response is None:
                self._await_header_section(event.data)
            self._reader.feed(event.data)
        elif isinstance(event, HalfClosed):
            self._reader.close()
        for read in self._reader.events():
            await self._act(read)
            if self._wire.closing or self._tunnel is not None:
                return

    def lost(self) -> None:
        self._crowd.leave(self)
        self._wire.lost()
        if self._response is not None:
            exchange = self._response.exchange
            exchange.give_up()
            if exchange.tunnel is not None:
                exchange.disconnected.set()
                exchange.tunnel.gone()

    def retire(self) -> None:
        self._retiring = True
        if self._response is None:
            self._close()
        else:
            self._response.answer.persists = False

    def abandon(self) -> None:
        response = self._response
        if response is not None and response.answer.ended_by_close and not response.exchange.done.is_set():
            self._wire.reset()

    # While it is not known whether the client speaks another version

    def begin(self) -> None:
        """The client has begun to send something."""
        if not self._owed:
            self._owed = True
            self._await_the_rest()

    def surrender(self) -> bool:
        """Leave the connection to another version, unless it has ended already."""
        if self._wire.closing:
            return False
        self._crowd.leave(self)
        self._wire.lost()
        return True

    # From the response

    def awaiting_content(self, waiting: bool) -> None:
        if waiting:
            self._wire.deadline.set(self._settings.content_timeout, lambda: self.refuse(CONTENT_TIMEOUT))
        else:
            self._wire.deadline.clear()

    def refuse(self, refusal: Refusal) -> None:
        """Answer with an error page and close. Where it is too late for that, the client can tell from the close."""
        if self._response is None:
            method, accept = glimpse(self._header_section)
            self._wire.write(self._error_answer(refusal, method, accept))
        else:
            self._refuse_begun(self._response, refusal)
        self._close()

    def finished(self) -> None:
        assert self._response is not None
        if self._retiring or not self._response.answer.persists:
            self._close()
        else:
            self._wire.deadline.set(self._settings.linger, self._close)  # for what is left of the request

    def break_off(self, *, reset: bool) -> None:
        if reset:
            self._wire.reset()
        else:
            self._close()

    # Reading

    def _await_request(self) -> None:
        self._wire.deadline.set(self._settings.idle_timeout, self._close)

    def _await_header_section(self, data: bytes) -> None:
        if not self._header_section:
            if not data.strip(b"\r\n"):
                return  # an empty line, to be ignored (RFC 9112, 2.2), begins no request
            self._owed = True
            self._await_the_rest()
        self._header_section += data

    def _await_the_rest(self) -> None:
        self._wire.deadline.set(self._settings.header_timeout, lambda: self.refuse(HEADER_TIMEOUT))

    async def _act(self, read: Read) -> None:
        response = self._response
        match read:
            case Head():
                self._begin(read)
            case Broken(anomaly):
                self.refuse(unreadable(anomaly))
            case End(complete=False):
                self.refuse(INCOMPLETE)
            case Content(data) if response is not None:
                await response.exchange.put(data)
            case Trailers(fields) if response is not None:
                response.exchange.trailers = fields
            case End() if response is not None:
                await self._end(response.exchange)

    def _begin(self, head: Head) -> None:
        self._wire.deadline.clear()
        connection = self._connection
        try:
            request = understand(head, connection.secure)
        except Refusal as refusal:
            self.refuse(refusal)
            return
        self._header_section = b""
        self._response = response = Response(self, self._wire, request)
        front = Front(response.exchange, connection.secure, connection.client)
        connection.task_group.spawn(response.exchange.run, connection.app, scope_of(request, front, connection))

    async def _end(self, exchange: Exchange) -> None:
        """The request is complete. Its response comes before anything else is looked at."""
        self._owed = False
        exchange.end()
        await exchange.done.wait()
        if exchange.tunnel is not None:
            self._tunnel = exchange.tunnel
            await self._tunnel.put(self._left())
            return
        if self._wire.closing:
            return
        self._response = None
        self._await_request()
        if self._reader.left:  # a pipelined request, or its beginning
            self._await_header_section(self._left())

    def _left(self) -> bytes:
        """What came behind the request that has just ended."""
        return self._data[len(self._data) - self._reader.left :]

    async def _carry(self, tunnel: Tunnel, event: Event) -> None:
        if isinstance(event, RawData):
            await tunnel.put(event.data)
        elif isinstance(event, HalfClosed):
            tunnel.client_ended()
        else:
            tunnel.lost()

    # Answering and closing

    def _refuse_begun(self, response: Response, refusal: Refusal) -> None:
        exchange = response.exchange
        if exchange.tunnel is not None:  # the request broke after the switch
            exchange.tunnel.lost()
        elif response.begun:
            exchange.abort(refusal.why)
        else:
            request = exchange.request
            self._wire.write(self._error_answer(refusal, request.method, request.accept))
            exchange.refused = True
            exchange.give_up()

    def _error_answer(self, refusal: Refusal, method: bytes, accept: bytes) -> bytes:
        status, fields, content = self._settings.page(refusal, accept)
        answer = Answer("1.1", persist=False)
        return answer.head(start_of(method, status, fields)) + answer.content(content) + answer.end()

    def _close(self) -> None:
        self._wire.close(owed=self._owed)
