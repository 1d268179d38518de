"""Every connection of a transcript, with the exchanges on it: over HTTP/2 by stream."""

from collections.abc import Iterator

from lab import h1, h2
from lab.h2 import FrameType
from lab.outcome.courses import Anomalies, Course, Follower, Link
from lab.outcome.messages import Messages
from lab.transcript import CLIENT_HOP, Event, Transcript, What


def links(transcript: Transcript) -> Iterator[Link]:
    """Every connection that there was, in the order in which they were opened."""
    return (follower.link for follower in followed(transcript))


def followed(transcript: Transcript) -> Iterator[Follower]:
    """Every connection, with what was read on it."""
    by_connection: dict[tuple[int, int, int], list[Event]] = {}
    for event in transcript.events:
        if event.connection:
            by_connection.setdefault((event.hop, event.peer, event.connection), []).append(event)
    begun = {each.connection: each.at for each in transcript.connecting if each.connection}
    for (hop, peer, number), events in by_connection.items():
        if all(event.what is What.FAILED for event in events):
            continue
        link = Link(hop, peer, number, events[0].at, begun.get(number) if hop == CLIENT_HOP else None)
        for event in events:
            link.opening(event)
        spoken = any(event.stream is not None for event in events)
        reading: Follower = Streams(link) if spoken else Messages(link)
        for event in events:
            reading.take(event)
        if not link.courses:
            link.courses.append(Course(events[0].act, events[0].request))
        yield reading


class Streams(Follower):
    """HTTP/2: each exchange on its stream. A frame counts from when it is whole."""

    def __init__(self, link: Link) -> None:
        super().__init__(link)
        self._talk = h2.Conversation()
        self._of: dict[int, Course] = {}

    @property
    def anomalies(self) -> Anomalies:
        return tuple(self._talk.requests.anomalies), tuple(self._talk.responses.anomalies)

    def ask(self, event: Event) -> None:
        for each in self._talk.sent(event.data):
            match each:
                case h2.OnStream(stream, h2.Reset() as reset):
                    self._given_up(stream, event.at, "client", reset.name)
                case h2.OnStream(stream, what):
                    course = self._of.get(stream) or self._new(stream, event)
                    course.asks(event.at)
                    course.asked = course.asked or (isinstance(what, h1.End) and what.complete)

    def answer(self, event: Event) -> None:
        for each in self._talk.received(event.data):
            match each:
                case h2.Frame(type=FrameType.HEADERS, stream=stream) if stream in self._of:
                    self._of[stream].answers(event.at)
                case h2.OnStream(stream, h2.Reset() as reset):
                    self._given_up(stream, event.at, "gateway", reset.name)
                case h2.OnStream(stream, what) if stream in self._of:
                    self._said(self._of[stream], what, event.at)
                case h2.GoAway():
                    for stream in self._of:
                        if stream > each.last:
                            self._given_up(stream, event.at, "gateway", each.name)
                case h2.Broken():
                    for course in self.unfinished:
                        course.answers(event.at)
                        course.begun = event.at if course.begun is None else course.begun

    def _said(self, course: Course, what: object, at: int) -> None:
        if not isinstance(what, h1.End) or what.complete:
            course.answers(at)
        match what:
            case h1.Head(final=False):
                course.interim += 1
            case h1.Head():
                course.begun = at
            case h1.End(complete=True):
                course.whole = True

    def _given_up(self, stream: int, at: int, by: str, code: str) -> None:
        course = self._of.get(stream)
        if course is not None and not course.whole and not course.code:
            course.given_up, course.code = (at, by), code

    def _new(self, stream: int, event: Event) -> Course:
        course = self._of[stream] = Course(event.act, event.request, stream)
        self.link.courses.append(course)
        return course
