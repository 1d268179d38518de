"""One request and its response: what the application is given, what it says, and what becomes of both.

Nothing here knows the version of HTTP: what the application says goes to a `Writer`, of which each version has its own.
"""

import asyncio
import logging
from collections.abc import Callable, Iterable, MutableMapping
from typing import Any, Protocol

from hypercorn.typing import AppWrapper

from lab.gateways.reference.front.inbox import Inbox
from lab.gateways.reference.front.refusal import FAILED, Refusal
from lab.gateways.reference.front.request import Request
from lab.gateways.reference.front.settings import FieldLine
from lab.gateways.reference.front.tunnel import ClientGone, Tunnel
from lab.h1 import Fields

Message = MutableMapping[str, Any]

log = logging.getLogger("lab.gateways.reference.front")


class Writer(Protocol):
    """Says to the client, in its version of HTTP, what the application answers to one request.

    All but `abort` and `refuse` may raise InvalidAnswer: then nothing of what was asked for has been sent.
    """

    @property
    def begun(self) -> bool:
        """Whether the final response has begun, or the protocol has been switched."""

    def interim(self, status: int, fields: Iterable[FieldLine] = ()) -> None: ...

    def head(self, status: int, fields: Iterable[FieldLine], reason: bytes | None) -> None: ...

    async def content(self, data: bytes) -> None:
        """Returns when the client takes more. Raises ClientGone."""

    async def end(self, data: bytes, trailers: Iterable[FieldLine]) -> None:
        """The last piece of the content. The response is complete then. Raises ClientGone."""

    async def drain(self) -> None:
        """Wait until the client takes more. Raises ClientGone."""

    def switch(self, fields: Iterable[FieldLine]) -> Tunnel: ...

    def over(self) -> None:
        """The response is complete, and the exchange has been told so."""

    def abort(self) -> None:
        """End what has begun so that the client can tell that it is incomplete."""

    def refuse(self, refusal: Refusal) -> None:
        """Answer with an error page in the application's place, if that can still be done."""

    def awaiting_content(self, waiting: bool) -> None:
        """Whether the application waits for content of the request."""

    def taken(self, size: int) -> None:
        """The application has taken so much content of the request."""


class Notice(asyncio.Event):
    """An event that also calls somebody, which costs no task. `then`: whom."""

    then: Callable[[], None] | None = None

    def set(self) -> None:
        super().set()
        if self.then is not None:
            self.then()


class Exchange:
    """The application speaks to it through ASGI and `Front`, the connection through `put`, `end` and `give_up`."""

    def __init__(self, writer: Writer, request: Request) -> None:
        self.request = request
        self.trailers = Fields()
        self.phrase: bytes | None = None
        self.trailing: tuple[FieldLine, ...] = ()
        self.disconnected = Notice()
        self.done = asyncio.Event()  # nothing more will be sent: the response is complete, or was given up
        self.refused = False  # whether the connection answered it, with an error, in the application's place
        self.tunnel: Tunnel | None = None
        self.content = Inbox()
        self.came = 0  # octets of content
        self.awaited: Callable[[], object] | None = None  # who wants to know when content comes
        self._writer = writer
        self._given = False  # whether the application knows the end of the content
        self._continue = request.expects_continue  # whether the client may be waiting for a 100

    # From the connection

    async def put(self, data: bytes) -> None:
        """A piece of the content. Waits until the application has taken the piece before."""
        self.came += len(data)
        self._tell()
        await self.content.put(data)

    def add(self, data: bytes) -> None:
        """A piece of the content, without waiting: for a connection that holds its client back by other means."""
        self.came += len(data)
        self._tell()
        self.content.add(data)

    def end(self) -> None:
        """The request is complete."""
        self.content.end()
        self._tell()

    def give_up(self) -> None:
        """Nothing more can be sent, and no more content comes."""
        if not self.done.is_set():
            self.disconnected.set()
            self._over()

    @property
    def content_may_not_come(self) -> bool:
        """Whether the client may still be waiting for a 100, which it will not get."""
        return self._continue

    # From the application

    async def run(self, app: AppWrapper, scope: Any) -> None:
        failed = False
        try:
            await app(scope, self.receive, self.send, _no_threads, _no_threads)  # type: ignore[arg-type]
        except ClientGone:
            pass  # the application was told, and had nothing to add
        except Exception:
            log.exception("the application failed")
            failed = True
        if self.tunnel is not None:
            if failed:
                self.tunnel.abort()
            self._writer.over()
        elif not self.done.is_set():
            if self._writer.begun:
                self.abort("the application ended before its response did")
            else:
                self._writer.refuse(FAILED)

    async def receive(self) -> Message:
        if self._given:
            await self.done.wait()
        elif self.content.waiting:
            self._invite()
            self._writer.awaiting_content(True)
            try:
                await self.content.arrival()
            finally:
                if not self.done.is_set():
                    self._writer.awaiting_content(False)
        if self.done.is_set():
            return {"type": "http.disconnect"}
        piece = self.content.take()
        if piece:
            self._writer.taken(len(piece))
        self._given = self.content.ended
        return {"type": "http.request", "body": piece, "more_body": not self._given}

    async def send(self, message: Message) -> None:
        self._check()
        match message["type"]:
            case "http.response.start":
                self._start(message["status"], message.get("headers", ()))
            case "http.response.body":
                await self._body(message.get("body", b""), message.get("more_body", False))
            case unknown:
                raise RuntimeError(f"the front does not know {unknown!r}")

    async def interim(self, status: int, fields: Iterable[FieldLine]) -> None:
        if self.request.version != "1.0" and not (self._writer.begun or self.done.is_set()):
            self._writer.interim(status, fields)
            self._continue = self._continue and status != 100
            await self._writer.drain()

    async def switch(self, fields: Iterable[FieldLine]) -> Tunnel:
        self._check()
        if not self.request.upgrade or self._writer.begun:
            raise RuntimeError("no switch of protocols was asked for, or the response has begun already")
        self.tunnel = self._writer.switch(fields)
        self._over()
        await self._writer.drain()
        return self.tunnel

    def abort(self, why: str) -> None:
        if self.done.is_set():
            return
        log.info("%r %r aborted: %s", self.request.method, self.request.target, why)
        self._writer.abort()
        self.give_up()

    def await_content(self, then: Callable[[], object]) -> None:
        self.awaited = then
        if self.came or self.content.ended:
            self._tell()

    def _tell(self) -> None:
        if self.awaited is not None:
            then, self.awaited = self.awaited, None
            then()

    def _check(self) -> None:
        if self.done.is_set():
            raise ClientGone("the response is over: the client has gone, or was given up")

    def _start(self, status: int, fields: Iterable[FieldLine]) -> None:
        if self._writer.begun:
            raise RuntimeError("the response has begun already")
        phrase, self.phrase = self.phrase, None  # given for this answer, and for no other where it is invalid
        self._writer.head(status, fields, phrase)

    async def _body(self, data: bytes, more: bool) -> None:
        if more:
            await self._writer.content(data)
            return
        await self._writer.end(data, self.trailing)
        if not self.done.is_set():
            self._over()
            self._writer.over()

    def _over(self) -> None:
        self.done.set()
        self.content.leave()

    def _invite(self) -> None:
        """Send 100 (Continue), now that somebody wants the content, unless it is coming anyway (RFC 9110, 10.1.1)."""
        if self._continue and not self.came and not self._writer.begun:
            self._writer.interim(100)
        self._continue = False


def _no_threads(*_: Any) -> Any:
    raise RuntimeError("the front serves ASGI applications only")
