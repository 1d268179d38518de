"""HTTP/2 (RFC 9113) as bytes: the builders of frames, and a forgiving reader of one direction of a connection.

`codes` the registered numbers; `build` and `fieldblock` the bytes of frames; `frames` octets cut into frames; `kinds`
the closed list of what can be wrong; `reader` octets in, `events` out; on its way `shape` (a frame in itself), `flow`
(windows), `section` and `message`; `conversation` both directions together. Nothing opens a socket. The builders check
nothing, on purpose. hpack is loaded only where something is read.
"""

from lab.h2.anomalies import Anomaly
from lab.h2.build import (
    answers,
    asks,
    continuation,
    data,
    frame,
    goaway,
    headers,
    ping,
    preface,
    push_promise,
    rst_stream,
    settings,
    window_update,
)
from lab.h2.codes import (
    ACK,
    END_HEADERS,
    END_STREAM,
    FRAME_SIZE,
    MOST_STREAMS,
    PADDED,
    PRIORITY,
    WINDOW,
    ErrorCode,
    FrameType,
    Setting,
    name_of,
)
from lab.h2.conversation import Conversation
from lab.h2.events import Broken, Event, GoAway, OnStream, Reset, legible
from lab.h2.fieldblock import field_block
from lab.h2.frames import PREFACE, Cutter, Frame
from lab.h2.kinds import Kind
from lab.h2.reader import Reader

__all__ = [
    "Reader", "Conversation", "Cutter", "Event", "Frame", "OnStream", "Reset", "GoAway", "Broken", "Kind", "Anomaly",
    "PREFACE", "ACK", "END_STREAM", "END_HEADERS", "PADDED", "PRIORITY", "FRAME_SIZE", "MOST_STREAMS", "WINDOW",
    "FrameType", "ErrorCode", "Setting", "name_of",
    "frame", "preface", "settings", "headers", "continuation", "data", "rst_stream", "goaway", "ping", "window_update",
    "push_promise", "field_block", "asks", "answers", "legible",
]  # fmt: skip
