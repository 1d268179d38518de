"""The client's side of HTTP/2 for requests that are values: octets in, octets out, no socket.

It acknowledges SETTINGS and PING, sends content as far as the windows reach, and gives credit for what it has read.
What comes is read elsewhere (`lab.h2.Reader`); here only what has to be done about it.
"""

from lab import h2
from lab.h2 import FrameType, Setting
from lab.script import HTTP2_SETTINGS, Request

OWED = 32_768
"""Credit is given back in pieces of so many octets."""


class Session:
    """`over`: the server has said that it takes no more requests."""

    def __init__(self) -> None:
        self.over = False
        self._next = 1
        self._out = bytearray(h2.preface(HTTP2_SETTINGS))
        self._window = self._initial = h2.WINDOW
        self._size = h2.FRAME_SIZE
        self._uploads: dict[int, _Upload] = {}
        self._owed: dict[int, int] = {}

    def ask(self, request: Request) -> int:
        """Send this request. Gives its stream."""
        stream, self._next = self._next, self._next + 2
        self._out += h2.headers(stream, request.pairs(), end_stream=not request.content)
        if request.content:
            self._uploads[stream] = _Upload(request.content, self._initial)
        return stream

    def outgoing(self) -> bytes:
        """What is to be sent now."""
        for stream, upload in tuple(self._uploads.items()):
            while (size := min(self._size, self._window, upload.window, upload.left)) > 0:
                piece = upload.take(size)
                self._window -= size
                self._out += h2.data(stream, piece, end_stream=not upload.left)
            if not upload.left:
                del self._uploads[stream]
        out, self._out = bytes(self._out), bytearray()
        return out

    def received(self, frame: h2.Frame) -> None:
        """Do what a frame of the server's asks for."""
        match frame.type:
            case FrameType.SETTINGS if not frame.has(h2.ACK):
                for number, value in frame.values:
                    self._set(number, value)
                self._out += h2.settings(ack=True)
            case FrameType.PING if not frame.has(h2.ACK):
                self._out += h2.ping(frame.payload[:8].ljust(8, b"\0"), ack=True)
            case FrameType.WINDOW_UPDATE:
                self._widen(frame)
            case FrameType.DATA:
                self._read(frame)
            case FrameType.RST_STREAM:
                self._uploads.pop(frame.stream, None)
            case FrameType.GOAWAY:
                self.over = True

    def _read(self, frame: h2.Frame) -> None:
        self._credit(0, len(frame.payload))
        if 0 < frame.stream < self._next and not frame.has(h2.END_STREAM):
            self._credit(frame.stream, len(frame.payload))

    def _widen(self, frame: h2.Frame) -> None:
        if not frame.stream:
            self._window += frame.last
        elif frame.stream in self._uploads:
            self._uploads[frame.stream].window += frame.last

    def _set(self, number: int, value: int) -> None:
        if number == Setting.INITIAL_WINDOW_SIZE:
            for upload in self._uploads.values():
                upload.window += value - self._initial
            self._initial = value
        elif number == Setting.MAX_FRAME_SIZE:
            self._size = min(max(value, h2.FRAME_SIZE), 1 << 20)

    def _credit(self, stream: int, size: int) -> None:
        owed = self._owed.get(stream, 0) + size
        if owed >= OWED:
            self._out += h2.window_update(stream, owed)
            owed = 0
        self._owed[stream] = owed


class _Upload:
    """Content that is still to be sent, and how much of it the stream's window lets out. `left`: octets of it."""

    def __init__(self, content: bytes, window: int) -> None:
        self.window = window
        self.left = len(content)
        self._content = content

    def take(self, size: int) -> bytes:
        begin = len(self._content) - self.left
        self.left -= size
        self.window -= size
        return self._content[begin : begin + size]
