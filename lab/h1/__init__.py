"""HTTP/1 messages: one reader that gives the message and its anomalies, and the builders of bytes.

`kinds` the closed list of what can be wrong; `reader` octets in, `events` out; on its way `likeness` (is it HTTP at
all), `startline`, `section`, `framing`, `chunks`, `trailers`; `reading` what a recipient may make of octets; `build`
the bytes of messages. The reader opens no socket. The builders check nothing, on purpose.
"""

from lab.h1.anomalies import Anomaly
from lab.h1.build import (
    LAST_CHUNK,
    chunk,
    chunked,
    field,
    fields,
    last_chunk,
    long_field,
    many_fields,
    request,
    request_line,
    response,
    status_line,
)
from lab.h1.events import (
    Broken,
    Content,
    End,
    Event,
    Framing,
    FramingKind,
    Head,
    Limits,
    Surplus,
    Trailers,
    Tunnelled,
)
from lab.h1.fieldlines import Field, Fields
from lab.h1.kinds import Kind
from lab.h1.reader import Reader
from lab.h1.reading import Reading, first_request, readings

__all__ = [
    "Reader", "Limits", "Event", "Head", "Content", "Trailers", "End", "Tunnelled", "Surplus", "Broken",
    "Framing", "FramingKind", "Field", "Fields", "Kind", "Anomaly", "Reading", "first_request", "readings",
    "status_line", "request_line", "field", "fields", "response", "request",
    "chunk", "chunked", "LAST_CHUNK", "last_chunk", "long_field", "many_fields",
]  # fmt: skip
