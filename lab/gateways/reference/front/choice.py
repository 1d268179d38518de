"""Which version of HTTP a client speaks: by ALPN over TLS, and without TLS by its first octets."""

from hypercorn.events import Event, RawData

from lab.gateways.reference.front import http1, http2
from lab.gateways.reference.front.crowd import Crowd
from lab.gateways.reference.front.settings import FrontSettings
from lab.h2.frames import PREFACE
from lab.serving.connection import Connection, ConnectionProtocol


class Choice:
    """HTTP/1, until the preface of HTTP/2 has come whole (RFC 9113, 3.3 and 3.4). What may still become it waits."""

    def __init__(self, settings: FrontSettings, crowd: Crowd, connection: Connection) -> None:
        self._settings, self._crowd, self._connection = settings, crowd, connection
        self._first = http1.ClientConnection(settings, crowd, connection)
        self._chosen: ConnectionProtocol | None = None
        self._begun = b""

    async def initiate(self) -> None:
        await self._first.initiate()

    async def handle(self, event: Event) -> None:
        if self._chosen is None:
            if isinstance(event, RawData):
                self._begun += event.data
                if len(self._begun) < len(PREFACE) and PREFACE.startswith(self._begun):
                    self._first.begin()
                    return
                event = RawData(self._begun)
                self._chosen = await self._choose()
            else:
                self._chosen = self._first
                await self._chosen.handle(RawData(self._begun))
        await self._chosen.handle(event)

    def lost(self) -> None:
        (self._chosen or self._first).lost()

    def retire(self) -> None:
        (self._chosen or self._first).retire()

    def abandon(self) -> None:
        (self._chosen or self._first).abandon()

    async def _choose(self) -> ConnectionProtocol:
        if not self._begun.startswith(PREFACE) or not self._first.surrender():
            return self._first
        chosen = http2.ClientConnection(self._settings, self._crowd, self._connection)
        await chosen.initiate()
        return chosen


def protocol_for(settings: FrontSettings, crowd: Crowd, connection: Connection) -> ConnectionProtocol:
    if connection.alpn == "h2":
        return http2.ClientConnection(settings, crowd, connection)
    if connection.secure:
        return http1.ClientConnection(settings, crowd, connection)
    return Choice(settings, crowd, connection)
