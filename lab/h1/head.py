"""A start line and its header section, from the first octet to the empty line."""

from collections.abc import Generator
from typing import NamedTuple

from lab.h1.anomalies import Findings, shown
from lab.h1.events import Head, Limits
from lab.h1.framing import Frame
from lab.h1.hosts import check_host
from lab.h1.kinds import Kind
from lab.h1.likeness import unlike_http
from lab.h1.octets import Line, Octets
from lab.h1.section import Section, header_bounds
from lab.h1.startline import request_line, status_line
from lab.h1.target import check_target


class Asked(NamedTuple):
    """The request that a response answers: its method, and whether it asked for a switch of protocols."""

    method: bytes = b"GET"
    upgrade: bool = False


class HeadReader:
    """Reads the heads of messages.

    begin    where the message begins: empty lines before it are no part of it
    literal  as for Section
    """

    def __init__(self, octets: Octets, findings: Findings, limits: Limits, *, literal: bool) -> None:
        self.octets, self.findings, self.limits, self.literal = octets, findings, limits, literal
        self.bounds = header_bounds(limits)
        self.begin = 0

    def response(self, asked: Asked) -> Generator[None, None, Head]:
        """The head of a response. Raises Refusal and Cut."""
        found = yield from self._start_line("the status line is cut off", request=False)
        version, status, reason = status_line(found, self.findings)
        section = yield from self._section(found, request=False)
        if status == 101:
            self._check_switch(asked, section, found.offset)
        frame = Frame(section, version, self.findings, request=False).of_response(status, asked.method)
        final = status == 101 or not 100 <= status <= 199
        raw = b"".join(section.raw)
        return Head(
            version, frame.fields, frame.framing, found.offset, raw, final, frame.persistent,
            status=status, reason=reason,
        )  # fmt: skip

    def request(self) -> Generator[None, None, Head]:
        """The head of a request. Raises Refusal and Cut."""
        found = yield from self._start_line("the request line is cut off", request=True)
        version, method, target = request_line(found, self.findings)
        check_target(method, target, found.offset + found.text.index(target), self.findings)
        section = yield from self._section(found, request=True)
        check_host(version, section, found.offset, self.findings)
        frame = Frame(section, version, self.findings, request=True).of_request()
        raw = b"".join(section.raw)
        return Head(
            version, frame.fields, frame.framing, found.offset, raw, True, frame.persistent,
            method=method, target=target,
        )  # fmt: skip

    def _start_line(self, missing: str, *, request: bool) -> Generator[None, None, Line]:
        """The first line that is not empty."""
        yield from self._recognise(missing, request=request)
        empty = 0
        while True:
            while (found := self.octets.line(self.limits.line)) is None:
                yield from self.octets.more(missing)
            text, offset, end = found
            if not end or empty > self.limits.fields:
                of_method = request and not end and b" " not in text
                kind = Kind.METHOD_TOO_LONG if of_method else Kind.START_LINE_TOO_LONG
                self.findings.refuse(kind, offset, shown(text), size=len(text))
            if text:
                break
            # RFC 9112, 2.2: a server should ignore at least one CRLF, so the first is nothing to complain of.
            if not request or empty or end == b"\n":
                self.findings.note(Kind.LEADING_EMPTY_LINE, offset)
            if self.begin == offset:
                self.begin = self.octets.offset
            empty += 1
        if end == b"\n":
            self.findings.note(Kind.BARE_LF, offset + len(text))
        return found

    def _recognise(self, missing: str, *, request: bool) -> Generator[None, None, None]:
        """Wait until the octets can be told to be HTTP, or not."""
        while True:
            unlike = unlike_http(self.octets.data[self.octets.at : self.octets.at + 64], request=request)
            if unlike:
                self.findings.refuse(Kind.NOT_HTTP, self.octets.offset, unlike)
            if unlike is not None:
                return
            yield from self.octets.more(missing)

    def _section(self, start: Line, *, request: bool) -> Generator[None, None, Section]:
        section = Section(self.octets, self.findings, self.bounds, request=request, literal=self.literal)
        section.raw += (start.text, start.end)
        yield from section.read()
        return section

    def _check_switch(self, asked: Asked, section: Section, offset: int) -> None:
        """A 101 must have been asked for, and must name the new protocol (RFC 9110, 7.8)."""
        if not asked.upgrade:
            self.findings.refuse(Kind.SWITCH_UNASKED, offset)
        options = [
            option for index in section.where(b"connection") for option in section.fields[index].value.split(b",")
        ]
        if not section.where(b"upgrade") or b"upgrade" not in {option.strip().lower() for option in options}:
            self.findings.refuse(Kind.SWITCH_UNNAMED, offset)
