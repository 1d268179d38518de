"""From a transcript to the messages of a picture: who sent what to whom, in order, and which of them is the fault."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from lab import h2
from lab.h2.events import Told
from lab.outcome import Ending
from lab.outcome.answer import assembled
from lab.scenario import Case
from lab.scenario.rehearsal import rehearse
from lab.script import BlackHole, Close, Marked, Pause, Peer, Refuse, Reset, Send, Stall, StartTLS, UnixSocket
from lab.show.text.http2 import Said, frames
from lab.show.text.in_short import answer_in_short, request_in_short, response_in_short
from lab.transcript import CLIENT_HOP, Event, Transcript, What
from lab.verdict import Judgement


class Way(StrEnum):
    """Which way a message goes: the client stands on the left, the upstream on the right."""

    RIGHT = "right"
    LEFT = "left"
    NOWHERE = "nowhere"  # silence, and what concerns a connection as a whole
    REFUSED = "refused"  # an attempt, to the right, that came to nothing


class Mark(StrEnum):
    """What stands at a marked message."""

    WRONG = "!!"
    WATCH = "??"


@dataclass(frozen=True)
class Message:
    """One arrow of the picture. `at`, `until`: nanoseconds, of the first and the last event in it. `says`: what its
    mark says."""

    hop: int
    way: Way
    text: str
    what: What
    at: int
    until: int
    act: int
    connection: int = 1
    peer: int = 1
    request: int = 0
    data: bytes = b""
    mark: Mark | None = None
    stream: int | None = None  # of HTTP/2; 0: what concerns its connection
    told: tuple[Told, ...] = ()  # on that stream
    says: str = ""

    @property
    def ending(self) -> bool:
        return self.what in _ENDINGS or (self.what in _ALERTS and "close_notify" in self.text)


_ENDINGS = (What.CLOSED, What.RESET, What.ENDED, What.BROKEN)
_ALERTS = (What.ALERT_SENT, What.ALERT_RECEIVED)
_OWN = {What.SENT, What.CLOSED, What.RESET, What.ALERT_SENT}  # by the lab's party; the rest reaches it
_WORDS = {
    What.CLOSED: "closes (FIN)",
    What.ENDED: "closes (FIN)",
    What.RESET: "breaks off (RST)",
    What.BROKEN: "breaks off (RST)",
    What.STALLED: "silence",
    What.DEADLINE: "silence: the client gives up",
    What.REFUSED: "connect: refused",
    What.FAILED: "connect",
    What.SECURED: "TLS",
    What.HANDSHAKE_FAILED: "TLS fails",
    What.ALERT_SENT: "TLS alert",
    What.ALERT_RECEIVED: "TLS alert",
}


def messages(judgement: Judgement) -> list[Message]:
    """All messages of a performance, in order of time, in the words that stand at their arrows."""
    words = Words(judgement.transcript)
    return [words.of(each) for each in wordless(judgement)]


def wordless(judgement: Judgement) -> list[Message]:
    """The same before their words are found (`Words`), which is most of the work where there are thousands."""
    transcript = judgement.transcript
    drawn = list(_joined(transcript))
    marked = marked_steps(judgement.case)
    for event in transcript.events:
        if event.what is What.DELIVERED:
            _flag(drawn, event, marked.get(event.detail))
    return _attempts_first(sorted(drawn, key=lambda message: message.until))


def whole_acts(judgement: Judgement) -> dict[int, bool]:
    """Of each act, whether all its answers came through complete."""
    return {
        exchange.asked.act: all(each.facts.ending is Ending.COMPLETE for each in judgement.of_act(exchange.asked.act))
        for exchange in judgement.exchanges
    }


def is_idle(message: Message, whole: Mapping[int, bool]) -> bool:
    """Whether it is the end of a connection that says nothing: it came when the answers were complete, or only followed
    from another ending. `whole`: of each act (`whole_acts`)."""
    telling = message.way is Way.LEFT and not whole.get(message.act)
    return message.ending and not message.mark and not telling


def marked_steps(case: Case) -> dict[str, Marked]:
    """Everything in a case that is marked wrong or to be watched, by what the mark says."""
    rehearsal = rehearse(case)
    everything = (*(peer for peers in rehearsal.peers for peer in peers), *rehearsal.steps())
    return {says: each for each in everything if (says := each.wrong or each.watch)}


def _attempts_first(drawn: list[Message]) -> list[Message]:
    """A connection that came to nothing is known of only at the end, and was tried before what came of it: before a
    later upstream, or another address of the same one, was asked, and before the client was answered."""
    for tried in [each for each in drawn if each.way is Way.REFUSED]:
        drawn.remove(tried)
        after = (place for place, each in enumerate(drawn) if each.act == tried.act and _came_of(each, tried))
        drawn.insert(next(after, len(drawn)), tried)
    return drawn


def _came_of(message: Message, tried: Message) -> bool:
    answered = message.hop == CLIENT_HOP and message.what is What.RECEIVED
    asked = message.what in (What.RECEIVED, What.SECURED, What.HANDSHAKE_FAILED) and message.peer >= tried.peer
    return answered or (message.hop != CLIENT_HOP and (asked or message.peer > tried.peer))


def _joined(transcript: Transcript) -> Iterator[Message]:
    """One message for bytes that went the same way with nothing in between but endings on the other hop, and other
    streams."""
    found: list[list[Message]] = []
    for message in _each(transcript):
        pieces = [message]
        for place in range(len(found) - 1, -1, -1):
            before = found[place][0]
            if _continues(before, message):
                pieces = found.pop(place)
                pieces.append(message)
                break
            if not _beside(before, message) and (before.hop == message.hop or not before.ending):
                break
        found.append(pieces)
    yield from map(_whole, found)


def _whole(pieces: Sequence[Message]) -> Message:
    if len(pieces) == 1:
        return pieces[0]
    told = tuple(each for piece in pieces for each in piece.told)
    return replace(pieces[0], data=b"".join(piece.data for piece in pieces), told=told, until=pieces[-1].until)


def _each(transcript: Transcript) -> Iterator[Message]:
    in_frames = frames(transcript)
    for place, event in enumerate(transcript.events):
        if event.what in (What.SENT, What.RECEIVED) or event.what in _WORDS:
            message = _message(event)
            if place in in_frames:
                for said in in_frames[place]:
                    yield from _of_frame(message, said)
            else:
                yield message


def _of_frame(message: Message, said: Said) -> Iterator[Message]:
    """What one frame of HTTP/2 shows in a picture: what it says of a message, and that something is given up."""
    frame, sent = said.frame, message.what is What.SENT
    told = tuple(each for each in said.told if not isinstance(each, h2.Reset))
    if frame.type == h2.FrameType.RST_STREAM:
        what, text = (What.RESET if sent else What.BROKEN), f"RST_STREAM: {h2.name_of(frame.code, h2.ErrorCode)}"
        yield replace(message, what=what, text=text, data=b"", stream=frame.stream)
    elif frame.type == h2.FrameType.GOAWAY:
        what, text = (What.CLOSED if sent else What.ENDED), f"GOAWAY: {h2.name_of(frame.code, h2.ErrorCode)}"
        yield replace(message, what=what, text=text, data=b"", stream=0)
    elif told:
        data = b"".join(map(h2.legible, told))
        yield replace(message, data=data, stream=frame.stream, told=told)


def _continues(before: Message, after: Message) -> bool:
    key = (before.hop, before.what, before.connection, before.peer, before.act, before.request, before.stream)
    same = key == (after.hop, after.what, after.connection, after.peer, after.act, after.request, after.stream)
    return bool(after.data or after.told) and same


def _beside(before: Message, after: Message) -> bool:
    """Whether these are on different streams of one connection: neither comes before the other."""
    streams = before.stream is not None and after.stream is not None and before.stream != after.stream
    return streams and before.what is after.what


def _message(event: Event) -> Message:
    way = Way.NOWHERE
    if event.what in (What.REFUSED, What.FAILED) or (event.what is What.STALLED and not event.connection):
        way = Way.REFUSED
    elif event.what not in (What.STALLED, What.DEADLINE, What.SECURED, What.HANDSHAKE_FAILED):
        way = Way.RIGHT if (event.hop == CLIENT_HOP) is (event.what in _OWN) else Way.LEFT
    return Message(
        event.hop, way, event.detail, event.what, event.at, event.at, event.act, event.connection, event.peer,
        event.request, event.data,
    )  # fmt: skip


class Words:
    """The words of the arrows of one performance."""

    def __init__(self, transcript: Transcript) -> None:
        self._methods: dict[int, str] = {}
        for asked in transcript.asked:
            self._methods.setdefault(asked.act, asked.method)
        self._streams: dict[tuple[int, int, int], set[int]] = {}
        for event in transcript.events:
            if event.stream:
                self._streams.setdefault((event.hop, event.act, event.connection), set()).add(event.stream)

    def of(self, message: Message) -> Message:
        """The message in words."""
        if message.stream is not None:
            return replace(message, text=self._on_stream(message))
        if message.what is What.DELIVERED:
            return message
        if message.what is What.STALLED and message.way is Way.REFUSED:
            return replace(message, text="connect: no answer")
        if message.what is What.SECURED and message.text:
            return message
        if message.what in _WORDS:
            detail = message.text if message.what not in (What.BROKEN, What.DEADLINE, What.REFUSED) else ""
            return replace(message, text=f"{_WORDS[message.what]}{': ' if detail else ''}{detail}")
        if message.way is Way.RIGHT:
            return replace(message, text=_where(message) + request_in_short(message.data))
        return replace(message, text=response_in_short(message.data, self._methods.get(message.act, "GET")))

    def _on_stream(self, message: Message) -> str:
        """What went over a stream of HTTP/2; which one, where there are several (in short: the number before the
        colon)."""
        several = len(self._streams.get((message.hop, message.act, message.connection), ())) > 1
        which = f"{message.stream}: " if several and message.stream else ""
        if not message.told:
            return which + message.text
        if message.way is Way.RIGHT:
            return f"{'stream ' if which else ''}{which}{request_in_short(message.data)}"
        return which + answer_in_short(replace(assembled(message.told), written=message.data))


def _where(message: Message) -> str:
    """On which upstream connection, to which upstream, where it is not the first."""
    if message.hop == CLIENT_HOP or (message.peer, message.connection) == (1, 1):
        return ""
    return f"upstream {message.peer}: " if message.peer > 1 else f"#{message.connection} "


_SHOWN_BY: Mapping[type, tuple[What, ...]] = {
    Send: (What.SENT,),
    Close: (What.CLOSED,),
    Reset: (What.RESET,),
    Stall: (What.STALLED,),
    StartTLS: (What.SECURED, What.HANDSHAKE_FAILED, What.ALERT_SENT, What.ALERT_RECEIVED),
    Refuse: (What.REFUSED,),
    BlackHole: (What.STALLED,),
    UnixSocket: (What.REFUSED, What.SENT, What.CLOSED, What.RESET, What.STALLED),
    Peer: (What.REFUSED, What.SENT, What.CLOSED, What.RESET, What.STALLED),
}
"""By which events a marked step or peer shows."""


def _flag(drawn: list[Message], delivered: Event, marked: Marked | None) -> None:
    """Put the mark at its message; a pause at the one in the middle of which it was; where nothing shows it, add one
    that says so."""
    mark = Mark.WATCH if marked is not None and marked.watch else Mark.WRONG
    pause = isinstance(marked, Pause)
    kinds = (What.SENT,) if pause else _SHOWN_BY.get(type(marked), ())
    places = [
        place for place, message in enumerate(drawn)
        if message.what in kinds and (message.hop, message.peer) == (delivered.hop, delivered.peer)
        and (message.connection == delivered.connection or not delivered.connection)
        and (not pause or message.at <= delivered.at < message.until)
    ]  # fmt: skip
    before = [place for place in places if drawn[place].at <= delivered.at]
    if places:
        place = before[-1] if before else places[0]
        drawn[place] = replace(drawn[place], mark=mark, says=delivered.detail)
        return
    text = f"silence for {marked.seconds:g} s" if isinstance(marked, Pause) else "here"
    drawn.append(
        Message(delivered.hop, Way.NOWHERE, text, What.DELIVERED, delivered.at, delivered.at, delivered.act,
                delivered.connection, delivered.peer, mark=mark, says=delivered.detail)
    )  # fmt: skip
