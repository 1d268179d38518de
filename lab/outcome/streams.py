"""The client's side of one exchange over HTTP/2: what came on its stream of a connection."""

from collections.abc import Sequence
from dataclasses import replace

from lab import h1, h2
from lab.h2 import FrameType, Kind
from lab.h2.events import Told
from lab.outcome.answer import Answer, assembled, ending
from lab.outcome.facts import Ending
from lab.transcript import CLIENT_HOP, Asked, Event, Transcript, What

_CARRIES = (FrameType.HEADERS, FrameType.DATA, FrameType.CONTINUATION)
_OVER = (What.ENDED, What.BROKEN, What.ALERT_RECEIVED)


def read_stream(transcript: Transcript, asked: Asked) -> Answer | None:
    """The answer to what was asked over HTTP/2; None: it was not."""
    of_request = tuple(transcript.on(CLIENT_HOP, act=asked.act, request=asked.request))
    connection = next((event.connection for event in of_request if event.stream is not None), None)
    if connection is None:
        connection = next((event.connection for event in of_request if event.what is What.OPENED), None)
    events = tuple(
        event for event in transcript.on(CLIENT_HOP) if event.connection == connection and event.act <= asked.act
    )
    if connection is None or all(event.stream is None for event in events):
        return None
    stream = next((event.stream for event in of_request if event.stream and event.what is What.SENT), 0)
    return _Stream(stream, asked.act, events).answer()


class _Stream:
    """Everything that was said on one connection, with an eye on one stream."""

    def __init__(self, stream: int, act: int, events: Sequence[Event]) -> None:
        self._stream = stream
        self._talk = h2.Conversation()
        self._told: list[Told] = []
        self._came = self._lost = False
        self._codes: list[str] = []
        self._broken: h2.Broken | None = None
        for event in events:
            if event.what is What.SENT:
                list(self._talk.sent(event.data))
            elif event.what is What.RECEIVED:
                for each in self._talk.received(event.data):
                    self._hear(each)
            elif event.what in _OVER:
                break
        self._of_act = [event for event in events if event.act == act]
        self._raw = b"".join(e.data for e in self._of_act if e.what is What.RECEIVED and e.stream is None)

    def _hear(self, event: h2.Event) -> None:
        match event:
            case h2.Frame(type=type, stream=self._stream):
                self._came = self._came or type in _CARRIES
            case h2.OnStream(self._stream, h2.Reset() as reset):
                self._codes.append(reset.name)
            case h2.OnStream(self._stream, what):
                self._told.append(what)
                self._lost = self._lost or (isinstance(what, h1.End) and not what.complete)
            case h2.GoAway() if event.last < self._stream and not self._lost:
                self._codes.append(event.name)
            case h2.Broken():
                self._broken = event

    def answer(self) -> Answer:
        alien = self._broken is not None and self._broken.anomaly.kind is Kind.NOT_HTTP2
        answer = assembled(self._told)
        written = b"".join(h2.legible(what) for what in self._told if not isinstance(what, h1.End))
        answer = replace(
            answer,
            version="2",
            received=self._came or alien,
            broken=alien,
            written=self._raw if alien else written,
            code=self._codes[-1] if self._codes and not answer.complete else "",
            anomalies=tuple(each for each in self._talk.responses.anomalies if each.stream in (0, self._stream)),
        )
        return replace(answer, ending=self._ending(answer))

    def _ending(self, answer: Answer) -> Ending:
        if answer.code:
            return Ending.RESET
        if self._lost and not answer.complete:
            return Ending.CUT
        return ending(answer, self._of_act)
