"""What a reader yields, and the limits within which it reads."""

from dataclasses import dataclass
from enum import StrEnum

from lab.h1.anomalies import Anomaly
from lab.h1.fieldlines import Fields
from lab.rfc import RFC


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a reader takes before it refuses: octets, except where another unit is named.

    A line is counted without its end, a section with the ends of its lines.
    """

    line: int = 65_536  # the start line
    field: int = 1_048_576  # one field line, with its folds
    section: int = 4_194_304  # the whole header section
    fields: int = 10_000  # field lines in it
    interim: int = 10_000  # interim responses before a final one
    trailer_field: int = 65_536
    trailer_section: int = 262_144
    chunk_line: int = 4_096  # chunk size and extensions
    content: int | None = None


class FramingKind(StrEnum):
    """How the end of a message is found."""

    NONE = "none"
    LENGTH = "length"
    CHUNKED = "chunked"
    CLOSE = "close"
    TUNNEL = "tunnel"
    STREAM = "stream"  # of HTTP/2 (lab.h2): the end of its stream


@dataclass(frozen=True, slots=True)
class Framing:
    """How the end of a message is found, by which clause, and the number of octets where that is announced."""

    kind: FramingKind
    clause: RFC
    length: int | None = None


@dataclass(frozen=True, slots=True)
class Head:
    """A start line and its header section.

    version     the digits, b"1.1"
    fields      after the repairs, so that the framing fields are those by which the message is read
    offset      of the start line
    raw         the octets, from the start line to the empty line
    final       False for an interim response; then another Head follows, and no End belongs to this one
    persistent  whether the connection may carry another message after this one (RFC 9112, 9.3, 6.1)
    status, reason   of a response
    method, target   of a request
    """

    version: bytes
    fields: Fields
    framing: Framing
    offset: int
    raw: bytes
    final: bool = True
    persistent: bool = True
    status: int = 0
    reason: bytes = b""
    method: bytes = b""
    target: bytes = b""

    @property
    def asks_to_switch(self) -> bool:
        """Whether a request asks for a switch of protocols; one of HTTP/1.0 cannot (RFC 9110, 7.8)."""
        named = self.fields.has(b"upgrade") and b"upgrade" in self.fields.tokens(b"connection")
        return named and self.version != b"1.0"


@dataclass(frozen=True, slots=True)
class Content:
    """A piece of the content: what is left when the chunked transfer coding has been taken off."""

    data: bytes


@dataclass(frozen=True, slots=True)
class Trailers:
    """The trailer fields, where there are any."""

    fields: Fields


@dataclass(frozen=True, slots=True)
class End:
    """The message is over.

    why        how its end was found, or what is missing
    condition  the row of lab.rfc.conditions when it is not complete ("no-byte", "incomplete"); empty when it is
    """

    complete: bool
    why: str
    condition: str = ""


@dataclass(frozen=True, slots=True)
class Tunnelled:
    """Octets after a switch of protocols: no longer HTTP."""

    data: bytes


@dataclass(frozen=True, slots=True)
class Surplus:
    """Octets that follow a complete response while no request waits for another. They are no response."""

    data: bytes


@dataclass(frozen=True, slots=True)
class Broken:
    """The reading has ended: nothing further is read."""

    anomaly: Anomaly


Event = Head | Content | Trailers | End | Tunnelled | Surplus | Broken
