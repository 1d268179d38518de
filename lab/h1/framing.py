"""How the end of a message is found (RFC 9112, 6.3), and whether the connection survives it (9.3)."""

from lab.h1.anomalies import Findings, shown
from lab.h1.events import Framing, FramingKind
from lab.h1.fieldlines import OWS, TOKEN, Field, Fields
from lab.h1.kinds import Kind
from lab.h1.section import Section
from lab.rfc import RFC

LARGEST = 2**63 - 1  # what recipients count in; a larger number overflows somewhere on the way

NO_CONTENT = Framing(FramingKind.NONE, RFC(9112, "6.3(1)"))
CONNECTED = Framing(FramingKind.TUNNEL, RFC(9112, "6.3(2)"))
SWITCHED = Framing(FramingKind.TUNNEL, RFC(9110, "7.8"))
CHUNKED = Framing(FramingKind.CHUNKED, RFC(9112, "6.3(4)"))
NOTHING_ANNOUNCED = Framing(FramingKind.NONE, RFC(9112, "6.3(7)"))
UNTIL_CLOSE = Framing(FramingKind.CLOSE, RFC(9112, "6.3(8)"))


def by_length(length: int) -> Framing:
    return Framing(FramingKind.LENGTH, RFC(9112, "6.3(6)"), length)


class Frame:
    """What a header section says of its message's end, repaired where that may be done.

    fields      the field lines that agree with the framing
    framing     how the end is found
    persistent  whether the connection may carry another message
    """

    def __init__(self, section: Section, version: bytes, findings: Findings, *, request: bool) -> None:
        self._section, self._version, self._findings, self._request = section, version, findings, request
        self._lengths = section.where(b"content-length")
        self._codings = section.where(b"transfer-encoding")
        self._trusted = True
        self.fields = Fields(section.fields)
        self.framing = NO_CONTENT

    def of_response(self, status: int, method: bytes) -> "Frame":
        """RFC 9112, 6.3, for a response to a request with that method. Raises Refusal."""
        tunnel = SWITCHED if status == 101 else None
        if method == b"CONNECT" and 200 <= status <= 299:
            tunnel = CONNECTED
        if tunnel or status == 204 or 100 <= status <= 199:
            self._nothing_may_be_announced()
            self.framing = tunnel or NO_CONTENT
            return self
        self._side_by_side()
        if method == b"HEAD" or status == 304:
            self._unused_length()
            self._unused_codings()
        else:
            self.framing = self._of_content(UNTIL_CLOSE)
        return self

    def of_request(self) -> "Frame":
        """RFC 9112, 6.3, for a request; the method does not matter (RFC 9112, 6). Raises Refusal."""
        self._side_by_side()
        self.framing = self._of_content(NOTHING_ANNOUNCED)
        return self

    @property
    def persistent(self) -> bool:
        """RFC 9112, 9.3, and 6.1 for messages whose framing is not to be trusted."""
        if not self._trusted or self.framing.kind in (FramingKind.CLOSE, FramingKind.TUNNEL):
            return False
        options = self.fields.tokens(b"connection") if self._section.where(b"connection") else ()
        return b"close" not in options and (self._version != b"1.0" or b"keep-alive" in options)

    def _nothing_may_be_announced(self) -> None:
        """A 1xx, a 204 and a 2xx to CONNECT may not even announce content."""
        for index in sorted(self._lengths + self._codings):
            self._findings.note(Kind.CONTENT_ANNOUNCED, self._offset(index), name=self._section.fields[index].name)
            self.fields = self.fields.without(b"content-length", b"transfer-encoding")

    def _side_by_side(self) -> None:
        """Whether Transfer-Encoding may stand in this message at all."""
        if self._codings and self._version == b"1.0":
            self._findings.note(Kind.TRANSFER_ENCODING_OLD, self._offset(self._codings[0]))
            self._trusted = False
        if self._codings and self._lengths:
            second = max(self._codings[0], self._lengths[0])
            self._findings.note(Kind.TRANSFER_ENCODING_WITH_LENGTH, self._offset(second))
            self.fields = self.fields.without(b"content-length")
            self._lengths = []
            self._trusted = False

    def _of_content(self, otherwise: Framing) -> Framing:
        if self._codings:
            self._chunked_is_all()
            return CHUNKED
        length = self._length()
        return otherwise if length is None else by_length(length)

    def _chunked_is_all(self) -> None:
        """Whether the transfer codings leave exactly the chunked one to be taken off. Raises Refusal where not."""
        members = self.fields.members(b"transfer-encoding")
        fault, name = coding_fault(members, request=self._request)
        if fault is not None:
            index = self._codings[-1 if name == b"chunked" else 0]
            self._findings.note(fault, self._offset(index), shown(b", ".join(members)), name)
            self._as_one(self._codings[0], b"chunked")

    def _length(self) -> int | None:
        """The one number that Content-Length announces; None when there is no such field. Raises Refusal."""
        if not self._lengths:
            return None
        fault, number = examined([self._section.fields[index].value for index in self._lengths])
        if fault is not None:
            self._findings.note(fault, self._offset(self._lengths[0]), self._lengths_shown())
            self._as_one(self._lengths[0], number)
        return int(number)

    def _unused_length(self) -> None:
        """Content-Length where the end of the message does not depend on it: an invalid one is dropped."""
        fault, number = examined([self._section.fields[index].value for index in self._lengths] or [b"0"])
        if fault is None:
            return
        offset = self._offset(self._lengths[0])
        if fault.repair is None:
            self._findings.note(Kind.CONTENT_LENGTH_UNUSABLE, offset, self._lengths_shown())
            self.fields = self.fields.without(b"content-length")
        else:
            self._findings.note(fault, offset, self._lengths_shown())
            self._as_one(self._lengths[0], number)

    def _unused_codings(self) -> None:
        """The same for Transfer-Encoding, which may say here what would have been applied (RFC 9112, 6.1)."""
        members = self.fields.members(b"transfer-encoding")
        if self._codings and coding_fault(members, request=False)[0]:
            offset = self._offset(self._codings[0])
            self._findings.note(Kind.TRANSFER_ENCODING_UNUSABLE, offset, shown(b", ".join(members)))
            self.fields = self.fields.without(b"transfer-encoding")

    def _as_one(self, index: int, value: bytes) -> None:
        """One line with that value in the place of all those of its name."""
        first = self._section.fields[index]
        others = (field for field in self.fields if field is first or field.name.lower() != first.name.lower())
        self.fields = Fields(Field(first.name, value) if field is first else field for field in others)

    def _offset(self, index: int) -> int:
        return self._section.offset(index)

    def _lengths_shown(self) -> str:
        return shown(b", ".join(self._section.fields[index].value for index in self._lengths))


