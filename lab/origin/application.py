"""The origin as an application. Serve it with `lab.serving`: `serving(Origin().application, listening_socket())`."""

import asyncio
import contextlib
import re
from collections import deque
from collections.abc import AsyncIterator, Callable, Mapping
from time import time
from typing import NamedTuple

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route, Router
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocketClose

from lab.h1 import Field, Fields
from lab.origin.answering import Answer, plain, retrieved, validators
from lab.origin.asked import Asked, asked
from lab.origin.content import PIECE, Numbered
from lab.origin.index import index_page
from lab.origin.resources import Resource
from lab.origin.table import RESOURCES
from lab.semantics.preconditions import refusal

Clock = Callable[[], float]

LARGEST = 1_048_576  # octets of content that a PUT may bring
MOST = 1 << 40  # octets of /bytes/N
REMEMBERED = 1_000  # requests

_KNOWN = ("GET", "HEAD", "OPTIONS", "PUT", "POST", "DELETE", "TRACE", "PATCH", "CONNECT")
_DIRECTIVES = r"[a-z0-9,=-]{0,200}"


class Failing(NamedTuple):
    """The status code of an answer that is no good, and what it says to caches, if it says something."""

    status: int
    cache_control: str = ""


class Origin:
    """Resources by their paths, and the clock that says when they change.

    asked    the last 1,000 requests, the oldest first, each with its answer
    count    how many there were
    failing  what everything is answered with, as on a bad day; None: all is well
    tell     is called with each request, as it is answered
    url      where it is asked, as its page says it
    """

    def __init__(
        self,
        resources: Mapping[str, Resource] = RESOURCES,
        clock: Clock = time,
        tell: Callable[[Asked], None] = lambda _: None,
        url: str = "http://127.0.0.1:9000",
    ) -> None:
        index = Resource(index_page(resources, url), media_type="text/html; charset=utf-8", cache_control="no-cache")
        self.resources = {"/": index, **resources}
        self.asked: deque[Asked] = deque(maxlen=REMEMBERED)
        self.count = 0
        self.failing: Failing | None = None
        self._clock, self._tell = clock, tell
        controls = [
            Route("/_asked", self._show_asked, methods=["GET"]),
            Route("/_asked", self._forget, methods=["DELETE"]),
            Route("/_failing", self._fail, methods=["PUT", "DELETE"]),
        ]
        self.application = Router(controls, redirect_slashes=False, default=self._serve)

    def change(self, path: str, content: bytes) -> None:
        """Give a resource another content, as of now. KeyError where there is none."""
        self.resources[path] = self.resources[path].changed(content, self._clock())

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await WebSocketClose()(scope, receive, send)
            return
        with contextlib.suppress(ClientDisconnect):  # in the middle of its request or of the answer
            await self._answered(Request(scope, receive), send)

    async def _answered(self, request: Request, send: Send) -> None:
        answer, scope = await self._answer(request), request.scope
        query = scope["query_string"]
        target = scope["raw_path"] + (b"?" + query if query else b"")
        told = asked(request.method, target.decode("latin-1"), _fields(request), answer)
        self.asked.append(told)
        self.count += 1
        self._tell(told)
        await _response(answer)(scope, request.receive, send)

    async def _answer(self, request: Request) -> Answer:
        now, method, path = self._clock(), request.method, request.scope["path"]
        if self.failing is not None:
            return plain(self.failing.status, "The origin has a bad day.", now, **_told(self.failing.cache_control))
        if path == "*" and method == "OPTIONS":
            return plain(204, "", now, Allow="GET, HEAD, OPTIONS, PUT, POST")
        if found := re.fullmatch(r"/status/([45][0-9]{2})", path):
            return plain(int(found[1]), f"This is a {found[1]}.", now, **_told(_cache_control(request)))
        resource = self._resource(path, _cache_control(request))
        if method not in _KNOWN:
            return plain(501, "No such method is known here.", now)
        if resource is None:
            return plain(404, "There is no such resource here: / says which there are.", now)
        if method not in resource.methods:
            return plain(405, "This resource does not do that.", now, Allow=", ".join(resource.methods))
        if method == "OPTIONS":
            return plain(204, "", now, Allow=", ".join(resource.methods))
        if method in ("GET", "HEAD"):
            return retrieved(resource, method.encode(), _fields(request), now)
        return await self._changed(path, resource, request, now)

    def _resource(self, path: str, cache_control: str) -> Resource | None:
        if (found := re.fullmatch(r"/bytes/([0-9]{1,13})", path)) and int(found[1]) <= MOST:
            content = Numbered(int(found[1]))
            return Resource(content, media_type="application/octet-stream", cache_control=cache_control or "max-age=60")
        return self.resources.get(path)

    async def _changed(self, path: str, resource: Resource, request: Request, now: float) -> Answer:
        """PUT replaces the content; POST adds a line to another resource (RFC 9110, 9.3.3 and 9.3.4)."""
        fields = _fields(request)
        if request.method == "PUT" and fields.has(b"content-range"):
            return plain(400, "Only the whole content can be replaced.", now)
        if refusal(request.method.encode(), fields, validators(resource, resource.content, now), now):
            return plain(412, "The condition of the request is not met.", now)
        content = b""
        async for piece in request.stream():
            content += piece
            if len(content) > LARGEST:
                return plain(413, f"More than {LARGEST} octets are too many here.", now)
        if resource.adds_to:
            return self._added(resource.adds_to, content, now)
        self.change(path, content)
        etag = self.resources[path].entity_tag(content)
        return plain(204, "", now, **({"ETag": etag.wire.decode()} if etag else {}))

    def _added(self, path: str, line: bytes, now: float) -> Answer:
        before = self.resources[path].content
        assert isinstance(before, bytes)
        if len(before) + len(line) > LARGEST:
            return plain(413, f"More than {LARGEST} octets are too many here.", now)
        self.change(path, before + line + b"\n")
        return plain(303, f"Added to {path}.", now, Location=path)

    async def _show_asked(self, _: Request) -> Response:
        told = {"count": self.count, "requests": [each.record for each in self.asked]}
        return JSONResponse(told, headers={"Cache-Control": "no-store"})

    async def _forget(self, _: Request) -> Response:
        self.asked.clear()
        self.count = 0
        return Response(status_code=204)

    async def _fail(self, request: Request) -> Response:
        if request.method == "DELETE":
            self.failing = None
            return Response(status_code=204)
        code, _, cache_control = (await request.body()).decode("latin-1").strip().partition(" ")
        if not re.fullmatch(r"[45][0-9]{2}", code) or not re.fullmatch(_DIRECTIVES, cache_control):
            says = "PUT a status code from 400 to 599, such as 503, perhaps with its Cache-Control: 502 max-age=60\n"
            return Response(says, 400, media_type="text/plain")
        self.failing = Failing(int(code), cache_control)
        return Response(status_code=204)


def _cache_control(request: Request) -> str:
    """What the query of /status and /bytes says that their answers are to say to caches."""
    query = request.url.query
    return query if re.fullmatch(_DIRECTIVES, query) else ""


def _told(cache_control: str) -> dict[str, str]:
    return {"Cache-Control": cache_control} if cache_control else {}


def _fields(request: Request) -> Fields:
    return Fields(Field(name, value) for name, value in request.headers.raw)


def _response(answer: Answer) -> Response:
    """The response that says so. A large one is made piece by piece while it is sent."""

    async def pieces() -> AsyncIterator[bytes]:
        for part in answer.parts:
            for piece in part.pieces():
                yield piece
                await asyncio.sleep(0)  # so that a client that leaves is noticed: Hypercorn goes on as if it were there

    small = answer.octets <= PIECE
    content = b"".join(piece for part in answer.parts for piece in part.pieces()) if small else b""
    response = Response(content, answer.status) if small else StreamingResponse(pieces(), answer.status)
    response.raw_headers = [(name.lower().encode(), value.encode()) for name, value in answer.fields.items()]
    return response
