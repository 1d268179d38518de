"""HTTP/2 to read: what each event of a transcript says in frames, one line for each frame."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from lab import h1, h2
from lab.h2 import FrameType
from lab.h2.events import Told
from lab.script import Request
from lab.show.escape import octets
from lab.show.text.statuses import counted
from lab.transcript import CLIENT_HOP, Event, Transcript, What


@dataclass(frozen=True)
class Said:
    """One frame, and what it means on its stream once it is read."""

    frame: h2.Frame
    told: tuple[Told, ...] = ()


def frames(transcript: Transcript) -> Mapping[int, tuple[Said, ...]]:
    """The frames that each event makes whole, by the event's place in the transcript. Of a connection on which no
    HTTP/2 is spoken there is nothing; nor of one whose server answers in something else."""
    spoken = {event.connection for event in transcript.on(CLIENT_HOP) if event.stream is not None}
    talks = {connection: h2.Conversation() for connection in spoken}
    found: dict[int, tuple[Said, ...]] = {}
    for place, event in enumerate(transcript.events):
        if event.hop == CLIENT_HOP and event.connection in talks and event.what in (What.SENT, What.RECEIVED):
            talk = talks[event.connection]
            heard = list(talk.sent(event.data) if event.what is What.SENT else talk.received(event.data))
            if not any(isinstance(each, h2.Broken) for each in heard) and (heard or event.stream is not None):
                found[place] = tuple(_said(heard))
    return found


def _said(heard: Iterable[h2.Event]) -> Iterator[Said]:
    frame: h2.Frame | None = None
    told: list[Told] = []
    for event in heard:
        if isinstance(event, h2.Frame):
            if frame is not None:
                yield Said(frame, tuple(told))
            frame, told = event, []
        elif isinstance(event, h2.OnStream) and frame is not None and event.stream == frame.stream:
            told.append(event.what)
    if frame is not None:
        yield Said(frame, tuple(told))


def frame_rows(event: Event, said: Iterable[Said]) -> list[str]:
    """A line for each frame; for octets that end none, one that says so."""
    rows = [_row(each) for each in said]
    if rows:
        return rows
    if event.data == h2.PREFACE:
        return ["the preface of HTTP/2"]
    return [f"a piece of a frame, {counted(len(event.data), 'byte')}"]


def request_rows(request: Request) -> list[str]:
    """A request over HTTP/2, a line for each frame and field line; what begins its connection is left out."""
    rows = [
        f"HEADERS{'' if request.content else ' END_STREAM'}",
        *(octets(b"%b: %b" % pair) for pair in request.pairs()),
    ]
    return [*rows, f"DATA END_STREAM: {_content(request.content)}"] if request.content else rows


def _row(said: Said) -> str:
    frame = said.frame
    flags = _flags(frame)
    where = f" stream {frame.stream}" if frame.stream else ""
    means = _means(said)
    return f"{frame.name}{where}{f' {flags}' if flags else ''}{f': {means}' if means else ''}"


_NAMES = {
    FrameType.DATA: {h2.END_STREAM: "END_STREAM"},
    FrameType.HEADERS: {h2.END_STREAM: "END_STREAM"},
    FrameType.SETTINGS: {h2.ACK: "ACK"},
    FrameType.PING: {h2.ACK: "ACK"},
}
"""Flags that change what people have to know; that END_HEADERS is missing is said by the frame that follows."""

_ENABLE_CONNECT_PROTOCOL = 0x8  # RFC 8441, 3: shown by its name, though nothing here acts on it


def _flags(frame: h2.Frame) -> str:
    named = _NAMES.get(FrameType(frame.type), {}) if frame.type in set(FrameType) else {}
    return " ".join(name for flag, name in named.items() if frame.has(flag))


def _means(said: Said) -> str:
    frame = said.frame
    match frame.type:
        case FrameType.HEADERS | FrameType.CONTINUATION:
            return _section(said)
        case FrameType.DATA:
            return _content(frame.inside or b"")
        case FrameType.SETTINGS:
            return ", ".join(f"{_setting(number)}={value}" for number, value in frame.values)
        case FrameType.RST_STREAM:
            return h2.name_of(frame.code, h2.ErrorCode)
        case FrameType.GOAWAY:
            debug = f", {_short(frame.payload[8:])}" if frame.payload[8:] else ""
            return f"{h2.name_of(frame.code, h2.ErrorCode)}, last stream {frame.last}{debug}"
        case FrameType.WINDOW_UPDATE:
            return f"{counted(frame.last, 'byte')} more"
        case FrameType.PUSH_PROMISE:
            return f"promises stream {frame.last}"
    return _content(frame.payload)


def _setting(number: int) -> str:
    return "ENABLE_CONNECT_PROTOCOL" if number == _ENABLE_CONNECT_PROTOCOL else h2.name_of(number, h2.Setting)


def _content(octets_of_it: bytes) -> str:
    return f"{counted(len(octets_of_it), 'byte')}{f', {_short(octets_of_it)}' if octets_of_it else ''}"


def _section(said: Said) -> str:
    """A field section in one line, or how much of one that goes on or cannot be read."""
    for told in said.told:
        match told:
            case h1.Head(status=status, method=method, target=target, fields=fields):
                return ", ".join([str(status) if status else octets(method + b" " + target), *_fields(fields)])
            case h1.Trailers(fields=fields):
                return ", ".join(["trailers", *_fields(fields)])
    return f"{counted(len(said.frame.payload), 'byte')} of a field block"


def _fields(fields: h1.Fields) -> list[str]:
    return [octets(b"%b: %b" % field) for field in fields]


_MOST_OCTETS = 200


def _short(content: bytes) -> str:
    more = f" [... {counted(len(content) - _MOST_OCTETS, 'byte')} more]" if len(content) > _MOST_OCTETS else ""
    return f'"{octets(content[:_MOST_OCTETS])}"{more}'
