"""One request and its response: what the application is given, what it says, and what becomes of both."""

import asyncio
import logging
from collections.abc import Iterable, MutableMapping
from typing import Any, Protocol

from hypercorn.typing import AppWrapper

from lab.gateways.reference.front.answer import Answer
from lab.gateways.reference.front.inbox import Inbox
from lab.gateways.reference.front.refusal import FAILED, Refusal
from lab.gateways.reference.front.request import Request
from lab.gateways.reference.front.settings import FieldLine
from lab.h1 import Fields

Message = MutableMapping[str, Any]

# So much of a request's content is read for nothing, when the application has answered without it, to keep the
# connection. With more to come it is closed.
WORTH_READING = 65_536

log = logging.getLogger("lab.gateways.reference.front")


class ClientGone(ConnectionError):
    """Nothing more can be sent to this client. `http.disconnect` and `Front.disconnected` say so too."""


class Wire(Protocol):
    """What an exchange needs of its client connection."""

    def write(self, octets: bytes) -> None: ...

    async def drain(self) -> None:
        """Wait until the client has taken enough. Raises ClientGone."""

    def awaiting_content(self, waiting: bool) -> None: ...

    def refuse(self, refusal: Refusal) -> None: ...

    def finished(self) -> None: ...

    def break_off(self, *, reset: bool) -> None: ...


class Exchange:
    """The application speaks to it through ASGI and `Front`, the connection through `put`, `end` and `give_up`."""

    def __init__(self, wire: Wire, request: Request) -> None:
        self.request = request
        self.answer = Answer(request.method, request.version, persist=request.persistent)
        self.trailers = Fields()
        self.phrase: bytes | None = None
        self.disconnected = asyncio.Event()
        self.done = asyncio.Event()  # nothing more will be sent: the response is complete, or was given up
        self.refused = False  # whether the connection answered it, with an error, in the application's place
        self._wire = wire
        self._content = Inbox()
        self._came = 0
        self._given = False  # whether the application knows the end of the content
        self._continue = request.expects_continue  # whether the client may be waiting for a 100
        self._held = b""

    # From the connection

    async def put(self, data: bytes) -> None:
        """A piece of the content. Waits until the application has taken the piece before."""
        self._came += len(data)
        await self._content.put(data)

    def end(self) -> None:
        """The request is complete."""
        self._content.end()

    def give_up(self) -> None:
        """Nothing more can be sent, and no more content comes."""
        if not self.done.is_set():
            self.disconnected.set()
            self._over()

    # From the application

    async def run(self, app: AppWrapper, scope: Any) -> None:
        try:
            await app(scope, self.receive, self.send, _no_threads, _no_threads)  # type: ignore[arg-type]
        except ClientGone:
            pass  # the application was told, and had nothing to add
        except Exception:
            log.exception("the application failed")
        if not self.done.is_set():
            if self.answer.begun:
                self.abort("the application ended before its response did")
            else:
                self._wire.refuse(FAILED)

    async def receive(self) -> Message:
        if self._given:
            await self.done.wait()
        elif self._content.waiting:
            self._invite()
            self._wire.awaiting_content(True)
            try:
                await self._content.arrival()
            finally:
                if not self.done.is_set():
                    self._wire.awaiting_content(False)
        if self.done.is_set():
            return {"type": "http.disconnect"}
        piece = self._content.take()
        self._given = self._content.ended
        return {"type": "http.request", "body": piece, "more_body": not self._given}

    async def send(self, message: Message) -> None:
        if self.done.is_set():
            raise ClientGone("the response is over: the client has gone, or was given up")
        match message["type"]:
            case "http.response.start":
                self._start(message["status"], message.get("headers", ()))
            case "http.response.body":
                await self._body(message.get("body", b""), message.get("more_body", False))
            case unknown:
                raise RuntimeError(f"the front does not know {unknown!r}")

    async def interim(self, status: int, fields: Iterable[FieldLine]) -> None:
        if self.request.version == "1.1" and not (self.answer.begun or self.done.is_set()):
            self._wire.write(self.answer.interim(status, fields))
            await self._wire.drain()

    def abort(self, why: str) -> None:
        if self.done.is_set():
            return
        log.info("%r %r aborted: %s", self.request.method, self.request.target, why)
        self._release()
        self._wire.break_off(reset=self.answer.ended_by_close)
        self.give_up()

    def _start(self, status: int, fields: Iterable[FieldLine]) -> None:
        if self.answer.begun:
            raise RuntimeError("the response has begun already")
        self.answer.persists = self.answer.persists and self._worth_reading_on()
        phrase, self.phrase = self.phrase, None  # given for this answer, and for no other where it is invalid
        self._held = self.answer.head(status, fields, phrase)
        # Content that is there already goes out together with the header section; but it waits for none.
        asyncio.get_running_loop().call_soon(self._release)

    async def _body(self, data: bytes, more: bool) -> None:
        octets = self.answer.content(data) if data else b""
        if not more:
            octets += self.answer.end()
        if octets or self._held:
            held, self._held = self._held, b""
            self._wire.write(held + octets if held else octets)
            await self._wire.drain()
        if not more and not self.done.is_set():
            self._over()
            self._wire.finished()

    def _release(self) -> None:
        if self._held:
            octets, self._held = self._held, b""
            self._wire.write(octets)

    def _over(self) -> None:
        self.done.set()
        self._content.leave()

    def _invite(self) -> None:
        """Send 100 (Continue), now that somebody wants the content, unless it is coming anyway (RFC 9110, 10.1.1)."""
        if self._continue and not self._came and not self.answer.begun:
            self._wire.write(self.answer.interim(100))
        self._continue = False

    def _worth_reading_on(self) -> bool:
        """Whether the rest of the request is short and certain to come; else the connection cannot be kept."""
        if self._content.ended:
            return True
        length = self.request.length
        return not self._continue and length is not None and length - self._came <= WORTH_READING


def _no_threads(*_: Any) -> Any:
    raise RuntimeError("the front serves ASGI applications only")
