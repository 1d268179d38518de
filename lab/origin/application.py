"""The origin as an application. Serve it with `lab.serving`: `serving(Origin().application, listening_socket())`."""

import dataclasses
from collections.abc import Callable, Mapping
from time import time

from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from lab.h1 import Field, Fields
from lab.origin.resources import RESOURCES, Resource
from lab.semantics.dates import http_date
from lab.semantics.etags import entity_tag
from lab.semantics.preconditions import Validators, refusal

Clock = Callable[[], float]

LARGEST = 1_048_576  # octets of content that a PUT may bring


class Origin:
    """Resources by their paths, and the clock that says when they change."""

    def __init__(self, resources: Mapping[str, Resource] = RESOURCES, clock: Clock = time) -> None:
        self.resources = dict(resources)
        self._clock = clock
        routes = [Route(path, self._answer, methods=_methods(resource)) for path, resource in resources.items()]
        self.application = Starlette(routes=routes, middleware=[Middleware(_Dated, clock=clock)])

    def change(self, path: str, content: bytes) -> None:
        """Give a resource another content, as of now. KeyError where there is none."""
        changed = dataclasses.replace(self.resources[path], content=content, modified=int(self._clock()))
        self.resources[path] = changed

    async def _answer(self, request: Request) -> Response:
        path = request.url.path
        resource = self.resources[path]
        now = self._clock()
        current = Validators(entity_tag(resource.etag.encode()), min(resource.modified, int(now)))
        status = refusal(request.method.encode(), Fields(Field(*line) for line in request.headers.raw), current, now)
        if status == 412:
            return PlainTextResponse("The condition of the request is not met.\n", 412)
        if status == 304:
            return Response(status_code=304, headers=_fields(resource))
        if request.method == "PUT":
            return await self._put(path, request)
        headers = {"Last-Modified": http_date(min(resource.modified, now)), **_fields(resource)}
        return Response(resource.content, headers=headers, media_type=resource.media_type)

    async def _put(self, path: str, request: Request) -> Response:
        content = b""
        async for piece in request.stream():
            content += piece
            if len(content) > LARGEST:
                return PlainTextResponse(f"More than {LARGEST} octets are too many here.\n", 413)
        self.change(path, content)
        return Response(status_code=204, headers={"ETag": self.resources[path].etag})


def _methods(resource: Resource) -> list[str]:
    return ["GET", "HEAD", "PUT"] if resource.changeable else ["GET", "HEAD"]


def _fields(resource: Resource) -> dict[str, str]:
    """What a 304 has in common with the 200 (RFC 9110, 15.4.5)."""
    return {"ETag": resource.etag, "Cache-Control": resource.cache_control}


class _Dated:
    """Puts Date into every response, errors included (RFC 9110, 6.6.1)."""

    def __init__(self, app: ASGIApp, clock: Clock) -> None:
        self._app, self._clock = app, clock

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def dated(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)["Date"] = http_date(self._clock())
            await send(message)

        await self._app(scope, receive, dated)
