"""What the field lines of a response say of its representation: validators (RFC 9110, 8.8) and dates."""

from functools import cached_property

from lab.h1 import Fields
from lab.semantics.dates import seconds_in_any_case
from lab.semantics.etags import EntityTag, entity_tag
from lab.semantics.preconditions import Validators

# Representation metadata that a 304 leaves out, as it saves octets (RFC 9110, 15.4.5).
_OF_THE_CONTENT = frozenset({b"content-type", b"content-encoding", b"content-language", b"content-range"})


def etag_of(fields: Fields) -> EntityTag | None:
    """The entity tag of a response; None where it has none, an ill-formed one, or several."""
    values = fields.get(b"etag")
    return entity_tag(values[0]) if len(values) == 1 else None


def modified_of(fields: Fields, now: float) -> int | None:
    """The Last-Modified of a response, in seconds since 1970; None where it has none, or no date."""
    return date_of(fields.get(b"last-modified"), now)


def dated(fields: Fields, received: float) -> float:
    """When a response was generated, by its Date; where that is missing or invalid, when it was received."""
    date = date_of(fields.get(b"date"), received)
    return received if date is None else date


def date_of(values: list[bytes], now: float) -> int | None:
    """The one date that these lines give; None where there is none, or they differ."""
    if len(values) != 1 and len(set(values)) != 1:
        return None
    return seconds_in_any_case(values[0].decode("latin-1"), now)


class Metadata:
    """What follows from the field lines of a response, and from when it was received (seconds since 1970). Each is
    found when it is first asked for, and kept: a stored response is asked often."""

    def __init__(self, fields: Fields, received: float) -> None:
        self._fields = fields
        self._received = received

    @cached_property
    def validators(self) -> Validators:
        """Last-Modified is a strong one where Date is at least one second later (RFC 9110, 8.8.2.2)."""
        modified = modified_of(self._fields, self._received)
        date = date_of(self._fields.get(b"date"), self._received)
        settled = modified is not None and date is not None and date > modified
        return Validators(etag_of(self._fields), modified, settled)

    @cached_property
    def dated(self) -> float:
        return dated(self._fields, self._received)

    @cached_property
    def has_last_modified(self) -> bool:
        """Whether it has one at all, a date or not."""
        return self._fields.has(b"last-modified")

    @cached_property
    def since(self) -> bytes:
        """The date to validate it by, as it was written: its Last-Modified, or its Date where it has no validator (RFC
        9111, 4.3.4, provides for that); empty where it has none."""
        for name in (b"last-modified", b"date"):
            if date_of(self._fields.get(name), self._received) is not None:
                return self._fields.get(name)[0]
        return b""

    @cached_property
    def for_who_has_it(self) -> Fields:
        """The field lines without what describes the content, and without Last-Modified where an ETag tells more."""
        left_out = _OF_THE_CONTENT | {b"last-modified"} if self._fields.has(b"etag") else _OF_THE_CONTENT
        return self._fields.without(*left_out)
