"""The transcript in columns: time, party, event, bytes with visible CR LF; one row per wire line."""

from collections.abc import Iterator

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
    What.DELIVERED: "THE FAULT",
    What.STALLED: "falls silent",
    What.WAITED: "has waited",
    What.DEADLINE: "gives up",
    What.SCRIPT_FAILED: "SCRIPT FAILED",
}
_LOUD = (What.DELIVERED, What.SCRIPT_FAILED)


def transcript_lines(transcript: Transcript, width: int) -> Iterator[Line]:
    """Everything that happened, then what the gateway itself said. Times in milliseconds since the beginning."""
    several = {(event.hop, event.connection, event.peer) for event in transcript.events}
    for event in transcript.events:
        yield from event_lines(event, width, numbered=len(several) > 2)
    for said in transcript.log:
        yield from wrapped(line(Span(f"{'':10}{'gateway':12} {'says':14}"), said), width, " " * 37)
    if transcript.failure:
        yield from wrapped(line(Span(f"!! could not be played: {transcript.failure}", Style.FAULT)), width, "   ")


def event_lines(event: Event, width: int, *, numbered: bool = True) -> Iterator[Line]:
    """One event. `numbered`: say which connection it is."""
    style = Style.FAULT if event.what in _LOUD else Style.BYTES
    sign = "!!" if event.what in _LOUD else ""
    head = f"{event.at / 1e6:8.1f}{sign:2}{_party(event, numbered):12} {_EVENTS[event.what]:14}"
    indent = " " * len(head)
    for text in shown_octets(event.data):
        yield from chopped(line(head, Span(text, style)), width, indent)
        head = indent
    if event.detail or not event.data:
        yield from wrapped(
            line(Span(head, Style.FAULT if sign else Style.PLAIN), Span(event.detail, style)), width, indent
        )


def _party(event: Event, numbered: bool) -> str:
    name = "client" if event.hop == CLIENT_HOP else "upstream"
    peer = f" {event.peer}" if event.peer > 1 else ""
    return f"{name}{peer}" + (f" #{event.connection}" if numbered and event.connection else "")
