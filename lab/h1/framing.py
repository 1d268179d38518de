"""How the end of a message is found (RFC 9112, 6.3), and whether the connection survives it (9.3)."""

from collections.abc import Iterable
from typing import NamedTuple

from lab.h1.anomalies import Findings, shown
from lab.h1.events import Framing, FramingKind
from lab.h1.fields import OWS, TOKEN, Field, Fields
from lab.h1.kinds import Kind
from lab.h1.section import Placed
from lab.rfc import RFC

LARGEST = 2**63 - 1  # what recipients count in; a larger number overflows somewhere on the way

NO_CONTENT = Framing(FramingKind.NONE, RFC(9112, "6.3(1)"))
TUNNEL_CONNECT = Framing(FramingKind.TUNNEL, RFC(9112, "6.3(2)"))
TUNNEL_SWITCH = Framing(FramingKind.TUNNEL, RFC(9110, "7.8"))
CHUNKED = Framing(FramingKind.CHUNKED, RFC(9112, "6.3(4)"))
NOTHING_ANNOUNCED = Framing(FramingKind.NONE, RFC(9112, "6.3(7)"))
UNTIL_CLOSE = Framing(FramingKind.CLOSE, RFC(9112, "6.3(8)"))


def by_length(length: int) -> Framing:
    return Framing(FramingKind.LENGTH, RFC(9112, "6.3(6)"), length)


class Framed(NamedTuple):
    """The framing, the fields that agree with it, and whether the connection may be used again."""

    framing: Framing
    fields: Fields
    trusted: bool


class FramingFields:
    """Content-Length and Transfer-Encoding of one header section, examined and repaired."""

    def __init__(self, lines: Iterable[Placed], version: bytes, findings: Findings, *, request: bool) -> None:
        self.findings, self.request, self.old = findings, request, version == b"1.0"
        self.fields = Fields(placed.field for placed in lines)
        self.lengths = [p for p in lines if p.field.name.lower() == b"content-length"]
        self.codings = [p for p in lines if p.field.name.lower() == b"transfer-encoding"]
        self.trusted = True

    def drop(self, *names: bytes) -> None:
        self.fields = self.fields.without(*names)

    def framed(self, framing: Framing) -> Framed:
        return Framed(framing, self.fields, self.trusted)

    def none_can_follow(self) -> None:
        """In a response that may not even announce content: 1xx, 204, and 2xx to CONNECT."""
        for placed in sorted(self.lengths + self.codings, key=lambda placed: placed.offset):
            self.findings.note(Kind.CONTENT_ANNOUNCED, placed.offset, name=placed.field.name)
        self.drop(b"content-length", b"transfer-encoding")

    def side_by_side(self) -> None:
        """Whether Transfer-Encoding may stand here at all."""
        if self.codings and self.old:
            self.findings.note(Kind.TRANSFER_ENCODING_OLD, self.codings[0].offset)
            self.trusted = False
        if self.codings and self.lengths:
            self.findings.note(Kind.TRANSFER_ENCODING_WITH_LENGTH, max(self.codings[0].offset, self.lengths[0].offset))
            self.drop(b"content-length")
            self.lengths = []
            self.trusted = False

    def chunked_is_last(self) -> None:
        """Whether the transfer codings leave exactly the chunked one to be taken off. Raises Refusal where not."""
        members = Fields(placed.field for placed in self.codings).members(b"transfer-encoding")
        names = [member.lower() for member in members]
        offset, text = self.codings[0].offset, shown(b", ".join(members))
        if not names or not all(_is_coding(name) for name in names):
            self.findings.refuse(Kind.TRANSFER_ENCODING_INVALID, offset, text)
        if names[-1] != b"chunked" and (b"chunked" in names or self.request):
            self.findings.refuse(Kind.CHUNKED_NOT_LAST, offset, text, members[-1])
        for name in names:
            if name != b"chunked":
                self.findings.refuse(Kind.TRANSFER_CODING_UNKNOWN, offset, text, name)
        if len(names) > 1:
            kind = Kind.REQUEST_CHUNKED_TWICE if self.request else Kind.CHUNKED_TWICE
            self.findings.note(kind, self.codings[-1].offset, text, b"chunked")
            self.fields = replaced(self.fields, Field(self.codings[0].field.name, b"chunked"))

    def length(self) -> int | None:
        """The one number that Content-Length announces; None when there is no such field. Raises Refusal."""
        if not self.lengths:
            return None
        fault, number = examined([placed.field.value for placed in self.lengths])
        if fault is not None and fault.repair is None:
            self.findings.refuse(fault, self.lengths[0].offset, self._lengths_shown())
        self._as_one(fault, number)
        return int(number)

    def unused_length(self) -> None:
        """Content-Length where the end of the message does not depend on it: an invalid one is dropped."""
        if not self.lengths:
            return
        fault, number = examined([placed.field.value for placed in self.lengths])
        if fault is not None and fault.repair is None:
            self.findings.note(Kind.CONTENT_LENGTH_UNUSABLE, self.lengths[0].offset, self._lengths_shown())
            self.drop(b"content-length")
        else:
            self._as_one(fault, number)

    def _as_one(self, fault: Kind | None, number: bytes) -> None:
        if fault is not None:
            self.findings.note(fault, self.lengths[-1].offset, self._lengths_shown())
            self.fields = replaced(self.fields, Field(self.lengths[0].field.name, number))

    def _lengths_shown(self) -> str:
        return shown(b", ".join(placed.field.value for placed in self.lengths))


