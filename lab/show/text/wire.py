"""The transcript in columns: time, party, event, bytes with visible CR LF; a row for each wire line, or frame."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

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


@dataclass(frozen=True)
class Row:
    """One event: when, in nanoseconds; whose; what it is in a word or two; its wire lines or frames; more words.

    `loud`: it is the fault, or the lab's own failure.
    """

    at: int
    party: str
    says: str
    data: tuple[str, ...]
    detail: str
    loud: bool


def rows(transcript: Transcript) -> Iterator[Row]:
    """Every event of a transcript."""
    numbered = len({(event.hop, event.connection, event.peer) for event in transcript.events}) > 2
    in_frames = frames(transcript)
    for place, event in enumerate(transcript.events):
        data = frame_rows(event, in_frames[place]) if place in in_frames else shown_octets(event.data)
        yield _row_of(event, data, numbered)


def transcript_lines(transcript: Transcript, width: int) -> Iterator[Line]:
    """Everything that happened, then what the gateway itself said. Times in milliseconds since the beginning."""
    for row in rows(transcript):
        yield from _in_columns(row, width)
    for said in transcript.log:
        yield from _beside(f"{'':12}{'gateway':13}{'says':14}", (), said, width)
    if transcript.failure:
        yield from wrapped(line(Span(f"!! could not be played: {transcript.failure}", Style.FAULT)), width, "   ")


def event_lines(event: Event, width: int, *, numbered: bool = True) -> Iterator[Line]:
    """One event. `numbered`: say which connection it is."""
    return _in_columns(_row_of(event, shown_octets(event.data), numbered), width)


def _row_of(event: Event, data: Iterable[str], numbered: bool) -> Row:
    loud = event.what in _LOUD
    return Row(event.at, _party(event, numbered), _EVENTS[event.what], tuple(data), event.detail, loud)


def _in_columns(row: Row, width: int) -> Iterator[Line]:
    head = f"{'!!' if row.loud else '':3}{row.at / 1e6:7.1f}  {row.party:13}{row.says:14}"
    style = Style.FAULT if row.loud else Style.PLAIN
    yield from _beside(Span(head, style), row.data, Span(row.detail, style), width)


def _beside(head: str | Span, data: Iterable[str], detail: str | Span, width: int) -> Iterator[Line]:
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
