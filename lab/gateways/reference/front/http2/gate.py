"""What comes, cut into frames before h2 sees them: counted against floods, and rid of what h2 would take amiss."""

from struct import Struct

from lab.gateways.reference.front.http2.allowance import Allowance
from lab.h2.codes import (
    ACK,
    END_HEADERS,
    END_STREAM,
    FRAME_HEADER,
    FRAME_SIZE,
    PADDED,
    PRIORITY,
    ErrorCode,
    FrameType,
    Setting,
)
from lab.h2.frames import PREFACE

_HEADER = Struct(">HBBBI")
_ENTRY = Struct(">HI")
_SETTINGS = frozenset(Setting)
_NUMBER = 0x7FFFFFFF  # a stream's, without the bit before it

# DATA with less than this is a frame that brings nothing.
TINY = 32


class ConnectionBroken(Exception):
    """A connection error (RFC 9113, 5.4.1): GOAWAY, and the end of the connection. `why`: for people."""

    def __init__(self, code: ErrorCode, why: str) -> None:
        super().__init__(why)
        self.code = code
        self.why = why


class Gate:
    """`block`: octets of a compressed field section, over all its frames, that are read at all."""

    def __init__(self, block: int, frames: Allowance) -> None:
        self.finished = 0  # frames and field sections that have come whole
        self.highest = 0  # the highest stream that the client has used
        self.unended: set[int] = set()  # streams whose trailer section does not end them
        self._most = block
        self._frames = frames
        self._rest = b""
        self._begun = False  # whether the preface has come
        self._settled = False  # and SETTINGS after it
        self._block: int | None = None  # octets of the field section that goes on

    @property
    def waiting(self) -> bool:
        """Whether something has begun, the preface or a field section or a frame, that a client must not leave
        unfinished for long. For DATA there is another time-out."""
        return not self._settled or self._block is not None or bool(self._rest and self.data_on is None)

    @property
    def data_on(self) -> int | None:
        """The stream on which a frame of DATA has begun and not ended."""
        if len(self._rest) < FRAME_HEADER or self._rest[3] != FrameType.DATA:
            return None
        return int.from_bytes(self._rest[5:9], "big") & _NUMBER

    def feed(self, data: bytes) -> list[bytes]:
        """Whole frames, one or several in a piece. Raises ConnectionBroken."""
        octets = self._rest + data if self._rest else data
        start = at = 0 if self._begun else self._preface(octets)
        if not self._begun:
            self._rest = octets
            return []
        pieces: list[bytes] = []
        end = len(octets)
        while end - at >= FRAME_HEADER:
            high, low, kind, flags, stream = _HEADER.unpack_from(octets, at)
            size = high << 8 | low
            if size > FRAME_SIZE:
                raise ConnectionBroken(ErrorCode.FRAME_SIZE_ERROR, f"a frame of {size} octets")
            following = at + FRAME_HEADER + size
            if following > end:
                break
            replaced = self._pass(kind, flags, stream & _NUMBER, octets, at, following)
            if replaced is not None:
                pieces += (octets[start:at], replaced)
                start = following
            at = following
            self.finished += self._block is None
        pieces.append(octets[start:at])
        self._rest = octets[at:]
        return [piece for piece in pieces if piece]

    def _preface(self, octets: bytes) -> int:
        """Where the frames begin, once it has come whole (RFC 9113, 3.4)."""
        if not PREFACE.startswith(octets[: len(PREFACE)]):
            raise ConnectionBroken(ErrorCode.PROTOCOL_ERROR, "the connection does not begin with the preface of HTTP/2")
        self._begun = len(octets) >= len(PREFACE)
        return len(PREFACE)

    def _pass(self, kind: int, flags: int, stream: int, octets: bytes, at: int, following: int) -> bytes | None:
        """What goes to h2 in the place of this frame; None: the frame as it is."""
        if not self._settled:
            if kind != FrameType.SETTINGS or flags & ACK:
                raise ConnectionBroken(ErrorCode.PROTOCOL_ERROR, "the first frame is not SETTINGS")
            self._settled = True
        size = following - at - FRAME_HEADER
        if self._block is not None or kind == FrameType.CONTINUATION:
            self._continued(kind, flags, size)
            return None
        match kind:
            case FrameType.DATA:
                if not flags & END_STREAM and size - (octets[at + 9] if flags & PADDED and size else 0) < TINY:
                    self._spend()
                return None
            case FrameType.HEADERS:
                return self._headers(flags, stream, octets, at, following)
        self._spend()
        if kind > FrameType.CONTINUATION:
            return b""  # RFC 9113, 4.1: unknown types are ignored
        return self._replaced(kind, flags, stream, octets[at:following])

    def _headers(self, flags: int, stream: int, octets: bytes, at: int, following: int) -> bytes | None:
        if not flags & END_HEADERS:
            self._block = following - at - FRAME_HEADER
        unended = stream <= self.highest and not flags & END_STREAM
        self.highest = max(stream, self.highest)
        if unended:
            self.unended.add(stream)  # malformed (RFC 9113, 8.1), and to h2 an error of the whole connection
        depends = at + FRAME_HEADER + bool(flags & PADDED)  # where it says on which stream, if it does
        named = octets[depends : depends + 4] if flags & PRIORITY and depends + 5 <= following else b""
        on_itself = bool(named) and int.from_bytes(named, "big") & _NUMBER == stream
        if not (unended or on_itself):
            return None
        frame = bytearray(octets[at:following])
        if unended:
            frame[4] |= END_STREAM
        if on_itself:  # priority is ignored (RFC 9113, 5.3.2), but to h2 this is an error, too
            frame[depends - at : depends - at + 4] = bytes(4)
        return bytes(frame)

    def _continued(self, kind: int, flags: int, size: int) -> None:
        if self._block is None:
            raise ConnectionBroken(ErrorCode.PROTOCOL_ERROR, "CONTINUATION follows no HEADERS")
        if kind != FrameType.CONTINUATION:
            raise ConnectionBroken(ErrorCode.PROTOCOL_ERROR, "another frame stands inside a field section")
        self._spend()
        self._block += size
        if self._block > self._most:
            raise ConnectionBroken(ErrorCode.ENHANCE_YOUR_CALM, f"a field section of more than {self._most} octets")
        if flags & END_HEADERS:
            self._block = None

    def _replaced(self, kind: int, flags: int, stream: int, frame: bytes) -> bytes | None:
        """The same for a frame that is short, and neither HEADERS nor DATA."""
        size = len(frame) - FRAME_HEADER
        match kind:
            case FrameType.SETTINGS if flags & ACK and size:  # to h2, an error of another type
                raise ConnectionBroken(ErrorCode.FRAME_SIZE_ERROR, "an acknowledgment of SETTINGS that says something")
            case FrameType.SETTINGS if not flags & ACK and not size % 6:
                return self._known(frame)
            case FrameType.RST_STREAM if stream > self.highest or (stream and not stream % 2):  # to h2, no error
                raise ConnectionBroken(ErrorCode.PROTOCOL_ERROR, f"RST_STREAM on stream {stream}, which is idle")
            case FrameType.WINDOW_UPDATE if size == 4 and frame[-4] & 0x80:  # reserved, and so ignored (RFC 9113, 6.9)
                return frame[:-4] + bytes((frame[-4] & 0x7F,)) + frame[-3:]
            case FrameType.GOAWAY if not stream and size >= 8:
                return b""  # h2 would send nothing more, though the client waits for what it has asked for
            case FrameType.PRIORITY if stream and size == 5:
                return b""  # RFC 9113, 5.3.2
        return None

    def _known(self, frame: bytes) -> bytes | None:
        """SETTINGS without what it says of settings that are unknown here: h2 would keep each of them for ever. Of
        several sizes for the table, the smallest: h2 would know the last alone, and not that all had to be forgotten
        in between (RFC 9113, 6.5.3; RFC 7541, 4.2)."""
        entries = [_ENTRY.unpack_from(frame, at) for at in range(FRAME_HEADER, len(frame), _ENTRY.size)]
        known = [entry for entry in entries if entry[0] in _SETTINGS]
        tables = [entry for entry in known if entry[0] == Setting.HEADER_TABLE_SIZE]
        if len(tables) > 1:
            known = [*(entry for entry in known if entry not in tables), min(tables)]
        if len(known) == len(entries):
            return None
        payload = b"".join(_ENTRY.pack(*entry) for entry in known)
        return len(payload).to_bytes(3, "big") + frame[3:FRAME_HEADER] + payload

    def _spend(self) -> None:
        if not self._frames.spend():
            raise ConnectionBroken(ErrorCode.ENHANCE_YOUR_CALM, "too many frames that bring nothing")
