"""The client's end of a connection: sends a request or plays a script, and keeps all that comes."""

import asyncio
import os
from collections.abc import Mapping

from lab import h1
from lab.client.answers import Answers
from lab.gateways import Address
from lab.script import AUTHORITY, Placeholder, Request, Script, Send, Stall
from lab.transcript import CLIENT_HOP, What
from lab.upstream.actor import Actor
from lab.upstream.connection import Connection
from lab.upstream.recording import Recording
from lab.upstream.securing import ClientTls


class Asker(Actor):
    """A client with one connection. `answers`: to what it asks in this act. `asked`: what its script sent first."""

    def __init__(self, record: Recording) -> None:
        super().__init__(record, Connection(record, CLIENT_HOP))
        self.answers = Answers()
        self.asked = b""
        self._scripted = False
        self._bytes = bytearray()

    async def connect(self, address: Address, *, secure: bool = False) -> None:
        """Connect to a gateway, with TLS if `secure`. Where that fails the recording says why, and all is over."""
        try:
            await asyncio.get_running_loop().create_connection(lambda: self.connection, *address)
        except OSError as error:
            self.connection.gone = True
            self.connection.note(What.FAILED, detail=os.strerror(error.errno) if error.errno else str(error))
            return
        if secure:
            from lab.certificates import client_context  # not needed, and slow to load, where there is no TLS

            context = client_context(verify=False, alpn=("http/1.1",))
            self.connection.secure(ClientTls(context, AUTHORITY.decode()))
            await self.record.until(lambda: self._secured)

    def ask(self, client: Request | Script) -> None:
        """Send this request, or play this script."""
        self.answers, self.asked = Answers(), b""
        self._bytes.clear()
        self._scripted = not isinstance(client, Request)
        if isinstance(client, Request):
            wire = client.wire()
            head = h1.first_request(wire) if client.fields else None  # a switch of protocols is asked for in fields
            upgrade = head is not None and head.asks_to_switch
            self.answers.expect(client.method.encode("latin-1"), upgrade=upgrade)
            client = (Send(wire, where=client.where),)
        self.play(client)

    @property
    def _secured(self) -> bool:
        """Whether the handshake is over."""
        tls = self.connection.tls
        return (tls is not None and tls.ready) or self.connection.ended or self.connection.gone

    @property
    def done(self) -> bool:
        """Whether nothing more is to be waited for: its script is played, and its answers are complete or at an end."""
        if self.connection.gone:
            return True
        said_all = not self.playing or isinstance(self.step, Stall)
        return said_all and (self.answers.complete or self.connection.ended)

    @property
    def has_received(self) -> bool:
        return bool(self._bytes)

    def take(self, at_least: int) -> bytes | None:
        if len(self._bytes) < at_least:
            return None
        taken = bytes(self._bytes)
        self._bytes.clear()
        return taken

    def sent(self, data: bytes, values: Mapping[Placeholder, bytes]) -> None:
        if self._scripted:
            self.asked = self.asked or data
            self.answers.asked(data)

    def arrived(self, data: bytes) -> None:
        self._bytes += data
        self.answers.received(data)
        self.wake()
