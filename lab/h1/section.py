"""Field sections, header and trailer, line by line (RFC 9112, 5; RFC 9110, 5)."""

import re
from collections.abc import Generator
from typing import NamedTuple

from lab.h1.anomalies import Findings, shown
from lab.h1.events import Limits
from lab.h1.fieldlines import OWS, TCHAR, TOKEN, Field
from lab.h1.kinds import Kind
from lab.h1.octets import Line, Octets

TRAILERS_CUT = "the last chunk came, but not the end of the trailer section"

CONTROL = re.compile(rb"[\x00-\x08\x0a-\x1f\x7f]")
CONTROLS_TO_SP = bytes.maketrans(bytes([*range(9), *range(10, 32), 127]), b" " * 32)

# A section, or the rest of one, in which nothing is wrong.
_PLAIN = re.compile(rb"((?:[%b]++:[^\x00-\x08\x0a-\x1f\x7f]*+\r\n)*)\r\n" % TCHAR)
_FIELD = re.compile(rb"([^:\r\n]++):([^\r\n]*+)\r\n")


class Bounds(NamedTuple):
    """The limits of a section, what exceeding each of them is, and what is missing when it is cut off."""

    field: int
    section: int
    fields: int
    field_too_large: Kind
    section_too_large: Kind
    too_many_fields: Kind
    missing: str


def header_bounds(limits: Limits) -> Bounds:
    kinds = Kind.FIELD_TOO_LARGE, Kind.SECTION_TOO_LARGE, Kind.TOO_MANY_FIELDS
    return Bounds(limits.field, limits.section, limits.fields, *kinds, "the header section is cut off")


def trailer_bounds(limits: Limits) -> Bounds:
    kinds = Kind.TRAILER_FIELD_TOO_LARGE, Kind.TRAILER_SECTION_TOO_LARGE, Kind.TRAILER_SECTION_TOO_LARGE
    return Bounds(limits.trailer_field, limits.trailer_section, limits.fields, *kinds, TRAILERS_CUT)


class Pending:
    """A field line that may still be continued by folds. Without a name, it is to be ignored with all its folds."""

    __slots__ = ("_end", "_pieces", "name", "offset")

    def __init__(self, name: bytes, value: bytes, offset: int, end: bytes) -> None:
        self.name, self.offset = name, offset
        self._pieces, self._end = [value], end

    def fold(self, text: bytes, end: bytes, *, literal: bool) -> None:
        """An obs-fold (whitespace, line end, whitespace) becomes one SP, or, literally, one for each of its octets."""
        before, after = self._pieces[-1].rstrip(OWS), text.lstrip(OWS)
        octets = len(self._pieces[-1]) - len(before) + len(self._end) + len(text) - len(after)
        self._pieces[-1:] = before, b" " * (octets if literal else 1), after
        self._end = end

    @property
    def value(self) -> bytes:
        return b"".join(self._pieces).strip(OWS)


