"""The front of the gateway: the client connections, with the gaps of Hypercorn's own protocol closed.

Hypercorn accepts, secures and schedules (`lab.serving`). Its own protocols are not subclassed but replaced: of what a
gateway needs (the target and the method verbatim, errors before an application runs, 100 on demand, half-closed
clients, endings that tell) they do the opposite, one method after the other. Each gap has a test in raw bytes in
tests/front.

`exchange` is one request and its response, `extension` what the application sees of them beyond ASGI; neither knows the
version of HTTP. `http1` and `http2` do; `choice` tells which a client speaks. `wire` closes connections so that clients
can tell.

    server = Server(app, sock, protocol=front(FrontSettings(error_page=page)))

The application finds a `Front` in `scope["extensions"][EXTENSION]`.
"""

from lab.gateways.reference.front.answer import InvalidAnswer
from lab.gateways.reference.front.choice import protocol_for
from lab.gateways.reference.front.crowd import Crowd
from lab.gateways.reference.front.extension import EXTENSION, Front
from lab.gateways.reference.front.settings import ErrorPage, FieldLine, FrontSettings, plain_error_page
from lab.gateways.reference.front.tunnel import ClientGone, Tunnel
from lab.serving.connection import Connection, ConnectionProtocol, ProtocolFactory

__all__ = [
    "EXTENSION", "ClientGone", "ErrorPage", "FieldLine", "Front", "FrontSettings", "InvalidAnswer", "Tunnel", "front",
    "plain_error_page",
]  # fmt: skip


def front(settings: FrontSettings = FrontSettings()) -> ProtocolFactory:
    """The `protocol` to give to a server whose application is a gateway.

    All connections that it makes count together towards `settings.connections`. HTTP/2 is spoken where ALPN has chosen
    "h2", and without TLS with clients that begin with its preface.
    """
    crowd = Crowd(settings.connections)

    def make(connection: Connection) -> ConnectionProtocol:
        return protocol_for(settings, crowd, connection)

    return make
