"""TLS records in plain text, built and read (RFC 8446, 5.1)."""

from dataclasses import dataclass
from enum import IntEnum

HEADER = 5


class ContentType(IntEnum):
    """What a record carries."""

    CHANGE_CIPHER_SPEC = 20
    ALERT = 21
    HANDSHAKE = 22
    APPLICATION_DATA = 23


def record(
    content_type: ContentType | int, fragment: bytes, *, version: bytes = b"\x03\x03", length: int | None = None
) -> bytes:
    """A record. `length` is the fragment's own, unless a wrong one is wanted."""
    size = len(fragment) if length is None else length
    return bytes((content_type,)) + version + size.to_bytes(2, "big") + fragment


@dataclass(frozen=True, slots=True)
class Record:
    """A record as received: `length` is what its header promises, `fragment` what has come of it."""

    content_type: ContentType
    version: bytes
    length: int
    fragment: bytes

    @property
    def alert(self) -> tuple[int, int] | None:
        """Level and description, where this is an alert that can be read (an encrypted one is longer)."""
        if self.content_type is not ContentType.ALERT or self.length != 2 or len(self.fragment) != 2:
            return None
        return self.fragment[0], self.fragment[1]


def first_record(data: bytes) -> Record | None:
    """The TLS record that these bytes begin with; None where they are no TLS, or fewer than a record's header."""
    if len(data) < HEADER or data[0] not in set(ContentType) or data[1] != 3:
        return None
    length = int.from_bytes(data[3:HEADER], "big")
    return Record(ContentType(data[0]), bytes(data[1:3]), length, bytes(data[HEADER : HEADER + length]))


def begins_handshake(data: bytes) -> bool:
    """Whether these bytes begin with a record of a handshake."""
    found = first_record(data)
    return found is not None and found.content_type is ContentType.HANDSHAKE