class Section:
    """Reads one section.

    fields   the field lines found, after the repairs
    raw      all octets of the section, the empty line with them
    literal  of the repairs between which a clause lets one choose, take the one nearest to the octets
    """

    def __init__(self, octets: Octets, findings: Findings, bounds: Bounds, *, request: bool, literal: bool) -> None:
        self.octets, self.findings, self.bounds = octets, findings, bounds
        self.request, self.literal = request, literal
        self.fields: list[Field] = []
        self.raw: list[bytes] = []
        self._names: list[bytes] = []
        self._offsets: list[int] = []
        self._plain_rest = (b"", 0)
        self._size = self._count = 0
        self._pending: Pending | None = None

    def where(self, name: bytes) -> list[int]:
        """The indices of the field lines of that name (in lower case), once the section has been read."""
        if len(self._names) < len(self.fields):
            self._names = [field.name.lower() for field in self.fields]
        return [index for index, known in enumerate(self._names) if known == name] if name in self._names else []

    def offset(self, index: int) -> int:
        """Where the field line of that index stands; worked out only when it is asked for."""
        if len(self._offsets) < len(self.fields):
            plain, start = self._plain_rest
            self._offsets += [start + found.start() for found in _FIELD.finditer(plain)]
        return self._offsets[index]

    def read(self) -> Generator[None, None, None]:
        """Up to the empty line. Raises Refusal and Cut."""
        while self.octets.unended or not self._read_plain():
            while found := self.octets.line(max(self.bounds.section - self._size, 2)):
                if self._read_line(found):
                    return
            yield from self.octets.more(self.bounds.missing)

    def _read_plain(self) -> bool:
        """The short way: all the rest at once, where it has come and nothing is wrong with it."""
        octets = self.octets
        plain = _PLAIN.match(octets.data, octets.at)
        if plain is None or self._size + plain.end() - octets.at > min(self.bounds.section, self.bounds.field):
            return False
        pairs = _FIELD.findall(plain[1])
        if self._count + len(pairs) > self.bounds.fields:
            return False
        self._finish()
        self._plain_rest = plain[1], octets.offset
        self.fields += [Field(name, value.strip(OWS)) for name, value in pairs]
        self.raw.append(plain[0])
        octets.skip(len(plain[0]))
        return True

    def _read_line(self, found: Line) -> bool:
        """The long way, line by line. Whether this was the last."""
        text, offset, end = found
        self._measure(found)
        if end == b"\n":
            self.findings.note(Kind.BARE_LF, offset + len(text))
        if not text:
            self._finish()
            return True
        if b"\r" in text:
            self.findings.note(Kind.BARE_CR, offset + text.index(b"\r"), shown(text))
            text = text.replace(b"\r", b" ")
        if text[0] in OWS:
            self._continue(text, offset, end)
        else:
            self._finish()
            self._begin(text, offset, end)
        return False

    def _measure(self, found: Line) -> None:
        """Hold a line against the limits: first one field line with its folds, then the section."""
        text, offset, end = found
        folded = self._pending if text[:1] in (b" ", b"\t") else None
        begin = folded.offset if folded else offset
        size = offset + len(text) - begin
        if size > self.bounds.field:
            name = folded.name if folded else text.partition(b":")[0]
            self.findings.refuse(self.bounds.field_too_large, begin, shown(name), name, size)
        self._size += len(text) + len(end)
        if not end or self._size > self.bounds.section:
            self.findings.refuse(self.bounds.section_too_large, offset, size=self._size)
        self.raw += (text, end)

    def _continue(self, text: bytes, offset: int, end: bytes) -> None:
        """A line that begins with whitespace: a fold, or, before the first field line, nothing at all."""
        if self._pending is None:
            self.findings.note(Kind.SPACE_BEFORE_FIRST_FIELD, offset, shown(text))
        else:
            self.findings.note(Kind.OBS_FOLD, offset, shown(text), self._pending.name)
            self._pending.fold(self._checked(text, offset, self._pending.name), end, literal=self.literal)

    def _begin(self, text: bytes, offset: int, end: bytes) -> None:
        self._count += 1
        if self._count > self.bounds.fields:
            self.findings.refuse(
                self.bounds.too_many_fields, offset, f"more than {self.bounds.fields}", size=self._count
            )
        name, colon, value = text.partition(b":")
        if not (colon and TOKEN.fullmatch(name)):
            name = self._recovered(name, colon, text, offset)
        value_at = offset + len(text) - len(value)
        self._pending = Pending(name, self._checked(value, value_at, name) if name else b"", offset, end)

    def _recovered(self, name: bytes, colon: bytes, text: bytes, offset: int) -> bytes:
        """The name that a malformed field line may be given; empty when the line is ignored."""
        stripped = name.rstrip(OWS)
        if colon and TOKEN.fullmatch(stripped):
            kind = Kind.REQUEST_SPACE_BEFORE_COLON if self.request else Kind.SPACE_BEFORE_COLON
            self.findings.note(kind, offset + len(stripped), shown(text), stripped)
            return stripped
        if not colon:
            kind = Kind.NO_COLON
        elif not stripped:
            kind = Kind.NAME_EMPTY
        else:
            kind = Kind.NAME_INVALID
            good = TOKEN.match(name)
            offset += good.end() if good else 0
        self.findings.note(Kind.REQUEST_FIELD_LINE if self.request else kind, offset, shown(text), name)
        return b""

    def _checked(self, value: bytes, offset: int, name: bytes) -> bytes:
        """A piece of a value, with SP in the place of NUL and, unless literally, of other control characters."""
        if CONTROL.search(value) is None:
            return value
        nul = value.find(b"\0")
        if nul >= 0:
            self.findings.note(Kind.NUL_IN_VALUE, offset + nul, shown(value), name)
            value = value.replace(b"\0", b" ")
        if other := CONTROL.search(value):
            self.findings.note(Kind.CONTROL_IN_VALUE, offset + other.start(), shown(value), name)
        return value if self.literal else value.translate(CONTROLS_TO_SP)

    def _finish(self) -> None:
        if self._pending is not None and self._pending.name:
            self.fields.append(Field(self._pending.name, self._pending.value))
            self._offsets.append(self._pending.offset)
        self._pending = None
