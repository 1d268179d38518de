"""Entity tags (RFC 9110, 8.8.3)."""

import re
from collections.abc import Iterable
from typing import Literal, NamedTuple

_TAG = re.compile(rb'(W/)?"([\x21\x23-\x7e\x80-\xff]*)"')
_MEMBER = re.compile(rb'[ \t,]*(?:(W/)?"([\x21\x23-\x7e\x80-\xff]*)"[ \t]*(?=,|\Z)|[^,]*)')


class EntityTag(NamedTuple):
    """opaque: the octets between the quotation marks; weak: whether `W/` stands before them."""

    opaque: bytes
    weak: bool = False

    @property
    def wire(self) -> bytes:
        """As it is written in a field."""
        return b'%b"%b"' % (b"W/" if self.weak else b"", self.opaque)

    def __bytes__(self) -> bytes:
        return self.wire


def entity_tag(value: bytes) -> EntityTag | None:
    """The entity tag that a value of ETag is; None where it is none, as when the quotation marks are missing."""
    found = _TAG.fullmatch(value)
    return EntityTag(found[2], found[1] is not None) if found else None


def entity_tags(values: Iterable[bytes]) -> tuple[EntityTag, ...] | Literal["*"]:
    """What If-Match or If-None-Match lists, over all its lines: entity tags in order, or `*` where that is all.

    Members that are no entity tags are left out, `*` among others too. An entity tag may contain commas.
    """
    joined = b",".join(values)
    only = entity_tag(joined)
    if only is not None:  # as mostly
        return (only,)
    if joined.strip(b" \t") == b"*":
        return "*"
    found = [match.groups() for match in _MEMBER.finditer(joined)]
    return tuple([EntityTag(opaque, weak is not None) for weak, opaque in found if opaque is not None])


def matches_strongly(one: EntityTag, other: EntityTag) -> bool:
    """Whether the octets are the same, and neither is weak (RFC 9110, 8.8.3.2)."""
    return one.opaque == other.opaque and not one.weak and not other.weak


def matches_weakly(one: EntityTag, other: EntityTag) -> bool:
    """Whether the octets are the same, weak or not (RFC 9110, 8.8.3.2)."""
    return one.opaque == other.opaque
