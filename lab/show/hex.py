"""What went over each connection in one direction, octet by octet: cut into rows, with what is wrong pointed at."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from lab import h1, h2
from lab.outcome.courses import Follower
from lab.outcome.links import followed
from lab.script import Send
from lab.show.escape import wire_lines
from lab.show.text.difference import wrong_lines
from lab.show.text.http2 import frame_rows, frames
from lab.show.text.messages import Mark, marked_steps
from lab.show.text.statuses import counted
from lab.transcript import CLIENT_HOP, Transcript, What
from lab.verdict import Judgement

FIRST, LAST, AROUND = 512, 128, 48
"""Octets of one direction that are shown: from its beginning, from its end, on both sides of what is pointed at."""

MOST = 24
"""Directions that are shown, and in each of them things that are pointed at."""


@dataclass(frozen=True)
class Pointed:
    """Octets that are pointed at: what a mark of the scenario says of them (with its sign), or a reader (without)."""

    begin: int
    end: int
    says: str
    mark: Mark | None = None


Sender = tuple[int, int, int, bool]
"""Hop, peer, connection, and whether the lab's own party sends."""


@dataclass(frozen=True)
class Direction:
    """One direction of one connection. `heads`: what begins at an offset, such as a frame, in words."""

    sender: Sender
    title: str
    data: bytes
    heads: tuple[tuple[int, str], ...] = ()
    pointed: tuple[Pointed, ...] = ()


@dataclass(frozen=True)
class Row:
    """So many octets from an offset. `pointed`: at octets in this row; the first time that one is, it has its words."""

    offset: int
    data: bytes
    pointed: tuple[Pointed, ...] = ()

    @property
    def mark(self) -> Mark | None:
        """The worst mark of its octets."""
        return min((each.mark for each in self.pointed if each.mark), default=None)  # "!!" comes before "??"

    @property
    def sign(self) -> str:
        """Of the worst mark; empty: none is marked."""
        return self.mark or ""

    def marked(self, place: int) -> Mark | None:
        """The mark of the octet at this place of the row."""
        at = self.offset + place
        return min((each.mark for each in self.pointed if each.mark and each.begin <= at < each.end), default=None)


@dataclass(frozen=True)
class Head:
    """What begins here."""

    says: str


@dataclass(frozen=True)
class LeftOut:
    """So many octets are not shown."""

    count: int


Part = Row | Head | LeftOut


def directions(judgement: Judgement) -> Iterator[Direction]:
    """What went over each connection, in order; at most `MOST`, and one without octets that says how many more."""
    transcript = judgement.transcript
    pieces = _pieces(transcript)
    found = [each for follower in followed(transcript) for each in _of_connection(follower, pieces)]
    marked = _marked(judgement)
    for direction in found[:MOST]:
        marks = [each for sender, each in marked if sender == direction.sender]
        pointed = (*_marks(direction.data, marks), *direction.pointed)
        yield replace(direction, pointed=tuple(sorted(pointed[:MOST], key=lambda each: each.begin)))
    if len(found) > MOST:
        yield Direction((0, 0, 0, False), f"{counted(len(found) - MOST, 'more direction')} left out", b"")


def parts(direction: Direction, per_row: int = 16, *, first: int = FIRST, last: int = LAST) -> Iterator[Part]:
    """The rows of one direction: its beginning, its end, and what is pointed at; what is left out is said."""
    data, heads = direction.data, dict(direction.heads)
    windows = [(0, first), (len(data) - last, len(data))]
    windows += [(at - AROUND, at + AROUND) for each in direction.pointed for at in (each.begin, each.end)]
    told: set[str] = set()
    shown = 0
    for begin, end in _stretches(data, heads.keys(), windows, per_row):
        if begin > shown:
            yield LeftOut(begin - shown)
        if begin in heads:
            yield Head(heads[begin])
        yield _pointed(Row(begin, data[begin:end]), direction.pointed, told)
        shown = end
    if shown < len(data):
        yield LeftOut(len(data) - shown)


