"""The octets that came and are not yet read, the lines in them, and the wait for more.

The reader is one generator that yields an event, or None when it has to wait. So it reads as the RFC does, from the
first octet to the last, and any split of the input gives the same events.
"""

from collections.abc import Generator
from typing import NamedTuple

MOST_ASIDE = 1_024  # pieces put aside before they are joined


class Cut(Exception):
    """No more octets come, and the message is not over. Says what is missing."""

    def __init__(self, missing: str) -> None:
        super().__init__(missing)
        self.missing = missing


class Line(NamedTuple):
    """A line without its end, the offset at which it stands, and its end; no end means that the line is too long."""

    text: bytes
    offset: int
    end: bytes


class Octets:
    """A window on the stream: `data[at:]` is not yet read, and `data[0]` stands at `start` in the stream.

    unended  the beginning of a line is there, and no LF. What comes until there is one is only put aside: joined to
             the rest each time, a long line that comes octet by octet would cost the square of its length.
    """

    __slots__ = ("_aside", "_aside_size", "at", "clean", "closed", "data", "start", "unended")

    def __init__(self) -> None:
        self.data = b""
        self.at = 0
        self.start = 0
        self.closed = False
        self.clean = True
        self.unended = False
        self._aside: list[bytes] = []
        self._aside_size = 0

    def feed(self, more: bytes) -> None:
        if self.unended and b"\n" not in more:
            self._aside.append(more)
            self._aside_size += len(more)
            if len(self._aside) == MOST_ASIDE:
                self._aside = [b"".join(self._aside)]
        else:
            self._join(more)

    def _join(self, more: bytes) -> None:
        rest = b"".join((self.data[self.at :], *self._aside)) if self.left else b""
        self.start += self.at
        self.data = rest + more if rest else more
        self.at = self._aside_size = 0
        self._aside.clear()
        self.unended = False

    @property
    def offset(self) -> int:
        """Of the next octet."""
        return self.start + self.at

    @property
    def left(self) -> int:
        return len(self.data) - self.at + self._aside_size

    @property
    def rest(self) -> bytes:
        """A copy of what is not yet read."""
        return b"".join((self.data[self.at :], *self._aside))

    def skip(self, count: int) -> None:
        self.at += count

    def take(self, most: int) -> bytes:
        """At most so many octets, without a copy when that is all that came."""
        whole = self.at == 0 and len(self.data) <= most
        taken = self.data if whole else self.data[self.at : self.at + most]
        self.at += len(taken)
        return taken

    def line(self, most: int) -> Line | None:
        """The next line, up to LF; None when it has not all come.

        One longer than `most` octets is not taken: its first `most + 1` octets are given, with no end.
        """
        found = -1 if self.unended else self.data.find(b"\n", self.at)
        if found < 0:
            self.unended = True
            if self.left < most + 2:  # the octet past `most` may be the CR of the end
                return None
            return Line(self.rest[: most + 1], self.offset, b"")
        text, end = self.data[self.at : found], b"\n"
        if text.endswith(b"\r"):
            text, end = text[:-1], b"\r\n"
        offset = self.start + self.at
        if len(text) > most:
            return Line(text[: most + 1], offset, b"")
        self.at += len(text) + len(end)
        return Line(text, offset, end)

    def more(self, missing: str) -> Generator[None, None, None]:
        """Wait once. Raises Cut when nothing more can come."""
        if self.closed:
            raise Cut(missing)
        yield None
