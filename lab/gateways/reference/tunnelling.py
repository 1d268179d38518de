"""After a switch of protocols: bytes both ways, as they are, until both sides have ended."""

import asyncio

from lab.gateways.reference.connection import UpstreamConnection
from lab.gateways.reference.front import ClientGone, Tunnel


class Broken(Exception):
    """The upstream did not end its side of a tunnel: it broke it off."""


class Tunnelling:
    """Each side's end is passed on as an end of that direction alone; what is broken off is broken off on both sides.

    `seconds`: how long nothing may come from either side, nor be taken by the upstream.
    """

    def __init__(self, tunnel: Tunnel, connection: UpstreamConnection, seconds: float) -> None:
        self._tunnel = tunnel
        self._connection = connection
        self._seconds = seconds
        self._limit: asyncio.Timeout
        self._up: asyncio.Task[None]

    async def run(self, first: bytes) -> str:
        """Relay; `first` is what the upstream has said already. Gives why it was broken off, if not by the client: then
        this raises ClientGone."""
        why, ended = "", False
        client_gone: ClientGone | None = None
        try:
            async with asyncio.timeout(self._seconds) as self._limit, asyncio.TaskGroup() as both:
                self._up = both.create_task(self._upwards())
                both.create_task(self._downwards(first))
            ended = True
        except* Broken as group:
            why = str(group.exceptions[0])
        except* ClientGone:
            client_gone = ClientGone("the client broke off the tunnel")
        except* TimeoutError:
            why = f"nothing went through the tunnel for {self._seconds:g} s"
        finally:
            if not ended:
                self._tunnel.abort()
                self._connection.reset()
        if client_gone is not None:
            raise client_gone
        return why

    async def _upwards(self) -> None:
        while data := await self._tunnel.receive():
            self._moved()
            self._connection.write(data)
            await self._connection.drain(self._seconds)
        self._connection.end_writing()

    async def _downwards(self, data: bytes) -> None:
        connection = self._connection
        while data or not connection.ended:
            if data:
                self._moved()
                await self._tunnel.send(data)
            else:
                await connection.changed(None)
            data = connection.take()
        if not connection.clean:
            raise Broken(connection.how)
        self._tunnel.end()
        await asyncio.wait({self._up, connection.lost}, return_when=asyncio.FIRST_COMPLETED)
        if not self._up.done():
            raise Broken("the upstream reset the connection")

    def _moved(self) -> None:
        if not self._limit.expired():  # else it is over, and only this side has not been told so yet
            self._limit.reschedule(asyncio.get_running_loop().time() + self._seconds)
