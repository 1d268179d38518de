"""What a transcript says of its connections, as moments of TCP: when each begins, carries octets, and ends."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum, auto
from operator import attrgetter

from lab.tls import Alert
from lab.transcript import CLIENT_HOP, Connecting, Event, Octets, Transcript, What


class Kind(Enum):
    """The kinds of moment."""

    TRIED = auto()  # SYN
    OPENED = auto()
    OCTETS = auto()
    ENDED = auto()  # FIN
    BROKEN = auto()  # RST
    REFUSED = auto()  # RST in answer to a SYN


@dataclass(frozen=True, slots=True)
class Line:
    """One connection: its hop, the upstream's number, its number on the hop (below 0: an attempt that came to
    nothing)."""

    hop: int
    peer: int
    number: int


@dataclass(slots=True)
class Moment:
    """`forward`: by the one who connected. `says`: what is noted at its first packet."""

    at: int
    line: Line
    kind: Kind
    forward: bool = True
    data: bytes = b""
    says: list[str] = field(default_factory=list)


def moments(transcript: Transcript, watched: frozenset[str]) -> list[Moment]:
    """Everything that can be seen as packets, in order of time. `watched`: marks that say no fault.

    Octets are not copied: there are as many moments as there are events, and what they carry stands in the transcript.
    """
    return _Telling(transcript, watched).moments()


class _Telling:
    def __init__(self, transcript: Transcript, watched: frozenset[str]) -> None:
        self._transcript, self._watched = transcript, watched
        self._asked = {(asked.act, asked.request): asked for asked in transcript.asked}
        self._acts = max((asked.act for asked in transcript.asked), default=1)
        self._taken_over: set[tuple[int, int]] = set()
        self._connecting = {each.connection for each in transcript.connecting}
        self._attempts = 0
        self._found: list[Moment] = []
        self._last: dict[tuple[Line, bool | None], Moment] = {}
        self._waiting: dict[Line, list[str]] = {}
        self._alert = False

    def moments(self) -> list[Moment]:
        for each in _in_order(self._transcript):
            match each:
                case Connecting():
                    if each.connection:
                        self._see(Moment(each.at, Line(CLIENT_HOP, 1, each.connection), Kind.TRIED))
                case Octets():
                    self._wire(each)
                case Event():
                    self._event(each)
        return sorted(self._found, key=lambda moment: (moment.at, moment.line.number > 0))

    def _see(self, moment: Moment) -> None:
        moment.says += self._waiting.pop(moment.line, [])
        self._found.append(moment)
        self._last[moment.line, None] = moment
        if moment.kind is Kind.OCTETS:
            self._last[moment.line, moment.forward] = moment

    def _say(self, line: Line, text: str, forward: bool | None = None) -> None:
        """At the last packet of a connection, that way if given; where there is none yet, at the next."""
        if last := self._last.get((line, forward)) or self._last.get((line, None)):
            last.says.append(text)
        else:
            self._waiting.setdefault(line, []).append(text)

    def _wire(self, octets: Octets) -> None:
        line = _line(octets)
        if octets.data:
            forward = octets.sent is (octets.hop == CLIENT_HOP)
            self._see(Moment(octets.at, line, Kind.OCTETS, forward, octets.data))
        elif (octets.hop, octets.connection) in self._taken_over:
            self._say(line, "there was too much: what else went over this connection was not kept")
        self._taken_over.add((octets.hop, octets.connection))

    def _event(self, event: Event) -> None:
        """What TLS calls broken comes right behind its alert, and the connection under it stays as it is."""
        line = _line(event)
        alert, self._alert = self._alert, event.what in _ALERTS and event.detail != Alert.CLOSE_NOTIFY.registered
        match event.what:
            case What.REFUSED | What.FAILED:
                self._attempt(event, Kind.REFUSED)
            case What.STALLED if not event.connection:
                self._attempt(event, Kind.TRIED)
            case What.OPENED:
                self._see(Moment(event.at, line, Kind.OPENED))
            case What.SENT | What.RECEIVED:
                self._octets(event, line)
            case What.CLOSED | What.ENDED:
                self._see(Moment(event.at, line, Kind.ENDED, _forward(event)))
            case What.RESET:
                self._see(Moment(event.at, line, Kind.BROKEN, _forward(event)))
            case What.BROKEN if not (alert and (event.hop, event.connection) in self._taken_over):
                self._see(Moment(event.at, line, Kind.BROKEN, _forward(event)))
            case _:
                self._note(event, line)

    def _octets(self, event: Event, line: Line) -> None:
        forward = _forward(event)
        if (event.hop, event.connection) not in self._taken_over:
            self._see(Moment(event.at, line, Kind.OCTETS, forward, event.data))
        asked = self._asked.pop((event.act, event.request), None) if event.hop == CLIENT_HOP and forward else None
        if asked is not None:
            act = f"act {asked.act}, " if self._acts > 1 else ""
            self._say(line, f"{act}request {asked.request}: {asked.method} {asked.target}".rstrip(), forward)

    def _attempt(self, event: Event, kind: Kind) -> None:
        self._attempts += 1
        line = Line(event.hop, event.peer, -self._attempts)
        moment = Moment(self._tried(event), line, kind)
        if event.hop == CLIENT_HOP:
            moment.says.append(f"the client could not connect: {event.detail}")
        else:
            moment.says.append("the lab cannot see when the gateway tried this: it stands before what came of it")
        self._see(moment)
        self._last[_line(event), None] = moment

    def _tried(self, event: Event) -> int:
        """Not later than this: an upstream that cannot be reached is written down at the end of the act."""
        if event.hop == CLIENT_HOP:
            tried = (each.at for each in self._transcript.connecting if not each.connection and each.act == event.act)
            return next(tried, event.at)
        return min((each.at for each in self._transcript.events if _came_of(each, event)), default=event.at)

    def _note(self, event: Event, line: Line) -> None:
        at = f"{event.at / 1e6:.1f} ms"
        match event.what:
            case What.DELIVERED:
                self._say(line, f"{'watch this' if event.detail in self._watched else 'THE FAULT'}: {event.detail}")
            case What.STALLED:
                self._say(line, f"after this, silence (since {at})")
            case What.DEADLINE:
                self._say(line, f"at {at} the client gave up")
            case What.BROKEN | What.HANDSHAKE_FAILED:
                self._say(line, f"TLS failed: {event.detail}")
            case What.SECURED if (event.hop, event.connection) not in self._taken_over:
                self._say(line, "what TLS carried was kept in plain text only")
            case What.SCRIPT_FAILED:
                self._say(line, f"the script failed: {event.detail}")


def _in_order(transcript: Transcript) -> Iterable[Connecting | Octets | Event]:
    """Octets of the wire come before the event that tells what they said."""
    return sorted((*transcript.connecting, *transcript.wire, *transcript.events), key=attrgetter("at"))


def _line(each: Event | Octets) -> Line:
    return Line(each.hop, each.peer, each.connection)


_ALERTS = (What.ALERT_SENT, What.ALERT_RECEIVED)
_OWN = frozenset({What.SENT, What.CLOSED, What.RESET})


def _forward(event: Event) -> bool:
    """Whether this went from the one who connected: on the client's hop that is the lab's party."""
    return (event.what in _OWN) is (event.hop == CLIENT_HOP)


def _came_of(event: Event, tried: Event) -> bool:
    """Whether this came after an attempt that came to nothing: another upstream was asked, or the client answered."""
    if event.act != tried.act:
        return False
    if event.hop == CLIENT_HOP:
        return event.what is What.RECEIVED
    return event.what is What.OPENED and event.peer >= tried.peer
