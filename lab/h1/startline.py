"""Start lines: what a status line and a request line say (RFC 9112, 3 and 4)."""

import re
from typing import NamedTuple

from lab.h1.anomalies import Findings, shown
from lab.h1.fieldlines import TCHAR, TOKEN
from lab.h1.kinds import Kind
from lab.h1.octets import Line

SPACE = b" \t\v\f\r"  # what separates words when parsing leniently (RFC 9112, 3 and 4)
_WORD = re.compile(rb"[^ \t\v\f\r]+")
_VERSION = re.compile(rb"HTTP/1\.[0-9]")
_OTHER_MAJOR = re.compile(rb"HTTP/(?:[02-9](?:\.[0-9]+)?|[1-9][0-9]+(?:\.[0-9]+)?)")
_REASON_CONTROL = re.compile(rb"[\x00-\x08\x0a-\x1f\x7f]")
_PLAIN_STATUS_LINE = re.compile(rb"HTTP/(1\.[0-9]) ([1-5][0-9][0-9]) ([^\x00-\x08\x0a-\x1f\x7f]*)")
_PLAIN_REQUEST_LINE = re.compile(rb"([%b]+) ([^ \t\v\f\r]+) HTTP/(1\.[0-9])" % TCHAR)


class StatusLine(NamedTuple):
    version: bytes
    status: int
    reason: bytes


class RequestLine(NamedTuple):
    version: bytes
    method: bytes
    target: bytes


def status_line(found: Line, findings: Findings) -> StatusLine:
    """Read a status line. Raises Refusal."""
    if plain := _PLAIN_STATUS_LINE.fullmatch(found.text):
        return StatusLine(plain[1], int(plain[2]), plain[3])
    text, offset = _without_bare_cr(found, findings), found.offset
    words = [(word.group(), word.start(), word.end()) for word in _WORD.finditer(text)]
    version, begin, end = words[0] if words else (b"", 0, 0)
    if version[:4].upper() != b"HTTP":
        findings.refuse(Kind.NOT_HTTP, offset + begin, shown(text))
    if begin:
        findings.note(Kind.STATUS_LINE_SPACE, offset, shown(text))
    digits = _version(version, offset + begin, findings)
    if len(words) == 1:
        findings.refuse(Kind.STATUS_INVALID, offset + end, "it is missing")
    code, begin, after = words[1]
    if text[end:begin] != b" ":
        findings.note(Kind.STATUS_LINE_SPACE, offset + end, shown(text))
    if len(code) != 3 or not code.isdigit():
        findings.refuse(Kind.STATUS_INVALID, offset + begin, shown(code))
    if not 100 <= int(code) <= 599:
        findings.note(Kind.STATUS_RANGE, offset + begin, shown(code))
    return StatusLine(digits, int(code), _reason(text, after, offset, findings))


def _reason(text: bytes, after: int, offset: int, findings: Findings) -> bytes:
    """What follows the status code: one SP and any text. More spaces belong to the text."""
    if after == len(text):
        findings.note(Kind.REASON_SPACE_MISSING, offset + after)
        return b""
    if text[after : after + 1] != b" ":
        findings.note(Kind.STATUS_LINE_SPACE, offset + after, shown(text))
    reason = text[after + 1 :]
    if control := _REASON_CONTROL.search(reason):
        findings.note(Kind.REASON_INVALID, offset + after + 1 + control.start(), shown(reason))
        return b""
    return reason


def request_line(found: Line, findings: Findings) -> RequestLine:
    """Read a request line. Raises Refusal."""
    if plain := _PLAIN_REQUEST_LINE.fullmatch(found.text):
        return RequestLine(plain[3], plain[1], plain[2])
    text, offset = _without_bare_cr(found, findings), found.offset
    words = [(word.group(), word.start(), word.end()) for word in _WORD.finditer(text)]
    if len(words) < 3:
        detail = "there is no version, as in HTTP/0.9" if len(words) == 2 else shown(text)
        findings.refuse(Kind.REQUEST_LINE_INVALID, offset, detail)
    method, begin, end = words[0]
    if not TOKEN.fullmatch(method):
        findings.refuse(Kind.METHOD_INVALID, offset + begin, shown(method))
    if len(words) > 3:
        findings.refuse(Kind.TARGET_SPACE, offset + words[1][2], shown(text))
    (target, target_begin, target_end), (version, version_begin, _) = words[1:]
    for at, between in ((0, text[:begin]), (end, text[end:target_begin]), (target_end, text[target_end:version_begin])):
        if between != (b" " if at else b""):
            findings.note(Kind.REQUEST_LINE_SPACE, offset + at, shown(text))
    digits = _version(version, offset + version_begin, findings)
    if words[2][2] != len(text):
        findings.note(Kind.REQUEST_LINE_SPACE, offset + words[2][2], shown(text))
    return RequestLine(digits, method, target)


def _without_bare_cr(found: Line, findings: Findings) -> bytes:
    if b"\r" not in found.text:
        return found.text
    findings.note(Kind.BARE_CR, found.offset + found.text.index(b"\r"), shown(found.text))
    return found.text.replace(b"\r", b" ")


def _version(word: bytes, offset: int, findings: Findings) -> bytes:
    """The digits of the version: a higher minor one is legal (RFC 9110, 6.2)."""
    if not _VERSION.fullmatch(word):
        if _OTHER_MAJOR.fullmatch(word.upper()):
            findings.refuse(Kind.VERSION_MAJOR, offset, shown(word))
        if not _VERSION.fullmatch(word.upper()):
            findings.refuse(Kind.VERSION_INVALID, offset, shown(word))
        findings.note(Kind.VERSION_CASE, offset, shown(word))
    return word[5:]
