"""The chunked transfer coding (RFC 9112, 7.1)."""

import re
from collections.abc import Generator

from lab.h1.anomalies import Findings, shown
from lab.h1.events import Content, Event, Limits
from lab.h1.fieldlines import OWS, TCHAR
from lab.h1.framing import LARGEST
from lab.h1.kinds import Kind
from lab.h1.octets import Line, Octets

LAST_CHUNK_MISSING = "the last chunk is missing"

_PLAIN = re.compile(rb"([0-9A-Fa-f]{1,15})\r\n")
# No group is possessive: Python 3.11.2 keeps what a possessive group had taken in before it failed.
_SIZE_LINE = re.compile(rb"[ \t\r]*+(?:([0-9A-Fa-f]++)[ \t\r]*+(?:;.*)?)?", re.DOTALL)
_VALUE = rb'(?:[%b]++|"(?:[\t \x21\x23-\x5b\x5d-\x7e\x80-\xff]|\\[\t \x21-\x7e\x80-\xff])*")' % TCHAR
_EXTENSIONS = re.compile(rb"(?:[ \t]*+;[ \t]*+[%b]++(?:[ \t]*+=[ \t]*+%b)?)*" % (TCHAR, _VALUE))


def chunks(octets: Octets, findings: Findings, limits: Limits) -> Generator[Event | None, None, None]:
    """The data of each chunk as Content, up to and with the last chunk. Raises Refusal and Cut."""
    total = 0
    while size := (_plain_size(octets, limits) or (yield from _size(octets, findings, limits))):
        total += size
        if limits.content is not None and total > limits.content:
            findings.refuse(Kind.CONTENT_TOO_LARGE, octets.offset, f"more than {limits.content} octets", size=total)
        while size:
            if data := octets.take(size):
                size -= len(data)
                yield Content(data)
            else:
                yield from octets.more(f"{size} octets of a chunk are missing, and the last chunk")
        if octets.data.startswith(b"\r\n", octets.at):
            octets.skip(2)
        else:
            yield from _data_end(octets, findings)


def _plain_size(octets: Octets, limits: Limits) -> int:
    """The short way to a size above zero, where its line has come and there is nothing to say of it; else zero."""
    plain = _PLAIN.match(octets.data, octets.at)
    if plain is None or len(plain[1]) > limits.chunk_line:
        return 0
    if size := int(plain[1], 16):
        octets.skip(plain.end() - octets.at)
    return size


def _size(octets: Octets, findings: Findings, limits: Limits) -> Generator[None, None, int]:
    while (found := octets.line(limits.chunk_line)) is None:
        # What cannot become the line of a chunk size is refused at its first wrong octet, not when the line ends.
        _refuse_if_wrong(octets.rest, octets.offset, findings)
        yield from octets.more(LAST_CHUNK_MISSING)
    return _size_in(found, findings)


def _refuse_if_wrong(text: bytes, offset: int, findings: Findings) -> None:
    good = _SIZE_LINE.match(text)
    wrong = good.end() if good else 0
    if wrong < len(text):
        findings.refuse(Kind.CHUNK_SIZE_INVALID, offset + wrong, shown(text[: wrong + 1]))


def _size_in(found: Line, findings: Findings) -> int:
    text, offset, end = found
    _refuse_if_wrong(text, offset, findings)
    if not end:
        findings.refuse(Kind.CHUNK_LINE_TOO_LONG, offset, shown(text), size=len(text))
    if end == b"\n":
        findings.refuse(Kind.CHUNK_BARE_LF, offset + len(text), shown(text))
    if b"\r" in text:
        findings.note(Kind.BARE_CR, offset + text.index(b"\r"), shown(text))
        text = text.replace(b"\r", b" ")
    matched = _SIZE_LINE.match(text)
    if matched is None or matched[1] is None:
        findings.refuse(Kind.CHUNK_SIZE_INVALID, offset + len(text), "it is empty")
    digits, rest = matched[1], text[matched.end(1) :]
    if matched.start(1) or (rest and not rest.strip(OWS)):
        findings.note(Kind.CHUNK_SIZE_SPACE, offset, shown(text))
    elif not _EXTENSIONS.fullmatch(rest):
        findings.note(Kind.CHUNK_EXTENSION_INVALID, offset + matched.end(1), shown(text))
    digits = digits.lstrip(b"0")
    if len(digits) > 16 or int(digits or b"0", 16) > LARGEST:
        findings.refuse(Kind.CHUNK_SIZE_TOO_LARGE, offset, shown(text))
    return int(digits or b"0", 16)


def _data_end(octets: Octets, findings: Findings) -> Generator[None, None, None]:
    for wanted in b"\r\n":
        while not octets.left:
            yield from octets.more(LAST_CHUNK_MISSING)
        if octets.data[octets.at] != wanted:
            findings.refuse(Kind.CHUNK_DATA_END, octets.offset, shown(octets.data[octets.at : octets.at + 1]))
        octets.skip(1)
