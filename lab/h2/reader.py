"""The reader: octets in, frames, messages and anomalies out. It opens nothing, waits for nothing, and knows no time."""

from collections import deque
from collections.abc import Iterator
from typing import Literal

from lab.h2.anomalies import Anomaly, Findings, shown
from lab.h2.codes import END_HEADERS, END_STREAM, FRAME_HEADER, FrameType
from lab.h2.events import Broken, Event, GoAway, OnStream, Told
from lab.h2.fieldblock import FieldBlocks, Undecodable
from lab.h2.flow import Flow
from lab.h2.frames import PREFACE, Cutter, Frame
from lab.h2.kinds import Kind
from lab.h2.message import Message
from lab.h2.shape import flaws, usable

LARGEST_FRAME = 1 << 20
"""A frame that is larger than its recipient takes is read nevertheless, up to so many octets."""

LARGEST_SECTION = 4_194_304
MOST_MESSAGES = 10_000
"""So many streams are told apart; of further ones only the frames are given."""


class Reader:
    """Reads one direction of an HTTP/2 connection, forgivingly.

        reader = Reader("response")
        reader.next(1, b"GET")
        reader.feed(octets)
        for event in reader.events(): ...
        reader.close()
        for event in reader.events(): ...

    Every frame is given as it is, and after it what it means: Head (final=False for each interim response), Content,
    Trailers and End on its stream, Reset, GoAway. What is wrong is kept in `anomalies` and read as far as it can be;
    only octets that are no frames, and frames larger than anybody takes, give Broken. A message has exactly one End.

    `next` tells of a request, so that its answer is read as one; `opposite` of each frame of the other direction, so
    that windows and settings are known. Without them what they say is not checked.
    """

    def __init__(self, role: Literal["response", "request"] = "response") -> None:
        self._request = role == "request"
        self._findings = Findings()
        self._cutter = Cutter()
        self._blocks = FieldBlocks(LARGEST_SECTION)
        self._streams: dict[int, Message] = {}
        self._queue: deque[Event] = deque()
        self._begun = self._greeted = self._closed = self._over = self._settled = False
        self._block: tuple[Frame, bytearray] | None = None  # a field block that goes on
        self._promised: set[int] = set()
        self._highest = 0
        self._last: int | None = None
        self._flow = Flow()

    @property
    def anomalies(self) -> list[Anomaly]:
        return self._findings.found

    def next(self, stream: int, method: bytes = b"GET") -> None:
        """A request with this method has been sent on this stream."""
        if len(self._streams) < MOST_MESSAGES:
            self._streams[stream] = Message(stream, self._findings, request=False, method=method)
        self._settled = True
        self._highest = max(self._highest, stream)

    def opposite(self, frame: Frame) -> None:
        """The other side has sent this."""
        self._flow.opposite(frame, self._streams.get(frame.stream))
        self._blocks.table(min(self._flow.table, LARGEST_SECTION))

    def feed(self, octets: bytes) -> None:
        """Give the reader octets that were received."""
        if not self._over:
            self._cutter.feed(octets)

    def close(self) -> None:
        """Say that no more will come."""
        self._closed = True

    def events(self) -> Iterator[Event]:
        """The events that the octets received so far give."""
        while True:
            while self._queue:
                yield self._queue.popleft()
            if self._over or not self._step():
                return

    def _step(self) -> bool:
        """Read one frame, or the end. Gives whether there may be more."""
        if not self._begun and not self._begin():
            if self._closed and not self._over:
                self._finish()
            return self._over
        frame = next(self._cutter.frames(), None)
        if frame is not None:
            self._queue.append(frame)
            self._read(frame)
            return True
        length = self._cutter.length
        if length is not None and length > max(LARGEST_FRAME, self._flow.largest):
            self._break(self._note(Kind.FRAME_TOO_LARGE, None, f"{length} octets"))
        elif self._closed:
            self._finish()
        return self._over

    # The beginning and the end

    def _begin(self) -> bool:
        """Whether the octets begin as HTTP/2. One that cannot be the first of a frame decides at once."""
        rest = self._cutter.rest
        if self._request:
            if rest.startswith(PREFACE):
                self._cutter.take(len(PREFACE))
                self._begun = True
            elif not PREFACE.startswith(rest):
                self._break(self._note(Kind.NOT_HTTP2, None, f"it begins with {shown(rest[:1])}"))
        elif rest[:1] > b"\0":
            self._break(self._note(Kind.NOT_HTTP2, None, f"it begins with {shown(rest[:1])}"))
        elif len(rest) >= FRAME_HEADER:
            self._begun = True
        return self._begun

    def _finish(self) -> None:
        """The connection has ended."""
        self._over = True
        if self._cutter.rest:
            self._note(Kind.FRAME_CUT if self._begun else Kind.NOT_HTTP2, None)
        self._lose("the connection ended before the stream did")

    def _break(self, anomaly: Anomaly) -> None:
        self._over = True
        self._lose(anomaly.kind.says)
        self._queue.append(Broken(anomaly))

    def _lose(self, why: str, above: int = 0) -> None:
        for message in self._streams.values():
            if message.stream > above:
                self._tell(message.stream, message.lost(why))

    def _tell(self, stream: int, what: Iterator[Told]) -> None:
        self._queue.extend(OnStream(stream, each) for each in what)

    def _note(self, kind: Kind, frame: Frame | None, detail: str = "") -> Anomaly:
        if frame is None:
            return self._findings.note(kind, self._cutter.offset, 0, detail)
        return self._findings.note(kind, frame.offset, frame.stream, detail or frame.name)

    # Frames

    def _read(self, frame: Frame) -> None:
        """What one frame means."""
        self._judge(frame)
        if not usable(frame):
            if frame.type in (FrameType.HEADERS, FrameType.PUSH_PROMISE, FrameType.CONTINUATION):
                self._blocks.lose()
            return
        match frame.type:
            case FrameType.HEADERS | FrameType.PUSH_PROMISE:
                self._open_block(frame)
            case FrameType.CONTINUATION:
                self._continue(frame)
            case FrameType.DATA:
                self._data(frame)
            case FrameType.RST_STREAM:
                if (message := self._streams.get(frame.stream)) is not None:
                    self._tell(frame.stream, message.reset(frame.code))
            case FrameType.SETTINGS:
                self._flow.said(frame.values)
            case FrameType.GOAWAY:
                self._go_away(frame)

    def _judge(self, frame: Frame) -> None:
        """What is wrong with a frame in itself, and in its place."""
        if not self._greeted and frame.type != FrameType.SETTINGS:
            self._note(Kind.NO_SETTINGS_FIRST, frame)
        self._greeted = True
        if len(frame.payload) > self._flow.largest:
            self._note(Kind.FRAME_TOO_LARGE, frame, f"{len(frame.payload)} octets")
        if self._block is not None and not self._goes_on(frame):
            self._note(Kind.FIELD_BLOCK_OPEN, frame)
        for kind, detail in flaws(frame, request=self._request):
            self._note(kind, frame, detail)
        if self._is_idle(frame):
            self._note(Kind.STREAM_IDLE, frame)
        if frame.type == FrameType.WINDOW_UPDATE and self._flow.overflows(frame, self._streams.get(frame.stream)):
            self._note(Kind.WINDOW_OVERFLOW, frame)

    def _goes_on(self, frame: Frame) -> bool:
        assert self._block is not None
        return frame.type == FrameType.CONTINUATION and frame.stream == self._block[0].stream

    def _is_idle(self, frame: Frame) -> bool:
        """Whether its stream has not been opened, and it does not open one."""
        if not frame.stream or frame.type not in _ON_OPEN_STREAMS or frame.stream in self._streams:
            return False
        if self._request:
            return frame.type != FrameType.HEADERS and frame.stream > self._highest
        return self._settled and frame.stream not in self._promised

    def _go_away(self, frame: Frame) -> None:
        goaway = GoAway(frame.code, frame.last, frame.payload[8:])
        if self._last is not None and goaway.last > self._last:
            self._note(Kind.LAST_STREAM_RAISED, frame)
        self._last = goaway.last
        self._queue.append(goaway)
        if not self._request:
            self._lose(f"GOAWAY with {goaway.name}: the stream is not processed", above=goaway.last)

    def _data(self, frame: Frame) -> None:
        message = self._message(frame)
        if self._flow.overruns(frame, message):
            self._note(Kind.WINDOW_OVERRUN, frame)
        if message is not None:
            inside = frame.inside or b""
            self._tell(frame.stream, message.data(inside, frame.offset, end=frame.has(END_STREAM)))

    # Field blocks

    def _open_block(self, frame: Frame) -> None:
        if frame.type == FrameType.PUSH_PROMISE:
            if self._request or not self._flow.push:
                self._note(Kind.PUSH_REFUSED, frame)
            if len(self._promised) < MOST_MESSAGES:
                self._promised.add(frame.last)
        if self._block is not None:
            self._blocks.lose()
        self._block = frame, bytearray(frame.inside or b"")
        self._close_block(frame)

    def _continue(self, frame: Frame) -> None:
        if self._block is None or not self._goes_on(frame):
            if self._block is None:
                self._note(Kind.CONTINUATION_ALONE, frame)
            return
        self._block[1].extend(frame.payload)
        if len(self._block[1]) > LARGEST_SECTION:
            self._note(Kind.FIELD_BLOCK_TOO_LARGE, frame)
            self._blocks.lose()
            self._block[1].clear()
        self._close_block(frame)

    def _close_block(self, frame: Frame) -> None:
        if self._block is None or not frame.has(END_HEADERS):
            return
        (opened, block), self._block = self._block, None
        try:
            pairs = self._blocks.read(bytes(block))
        except Undecodable as error:
            self._note(Kind.COMPRESSION, opened, str(error))
            pairs = None
        if opened.type == FrameType.PUSH_PROMISE:
            return
        message = self._message(opened)
        if message is None:
            return
        end = opened.has(END_STREAM)
        if pairs is not None:
            self._tell(opened.stream, message.section(pairs, opened.offset, end=end))
        elif end:
            self._tell(opened.stream, message.lost("its header section cannot be decoded"))

    def _message(self, frame: Frame) -> Message | None:
        """The message of this frame's stream. Where it is known which streams there are, HEADERS begin another."""
        message = self._streams.get(frame.stream)
        begins = frame.type == FrameType.HEADERS or not (self._request or self._settled)
        if message is None and begins and len(self._streams) < MOST_MESSAGES:
            if self._request:
                if frame.stream % 2 == 0 or frame.stream <= self._highest:
                    self._note(Kind.STREAM_NUMBER, frame)
                self._highest = max(self._highest, frame.stream)
            message = Message(frame.stream, self._findings, request=self._request)
            self._streams[frame.stream] = message
        return message


_ON_OPEN_STREAMS = (
    FrameType.DATA, FrameType.HEADERS, FrameType.RST_STREAM, FrameType.PUSH_PROMISE, FrameType.WINDOW_UPDATE,
)  # fmt: skip
