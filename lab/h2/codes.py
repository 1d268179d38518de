"""The registered numbers of HTTP/2: types of frames, flags, error codes and settings."""

from enum import IntEnum

from lab.rfc import RFC

FRAME_HEADER = 9
"""Octets before the payload of a frame (RFC 9113, 4.1)."""

MOST_STREAMS = 2**31 - 1
"""The highest number that a stream can have (RFC 9113, 5.1.1)."""

WINDOW = 65_535
"""The window of each stream and of the connection, until something else is said (RFC 9113, 6.9.2)."""

FRAME_SIZE = 16_384
"""The largest payload that everybody takes (RFC 9113, 4.2)."""


class FrameType(IntEnum):
    """The types of frames (RFC 9113, 6)."""

    DATA = 0x0
    HEADERS = 0x1
    PRIORITY = 0x2
    RST_STREAM = 0x3
    SETTINGS = 0x4
    PUSH_PROMISE = 0x5
    PING = 0x6
    GOAWAY = 0x7
    WINDOW_UPDATE = 0x8
    CONTINUATION = 0x9

    @property
    def clause(self) -> RFC:
        return RFC(9113, f"6.{self.value + 1}")


END_STREAM = 0x01  # DATA, HEADERS
ACK = 0x01  # SETTINGS, PING
END_HEADERS = 0x04  # HEADERS, PUSH_PROMISE, CONTINUATION
PADDED = 0x08  # DATA, HEADERS, PUSH_PROMISE
PRIORITY = 0x20  # HEADERS


class ErrorCode(IntEnum):
    """Why a stream or a connection is ended (RFC 9113, 7)."""

    NO_ERROR = 0x0
    PROTOCOL_ERROR = 0x1
    INTERNAL_ERROR = 0x2
    FLOW_CONTROL_ERROR = 0x3
    SETTINGS_TIMEOUT = 0x4
    STREAM_CLOSED = 0x5
    FRAME_SIZE_ERROR = 0x6
    REFUSED_STREAM = 0x7
    CANCEL = 0x8
    COMPRESSION_ERROR = 0x9
    CONNECT_ERROR = 0xA
    ENHANCE_YOUR_CALM = 0xB
    INADEQUATE_SECURITY = 0xC
    HTTP_1_1_REQUIRED = 0xD

    @property
    def clause(self) -> RFC:
        return RFC(9113, "7")


class Setting(IntEnum):
    """What one side tells the other of itself (RFC 9113, 6.5.2)."""

    HEADER_TABLE_SIZE = 0x1
    ENABLE_PUSH = 0x2
    MAX_CONCURRENT_STREAMS = 0x3
    INITIAL_WINDOW_SIZE = 0x4
    MAX_FRAME_SIZE = 0x5
    MAX_HEADER_LIST_SIZE = 0x6

    @property
    def clause(self) -> RFC:
        return RFC(9113, "6.5.2")


def name_of(number: int, names: type[IntEnum]) -> str:
    """The registered name, or the number in hexadecimal where it has none."""
    return names(number).name if number in set(names) else f"0x{number:x}"
