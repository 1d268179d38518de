"""What the application gets from the front beyond ASGI."""

from collections.abc import Callable, Iterable

from lab.gateways.reference.front.exchange import Exchange, Notice
from lab.gateways.reference.front.settings import FieldLine
from lab.gateways.reference.front.tunnel import Tunnel
from lab.h1 import Fields

EXTENSION = "badgateway.front"


class Front:
    """What ASGI has no place for: `scope["extensions"][EXTENSION]`.

    method, target, fields  verbatim, as received (a request that needs repair is refused)
    origin_form             path and query of the target, or `*`
    authority               the host, and port if any, that is asked for: of an absolute-form target, else Host's value
    version                 "2", "1.1" or "1.0": the highest known here that the client understands
    received_version        the version that the request names, such as b"1.2"; b"2" for HTTP/2
    length                  of the content, None where only its end will tell
    upgrade                 the protocols to switch to that are asked for, verbatim, without h2c (RFC 9110, 7.8)
    expects_continue        whether the client may wait for a 100. It gets one at the first `receive()` at the latest,
                            unless content comes before; to send it earlier, `interim(100)`
    takes_trailers          whether the client says that it does not discard trailer fields (RFC 9110, 10.1.4)
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
        self.upgrade = request.upgrade
        self.expects_continue = request.expects_continue
        self.takes_trailers = request.takes_trailers
        self.secure = secure
        self.client = client
        self._exchange = exchange

    @property
    def disconnected(self) -> Notice:
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

    def await_content(self, then: Callable[[], object]) -> None:
        """Call this once, as soon as content of the request has come, or its end: at once where it has already.

        So nobody waits for long before a 100 that a client did not wait for either (RFC 9110, 10.1.1).
        """
        self._exchange.await_content(then)

    def reason(self, phrase: bytes) -> None:
        """Give the final response this reason phrase in place of that of RFC 9110. To be called before its start.

        HTTP/2 has none (RFC 9113, 8.3.2).
        """
        self._exchange.phrase = phrase

    def trailing(self, fields: Iterable[FieldLine]) -> None:
        """Give the final response these trailer fields. To be called before its last piece of content.

        They are left out where it cannot carry them: in HTTP/1.0, with a Content-Length in HTTP/1.1, without content.
        """
        self._exchange.trailing = tuple(fields)

    async def interim(self, status: int, fields: Iterable[FieldLine] = ()) -> None:
        """Send an interim response (1xx), before the final one. A client of HTTP/1.0 gets none (RFC 9110, 15.2)."""
        await self._exchange.interim(status, fields)

    async def switch(self, fields: Iterable[FieldLine]) -> Tunnel:
        """Send 101 (Switching Protocols) with these field lines, one of them Upgrade, in the place of a response.

        What follows is the tunnel's: `receive` and `send` of ASGI are over. What is left of the request is read and
        thrown away. When the application returns, the tunnel is closed; when it fails, aborted. Raises RuntimeError
        where `upgrade` is empty, ClientGone, and InvalidAnswer.
        """
        return await self._exchange.switch(fields)

    async def abort(self, why: str) -> None:
        """End the response so that the client can tell that it is incomplete, and log why.

        HTTP/1: by closing the connection. Chunked: without the last chunk. With Content-Length: short of it. Where the
        close would end the content: by RST, and under TLS without a closure alert. HTTP/2: by RST_STREAM; the other
        streams of the connection go on. A response that is complete already stays so.
        """
        self._exchange.abort(why)
