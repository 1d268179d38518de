"""Frames as values, and octets cut into frames."""

from collections.abc import Iterator
from dataclasses import dataclass

from lab.h2.codes import FRAME_HEADER, PADDED, PRIORITY, ErrorCode, FrameType, name_of

PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
"""The octets with which a client begins (RFC 9113, 3.4), before its SETTINGS."""

PADDABLE = (FrameType.DATA, FrameType.HEADERS, FrameType.PUSH_PROMISE)


@dataclass(frozen=True, slots=True)
class Frame:
    """One frame. `offset`: of its first octet, counted from the first octet of that direction."""

    type: int
    flags: int
    stream: int
    payload: bytes
    offset: int = 0

    @property
    def name(self) -> str:
        return name_of(self.type, FrameType)

    def has(self, flag: int) -> bool:
        return bool(self.flags & flag)

    @property
    def inside(self) -> bytes | None:
        """The payload without padding and priority: content, a fragment of a field block. None: the padding is longer
        than the frame, or what must be there is missing (RFC 9113, 6.1, 6.2, 6.6)."""
        start, padding = 0, 0
        if self.type in PADDABLE and self.has(PADDED):
            if not self.payload:
                return None
            start, padding = 1, self.payload[0]
        if self.type == FrameType.HEADERS and self.has(PRIORITY):
            start += 5
        if self.type == FrameType.PUSH_PROMISE:
            start += 4
        if start + padding > len(self.payload):
            return None
        return self.payload[start : len(self.payload) - padding]

    @property
    def code(self) -> int:
        """The error code of RST_STREAM and GOAWAY; INTERNAL_ERROR where it is cut off."""
        at = 4 if self.type == FrameType.GOAWAY else 0
        given = self.payload[at : at + 4]
        return int.from_bytes(given, "big") if len(given) == 4 else ErrorCode.INTERNAL_ERROR

    @property
    def last(self) -> int:
        """The last stream of GOAWAY; the promised one of PUSH_PROMISE; the increment of WINDOW_UPDATE."""
        start = 1 if self.type == FrameType.PUSH_PROMISE and self.has(PADDED) else 0
        return int.from_bytes(self.payload[start : start + 4], "big") & 0x7FFFFFFF

    @property
    def values(self) -> tuple[tuple[int, int], ...]:
        """The settings of SETTINGS, in order, as far as they are whole."""
        whole = range(0, len(self.payload) - 5, 6)
        return tuple((_number(self.payload, at, 2), _number(self.payload, at + 2, 4)) for at in whole)


def _number(octets: bytes, at: int, length: int) -> int:
    return int.from_bytes(octets[at : at + length], "big")


class Cutter:
    """Cuts octets into frames, however they come. `offset`: of the next frame. `rest`: what has come of it."""

    def __init__(self) -> None:
        self.offset = 0
        self._octets = bytearray()

    @property
    def rest(self) -> bytes:
        return bytes(self._octets)

    @property
    def length(self) -> int | None:
        """What the next frame says of its length, as soon as that has come."""
        return int.from_bytes(self._octets[:3], "big") if len(self._octets) >= 3 else None

    def feed(self, octets: bytes) -> None:
        self._octets += octets

    def take(self, number: int) -> bytes:
        """So many octets that are no frame."""
        taken = bytes(self._octets[:number])
        del self._octets[:number]
        self.offset += len(taken)
        return taken

    def frames(self) -> Iterator[Frame]:
        """The frames that are whole."""
        while self.length is not None and len(self._octets) >= FRAME_HEADER + self.length:
            yield self._frame(self.length)

    def _frame(self, length: int) -> Frame:
        head = bytes(self._octets[:FRAME_HEADER])
        payload = bytes(self._octets[FRAME_HEADER : FRAME_HEADER + length])
        frame = Frame(head[3], head[4], _number(head, 5, 4) & 0x7FFFFFFF, payload, self.offset)
        del self._octets[: FRAME_HEADER + length]
        self.offset += FRAME_HEADER + length
        return frame
