"""One exchange: a request goes to the upstream, its response to whoever receives it."""

from collections.abc import Callable, Sequence

from lab.gateways.reference.answer import Answer
from lab.gateways.reference.client import Client
from lab.gateways.reference.connection import UpstreamConnection
from lab.gateways.reference.failure import Failure, shown
from lab.gateways.reference.front import ClientGone
from lab.gateways.reference.pool import Pool
from lab.gateways.reference.proxy_protocol import preamble
from lab.gateways.reference.recipient import Recipient
from lab.gateways.reference.relay import Relay
from lab.gateways.reference.request_fields import Outgoing
from lab.gateways.reference.response_fields import switching_fields
from lab.gateways.reference.settings import Settings, shown_address
from lab.gateways.reference.tunnelling import Tunnelling
from lab.gateways.reference.upload import Upload
from lab.h1 import Head
from lab.rfc.conditions import Condition

_ENDED_BEFORE_THE_RESPONSE = frozenset({Condition.NO_BYTE, Condition.WRITE_FAILED})


class Exchange:
    """A request of one client, and how it is answered. The `recipient` of the response is that client, or somebody who
    still wants it when that client has gone; then the request has no content, which only the client could send."""

    def __init__(
        self,
        client: Client,
        recipient: Recipient,
        request: Outgoing,
        pool: Pool,
        settings: Settings,
        log: Callable[[str], None],
    ) -> None:
        self._client = client
        self._recipient = recipient
        self._request = request
        self._pool = pool
        self._settings = settings
        self._log = log
        self._content_begun = False
        self._switched = False
        self._relay = Relay(recipient, settings.buffer)
        version = settings.proxy_protocol
        self._preamble = preamble(version, client.front.client, client.local) if version else b""

    async def run(self) -> None:
        """Ask the upstream, and relay what it answers. Raises Failure, also after the response has begun.

        A request is repeated automatically at most once, on a new connection: where one that had been used before
        ended without a byte of a response, as happens when the upstream closes it at the same moment; where the
        method is idempotent (RFC 9110, 9.2.2); and where no content has been asked of the client, who has it only once.
        """
        connection = await self._pool.lease(self._preamble)
        try:
            await self._once(connection)
        except Failure as failure:
            ended = connection.reused and failure.condition in _ENDED_BEFORE_THE_RESPONSE
            if not (ended and self._request.idempotent and not self._content_begun):
                raise
            await self._once(await self._pool.lease(self._preamble, fresh=True))
        if not self._switched:
            await self._relay.finish()

    async def _once(self, connection: UpstreamConnection) -> None:
        """All but the end of the response on one connection, which is then kept for the next request, or closed."""
        gone = self._recipient.gone
        timeouts = self._settings.timeouts
        upload = Upload(connection, self._client, timeouts.write)
        answer = Answer(connection, self._request, upload, gone, self._settings)
        gone.then = connection.wake  # that nobody wants it is noticed even while the upstream is silent
        try:
            if not gone.is_set():
                connection.write(self._request.head)
                upload.start(timeouts.expect if self._request.expects_continue else None)
            await self._read(answer, upload, connection)
        except Failure as failure:
            self._pool.blame(connection, failure)
            raise
        finally:
            gone.then = None
            await upload.stop()
            self._content_begun = upload.begun
            if answer.reusable:
                self._pool.release(connection)
            else:
                self._pool.discard(connection)

    async def _read(self, answer: Answer, upload: Upload, connection: UpstreamConnection) -> None:
        complete = False
        while not complete:
            part = await answer.next()
            for anomaly in part.repairs:
                self._tell(connection, f"repaired: {anomaly.kind}: {shown(str(anomaly), 400)} {anomaly.kind.repair}")
            if part.interim:
                await self._relay_interim(part.interim, upload)
            if part.head is not None:
                self._pool.answered(connection)
                if part.head.status == 101 and part.failure is None:
                    await self._switch(part.head, part.content, upload, connection)
                    return
                if upload.waiting or refuses_content(part.head):
                    await upload.stop()
            await self._relay.add(part)
            complete = part.complete

    async def _relay_interim(self, interim: Sequence[Head], upload: Upload) -> None:
        """In order, and before anything else.

        A 100 is passed on where the client's content waits for it. Where it does not, this gateway, whose request it
        answers, discards it (RFC 9110, 15.2.1): it has asked for the content already, or there is none.
        """
        for head in interim:
            if head.status != 100 or upload.go_on():
                await self._recipient.interim(head)

    async def _switch(self, head: Head, first: bytes, upload: Upload, connection: UpstreamConnection) -> None:
        """The upstream has switched protocols, and so does this gateway, when the request is complete (RFC 9110, 7.8).
        Returns when the tunnel has ended. Raises ClientGone where the client broke it off."""
        await upload.finish()
        if not upload.sent:
            if self._client.front.disconnected.is_set():
                raise ClientGone("the client left before its request was complete")
            raise upload.failure or Failure(Condition.WRITE_FAILED, "after its 101 the upstream ended the connection")
        tunnel = await self._client.front.switch(switching_fields(head, self._settings.name))
        self._client.started = self._switched = True
        why = await Tunnelling(tunnel, connection, self._settings.timeouts.tunnel).run(first)
        if why:
            self._tell(connection, f"tunnel broken off: {why}")

    def _tell(self, connection: UpstreamConnection, what: str) -> None:
        self._log(f"{self._client.asked} ({shown_address(self._pool.destination(connection))}): {what}")


def refuses_content(head: Head) -> bool:
    """Whether the upstream does not want the rest of the request's content (RFC 9112, 9.5): it answers with an error,
    or sends the client elsewhere and will close the connection. A success may need all of it, also one after which the
    connection is closed: that comes when the response is complete (9.6)."""
    return head.status >= (400 if head.persistent else 300)
