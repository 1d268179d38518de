"""One exchange: a request goes to the upstream, its response to the client."""

import asyncio
from collections.abc import Callable

from lab.gateways.reference.answer import Answer
from lab.gateways.reference.client import Client
from lab.gateways.reference.connection import UpstreamConnection
from lab.gateways.reference.failure import Failure, shown
from lab.gateways.reference.pool import Pool
from lab.gateways.reference.proxy_protocol import preamble
from lab.gateways.reference.relay import Relay
from lab.gateways.reference.request_fields import Outgoing
from lab.gateways.reference.settings import Settings, shown_address
from lab.gateways.reference.upload import Upload
from lab.rfc.conditions import Condition

_ENDED_BEFORE_THE_RESPONSE = frozenset({Condition.NO_BYTE, Condition.WRITE_FAILED})


class Exchange:
    """A request of one client, and how it is answered."""

    def __init__(
        self, client: Client, request: Outgoing, pool: Pool, settings: Settings, log: Callable[[str], None]
    ) -> None:
        self._client = client
        self._request = request
        self._pool = pool
        self._settings = settings
        self._log = log
        self._relay = Relay(client, settings.name, settings.buffer, settings.clock)
        version = settings.proxy_protocol
        self._preamble = preamble(version, client.front.client, client.local) if version else b""

    async def run(self) -> None:
        """Ask the upstream, and relay what it answers. Raises Failure, also after the response has begun.

        A request is repeated automatically at most once, on a new connection: where one that had been used before
        ended without a byte of a response, as happens when the upstream closes it at the same moment; where the
        method is idempotent (RFC 9110, 9.2.2); and where there is no content, which has been taken from the client.
        """
        connection = await self._pool.lease(self._preamble)
        try:
            await self._once(connection)
        except Failure as failure:
            ended = connection.reused and failure.condition in _ENDED_BEFORE_THE_RESPONSE
            if not (ended and self._request.idempotent and self._request.length == 0):
                raise
            await self._once(await self._pool.lease(self._preamble, fresh=True))
        await self._relay.finish()

    async def _once(self, connection: UpstreamConnection) -> None:
        """All but the end of the response on one connection, which is then kept for the next request, or closed."""
        gone = self._client.front.disconnected
        upload = Upload(connection, self._request.length, self._settings.timeouts.write)
        answer = Answer(connection, self._request, upload, gone, self._settings)
        watch = asyncio.get_running_loop().create_task(_wake_when(gone, connection))
        try:
            if not gone.is_set():
                connection.write(self._request.head)
                upload.start(self._client.content())
            await self._read(answer, upload, connection)
        except Failure as failure:
            self._pool.blame(connection, failure)
            raise
        finally:
            watch.cancel()
            await upload.stop()
            if answer.reusable:
                self._pool.release(connection)
            else:
                self._pool.discard(connection)

    async def _read(self, answer: Answer, upload: Upload, connection: UpstreamConnection) -> None:
        complete = False
        while not complete:
            part = await answer.next()
            if part.head is not None:
                self._pool.answered(connection)
            for anomaly in part.repairs:
                self._tell(connection, f"repaired: {anomaly.kind}: {shown(str(anomaly), 400)} {anomaly.kind.repair}")
            if part.head is not None and (part.head.status >= 400 or not part.head.persistent):
                await upload.stop()  # the upstream does not want the rest of the request (RFC 9112, 9.5)
            await self._relay.add(part)
            complete = part.complete

    def _tell(self, connection: UpstreamConnection, what: str) -> None:
        self._log(f"{self._client.asked} ({shown_address(self._pool.destination(connection))}): {what}")


async def _wake_when(gone: asyncio.Event, connection: UpstreamConnection) -> None:
    """A client that leaves is noticed even while the upstream is silent."""
    await gone.wait()
    connection.wake()
