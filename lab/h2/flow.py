"""What the frames of one direction may be, by what the other direction has said: windows, sizes, push."""

from lab.h2.codes import ACK, FRAME_SIZE, WINDOW, FrameType, Setting
from lab.h2.frames import Frame
from lab.h2.message import Message

LARGEST_WINDOW = 2**31 - 1


class Flow:
    """Counts both directions. `heard`: something of the other direction is known; else nothing can be held against it.

    Of several values of a setting the most generous counts: when it takes effect is not known here.

    largest  the payload that the recipient takes
    push     whether it takes PUSH_PROMISE
    table    the dynamic table that it keeps, in octets
    """

    def __init__(self) -> None:
        self.heard = False
        self.largest = FRAME_SIZE
        self.push = True
        self.table = 4096
        self._window = self._theirs = WINDOW
        self._received = self._granted = self._raised = self._sent = 0

    def opposite(self, frame: Frame, message: Message | None) -> None:
        """The other side has sent this, on the stream of this message."""
        self.heard = True
        if frame.type == FrameType.SETTINGS and not frame.has(ACK):
            for number, value in frame.values:
                self._told(number, value)
        elif frame.type == FrameType.WINDOW_UPDATE and not frame.stream:
            self._granted += frame.last
        elif frame.type == FrameType.WINDOW_UPDATE and message is not None:
            message.granted += frame.last
        elif frame.type == FrameType.DATA:
            self._sent += len(frame.payload)
            if message is not None:
                message.sent += len(frame.payload)

    def _told(self, number: int, value: int) -> None:
        match number:
            case Setting.INITIAL_WINDOW_SIZE:
                self._window = max(self._window, value)
            case Setting.MAX_FRAME_SIZE:
                self.largest = max(self.largest, value)
            case Setting.HEADER_TABLE_SIZE:
                self.table = max(self.table, value)
            case Setting.ENABLE_PUSH:
                self.push = value != 0

    def said(self, values: tuple[tuple[int, int], ...]) -> None:
        """The settings of this direction itself."""
        for number, value in values:
            if number == Setting.INITIAL_WINDOW_SIZE:
                self._theirs = value

    def overruns(self, frame: Frame, message: Message | None) -> bool:
        """Whether this DATA is more than a window allows."""
        size = len(frame.payload)
        self._received += size
        over = self._received > WINDOW + self._granted
        if message is not None:
            message.received += size
            over = over or message.received > self._window + message.granted
        return self.heard and size > 0 and over

    def overflows(self, frame: Frame, message: Message | None) -> bool:
        """Whether this WINDOW_UPDATE makes a window larger than any can be."""
        if not frame.stream:
            self._raised += frame.last
            window = WINDOW + self._raised - self._sent
        elif message is not None and not message.over:  # afterwards it means nothing any more (RFC 9113, 5.1)
            message.raised += frame.last
            window = self._theirs + message.raised - message.sent
        else:
            return False
        return self.heard and window > LARGEST_WINDOW
