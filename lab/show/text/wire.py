"""The transcript in columns: time, party, event, bytes with visible CR LF; a row for each wire line, or frame."""

from collections.abc import Iterable, Iterator

from lab.show.text.http2 import frame_rows, frames
from lab.show.text.lines import Line, Span, Style, chopped, line, wrapped
from lab.show.text.steps import shown_octets
from lab.transcript import CLIENT_HOP, Event, Transcript, What

_EVENTS = {
    What.OPENED: "connected",
    What.FAILED: "cannot connect",
    What.REFUSED: "refused",
    What.SECURED: "TLS is up",
    What.HANDSHAKE: "TLS begins",
    What.HANDSHAKE_FAILED: "TLS failed",
    What.SENT: "sends",
    What.RECEIVED: "receives",
    What.ALERT_SENT: "sends alert",
    What.ALERT_RECEIVED: "gets alert",
    What.CLOSED: "closes (FIN)",
    What.ENDED: "gets FIN",
    What.RESET: "breaks (RST)",
    What.BROKEN: "gets RST",
    What.REQUEST: "has read",
    What.ANSWERED: "signs",
    What.DELIVERED: "TAKES EFFECT",
    What.STALLED: "falls silent",
    What.WAITED: "has waited",
    What.DEADLINE: "gives up",
    What.SCRIPT_FAILED: "SCRIPT FAILED",
}
_NARROWEST = 60
_LOUD = (What.DELIVERED, What.SCRIPT_FAILED)


def transcript_lines(transcript: Transcript, width: int) -> Iterator[Line]:
    """Everything that happened, then what the gateway itself said. Times in milliseconds since the beginning."""
    several = {(event.hop, event.connection, event.peer) for event in transcript.events}
    in_frames = frames(transcript)
    for place, event in enumerate(transcript.events):
        rows = frame_rows(event, in_frames[place]) if place in in_frames else shown_octets(event.data)
        yield from _event(event, rows, width, numbered=len(several) > 2)
    for said in transcript.log:
        yield from _row(f"{'':12}{'gateway':13}{'says':14}", (), said, width)
    if transcript.failure:
        yield from wrapped(line(Span(f"!! could not be played: {transcript.failure}", Style.FAULT)), width, "   ")


def event_lines(event: Event, width: int, *, numbered: bool = True) -> Iterator[Line]:
    """One event. `numbered`: say which connection it is."""
    return _event(event, shown_octets(event.data), width, numbered=numbered)


def _event(event: Event, rows: Iterable[str], width: int, *, numbered: bool) -> Iterator[Line]:
    loud = event.what in _LOUD
    head = f"{'!!' if loud else '':3}{event.at / 1e6:7.1f}  {_party(event, numbered):13}{_EVENTS[event.what]:14}"
    style = Style.FAULT if loud else Style.PLAIN
    yield from _row(Span(head, style), rows, Span(event.detail, style), width)


def _row(head: str | Span, data: Iterable[str], detail: str | Span, width: int) -> Iterator[Line]:
    """Bytes and words stand beside the head; where there is no room, below it."""
    indent = " " * 39
    if width < _NARROWEST:
        yield line(head)
        head = indent = " " * 6
    for text in data:
        yield from chopped(line(head, Span(text, Style.BYTES)), width, indent)
        head = indent
    if head is not indent or line(detail)[0].text:
        yield from wrapped(line(head, detail), width, indent)


def _party(event: Event, numbered: bool) -> str:
    name = "client" if event.hop == CLIENT_HOP else "upstream"
    peer = f" {event.peer}" if event.peer > 1 else ""
    return f"{name}{peer}" + (f" #{event.connection}" if numbered and event.connection else "")
