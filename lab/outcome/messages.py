"""The courses of the exchanges on one connection of HTTP/1, from the octets of both directions."""

from lab import h1
from lab.outcome.courses import Anomalies, Course, Follower, Link
from lab.tls import Alert, begins_handshake
from lab.transcript import CLIENT_HOP, Event, What


class Messages(Follower):
    """HTTP/1: one request after the other, and the responses in the same order."""

    def __init__(self, link: Link) -> None:
        super().__init__(link)
        self._requests = h1.Reader("request")
        self._responses: h1.Reader | None = None
        self._expected = 0
        self._answered = 0
        self._alien = False

    @property
    def anomalies(self) -> Anomalies:
        return tuple(self._requests.anomalies), tuple(self._responses.anomalies if self._responses else ())

    def ask(self, event: Event) -> None:
        if not self.link.courses and begins_handshake(event.data):  # a script takes it as bytes, and shakes no hands
            self.link.handshake = event.at
        if self.link.shaking:
            return
        course = self._last(event)
        if course.tunnel_from is not None:
            course.tunnel_to = event.at
            return
        course.asks(event.at)
        self._requests.feed(event.data)
        for each in self._requests.events():
            match each:
                case h1.Head():
                    if course.asked:
                        course = self._new(event)
                        course.asks(event.at)
                    self._expect(each.method, upgrade=each.asks_to_switch)
                case h1.End():
                    course.asked = each.complete
                case h1.Broken():
                    self._alien = course.asked = True

    def answer(self, event: Event) -> None:
        if self.link.shaking:
            return
        if not self.link.courses:
            self._new(event)
        if self._responses is None:
            self._expect(b"GET", upgrade=False)
        assert self._responses is not None
        course = self._current(event)
        if not course.whole:
            course.answers(event.at)
            course.begun = event.at if course.begun is None else course.begun
        self._responses.feed(event.data)
        for each in self._responses.events():
            course = self._said(event, self._current(event), each)
        if course.begun is None and self._responses.left:
            course.begun = event.at

    def end(self, event: Event) -> None:
        super().end(event)
        clean = _clean(event, secured=self.link.secured is not None)
        if clean is None or self._responses is None:
            return
        if (event.what in (What.ENDED, What.ALERT_RECEIVED, What.BROKEN)) is (self.link.hop == CLIENT_HOP):
            self._responses.close(clean)
            for each in self._responses.events():
                self._said(event, self._current(event), each)

    def _said(self, event: Event, course: Course, told: h1.Event) -> Course:
        match told:
            case h1.Head(final=False):
                course.interim += 1
                course.begun = None
            case h1.Head():
                course.answers(event.at)
                course.begun = event.at if course.begun is None else course.begun
                if told.framing.kind is h1.FramingKind.TUNNEL:
                    course.tunnel_from = event.at
            case h1.End(complete=True):
                course.whole = course.tunnel_from is None
                course.answers(event.at)
            case h1.Surplus():
                course.surplus = (course.surplus[0] if course.surplus else event.at, event.at)
        return course

    def _last(self, event: Event) -> Course:
        """The exchange to which the next octets of a request belong."""
        courses = self.link.courses
        if not courses:
            return self._new(event)
        course = courses[-1]
        other = event.request and (event.act, event.request) != (course.act, course.request)
        over = course.asked and not self._alien and course.tunnel_from is None
        return self._new(event) if other or over else course

    def _current(self, event: Event) -> Course:
        """The exchange to which the next octets of a response belong."""
        courses = self.link.courses
        while self._answered + 1 < len(courses) and (
            courses[self._answered].whole or self._is_later(event, courses[self._answered])
        ):
            self._answered += 1
        return courses[self._answered]

    @staticmethod
    def _is_later(event: Event, course: Course) -> bool:
        return event.request > 0 and (event.act, event.request) > (course.act, course.request)

    def _new(self, event: Event) -> Course:
        course = Course(event.act, event.request)
        self.link.courses.append(course)
        return course

    def _expect(self, method: bytes, *, upgrade: bool) -> None:
        if self._responses is None:
            self._responses = h1.Reader("response", method=method, upgrade=upgrade)
        elif self._expected:
            self._responses.next(method, upgrade=upgrade)
        self._expected += 1


def _clean(event: Event, *, secured: bool) -> bool | None:
    """Whether what came before this is known to be all that was sent (RFC 9112, 9.8); None: it is no end."""
    match event.what:
        case What.CLOSED | What.ENDED:
            return not secured
        case What.ALERT_SENT | What.ALERT_RECEIVED:
            return True if event.detail == Alert.CLOSE_NOTIFY.registered else None
        case What.RESET | What.BROKEN:
            return False
    return None
