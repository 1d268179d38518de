"""Whether a client has all the answers that it asked for. The reading is forgiving: it is there to know the end."""

from collections.abc import Iterable

from lab import h1, h2


class Answers:
    """The answers to what is asked in one act on one connection of HTTP/1. `answered`: a final response has begun."""

    def __init__(self) -> None:
        self.answered = False
        self._over = False
        self._open = 0
        self._early = False
        self._requests: h1.Reader | None = None
        self._responses: h1.Reader | None = None

    @property
    def complete(self) -> bool:
        """Whether nothing more is to be waited for: no answer is open, or what comes is HTTP no longer."""
        return self._over or (self.answered and not self._open)

    def anew(self) -> "Answers":
        """For the next act."""
        return Answers()

    def asked(self, sent: bytes) -> bytes:
        """A script of the client's has sent this: the requests are to be found in it. Gives what it begins with."""
        if self._requests is None:
            self._requests = h1.Reader("request")
        self._requests.feed(sent)
        for event in self._requests.events():
            if isinstance(event, h1.Head):
                if not self._early:
                    self.expect(event.method, upgrade=event.asks_to_switch)
                self._early = False
        return sent

    def expect(self, method: bytes, *, upgrade: bool = False) -> None:
        """One more answer is to come: to a request with this method, which may ask for a switch of protocols."""
        self._open += 1
        if self._responses is None:
            self._responses = h1.Reader("response", method=method, upgrade=upgrade)
        else:
            self._responses.next(method, upgrade=upgrade)

    def received(self, data: bytes, events: Iterable[h2.Event] = ()) -> None:
        """The client has received this."""
        if self._responses is None:  # before a request was complete, or after something that is none
            self._early = True
            self.expect(b"GET")
        assert self._responses is not None
        self._responses.feed(data)
        for event in self._responses.events():
            match event:
                case h1.Head(final=True):
                    self.answered = True
                    self._over = event.framing.kind is h1.FramingKind.TUNNEL
                case h1.End():
                    self._open -= 1
                case h1.Broken():
                    self._over = True


class StreamAnswers:
    """The answers to what a script asks in one act on one connection of HTTP/2, which is read where it is kept."""

    def __init__(self, http2: h2.Conversation) -> None:
        self.answered = False
        self._http2 = http2
        self._over = False
        self._waiting: set[int] = set()
        self._asked = 0

    @property
    def complete(self) -> bool:
        """Whether nothing more is to be waited for: each stream has been answered or given up, by either side."""
        return self._over or (self._asked > 0 and self._waiting <= self._http2.given_up)

    def anew(self) -> "StreamAnswers":
        """For the next act, on the same connection."""
        return StreamAnswers(self._http2)

    def asked(self, sent: bytes) -> bytes:
        """A script of the client's has sent this. Gives the first request line, written as in HTTP/1."""
        first = b""
        for stream, head in self._http2.asked():
            first = first or head.raw
            self._waiting.add(stream)
            self._asked += 1
        return first

    def expect(self, method: bytes, *, upgrade: bool = False) -> None:
        """Requests that are values have no place on a connection whose script does everything by hand."""
        raise TypeError("a request follows a script of HTTP/2 on its connection")

    def received(self, data: bytes, events: Iterable[h2.Event] = ()) -> None:
        """The client has received this, which says these things."""
        for event in events:
            match event:
                case h2.OnStream(what=h1.Head(final=True)):
                    self.answered = True
                case h2.OnStream(stream, h1.End()):
                    self._waiting.discard(stream)
                case h2.Broken():
                    self._over = True
