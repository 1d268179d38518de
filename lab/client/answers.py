"""Whether a client has all the answers that it asked for. The reading is forgiving: it is there to know the end."""

from lab import h1


class Answers:
    """The answers to what is asked in one act on one client connection. `answered`: a final response has begun."""

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

    def asked(self, sent: bytes) -> None:
        """A script of the client's has sent this: the requests are to be found in it."""
        if self._requests is None:
            self._requests = h1.Reader("request")
        self._requests.feed(sent)
        for event in self._requests.events():
            if isinstance(event, h1.Head):
                if not self._early:
                    self.expect(event.method, upgrade=event.asks_to_switch)
                self._early = False

    def expect(self, method: bytes, *, upgrade: bool = False) -> None:
        """One more answer is to come: to a request with this method, which may ask for a switch of protocols."""
        self._open += 1
        if self._responses is None:
            self._responses = h1.Reader("response", method=method, upgrade=upgrade)
        else:
            self._responses.next(method, upgrade=upgrade)

    def received(self, data: bytes) -> None:
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
