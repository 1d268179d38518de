"""What the application gets from the front beyond ASGI."""

import asyncio
from collections.abc import Iterable

from lab.gateways.reference.front.exchange import Exchange
from lab.gateways.reference.front.settings import FieldLine
from lab.h1 import Fields

EXTENSION = "badgateway.front"


class Front:
    """What ASGI has no place for: `scope["extensions"][EXTENSION]`.

    method, target, fields  verbatim, as received (a request that needs repair is refused)
    origin_form             path and query of the target, or `*`
    authority               the host, and port if any, that is asked for: of an absolute-form target, else Host's value
    version                 "1.1" or "1.0": the highest known here that the client understands
    received_version        the version that the request names, such as b"1.2"
    length                  of the content, None where it is chunked
    secure, client          whether the client speaks TLS, and its address
    """

    def __init__(self, exchange: Exchange, secure: bool, client: tuple[str, int] | None) -> None:
        request = exchange.request
        self.method = request.method
        self.target = request.target
        self.origin_form = request.origin_form
        self.authority = request.authority
        self.version = request.version
        self.received_version = request.received_version
        self.length = request.length
        self.fields = request.fields
        self.secure = secure
        self.client = client
        self._exchange = exchange

    @property
    def disconnected(self) -> asyncio.Event:
        """Set when the client has gone, or when the front has ended the exchange for what the client did."""
        return self._exchange.disconnected

    @property
    def refused(self) -> bool:
        """Whether the front has answered this request itself, for what was wrong with its content."""
        return self._exchange.refused

    @property
    def trailers(self) -> Fields:
        """The trailer fields of the request. There are none before its content is complete."""
        return self._exchange.trailers

    def reason(self, phrase: bytes) -> None:
        """Give the final response this reason phrase in place of that of RFC 9110. To be called before its start."""
        self._exchange.phrase = phrase

    async def interim(self, status: int, fields: Iterable[FieldLine] = ()) -> None:
        """Send an interim response (1xx), before the final one. A client of HTTP/1.0 gets none (RFC 9110, 15.2)."""
        await self._exchange.interim(status, fields)

    async def abort(self, why: str) -> None:
        """End the connection so that the client can tell that the response is incomplete, and log why.

        Chunked: without the last chunk. With Content-Length: short of it. Where the close would end the content: by
        RST, and under TLS without a closure alert. A response that is complete already stays so.
        """
        self._exchange.abort(why)
