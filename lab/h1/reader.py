"""The reader: octets in, messages and anomalies out. It opens nothing, waits for nothing, and knows no time."""

from collections import deque
from collections.abc import Generator, Iterator
from typing import Literal

from lab.h1.anomalies import Anomaly, Findings, Refusal
from lab.h1.chunks import chunks
from lab.h1.events import Broken, Content, End, Event, FramingKind, Head, Limits, Surplus, Trailers, Tunnelled
from lab.h1.head import Asked, HeadReader
from lab.h1.kinds import Kind
from lab.h1.octets import Cut, Octets
from lab.h1.section import Section, trailer_bounds
from lab.h1.trailers import trailers

Running = Generator[Event | None, None, None]

COMPLETE_BY = {
    FramingKind.NONE: "it ends with its header section",
    FramingKind.LENGTH: "as many octets came as Content-Length announced",
    FramingKind.CHUNKED: "the last chunk came",
    FramingKind.CLOSE: "the connection was closed",
    FramingKind.TUNNEL: "the tunnel was closed",
}


class Reader:
    """Reads the messages of one direction of an HTTP/1 connection.

        reader = Reader("response", method=b"GET")
        reader.feed(data)
        for event in reader.events(): ...
        reader.close()
        for event in reader.events(): ...

    A response gives Head (final=False for each interim one), Content as it comes, Trailers where there are any, End.
    A response is read for each request: the first is the one that the reader is made with, `next` tells of further
    ones; octets that come while none is open are Surplus. Requests are read one after the other as they come.

    An anomaly that a recipient may repair is repaired, and the reading goes on; one that it may not repair gives
    Broken, and nothing further is read. A strict reader breaks at the first anomaly of either sort. (Surplus is
    never Broken: the message before it has ended.)

    Events are made as they are asked for, so whoever stops asking leaves the rest unread. Memory is bounded by the
    limits of a line and a section; content is passed through.
    """

    def __init__(
        self,
        role: Literal["response", "request"] = "response",
        *,
        method: bytes = b"GET",
        upgrade: bool = False,
        limits: Limits = Limits(),
        strict: bool = False,
        literal: bool = False,
    ) -> None:
        """Make a reader.

        role     which messages it reads
        method   of the request that the first response answers
        upgrade  whether that request asked for a switch of protocols
        strict   whether the first anomaly ends the reading
        literal  where a clause lets one choose between repairs, take the one nearest to the octets: a fold becomes as
                 many SP as it has octets, control characters other than NUL, CR and LF are retained
        """
        self._octets = Octets()
        self._findings = Findings(strict)
        self._limits = limits
        self._heads = HeadReader(self._octets, self._findings, limits, literal=literal)
        self._literal = literal
        self._request = role == "request"
        self._over = False  # nothing further is read, so nothing is kept
        self._asked: deque[Asked] = deque([Asked(method, upgrade)])
        self._running: Running = self._requests() if self._request else self._responses()

    @property
    def anomalies(self) -> list[Anomaly]:
        """All anomalies found so far, in the order in which they were found (at most 100 of a kind)."""
        return self._findings.found

    @property
    def left(self) -> int:
        """How many octets were received and are not read yet. Within a header section: of a line not yet complete."""
        return self._octets.left

    def next(self, method: bytes = b"GET", *, upgrade: bool = False) -> None:
        """Tell of a further request, so that what follows the response before it is read as its response.

        Octets that came too early are Surplus if the events are asked for before this, else they belong to it.
        """
        self._asked.append(Asked(method, upgrade))

    def feed(self, data: bytes) -> None:
        """Give the reader octets that were received."""
        if data and not self._over:
            self._octets.feed(data)

    def close(self, clean: bool = True) -> None:
        """Say that no more will come: clean after FIN (under TLS: after a closure alert), else not clean."""
        self._octets.closed = True
        self._octets.clean = clean

    def events(self) -> Iterator[Event]:
        """The events that the octets received so far give."""
        while (event := next(self._running, None)) is not None:
            yield event

    def _responses(self) -> Running:
        while True:
            if not self._asked:
                yield from self._surplus()
            if not (yield from self._message(self._response(self._asked.popleft()))):
                return

    def _requests(self) -> Running:
        while True:
            while not self._octets.left:
                if self._octets.closed:
                    return
                yield None
            if not (yield from self._message(self._one_request())):
                return

    def _message(self, running: Running) -> Generator[Event | None, None, bool]:
        """One message with its end, however it ends. Gives whether another may follow."""
        self._heads.begin = self._octets.offset
        try:
            yield from running
        except Cut as cut:
            nothing = self._octets.offset == self._heads.begin and not self._octets.rest.strip(b"\r\n")
            if not nothing:
                yield End(False, cut.missing, "incomplete")
            elif not self._request:
                yield End(False, "no octet of it came", "no-byte")
        except Refusal as refusal:
            self._over = True
            yield Broken(refusal.anomaly)
        else:
            return True
        return False

    def _response(self, asked: Asked) -> Running:
        interim = 0
        while not (head := (yield from self._heads.response(asked))).final:
            interim += 1
            if interim > self._limits.interim:
                self._findings.refuse(Kind.TOO_MANY_INTERIM, head.offset, size=interim)
            yield head
        yield head
        yield from self._content(head)

    def _one_request(self) -> Running:
        head = yield from self._heads.request()
        yield head
        yield from self._content(head)

    def _content(self, head: Head) -> Running:
        """What follows a head, as its framing says, and the end of the message."""
        match head.framing.kind:
            case FramingKind.LENGTH:
                yield from self._by_length(head.framing.length or 0)
            case FramingKind.CHUNKED:
                yield from chunks(self._octets, self._findings, self._limits)
                yield from self._trailers()
            case FramingKind.CLOSE:
                yield from self._until_close(Content, self._limits.content)
            case FramingKind.TUNNEL:
                yield from self._until_close(Tunnelled, None)
        yield End(True, COMPLETE_BY[head.framing.kind])

    def _trailers(self) -> Running:
        bounds = trailer_bounds(self._limits)
        section = Section(self._octets, self._findings, bounds, request=self._request, literal=self._literal)
        if fields := (yield from trailers(section)):
            yield Trailers(fields)

    def _by_length(self, length: int) -> Running:
        octets, most = self._octets, self._limits.content
        if most is not None and length > most:
            self._findings.refuse(Kind.CONTENT_TOO_LARGE, octets.offset, f"{length} octets announced", size=length)
        missing = length
        while missing:
            if data := octets.take(missing):
                missing -= len(data)
                yield Content(data)
            else:
                yield from octets.more(f"{missing} of {length} octets of content are missing")

    def _until_close(self, event: type[Content] | type[Tunnelled], most: int | None) -> Running:
        octets, total = self._octets, 0
        while True:
            if data := octets.take(octets.left if most is None else most - total):
                total += len(data)
                yield event(data)
            elif octets.left:
                self._findings.refuse(Kind.CONTENT_TOO_LARGE, octets.offset, f"more than {most} octets", size=total + 1)
            elif octets.closed and octets.clean:
                return
            else:
                yield from octets.more("the connection, whose closing would have ended it, broke")

    def _surplus(self) -> Running:
        """Whatever comes until another request is told of."""
        octets, known = self._octets, False
        while not self._asked:
            if not octets.left:
                yield None
                continue
            if not known:
                self._findings.record(Anomaly(Kind.SURPLUS, octets.offset))
                known = True
            yield Surplus(octets.take(octets.left))
