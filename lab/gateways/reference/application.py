"""The gateway as an ASGI application: one endpoint for every request, and an answer or an abort for every failure."""

import contextlib
import logging
from collections.abc import AsyncIterator, Callable
from typing import TYPE_CHECKING

from starlette.routing import Router
from starlette.types import ASGIApp

from lab.gateways.reference.asking import Asking
from lab.gateways.reference.cache.settings import CacheSettings
from lab.gateways.reference.client import Client, Message, Receive, Send
from lab.gateways.reference.failure import Failure, shown
from lab.gateways.reference.final_recipient import LAST_HOP, own_answer
from lab.gateways.reference.front import ClientGone
from lab.gateways.reference.pages import Story, page
from lab.gateways.reference.pool import Pool
from lab.gateways.reference.proxy_status import proxy_status
from lab.gateways.reference.recipient import ToClient
from lab.gateways.reference.request_fields import max_forwards, request_error
from lab.gateways.reference.response_fields import date
from lab.gateways.reference.settings import Settings
from lab.h1 import Field
from lab.rfc.conditions import Condition

if TYPE_CHECKING:
    from lab.gateways.reference.cache.caching import Caching

Log = Callable[[str], None]
FieldLines = list[Field]

internal = logging.getLogger("lab.gateways.reference")


class ReferenceGateway:
    """`log` is told each failure and each repair, a line each."""

    def __init__(self, settings: Settings, log: Log) -> None:
        self.settings = settings
        self.pool = Pool(settings, log)
        self._log = log
        self._asking = Asking(settings, self.pool, log)
        self._caching = None if settings.cache is None else _caching(settings, settings.cache, self._asking, log)

    def application(self) -> ASGIApp:
        """What a server serves; its shutdown closes the upstream connections."""
        return Router(redirect_slashes=False, default=self._answer, lifespan=self._lifespan)

    def error_page(self, status: int, condition: str, why: str, accept: bytes) -> tuple[int, FieldLines, bytes]:
        """The answer to a request that the front refuses: it never comes as far as `application`."""
        failure = refused(status, why)
        self._log(f"{status} {condition}: {shown(why)}")
        return self._page(failure, status, accept)

    @contextlib.asynccontextmanager
    async def _lifespan(self, _: object) -> AsyncIterator[None]:
        yield
        if self._caching is not None:
            await self._caching.close()
        await self.pool.close()

    async def _answer(self, scope: Message, receive: Receive, send: Send) -> None:
        client = Client(scope, receive, send)
        try:
            await self._exchange(client)
        except ClientGone as gone:
            if not client.front.refused:  # else its error page has been told of
                self._log(f"{client.asked}: {gone}")
        except Failure as failure:
            await self._failed(client, failure)
        except Exception:
            internal.exception("the gateway itself failed at %s", client.asked)
            await self._failed(client, Failure(Condition.INTERNAL, "its log says more"))

    async def _exchange(self, client: Client) -> None:
        front, settings = client.front, self.settings
        if max_forwards(front) == 0:
            fields, content = own_answer(front)
            own = [Field(b"Proxy-Status", proxy_status(LAST_HOP, settings.name)), date(settings.clock())]
            await _send(client, 200, [*fields, *own], content)
            return
        if self._caching is not None:
            await self._caching.answer(client)
            return
        recipient = ToClient(client, settings.name, settings.clock)
        await self._asking.ask(client, recipient, front.method, front.fields)

    async def _failed(self, client: Client, failure: Failure) -> None:
        """An error answer; where the response has begun already, its end, so that the client can tell."""
        asked = f"{client.asked} ({failure.next_hop})" if failure.next_hop else client.asked
        if client.started:
            self._log(f"{asked}: aborted: {failure}")
            await client.front.abort(str(failure))
            return
        self._log(f"{asked}: {failure}")
        accept = b", ".join(client.front.fields.get(b"accept"))
        with contextlib.suppress(ClientGone):
            await _send(client, *self._page(failure, failure.status, accept))

    def _page(self, failure: Failure, status: int, accept: bytes) -> tuple[int, FieldLines, bytes]:
        media_type, content = page(Story(failure, status, self.settings.name), accept)
        fields = [
            date(self.settings.clock()),
            Field(b"Proxy-Status", proxy_status(failure, self.settings.name)),
            Field(b"Content-Type", media_type),
            Field(b"Cache-Control", b"no-store"),  # some error answers could be stored otherwise (RFC 9110, 15.1)
        ]
        return status, fields, content


def _caching(settings: Settings, cache: CacheSettings, asking: Asking, log: Log) -> "Caching":
    from lab.gateways.reference.cache.caching import Caching  # much code, which few gateways need

    return Caching(settings, cache, asking, log)


async def _send(client: Client, status: int, fields: FieldLines, content: bytes) -> None:
    await client.start(status, [*fields, Field(b"Content-Length", b"%d" % len(content))])
    await client.send(content, more=False)


def refused(status: int, why: str) -> Failure:
    """What a refusal of the front is called: the client's fault, the gateway's own, or merely what it does not do."""
    if 400 <= status <= 499:
        return request_error(status, why)
    return Failure(Condition.INTERNAL if status == 500 else Condition.INTERNAL_RESPONSE, why)
