"""The octets that came and are not yet read, and the generators that wait for more of them.

The reader is one generator that yields an event, or None when it has to wait. So it reads as the RFC does, from the
first octet to the last, and any split of the input gives the same events.
"""

from collections.abc import Generator
from typing import NamedTuple

Waiting = Generator[None, None, None]


class Cut(Exception):
    """No more octets come, and the message is not over. Says what is missing."""

    def __init__(self, missing: str) -> None:
        super().__init__(missing)
        self.missing = missing


class Octets:
    """A window on the stream: `data[at:]` is not yet read, and `data[0]` stands at `start` in the stream."""

    __slots__ = ("at", "clean", "closed", "data", "start")

    def __init__(self) -> None:
        self.data = b""
        self.at = 0
        self.start = 0
        self.closed = False
        self.clean = True

    def feed(self, more: bytes) -> None:
        self.start += self.at
        self.data = self.data[self.at :] + more if self.at < len(self.data) else more
        self.at = 0

    @property
    def offset(self) -> int:
        """Of the next octet."""
        return self.start + self.at

    @property
    def left(self) -> int:
        return len(self.data) - self.at

    def take(self, most: int) -> bytes:
        """At most so many octets, without a copy when that is all that came."""
        whole = self.at == 0 and len(self.data) <= most
        taken = self.data if whole else self.data[self.at : self.at + most]
        self.at += len(taken)
        return taken

    def more(self, missing: str) -> Waiting:
        """Wait once. Raises Cut when nothing more can come."""
        if self.closed:
            raise Cut(missing)
        yield None


class Line(NamedTuple):
    """A line without its end, where it stands, and its end; an empty end means that the line is too long."""

    text: bytes
    offset: int
    end: bytes


def line(octets: Octets, most: int, missing: str) -> Generator[None, None, Line]:
    """The next line, up to LF. Of one longer than `most` octets the first `most + 1` are given, with no end."""
    searched = 0
    while (found := octets.data.find(b"\n", octets.at + searched)) < 0:
        searched = octets.left
        if searched > most + 1:
            break
        yield from octets.more(missing)
    text = octets.data[octets.at : found if found >= 0 else octets.at + most + 1]
    end = b"\n"
    if text.endswith(b"\r") and found >= 0:
        text, end = text[:-1], b"\r\n"
    if len(text) > most:
        return Line(text[: most + 1], octets.offset, b"")
    taken = Line(text, octets.offset, end)
    octets.at += len(text) + len(end)
    return taken