def _stretches(
    data: bytes, begins: Collection[int], windows: Sequence[tuple[int, int]], per_row: int
) -> Iterator[tuple[int, int]]:
    """Begin and end of each row that one of the windows reaches. Rows begin anew where something begins: a frame, or
    where there are none a wire line."""
    edges = {0, len(data), *(at for at in begins if at < len(data))}
    if not begins:
        edges.update(end for left, right in windows for end in _line_ends(data, max(left, 0), right))
    for begin, end in pairwise(sorted(edges)):
        numbers: set[int] = set()
        for left, right in windows:
            if left < end and begin < right:
                numbers.update(range((max(left, begin) - begin) // per_row, -((begin - min(right, end)) // per_row)))
        for number in sorted(numbers):
            at = begin + number * per_row
            yield at, min(at + per_row, end)


def _line_ends(data: bytes, begin: int, end: int) -> Iterator[int]:
    while (begin := data.find(b"\n", begin, end) + 1) > 0:
        yield begin


def _pointed(row: Row, pointed: Sequence[Pointed], told: set[str]) -> Row:
    """With what is pointed at; a sentence is said once."""
    here: list[Pointed] = []
    for each in pointed:
        if each.begin < row.offset + len(row.data) and row.offset < each.end:
            here.append(replace(each, says="") if each.says in told else each)
            told.add(each.says)
    return replace(row, pointed=tuple(here))


@dataclass
class _Pieces:
    data: list[bytes]
    heads: list[tuple[int, str]]


def _pieces(transcript: Transcript) -> dict[Sender, _Pieces]:
    """All octets of each direction; and the frames of HTTP/2, each with the offset at which it begins."""
    in_frames = frames(transcript)
    found: dict[Sender, _Pieces] = {}
    for place, event in enumerate(transcript.events):
        if event.what in (What.SENT, What.RECEIVED):
            of = found.setdefault((event.hop, event.peer, event.connection, event.what is What.SENT), _Pieces([], []))
            of.data.append(event.data)
            if said := in_frames.get(place, ()):
                of.heads += zip((each.frame.offset for each in said), frame_rows(event, said), strict=True)
    return found


def _of_connection(follower: Follower, pieces: dict[Sender, _Pieces]) -> Iterator[Direction]:
    """Both directions of a connection: what is asked, and what is answered."""
    link = follower.link
    asks = link.hop == CLIENT_HOP  # the lab's own party
    side = "client connection" if asks else "upstream connection"
    lab = "client" if asks else f"upstream{f' {link.peer}' if link.peer > 1 else ''}"
    tls = ", inside TLS" if link.secured is not None else ""
    for sent, anomalies in zip((asks, not asks), follower.anomalies, strict=True):
        of = pieces.get((link.hop, link.peer, link.number, sent))
        data = b"".join(of.data) if of else b""
        if of and data:
            who = lab if sent else "gateway"
            title = f"{side} {link.number}{tls}: the {who} sends {counted(len(data), 'octet')}"
            found = tuple(_found(each, len(data)) for each in anomalies)
            yield Direction((link.hop, link.peer, link.number, sent), title, data, tuple(of.heads), found)


def _found(anomaly: h1.Anomaly | h2.Anomaly, size: int) -> Pointed:
    at = min(anomaly.offset, size - 1)
    return Pointed(at, at + 1, str(anomaly))


def _marked(judgement: Judgement) -> list[tuple[Sender, tuple[Mark, str, Send]]]:
    """Each marked step that sent octets and took effect, with the direction in which it did."""
    delivered = [event for event in judgement.transcript.events if event.what is What.DELIVERED]
    steps = marked_steps(judgement.case) if delivered else {}
    return [
        ((each.hop, each.peer, each.connection, True), (Mark.WATCH if step.watch else Mark.WRONG, each.detail, step))
        for each in delivered
        if isinstance(step := steps.get(each.detail), Send)
    ]


def _marks(data: bytes, marked: Iterable[tuple[Mark, str, Send]]) -> Iterator[Pointed]:
    """Where the wire lines of these steps are: of what is wrong, those alone that its repair does not have."""
    for mark, says, step in marked:
        at = 0
        for row in wrong_lines(step) if mark is Mark.WRONG else _all_lines(step):
            begin = data.find(row, at)
            if begin >= 0 and row:
                at = begin + len(row)
                yield Pointed(begin, at, says, mark)


def _all_lines(step: Send) -> list[bytes]:
    return [row for part in step.lines if isinstance(part, bytes) for row in wire_lines(part)]
