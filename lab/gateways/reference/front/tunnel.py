"""What a connection carries after a switch of protocols: octets, both ways, with back-pressure."""

from typing import Protocol

from lab.gateways.reference.front.inbox import Inbox


class ClientGone(ConnectionError):
    """Nothing more can be sent to this client. `http.disconnect` and `Front.disconnected` say so too."""


class TunnelWire(Protocol):
    """What a tunnel needs of its client connection."""

    def write(self, octets: bytes) -> None: ...

    async def drain(self) -> None:
        """Wait until the client has taken enough. Raises ClientGone."""

    def end_writing(self) -> None: ...

    def reset(self) -> None: ...


class Tunnel:
    """Where `Front.switch` leads. While it is open no time-out of the front's runs, but that for writing."""

    def __init__(self, wire: TunnelWire) -> None:
        self._wire = wire
        self._inbox = Inbox()
        self._gone = self._ended = False

    # For the application

    async def receive(self) -> bytes:
        """The next octets of the client; first, what it sent right behind its request. Empty: it has ended its side.

        Raises ClientGone where the connection was lost instead.
        """
        await self._inbox.arrival()
        piece = self._inbox.take()
        if not piece and not self._inbox.ended:
            raise ClientGone("the client's connection was lost")
        return piece

    async def send(self, data: bytes) -> None:
        """Returns when the client takes them. Raises ClientGone."""
        if self._gone or self._ended:
            raise ClientGone("the tunnel to the client has ended")
        self._wire.write(data)
        await self._wire.drain()

    def end(self) -> None:
        """Send nothing more: FIN, after which the client may still send. Under TLS its closure alert, and that is the
        end of both directions: asyncio closes TLS in no other way."""
        if not (self._gone or self._ended):
            self._ended = True
            self._wire.end_writing()

    def abort(self) -> None:
        """End both directions at once: RST, under TLS without a closure alert."""
        if not self._gone:
            self._wire.reset()
            self.lost()

    # For the connection

    async def put(self, data: bytes) -> None:
        """Octets of the client. Waits until the application has taken those before."""
        await self._inbox.put(data)

    def client_ended(self) -> None:
        """The client sends nothing more."""
        self._inbox.end()

    def gone(self) -> None:
        """Nothing more can be sent. What came before that may still be taken."""
        self._gone = True

    def lost(self) -> None:
        """Nothing more can be received either; unless the client had ended its side, and may still read."""
        if not self._inbox.ended:
            self._gone = True
            self._inbox.leave()
