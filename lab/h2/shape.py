"""What is wrong with a frame in itself: its size, its stream, its padding, its settings."""

from collections.abc import Iterator

from lab.h2.codes import ACK, FRAME_SIZE, FrameType, Setting
from lab.h2.flow import LARGEST_WINDOW
from lab.h2.frames import PADDABLE, Frame
from lab.h2.kinds import Kind

_SIZES: dict[int, int] = {FrameType.PRIORITY: 5, FrameType.RST_STREAM: 4, FrameType.PING: 8, FrameType.WINDOW_UPDATE: 4}
_CONNECTION = (FrameType.SETTINGS, FrameType.PING, FrameType.GOAWAY)
_BOTH = (FrameType.WINDOW_UPDATE,)


def flaws(frame: Frame, *, request: bool) -> Iterator[tuple[Kind, str]]:
    """Each with what was found. `request`: the frame is a client's."""
    if frame.type > max(FrameType):
        return  # unknown types are ignored (RFC 9113, 4.1)
    size = len(frame.payload)
    if _wrong_size(frame, size):
        yield Kind.FRAME_SIZE, f"{frame.name} of {size} octets"
    if frame.type in PADDABLE and frame.inside is None:
        yield Kind.PADDING, frame.name
    if frame.type in _CONNECTION and frame.stream:
        yield Kind.STREAM_GIVEN, f"{frame.name} on stream {frame.stream}"
    if frame.type not in (*_CONNECTION, *_BOTH) and not frame.stream:
        yield Kind.STREAM_MISSING, frame.name
    if frame.type == FrameType.WINDOW_UPDATE and not frame.last:
        yield Kind.NO_INCREMENT, frame.name
    if frame.type == FrameType.SETTINGS:
        for number, value in frame.values:
            if not _valid(number, value, request=request):
                window = number == Setting.INITIAL_WINDOW_SIZE
                kind = Kind.INITIAL_WINDOW_INVALID if window else Kind.SETTING_INVALID
                yield kind, f"{Setting(number).name} = {value}"


def usable(frame: Frame) -> bool:
    """Whether its meaning can be made out nevertheless."""
    if frame.type in PADDABLE:
        return bool(frame.stream) and frame.inside is not None
    return len(frame.payload) >= _SIZES.get(frame.type, 0) and (
        bool(frame.stream) or frame.type not in (FrameType.RST_STREAM, FrameType.CONTINUATION)
    )


def _wrong_size(frame: Frame, size: int) -> bool:
    match frame.type:
        case FrameType.SETTINGS:
            return bool(size % 6 or (frame.has(ACK) and size))
        case FrameType.GOAWAY:
            return size < 8
    return size != _SIZES.get(frame.type, size)


def _valid(number: int, value: int, *, request: bool) -> bool:
    """Whether a setting may have this value; a server may not offer to be pushed to (RFC 9113, 6.5.2)."""
    match number:
        case Setting.ENABLE_PUSH:
            return value <= (1 if request else 0)
        case Setting.INITIAL_WINDOW_SIZE:
            return value <= LARGEST_WINDOW
        case Setting.MAX_FRAME_SIZE:
            return FRAME_SIZE <= value < 2**24
    return True
