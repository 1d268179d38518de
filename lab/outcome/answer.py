"""The client's side of one exchange, read forgivingly: of HTTP/1 here, of HTTP/2 in `streams`."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from lab import h1, h2
from lab.outcome.facts import Ending
from lab.tls import Alert
from lab.transcript import Event, What

NONE = h1.Fields()


@dataclass(frozen=True)
class Answer:
    """What a client got: no anomaly stops the reading before it must.

    version    of HTTP that the client spoke, "1.1"; empty where it sent no request line
    received   whether anything of an answer came
    written    what came; over HTTP/2 what its frames say, as HTTP/1.1 would write it (what are no frames, as it is)
    ending     how it ended on the client connection
    code       the error code with which it was given up, by name; empty: with none
    anomalies  what was wrong with the octets of the answer itself, in the order in which it was found
    """

    final: h1.Head | None = None
    interim: tuple[int, ...] = ()
    content: bytes = b""
    trailers: h1.Fields = NONE
    complete: bool = False
    broken: bool = False
    surplus: int = 0
    anomalies: tuple[h1.Anomaly | h2.Anomaly, ...] = ()
    version: str = ""
    received: bool = False
    written: bytes = field(default=b"", repr=False)
    ending: Ending = Ending.STALLED
    code: str = ""


def assembled(told: Iterable[object]) -> Answer:
    """The answer that these events make, however many of them there are."""
    final, trailers, complete, broken, surplus = None, NONE, False, False, 0
    interim: list[int] = []
    content: list[bytes] = []
    for event in told:
        match event:
            case h1.Head() if event.final:
                final = event
            case h1.Head():
                interim.append(event.status)
            case h1.Content() | h1.Tunnelled():
                content.append(event.data)
            case h1.Trailers():
                trailers = event.fields
            case h1.End():
                complete = event.complete
            case h1.Surplus():
                surplus += len(event.data)
            case h1.Broken():
                broken = True
    return Answer(final, tuple(interim), b"".join(content), trailers, complete, broken, surplus)


def read_answer(received: bytes, method: str, ended: bool | None, *, upgrade: bool = False) -> Answer:
    """Read what a client received over HTTP/1. `ended`: True after FIN, False after RST, None while the connection is
    open. `upgrade`: it had asked for a switch of protocols."""
    reader = h1.Reader("response", method=method.encode("latin-1"), upgrade=upgrade)
    reader.feed(received)
    told = list(reader.events())
    if ended is not None:
        reader.close(clean=ended)
        told += reader.events()
    anomalies = tuple(anomaly for anomaly in reader.anomalies if anomaly.kind is not h1.Kind.SURPLUS)
    return replace(assembled(told), anomalies=anomalies, received=bool(received), written=received)


def ended(events: Iterable[Event], *, secured: bool) -> bool | None:
    """How the connection ended: True after FIN (where it is secured, after a closure alert: RFC 9112, 9.8), False
    otherwise, None while it is open."""
    for event in events:
        if event.what is What.ALERT_RECEIVED and event.detail == Alert.CLOSE_NOTIFY.registered:
            return True
        if event.what is What.ENDED:
            return not secured
        if event.what is What.BROKEN:
            return False
    return None


def ending(answer: Answer, events: Iterable[Event]) -> Ending:
    """How this answer ended, on a connection on which this happened."""
    if answer.final is not None and answer.final.framing.kind is h1.FramingKind.TUNNEL:
        return Ending.TUNNEL
    if answer.complete:
        return Ending.COMPLETE
    for event in events:
        if event.what in (What.ENDED, What.ALERT_RECEIVED):
            return Ending.CUT if answer.received else Ending.CLOSED
        if event.what is What.BROKEN:
            return Ending.RESET
    return Ending.STALLED
