"""The client's end of a connection: sends a request of HTTP/1 or plays a script, and keeps all that comes."""

from collections.abc import Mapping

from lab import h1
from lab.client.answers import Answers, StreamAnswers
from lab.client.connection import ClientConnection
from lab.script import Placeholder, Request, Script, Send, Stall
from lab.upstream.actor import Actor
from lab.upstream.recording import Recording


class Asker(Actor):
    """A client with one connection. `answers`: to what it asks in this act. `asked`: what its script sent first."""

    connection: ClientConnection

    def __init__(self, record: Recording) -> None:
        super().__init__(record, ClientConnection(record))
        self.answers: Answers | StreamAnswers = Answers()
        self.asked = b""
        self._scripted = False
        self._bytes = bytearray()

    def ask(self, client: Request | Script) -> None:
        """Send this request, or play this script."""
        self.answers, self.asked = self.answers.anew(), b""
        self._bytes.clear()
        self._scripted = not isinstance(client, Request)
        if isinstance(client, Request):
            wire = client.wire()
            head = h1.first_request(wire) if client.fields else None  # a switch of protocols is asked for in fields
            upgrade = head is not None and head.asks_to_switch
            self.answers.expect(client.method.encode("latin-1"), upgrade=upgrade)
            client = (Send(wire, where=client.where),)
        self.play(client)

    def rest(self) -> None:
        """The act is over: what still comes belongs to no request."""
        self.connection.request = 0

    @property
    def answered(self) -> bool:
        """Whether a final response has begun."""
        return self.answers.answered

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
        if not self._scripted:
            return
        if self.connection.http2 is not None and isinstance(self.answers, Answers):
            self.answers = StreamAnswers(self.connection.http2)
        self.asked = self.asked or self.answers.asked(data)

    def arrived(self, data: bytes) -> None:
        self._bytes += data
        self.answers.received(data, self.connection.events())
        self.wake()
