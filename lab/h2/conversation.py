"""Both directions of a client's connection together, as its transcript has them."""

from collections.abc import Iterator

from lab.h1.events import Head
from lab.h2.codes import FrameType
from lab.h2.events import Event, OnStream
from lab.h2.frames import Frame
from lab.h2.reader import Reader


class Conversation:
    """Give it what the client sent and received, in order: so answers are read as answers to what was asked, and
    windows and settings count. `requests`, `responses`: the two readers, for their anomalies. `given_up`: the streams
    that the client has reset itself."""

    def __init__(self) -> None:
        self.requests = Reader("request")
        self.responses = Reader("response")
        self.given_up: set[int] = set()
        self._asked: list[tuple[int, Head]] = []

    def asked(self) -> list[tuple[int, Head]]:
        """What the client has asked since this was called last, each with its stream."""
        asked, self._asked = self._asked, []
        return asked

    def sent(self, octets: bytes) -> Iterator[Event]:
        """What these octets of the client's mean."""
        self.requests.feed(octets)
        for event in self.requests.events():
            match event:
                case Frame():
                    self.responses.opposite(event)
                    if event.type == FrameType.RST_STREAM:
                        self.given_up.add(event.stream)
                case OnStream(stream, Head() as head):
                    self.responses.next(stream, head.method)
                    self._asked.append((stream, head))
            yield event

    def received(self, octets: bytes) -> Iterator[Event]:
        """What these octets of the server's mean."""
        self.responses.feed(octets)
        for event in self.responses.events():
            if isinstance(event, Frame):
                self.requests.opposite(event)
            yield event

    def closed(self) -> Iterator[Event]:
        """Nothing more comes."""
        self.responses.close()
        yield from self.responses.events()