def examined(values: list[bytes]) -> tuple[Kind | None, bytes]:
    """What is wrong with the values of Content-Length, if anything, and the one number that they give, if any."""
    numbers = [number.strip(OWS) for value in values for number in value.split(b",")]
    given = {number.lstrip(b"0") or b"0" for number in numbers if number}
    if not given or not all(number.isdigit() for number in given):
        return Kind.CONTENT_LENGTH_INVALID, b""
    if len(given) > 1:
        return Kind.CONTENT_LENGTH_CONFLICT, b""
    number = given.pop()
    if len(number) > 19 or int(number) > LARGEST:
        return Kind.CONTENT_LENGTH_TOO_LARGE, b""
    return (Kind.CONTENT_LENGTH_REPEATED if len(numbers) > 1 else None), number


def _is_coding(member: bytes) -> bool:
    """Whether it is a transfer coding; chunked has no parameters (RFC 9112, 7.1)."""
    name, semicolon, _ = member.partition(b";")
    name = name.rstrip(OWS)
    return TOKEN.fullmatch(name) is not None and not (semicolon and name == b"chunked")


def replaced(fields: Fields, by: Field) -> Fields:
    """One line in the place of all those of its name."""
    name = by.name.lower()
    first = next(index for index, field in enumerate(fields) if field.name.lower() == name)
    return Fields(
        by if index == first else field
        for index, field in enumerate(fields)
        if index == first or field.name.lower() != name
    )


def of_response(status: int, method: bytes, fields: FramingFields) -> Framed:
    """RFC 9112, 6.3, for a response to a request with that method; a 101 has been examined before."""
    if status == 101:
        return fields.framed(TUNNEL_SWITCH)
    tunnel = method == b"CONNECT" and 200 <= status <= 299
    if tunnel or status == 204 or 100 <= status <= 199:
        fields.none_can_follow()
        return fields.framed(TUNNEL_CONNECT if tunnel else NO_CONTENT)
    fields.side_by_side()
    if method == b"HEAD" or status == 304:
        fields.unused_length()
        return fields.framed(NO_CONTENT)
    return _of_content(fields, UNTIL_CLOSE)


def of_request(fields: FramingFields) -> Framed:
    """RFC 9112, 6.3, for a request; the method does not matter (RFC 9112, 6)."""
    fields.side_by_side()
    return _of_content(fields, NOTHING_ANNOUNCED)


def _of_content(fields: FramingFields, otherwise: Framing) -> Framed:
    if fields.codings:
        fields.chunked_is_last()
        return fields.framed(CHUNKED)
    length = fields.length()
    return fields.framed(otherwise if length is None else by_length(length))


def persists(version: bytes, fields: Fields, framing: Framing) -> bool:
    """Whether the connection persists after the message (RFC 9112, 9.3)."""
    if framing.kind in (FramingKind.CLOSE, FramingKind.TUNNEL):
        return False
    options = fields.tokens(b"connection")
    return b"close" not in options and (version != b"1.0" or b"keep-alive" in options)
