"""The front of the gateway: the client connections, with the gaps of Hypercorn's own protocol closed.

Hypercorn accepts, secures and schedules (`lab.serving`); requests are read by `lab.h1`, strictly, and responses are
written by h11. Its own HTTP/1.1 protocol is not subclassed but replaced: of what a gateway needs of it (the target and
the method verbatim, errors before an application runs, 100 on demand, half-closed clients, endings that tell) it does
the opposite, one method after the other. Each gap has a test in raw bytes in tests/front.

    server = Server(app, sock, protocol=front(FrontSettings(error_page=page)))

The application finds a `Front` in `scope["extensions"][EXTENSION]`.
"""

from lab.gateways.reference.front.client_connection import ClientConnection
from lab.gateways.reference.front.exchange import ClientGone
from lab.gateways.reference.front.extension import EXTENSION, Front
from lab.gateways.reference.front.settings import ErrorPage, FieldLine, FrontSettings, plain_error_page
from lab.serving.connection import Connection, ConnectionProtocol, ProtocolFactory

__all__ = ["EXTENSION", "ClientGone", "ErrorPage", "FieldLine", "Front", "FrontSettings", "front", "plain_error_page"]


def front(settings: FrontSettings = FrontSettings()) -> ProtocolFactory:
    """The `protocol` to give to a server whose application is a gateway.

    All connections that it makes count together towards `settings.connections`. (HTTP/2, which is asked for by ALPN,
    will be chosen here.)
    """
    crowd: set[ClientConnection] = set()

    def make(connection: Connection) -> ConnectionProtocol:
        return ClientConnection(settings, crowd, connection)

    return make
