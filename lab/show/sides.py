"""One exchange as its messages went over both sides of the gateway: what the client sent and the upstream received,
what the upstream sent and the client received.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property

from lab import h1, h2
from lab.outcome import Answer, answer_to, read_answer
from lab.outcome.answer import assembled
from lab.transcript import CLIENT_HOP, UPSTREAM_HOP, Asked, Event, Transcript, What, joined


@dataclass(frozen=True)
class Behind:
    """One request on an upstream connection, as it was received, and what was sent after it. Both are read when
    somebody asks for it. `clean_end`: how the connection ended, as `lab.outcome.read_answer` takes it."""

    peer: int
    connection: int
    received: bytes = field(default=b"", repr=False)
    sent: bytes = field(default=b"", repr=False)
    clean_end: bool | None = None

    @property
    def target(self) -> bytes:
        """What the request line names; empty where there is none."""
        parts = self.received.partition(b"\r\n")[0].split(b" ")
        return parts[1] if len(parts) == 3 else b""

    @cached_property
    def request(self) -> Answer | None:
        """None where nothing was received that can be read as one."""
        read = _read_request(self.received)
        return read if read.final is not None else None

    @cached_property
    def answer(self) -> Answer | None:
        """None where nothing was sent."""
        head = self.request.final if self.request else None
        method = head.method.decode("latin-1") if head else "GET"
        switch = head is not None and head.asks_to_switch
        return read_answer(self.sent, method, self.clean_end, upgrade=switch) if self.sent else None


def request_sent(transcript: Transcript, asked: Asked) -> Answer:
    """The request as the client sent it: over HTTP/2, what the frames of its stream say."""
    events = tuple(transcript.on(CLIENT_HOP, act=asked.act, request=asked.request))
    place = next(((e.connection, e.stream) for e in events if e.stream and e.what is What.SENT), None)
    if place is None:
        return _read_request(joined(events, What.SENT))
    connection, stream = place
    talk, told = h2.Conversation(), []
    for event in transcript.on(CLIENT_HOP):
        if event.connection == connection and event.what is What.SENT:
            heard = talk.sent(event.data)
            told += [each.what for each in heard if isinstance(each, h2.OnStream) and each.stream == stream]
    return replace(assembled(told), written=b"".join(map(h2.legible, told)), version="2", received=bool(told))


def response_received(transcript: Transcript, asked: Asked) -> Answer:
    """The response as the client received it."""
    return answer_to(transcript, asked)


def behind(transcript: Transcript, asked: Asked) -> tuple[Behind, ...]:
    """Every request that reached an upstream in the act, with what the upstream sent for it, in order of time."""
    found: list[tuple[int, Behind]] = []
    by_connection: dict[tuple[int, int], list[Event]] = {}
    for event in transcript.on(UPSTREAM_HOP, act=asked.act):
        if event.connection:
            by_connection.setdefault((event.peer, event.connection), []).append(event)
    secured = {(e.peer, e.connection) for e in transcript.on(UPSTREAM_HOP) if e.what is What.SECURED}
    for place, events in by_connection.items():
        found += _on_connection(place, events, secured=place in secured)
    return tuple(each for _, each in sorted(found, key=lambda pair: pair[0]))


def served_first(transcript: Transcript, asked: Asked) -> bool:
    """Whether the client had its answer before the upstream heard anything of this act."""
    client = transcript.on(CLIENT_HOP, act=asked.act, request=asked.request)
    served = next((event.at for event in client if event.what is What.RECEIVED), None)
    upstream = transcript.on(UPSTREAM_HOP, act=asked.act)
    reached = next((event.at for event in upstream if event.what is What.RECEIVED), None)
    return served is not None and reached is not None and served < reached


def was_tried(transcript: Transcript, act: int) -> bool:
    """Whether the gateway turned to the upstream in this act, even if in vain."""
    return any(event.what in _TRIED for event in transcript.on(UPSTREAM_HOP, act=act))


_TRIED = (What.RECEIVED, What.REFUSED, What.OPENED, What.STALLED)


def _on_connection(place: tuple[int, int], events: list[Event], *, secured: bool) -> Iterator[tuple[int, Behind]]:
    """What is received after something was sent, and can be read as the beginning of a request, begins the next."""
    took: list[Event] = []
    gave: list[Event] = []
    for event in events:
        if event.what is What.RECEIVED and gave and _begins(event.data):
            yield _one(place, took, gave, clean_end=None)
            took, gave = [], []
        if event.what is What.RECEIVED:
            took.append(event)
        elif event.what is What.SENT:
            gave.append(event)
    if took or gave:
        yield _one(place, took, gave, clean_end=_clean_end(events, secured=secured))


def _begins(data: bytes) -> bool:
    return data.partition(b"\r\n")[0][:-1].endswith(b" HTTP/1.")


def _clean_end(events: list[Event], *, secured: bool) -> bool | None:
    alert = any(event.what is What.ALERT_SENT for event in events)
    for event in events:
        if event.what in (What.CLOSED, What.RESET):
            return event.what is What.CLOSED and (alert or not secured)
    return None


def _one(place: tuple[int, int], took: list[Event], gave: list[Event], *, clean_end: bool | None) -> tuple[int, Behind]:
    received, sent = joined(took, What.RECEIVED), joined(gave, What.SENT)
    return (took or gave)[0].at, Behind(*place, received, sent, clean_end)


def _read_request(data: bytes) -> Answer:
    """Of several in a row, the first."""
    reader = h1.Reader("request")
    reader.feed(data)
    told: list[h1.Event] = []
    for event in reader.events():
        if isinstance(event, h1.Head) and any(isinstance(each, h1.Head) for each in told):
            break
        told.append(event)
    return replace(assembled(told), written=data, received=bool(data))
