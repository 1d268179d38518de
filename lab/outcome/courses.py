"""When what was said on one connection: the courses of its exchanges.

On the client connection the lab asks, and sends; on an upstream connection it is asked, and receives.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from lab import h1, h2
from lab.transcript import CLIENT_HOP, Event, What

_ENDS = (
    What.CLOSED, What.RESET, What.ALERT_SENT, What.ENDED, What.BROKEN, What.ALERT_RECEIVED, What.DEADLINE
)  # fmt: skip

Anomalies = tuple[tuple[h1.Anomaly | h2.Anomaly, ...], tuple[h1.Anomaly | h2.Anomaly, ...]]


@dataclass
class Course:
    """One exchange: times in nanoseconds since the performance began, None where it did not come to that.

    asked_from, asked_to        the first and last octets of the request; `asked`: it is whole
    answered_from, answered_to  the first and last octets of the responses; `whole`: the final one is
    begun                       the first octet of the final response; `interim`: how many came before it
    tunnel_from, tunnel_to      the end of the response that switched protocols; the last octet after it, of either side
    surplus                     octets after the response: the first, the last
    stalled                     where the lab's own party fell silent on purpose
    given_up, code              when a stream of HTTP/2 was, by whom, and with which code
    ends                        what ended the connection before the response was whole
    """

    act: int
    request: int
    stream: int | None = None
    asked_from: int | None = None
    asked_to: int | None = None
    asked: bool = False
    answered_from: int | None = None
    answered_to: int | None = None
    begun: int | None = None
    interim: int = 0
    whole: bool = False
    tunnel_from: int | None = None
    tunnel_to: int = 0
    surplus: tuple[int, int] | None = None
    stalled: int | None = None
    given_up: tuple[int, str] = (0, "")
    code: str = ""
    ends: list[Event] = field(default_factory=list)

    def asks(self, at: int) -> None:
        self.asked_from = at if self.asked_from is None else self.asked_from
        self.asked_to = at

    def answers(self, at: int) -> None:
        self.answered_from = at if self.answered_from is None else self.answered_from
        self.answered_to = at


@dataclass
class Link:
    """One connection: when the client began to connect (None: not known), when it was there, when its handshake began,
    was done or failed, and what that came to; and the exchanges on it, of which there is at least one."""

    hop: int
    peer: int
    number: int
    opened: int
    connecting: int | None = None
    handshake: int | None = None
    secured: int | None = None
    unsecured: int | None = None
    agreed: str = ""
    courses: list[Course] = field(default_factory=list)

    @property
    def shaking(self) -> bool:
        """Whether a handshake is on."""
        return self.handshake is not None and self.secured is None and self.unsecured is None

    def opening(self, event: Event) -> None:
        """Take in what says how the connection came about."""
        match event.what:
            case What.HANDSHAKE:
                self.handshake = event.at
            case What.SECURED:
                self.secured, self.agreed = event.at, event.detail
            case What.HANDSHAKE_FAILED if self.unsecured is None:
                self.unsecured, self.agreed = event.at, event.detail


class Follower:
    """What both versions have in common."""

    def __init__(self, link: Link) -> None:
        self.link = link
        self.asking = What.SENT if link.hop == CLIENT_HOP else What.RECEIVED
        self.answering = What.RECEIVED if link.hop == CLIENT_HOP else What.SENT

    def take(self, event: Event) -> None:
        """Take in one event of this connection."""
        if event.what is self.asking:
            self.ask(event)
        elif event.what is self.answering:
            self.answer(event)
        elif event.what in _ENDS:
            self.end(event)
        elif event.what is What.STALLED:
            for course in self.unfinished:
                course.stalled = event.at

    @property
    def unfinished(self) -> Sequence[Course]:
        return [course for course in self.link.courses if not course.whole]

    @property
    def anomalies(self) -> Anomalies:
        """What was wrong with the requests, and with the responses; offsets are counted in each direction."""
        return (), ()

    def ask(self, event: Event) -> None: ...

    def answer(self, event: Event) -> None: ...

    def end(self, event: Event) -> None:
        """A connection that the client is done with ends no exchange any more."""
        if self.link.hop == CLIENT_HOP and event.request == 0:
            return
        if not self.link.courses:
            self.link.courses.append(Course(event.act, event.request))
        for course in self.unfinished:
            course.ends.append(event)
