"""The four stages of the HTTP cycle, name, connection, request, response, on each connection: what was done when.

Every time is that of an event which a party of the lab wrote down; what nobody of the lab saw has no length of its own.
The gateway's attempt to connect to the upstream is such a thing: its phase begins where it ends, when the connection is
there. Nor is it known when an upstream at which nobody listens was tried: that is written down at the end of the act.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from lab.outcome.courses import Course, Link
from lab.outcome.links import links
from lab.transcript import CLIENT_HOP, Event, Transcript, What


class Stage(StrEnum):
    """Of the HTTP cycle; nothing else is called a stage."""

    NAME = "name"
    CONNECTION = "connection"
    REQUEST = "request"
    RESPONSE = "response"


class Doing(StrEnum):
    """What is done in a phase, as the one who asks would say it: on the upstream connection that is the gateway."""

    NOT_NEEDED = "not needed"  # there was an address already
    REUSED = "reused"  # the connection was there already
    CONNECT = "connect"
    REFUSED = "refused"
    NO_ANSWER = "no answer"  # to the attempt to connect
    FAILED = "failed"
    TLS = "TLS"  # the handshake
    SENDING = "sending"
    WAITING = "waiting"  # from the whole request to the first octet of a response
    INTERIM = "interim"  # from the first octet of an interim response to that of the final one
    RECEIVING = "receiving"
    TUNNEL = "tunnel"  # another protocol
    SURPLUS = "surplus"  # octets after the response
    SILENCE = "silence"  # until the exchange ended, with something missing


class How(StrEnum):
    """How an exchange ended on its connection."""

    COMPLETE = "complete"
    TUNNEL = "tunnel"
    NO_CONNECTION = "no connection"
    TLS_FAILED = "TLS failed"
    CLOSED = "closed (FIN)"
    ALERT = "closed (closure alert)"
    RESET = "reset (RST)"
    STREAM = "stream reset"
    DEADLINE = "deadline"
    OPEN = "still open"  # when the act was over


@dataclass(frozen=True)
class Phase:
    """One part of a stage, in nanoseconds since the performance began; begin and end are the same where nothing is
    known of a length, or none was needed. `says`: what is to be known about it."""

    stage: Stage
    name: Doing
    begin: int
    end: int
    says: str = ""

    @property
    def length(self) -> int:
        """In nanoseconds."""
        return self.end - self.begin


@dataclass(frozen=True)
class Ended:
    """How an exchange ended, when, and by whom ("client", "gateway", "upstream"; empty: it needed nobody)."""

    how: How
    at: int
    by: str = ""
    says: str = ""


@dataclass(frozen=True)
class Connection:
    """One exchange on one connection of one hop, or a connection without any.

    `number`: of the connection on its hop, 0 where none came about. `request`: the client's request in its act; 0 on
    the upstream's hops, where nothing says which it is for, and where nothing was asked. `stream`: of HTTP/2.
    """

    hop: int
    peer: int
    number: int
    act: int
    request: int
    phases: tuple[Phase, ...]
    ending: Ended
    stream: int | None = None

    @property
    def begin(self) -> int:
        return min(phase.begin for phase in self.phases)

    @property
    def end(self) -> int:
        return max(self.ending.at, *(phase.end for phase in self.phases))

    def phase(self, name: str) -> Phase | None:
        """The first phase of this name."""
        return next((phase for phase in self.phases if phase.name == name), None)

    def of(self, stage: Stage) -> tuple[Phase, ...]:
        """The phases of one stage, in order of time."""
        return tuple(phase for phase in self.phases if phase.stage is stage)


def stages(transcript: Transcript) -> tuple[Connection, ...]:
    """Each exchange on each connection of each hop, in order of time. An answer from the store has no connection
    behind the gateway, so there is none here."""
    found = [*_unconnected(transcript), *_connected(transcript)]
    return tuple(sorted(found, key=lambda each: (each.begin, each.hop)))


def _connected(transcript: Transcript) -> Iterator[Connection]:
    last: dict[int, int] = {}
    for event in transcript.events:
        last[event.act] = event.at
    for link in links(transcript):
        for course in link.courses:
            yield _connection(link, course, last[course.act])


def _unconnected(transcript: Transcript) -> Iterator[Connection]:
    """Attempts that came to nothing. Those that no party of the lab could see are written down on no connection."""
    begun = {(each.act, each.request): each.at for each in transcript.connecting if not each.connection}
    for event in transcript.events:
        if event.what is What.FAILED:
            begin = begun.get((event.act, event.request), event.at)
            yield _attempt(event, Doing.FAILED, begin, event.detail)
        elif event.connection == 0 and event.hop != CLIENT_HOP and event.what is What.REFUSED:
            yield _attempt(event, Doing.REFUSED, event.at, "nobody listened; when it was tried, the lab cannot see")
        elif event.connection == 0 and event.hop != CLIENT_HOP and event.what is What.STALLED:
            yield _attempt(event, Doing.NO_ANSWER, event.at, "nobody answered; when it was tried, the lab cannot see")


def _attempt(event: Event, name: Doing, begin: int, says: str) -> Connection:
    phases = (_no_name(begin), Phase(Stage.CONNECTION, name, begin, event.at, says))
    ended = Ended(How.NO_CONNECTION, event.at, "", says)
    return Connection(event.hop, event.peer, event.connection, event.act, event.request, phases, ended)


def _connection(link: Link, course: Course, last: int) -> Connection:
    ended = _ended(link, course, last)
    first = course is link.courses[0]
    phases = (*(_connecting(link, ended) if first else _reused(course, ended)), *_exchange(link, course, ended))
    return Connection(
        link.hop, link.peer, link.number, course.act, course.request, phases, ended, course.stream
    )  # fmt: skip


def _no_name(at: int) -> Phase:
    return Phase(Stage.NAME, Doing.NOT_NEEDED, at, at, "the lab gives addresses: there is no name to look up")


def _reused(course: Course, ended: Ended) -> Iterator[Phase]:
    at = next((at for at in (course.asked_from, course.begun) if at is not None), ended.at)
    yield Phase(Stage.CONNECTION, Doing.REUSED, at, at, "no connection stage: the connection was there already")


def _connecting(link: Link, ended: Ended) -> Iterator[Phase]:
    begin = link.opened if link.connecting is None else link.connecting
    says = "" if link.connecting is not None else "when it was begun, the lab cannot see"
    yield _no_name(begin)
    yield Phase(Stage.CONNECTION, Doing.CONNECT, begin, link.opened, says)
    if link.handshake is not None:
        over = link.secured if link.secured is not None else link.unsecured
        end = max(link.handshake, ended.at if over is None else over)
        yield Phase(Stage.CONNECTION, Doing.TLS, link.handshake, end, link.agreed)


def _exchange(link: Link, course: Course, ended: Ended) -> Iterator[Phase]:
    yield from _request(link, course, ended)
    if course.answered_from is None:
        yield from _unanswered(course, ended)
        return
    if course.asked_to is not None and course.asked_to < course.answered_from:
        yield Phase(Stage.RESPONSE, Doing.WAITING, course.asked_to, course.answered_from)
    last = course.answered_to if course.answered_to is not None else course.answered_from
    if course.interim:
        yield Phase(Stage.RESPONSE, Doing.INTERIM, course.answered_from, last if course.begun is None else course.begun)
    if course.begun is not None:
        switched = course.tunnel_from
        yield Phase(Stage.RESPONSE, Doing.RECEIVING, course.begun, last if switched is None else switched)
        if switched is not None:
            yield Phase(Stage.RESPONSE, Doing.TUNNEL, switched, max(last, course.tunnel_to))
            return
    if course.surplus is not None:
        yield Phase(Stage.RESPONSE, Doing.SURPLUS, *course.surplus)
    elif not course.whole and ended.at > last:
        yield Phase(Stage.RESPONSE, Doing.SILENCE, last, ended.at)


def _request(link: Link, course: Course, ended: Ended) -> Iterator[Phase]:
    if course.asked_from is None or course.asked_to is None:
        ready = link.opened if link.secured is None else link.secured
        unsecured = link.shaking or link.unsecured is not None
        if course.answered_from is None and not unsecured and ended.at > ready:
            yield Phase(Stage.REQUEST, Doing.SILENCE, ready, ended.at, "no octet of a request came")
        return
    yield Phase(Stage.REQUEST, Doing.SENDING, course.asked_from, course.asked_to)
    if not course.asked and course.answered_from is None and ended.at > course.asked_to:
        yield Phase(Stage.REQUEST, Doing.SILENCE, course.asked_to, ended.at, "the request never came to its end")


def _unanswered(course: Course, ended: Ended) -> Iterator[Phase]:
    """Waiting, and from where a script fell silent on purpose, silence."""
    if course.asked_to is None or not course.asked:
        return
    silent = course.stalled if course.stalled is not None and course.stalled >= course.asked_to else None
    yield Phase(
        Stage.RESPONSE, Doing.WAITING, course.asked_to, max(ended.at if silent is None else silent, course.asked_to)
    )
    if silent is not None:
        yield Phase(Stage.RESPONSE, Doing.SILENCE, silent, max(ended.at, silent))


_ENDS = {
    What.CLOSED: (How.CLOSED, True),
    What.RESET: (How.RESET, True),
    What.ALERT_SENT: (How.ALERT, True),
    What.ENDED: (How.CLOSED, False),
    What.BROKEN: (How.RESET, False),
    What.ALERT_RECEIVED: (How.ALERT, False),
}
"""How each event ends an exchange, and whether by the lab's own party on that hop."""


def _ended(link: Link, course: Course, last: int) -> Ended:
    if link.unsecured is not None and course.asked_from is None:
        return Ended(How.TLS_FAILED, link.unsecured, "", link.agreed)
    if course.whole and course.answered_to is not None:
        return Ended(How.COMPLETE, course.answered_to)
    lab = "client" if link.hop == CLIENT_HOP else "upstream"
    if course.code:
        return Ended(How.STREAM, *course.given_up, course.code)
    for event in course.ends:
        if event.what is What.DEADLINE:
            return Ended(How.DEADLINE, event.at, lab)
        how, own = _ENDS[event.what]
        if own and event.what is What.CLOSED and link.hop == CLIENT_HOP and event is not course.ends[-1]:
            continue  # it only sends no more, and still waits
        return Ended(how, event.at, lab if own else "gateway", event.detail)
    if course.tunnel_from is not None:
        return Ended(How.TUNNEL, max(course.answered_to or course.tunnel_from, course.tunnel_to))
    return Ended(
        How.OPEN, max(last, *(at for at in (link.opened, course.asked_to, course.answered_to) if at is not None))
    )
