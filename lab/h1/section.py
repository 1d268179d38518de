"""Field sections, header and trailer, line by line (RFC 9112, 5; RFC 9110, 5)."""

import re
from collections.abc import Generator
from typing import NamedTuple

from lab.h1.anomalies import Findings, shown
from lab.h1.events import Limits
from lab.h1.fields import OWS, TOKEN, Field, Fields
from lab.h1.kinds import Kind
from lab.h1.octets import Line, Octets, line

CONTROL = re.compile(rb"[\x00-\x08\x0a-\x1f\x7f]")
ALL_CONTROLS_TO_SP = bytes.maketrans(bytes([*range(9), *range(10, 32), 127]), b" " * 32)


class Bounds(NamedTuple):
    """The limits of a section, and what exceeding each of them is."""

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
    missing = "the trailer section is cut off"
    return Bounds(limits.trailer_field, limits.trailer_section, limits.fields, *kinds, missing)


class Placed(NamedTuple):
    """A field line and the offset at which it stands."""

    field: Field
    offset: int


class _Pending:
    """A field line that may still be continued by folds. Without a name, it is to be ignored with all its folds."""

    def __init__(self, name: bytes, value: bytes, offset: int) -> None:
        self.name, self.value, self.offset = name, value, offset

    def fold(self, text: bytes, end: bytes, literal: bool) -> None:
        """An obs-fold (whitespace, line end, whitespace) becomes one SP, or, literally, one for each of its octets."""
        before, after = self.value.rstrip(OWS), text.lstrip(OWS)
        octets = len(self.value) - len(before) + len(end) + len(text) - len(after)
        self.value = before + b" " * (octets if literal else 1) + after


class SectionReader:
    """Reads one section.

    lines    the field lines found, each with its offset, after the repairs
    raw      all octets of the section, the empty line with them
    literal  of the repairs between which a clause lets one choose, take the one nearest to the octets
    """

    def __init__(self, octets: Octets, findings: Findings, bounds: Bounds, *, request: bool, literal: bool) -> None:
        self.octets, self.findings, self.bounds = octets, findings, bounds
        self.request, self.literal = request, literal
        self.lines: list[Placed] = []
        self.raw: list[bytes] = []
        self._size = self._count = 0
        self._pending: _Pending | None = None
        self._end = b"\r\n"

    @property
    def fields(self) -> Fields:
        return Fields(placed.field for placed in self.lines)

    def read(self) -> Generator[None, None, None]:
        """Up to the empty line. Raises Refusal and Cut."""
        while True:
            text, offset, end = found = yield from line(self.octets, self._room(), self.bounds.missing)
            self._measure(found)
            if end == b"\n":
                self.findings.note(Kind.BARE_LF, offset + len(text))
            if not text:
                self._finish()
                return
            if b"\r" in text:
                self.findings.note(Kind.BARE_CR, offset + text.index(b"\r"), shown(text))
                text = text.replace(b"\r", b" ")
            if text[0] in OWS:
                self._continue(text, offset)
            else:
                self._finish()
                self._begin(text, offset)
            self._end = end

    def _room(self) -> int:
        return max(self.bounds.section - self._size, 2)

    def _measure(self, found: Line) -> None:
        """Hold a line against the limits: one field line too large, then the section, then the number of lines."""
        text, offset, end = found
        folded = self._pending is not None and text[:1] in (b" ", b"\t")
        begin = self._pending.offset if folded and self._pending else offset
        size = offset + len(text) - begin
        if size > self.bounds.field:
            name = self._pending.name if folded and self._pending else text.partition(b":")[0]
            self.findings.refuse(self.bounds.field_too_large, begin, shown(name), name, size)
        self._size += len(text) + len(end)
        if not end or self._size > self.bounds.section:
            self.findings.refuse(self.bounds.section_too_large, offset, size=self._size)
        self.raw += (text, end)

    def _continue(self, text: bytes, offset: int) -> None:
        """A line that begins with whitespace: a fold, or, before the first field line, nothing at all."""
        if self._pending is None:
            self.findings.note(Kind.SPACE_BEFORE_FIRST_FIELD, offset, shown(text))
        else:
            self.findings.note(Kind.OBS_FOLD, offset, shown(text), self._pending.name)
            self._pending.fold(self._checked(text, offset, self._pending.name), self._end, self.literal)

    def _begin(self, text: bytes, offset: int) -> None:
        self._count += 1
        if self._count > self.bounds.fields:
            self.findings.refuse(
                self.bounds.too_many_fields, offset, f"more than {self.bounds.fields}", size=self._count
            )
        name, colon, value = text.partition(b":")
        if not (colon and TOKEN.fullmatch(name)):
            name = self._recovered(name, colon, text, offset)
        after = offset + len(text) - len(value)
        self._pending = _Pending(name, self._checked(value, after, name) if name else b"", offset)

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
        control = CONTROL.search(value)
        if control is None:
            return value
        nul = value.find(b"\0")
        if nul >= 0:
            self.findings.note(Kind.NUL_IN_VALUE, offset + nul, shown(value), name)
            value = value.replace(b"\0", b" ")
        if other := CONTROL.search(value):
            self.findings.note(Kind.CONTROL_IN_VALUE, offset + other.start(), shown(value), name)
        return value if self.literal else value.translate(ALL_CONTROLS_TO_SP)

    def _finish(self) -> None:
        if self._pending is not None and self._pending.name:
            value = self._pending.value.strip(OWS)
            self.lines.append(Placed(Field(self._pending.name, value), self._pending.offset))
        self._pending = None
