"""Requests over HTTP/2 as values: one connection, a stream for each request."""

from lab import h1, h2
from lab.client.connection import ClientConnection
from lab.client.session import Session
from lab.script import Request, Script
from lab.upstream.recording import Recording


class Streams:
    """A client connection that speaks HTTP/2 by itself. `asking`: those who wait, by their streams."""

    def __init__(self, record: Recording) -> None:
        self.record = record
        self.connection = ClientConnection(record)
        self.connection.party = self
        self.asking: dict[int, StreamAsker] = {}
        self._session = Session()

    @property
    def usable(self) -> bool:
        """Whether another request may be sent on it (RFC 9113, 6.8)."""
        return self.connection.open and not self._session.over

    def ask(self, asker: "StreamAsker", request: Request) -> None:
        """Send a request. What comes on its stream is told to this asker."""
        stream = self._session.ask(request)
        self.asking[stream] = asker
        self.connection.requests[stream] = asker.number

    def part(self) -> None:
        """The act is over: what still comes belongs to no request."""
        self.asking.clear()
        self.connection.request = 0
        self.connection.requests = dict.fromkeys(self.connection.requests, 0)

    def flush(self) -> None:
        """Send what is to be sent, unless something is still on its way."""
        if self.connection.open and self.connection.drained and (data := self._session.outgoing()):
            self.connection.send(data)

    # What the connection tells

    def opened(self) -> None:
        """Nothing is sent before the first request."""

    def arrived(self, data: bytes) -> None:
        self._tell()
        self.flush()
        self.record.changed()

    def changed(self) -> None:
        if self.asking:
            self.flush()
        self.record.changed()

    def ended(self) -> None:
        self._tell()
        self.connection.close()

    def gone(self) -> None:
        self._tell()
        self.record.changed()

    def _tell(self) -> None:
        for event in self.connection.events():
            match event:
                case h2.Frame():
                    self._session.received(event)
                case h2.OnStream(stream, what) if stream in self.asking:
                    self.asking[stream].told(what)
                case h2.Broken():
                    for asker in self.asking.values():
                        asker.over = True


class StreamAsker:
    """One request on one stream. `answered`: a final response has begun. `over`: nothing more of it will come."""

    def __init__(self, streams: Streams, number: int) -> None:
        self.streams = streams
        self.connection = streams.connection
        self.number = number
        self.answered = self.over = False

    @property
    def done(self) -> bool:
        """Whether nothing more is to be waited for: the answer is complete, reset, or its connection at an end."""
        return self.over or self.connection.ended or self.connection.gone

    def ask(self, client: Request | Script) -> None:
        """Send this request."""
        assert isinstance(client, Request)
        self.streams.ask(self, client)

    def rest(self) -> None:
        """The act is over."""
        self.streams.part()

    def told(self, what: object) -> None:
        if isinstance(what, h1.Head) and what.final:
            self.answered = True
        self.over = self.over or isinstance(what, h1.End)
