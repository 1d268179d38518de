"""Field lines as values, in the order in which they came."""

import re
from typing import NamedTuple

TCHAR = rb"!#$%&'*+\-.^_`|~0-9A-Za-z"  # RFC 9110, 5.6.2
TOKEN = re.compile(rb"[" + TCHAR + rb"]+")
OWS = b" \t"


class Field(NamedTuple):
    """A field line: name and value as received (after the reader's repairs), the case kept."""

    name: bytes
    value: bytes


class Fields(tuple[Field, ...]):
    """The field lines of a section, in order."""

    __slots__ = ()

    def get(self, name: bytes) -> list[bytes]:
        """The values of all lines with that name, in order."""
        name = name.lower()
        return [value for each, value in self if each.lower() == name]

    def has(self, name: bytes) -> bool:
        return bool(self.get(name))

    def tokens(self, name: bytes) -> list[bytes]:
        """The members of a field whose value is a list of tokens (RFC 9110, 5.6.1), in lower case."""
        return [member.lower() for member in self.members(name)]

    def members(self, name: bytes) -> list[bytes]:
        """The members of a list-based field, over all its lines; empty ones do not count (RFC 9110, 5.6.1.2)."""
        values = self.get(name)
        return [member for value in values for each in value.split(b",") if (member := each.strip(OWS))]

    def without(self, *names: bytes) -> "Fields":
        """The lines of all other names."""
        left_out = {name.lower() for name in names}
        return Fields(field for field in self if field.name.lower() not in left_out)
