"""One decoded field section: pseudo-header fields and field lines, held against RFC 9113, 8.2 and 8.3."""

import re
from collections.abc import Callable, Iterable

from lab.h1.anomalies import shown
from lab.h1.fieldlines import Field, Fields
from lab.h2.kinds import Kind

Note = Callable[[Kind, str], object]

REQUEST = frozenset({b":method", b":scheme", b":authority", b":path", b":protocol"})  # the last: RFC 8441
RESPONSE = frozenset({b":status"})

ONE_CONNECTION = frozenset({b"connection", b"proxy-connection", b"keep-alive", b"transfer-encoding", b"upgrade"})
"""Fields that no message of HTTP/2 has (RFC 9113, 8.2.2)."""
_NAME = re.compile(rb"[\x21-\x39\x3b-\x40\x5b-\x7e]+")
_UPPER = re.compile(rb"[A-Z]")
_WHITE = b" \t"


def divided(
    pairs: Iterable[tuple[bytes, bytes]], known: frozenset[bytes], note: Note
) -> tuple[dict[bytes, bytes], Fields]:
    """Pseudo-header fields (of several with one name, the first) and regular field lines, as they came. `known`: the
    pseudo-header fields that belong here; none: in trailers."""
    pseudo: dict[bytes, bytes] = {}
    fields: list[Field] = []
    for name, value in pairs:
        if name.startswith(b":"):
            _pseudo(name, known, pseudo, bool(fields), note)
            pseudo.setdefault(name, value)
        else:
            _regular(name, value, note, request=known is REQUEST)
            fields.append(Field(name, value))
    return pseudo, Fields(fields)


def _pseudo(name: bytes, known: frozenset[bytes], before: dict[bytes, bytes], late: bool, note: Note) -> None:
    if not known:
        note(Kind.PSEUDO_IN_TRAILERS, shown(name))
    elif name not in known:
        note(Kind.PSEUDO_UNKNOWN, shown(name))
    if name in before:
        note(Kind.PSEUDO_REPEATED, shown(name))
    if late:
        note(Kind.PSEUDO_LATE, shown(name))


def _regular(name: bytes, value: bytes, note: Note, *, request: bool) -> None:
    if _UPPER.search(name):
        note(Kind.NAME_UPPER_CASE, shown(name))
    elif not _NAME.fullmatch(name):
        note(Kind.NAME_INVALID, shown(name))
    if value != value.strip(_WHITE) or any(octet in value for octet in (b"\0", b"\r", b"\n")):
        note(Kind.VALUE_INVALID, shown(name))
    te = name.lower() == b"te" and not (request and value.lower() == b"trailers")
    if name.lower() in ONE_CONNECTION or te:
        note(Kind.CONNECTION_SPECIFIC, shown(name))


def written(start_line: bytes, fields: Fields) -> bytes:
    """A header section as HTTP/1.1 would write it: what expectations look at, and what can be waited for."""
    return b"".join((start_line, lines(fields), b"\r\n"))


def lines(fields: Fields) -> bytes:
    return b"".join(b"%b: %b\r\n" % field for field in fields)
