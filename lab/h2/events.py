"""What the reader of HTTP/2 yields. Messages are told in the events of `lab.h1`: HTTP is the same in each version."""

from dataclasses import dataclass

from lab.h1.events import Content, End, Head, Surplus, Trailers
from lab.h2.anomalies import Anomaly
from lab.h2.codes import ErrorCode, name_of
from lab.h2.frames import Frame
from lab.h2.section import lines


@dataclass(frozen=True, slots=True)
class Reset:
    """RST_STREAM: its sender gives the stream up."""

    code: int

    @property
    def name(self) -> str:
        return name_of(self.code, ErrorCode)


@dataclass(frozen=True, slots=True)
class GoAway:
    """GOAWAY: no stream after the last one is processed."""

    code: int
    last: int
    debug: bytes = b""

    @property
    def name(self) -> str:
        return name_of(self.code, ErrorCode)


@dataclass(frozen=True, slots=True)
class Broken:
    """The reading has ended: nothing further is read."""

    anomaly: Anomaly


Told = Head | Content | Trailers | Surplus | Reset | End


@dataclass(frozen=True, slots=True)
class OnStream:
    """What happened on one stream."""

    stream: int
    what: Told


Event = Frame | OnStream | GoAway | Broken


def legible(what: Told) -> bytes:
    """What was told, as HTTP/1.1 would write it: header sections in lines, content as it is, nothing of its framing."""
    match what:
        case Head(raw=raw):
            return raw
        case Content(data=data) | Surplus(data=data):
            return data
        case Trailers(fields=fields):
            return lines(fields)
    return b""