def examined(values: list[bytes]) -> tuple[Kind | None, bytes]:
    """What is wrong with the values of Content-Length, if anything, and the one number that they give, if any."""
    if len(values) == 1 and len(values[0]) < 19 and values[0].isdigit():
        return None, values[0]
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


def coding_fault(members: list[bytes], *, request: bool) -> tuple[Kind | None, bytes]:
    """What keeps a list of transfer codings from being chunked alone, if anything, and which coding it is."""
    names = [member.lower() for member in members]
    if not names or not all(_is_coding(name) for name in names):
        return Kind.TRANSFER_ENCODING_INVALID, b""
    if names[-1] != b"chunked" and (b"chunked" in names or request):
        return Kind.CHUNKED_NOT_LAST, members[-1]
    for name in names:
        if name != b"chunked":
            return (Kind.REQUEST_CODING_UNKNOWN if request else Kind.TRANSFER_CODING_UNKNOWN), name
    if len(names) > 1:
        return (Kind.REQUEST_CHUNKED_TWICE if request else Kind.CHUNKED_TWICE), b"chunked"
    return None, b"chunked"


def _is_coding(member: bytes) -> bool:
    """Whether it is a transfer coding; chunked has no parameters (RFC 9112, 7.1)."""
    name, semicolon, _ = member.partition(b";")
    name = name.rstrip(OWS)
    return TOKEN.fullmatch(name) is not None and not (semicolon and name == b"chunked")
