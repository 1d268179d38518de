"""A start line and its header section, from the first octet to the empty line."""

import re
from collections.abc import Generator
from typing import NamedTuple

from lab.h1.anomalies import Findings, shown
from lab.h1.events import Head, Limits
from lab.h1.fields import OWS, Field, Fields
from lab.h1.framing import CHUNKED, NO_CONTENT, UNTIL_CLOSE, FramingFields, by_length, of_request, of_response, persists
from lab.h1.hosts import host_of_request
from lab.h1.kinds import Kind
from lab.h1.likeness import unlike_http
from lab.h1.octets import Line, Octets, line
from lab.h1.section import SectionReader, header_bounds
from lab.h1.startline import request_line, status_line
from lab.h1.target import check_target


class Asked(NamedTuple):
    """The request that a response answers: its method, and whether it asked for a switch of protocols."""

    method: bytes = b"GET"
    upgrade: bool = False


class HeadReader:
    """Reads the heads of messages. `literal` as for SectionReader."""

    def __init__(self, octets: Octets, findings: Findings, limits: Limits, *, literal: bool) -> None:
        self.octets, self.findings, self.limits, self.literal = octets, findings, limits, literal

    def response(self, asked: Asked) -> Generator[None, None, Head]:
        """The head of a response. Raises Refusal and Cut."""
        if plain := plain_response(self.octets, self.limits, asked):
            return plain
        found, start = yield from self._start_line(request=False)
        version, status, reason = status_line(found, self.findings)
        section = yield from self._section(request=False)
        if status == 101:
            self._switch(asked, section.fields, found.offset)
        read = FramingFields(section.lines, version, self.findings, request=False)
        framing, fields, trusted = of_response(status, asked.method, read)
        final = status == 101 or not 100 <= status <= 199
        persistent = trusted and persists(version, fields, framing)
        raw = b"".join([*start, *section.raw])
        return Head(version, fields, framing, found.offset, raw, final, persistent, status=status, reason=reason)

    def request(self) -> Generator[None, None, Head]:
        """The head of a request. Raises Refusal and Cut."""
        found, start = yield from self._start_line(request=True)
        version, method, target = request_line(found, self.findings)
        check_target(method, target, found.offset + found.text.index(target), self.findings)
        section = yield from self._section(request=True)
        host_of_request(version, section.lines, found.offset, self.findings)
        read = FramingFields(section.lines, version, self.findings, request=True)
        framing, fields, trusted = of_request(read)
        persistent = trusted and persists(version, fields, framing)
        raw = b"".join([*start, *section.raw])
        return Head(version, fields, framing, found.offset, raw, True, persistent, method=method, target=target)

    def _start_line(self, *, request: bool) -> Generator[None, None, tuple[Line, tuple[bytes, bytes]]]:
        """The first line that is not empty, and its octets."""
        missing = f"the {'request' if request else 'status'} line is cut off"
        yield from self._recognise(missing, request=request)
        empty = 0
        while True:
            found = yield from line(self.octets, self.limits.line, missing)
            if not found.end:
                self.findings.refuse(Kind.START_LINE_TOO_LONG, found.offset, shown(found.text), size=len(found.text))
            if found.text:
                break
            # RFC 9112, 2.2: a server should ignore at least one CRLF, so the first is nothing to complain of.
            if not request or empty or found.end == b"\n":
                self.findings.note(Kind.LEADING_EMPTY_LINE, found.offset)
            empty += 1
            if empty > self.limits.fields:
                self.findings.refuse(Kind.START_LINE_TOO_LONG, found.offset, "only empty lines", size=empty)
        if found.end == b"\n":
            self.findings.note(Kind.BARE_LF, found.offset + len(found.text))
        return found, (found.text, found.end)

    def _recognise(self, missing: str, *, request: bool) -> Generator[None, None, None]:
        """Wait until the octets can be told to be HTTP, or not."""
        while True:
            unlike = unlike_http(self.octets.data[self.octets.at : self.octets.at + 64], request=request)
            if unlike:
                self.findings.refuse(Kind.NOT_HTTP, self.octets.offset, unlike)
            if unlike is not None:
                return
            yield from self.octets.more(missing)

    def _section(self, *, request: bool) -> Generator[None, None, SectionReader]:
        bounds = header_bounds(self.limits)
        section = SectionReader(self.octets, self.findings, bounds, request=request, literal=self.literal)
        yield from section.read()
        return section

    def _switch(self, asked: Asked, fields: Fields, offset: int) -> None:
        """A 101 must have been asked for, and must name the new protocol (RFC 9110, 7.8)."""
        if not asked.upgrade:
            self.findings.refuse(Kind.SWITCH_UNASKED, offset)
        if not fields.has(b"upgrade") or b"upgrade" not in fields.tokens(b"connection"):
            self.findings.refuse(Kind.SWITCH_UNNAMED, offset)


# The short way: a response in which nothing at all is unusual, and which came in one piece. It finds the same as the
# long way, which is taken whenever anything here does not match.
_NAME = rb"[!#$%&'*+\-.^_`|~0-9A-Za-z]++"
_VALUE = rb"[^\x00-\x08\x0a-\x1f\x7f]*+"
_RESPONSE = re.compile(
    rb"HTTP/(1\.[01]) ([2-5][0-9][0-9]) ([^\x00-\x08\x0a-\x1f\x7f]*+)\r\n((?:"
    + _NAME
    + b":"
    + _VALUE
    + rb"\r\n)*+)\r\n"
)
_FIELD = re.compile(rb"([^:\r\n]+):([^\r\n]*)\r\n")


def plain_response(octets: Octets, limits: Limits, asked: Asked) -> Head | None:
    """The head of a plain final response, if it is all there."""
    matched = _RESPONSE.match(octets.data, octets.at)
    if matched is None or matched.end() - octets.at > min(limits.line, limits.field, limits.section):
        return None
    version, code, reason, lines = matched.groups()
    fields = Fields([Field(name, value.strip(OWS)) for name, value in _FIELD.findall(lines)])
    status = int(code)
    if len(fields) > limits.fields or status == 204 or asked.method == b"CONNECT":
        return None
    by_name = {name.lower(): value for name, value in fields}
    length = by_name.get(b"content-length")
    coding = by_name.get(b"transfer-encoding")
    if coding is not None:
        if length is not None or version == b"1.0" or coding.lower() != b"chunked":
            return None
        framing = CHUNKED
    elif length is not None:
        if not length.isdigit() or len(length) > 18:
            return None
        framing = by_length(int(length))
    else:
        framing = UNTIL_CLOSE
    framing_lines = (length is not None) + (coding is not None)
    if framing_lines and sum(name.lower() in _FRAMING for name, _ in fields) > framing_lines:
        return None
    if status == 304 or asked.method == b"HEAD":
        framing = NO_CONTENT
    head = Head(
        version, fields, framing, octets.offset, matched.group(), True, persists(version, fields, framing),
        status=status, reason=reason,
    )  # fmt: skip
    octets.at = matched.end()
    return head


_FRAMING = frozenset({b"content-length", b"transfer-encoding"})
