"""Bytes in a few words: `GET /report`, `200 OK, 5 of 20 bytes`, or the bytes themselves where they are no HTTP."""

import re

from lab import h1
from lab.outcome import Answer, read_answer
from lab.show.escape import octets
from lab.show.text.statuses import counted, interim_words, status_words
from lab.tls.look import describe
from lab.tls.records import first_record

_REQUEST = re.compile(rb"([!-~]+) ([!-~]+) HTTP/1\.[01]\r\n")
_TELLING = re.compile(rb"(?im)^(If-None-Match|If-Modified-Since|If-Match|Range|Upgrade|Expect): *([^\r\n]*)")
_LENGTH = re.compile(rb"(?im)^Content-Length:[ \t]*([0-9]{1,18})[ \t]*\r?$")
_CHUNKED = re.compile(rb"(?im)^Transfer-Encoding:[^\r\n]*chunked[ \t]*\r?$")
_SAID = {
    "if-none-match": "unless",
    "if-modified-since": "if newer than",
    "if-match": "only if",
    "range": "only",
    "upgrade": "upgrade to",
    "expect": "expects",
}
_MOST_OCTETS, _MOST_NAMES = 60, 3

TUNNEL = ", another protocol from here"
"""How the words of a switch of protocols end."""


def response_in_short(data: bytes, method: str = "GET") -> str:
    """What the upstream or the gateway sent, as far as it went."""
    return answer_in_short(read_answer(data, method, None, upgrade=True))  # asked for or not: it is what was sent


def answer_in_short(answer: Answer) -> str:
    """An answer, as far as it went."""
    data = answer.written
    said = interim_words(answer.interim)
    if answer.broken:
        return quoted(data)
    if answer.final is not None:
        said.append(
            status_words(answer.final.status) + _content(answer.final.framing, len(answer.content), answer.complete)
        )
    elif not said:
        return quoted(data)
    trailers = ", trailers" if answer.trailers else ""
    surplus = f", then {counted(answer.surplus, 'byte')} more" if answer.surplus else ""
    return ", ".join(said) + trailers + surplus


def trailers_in_short(trailers: h1.Fields) -> str:
    """Their names, or the first of them: `Checksum, Room`."""
    names = list(dict.fromkeys(octets(field.name[:_MOST_OCTETS]) for field in trailers))
    more = f" and {len(names) - _MOST_NAMES} more" if len(names) > _MOST_NAMES else ""
    return ", ".join(names[:_MOST_NAMES]) + more


def _content(framing: h1.Framing, got: int, complete: bool) -> str:
    match framing.kind:
        case "none":
            return ""
        case "tunnel":
            return TUNNEL
        case "length" | "stream" if framing.length is not None and not complete:
            return f", {got:,} of {counted(framing.length or 0, 'byte')}"
        case "chunked":
            return f", {counted(got, 'byte')}" + ("" if complete else ", no last chunk")
        case "stream":
            return f", {counted(got, 'byte')}" + ("" if complete else ", no end")
    return f", {counted(got, 'byte')}"


def request_in_short(data: bytes) -> str:
    """What the client or the gateway sent: the request line, what makes it conditional, and its content."""
    found = _REQUEST.match(data)
    if found is None:
        return quoted(data)
    section, end, content = data.partition(b"\r\n\r\n")
    telling = {name.decode("ascii").lower(): octets(value) for name, value in _TELLING.findall(section)}
    fields = "".join(f" {_SAID[name]} {value}" for name, value in telling.items())
    size = _size(section, len(content)) if content else ""
    return f"{octets(found[1])} {octets(found[2])}{fields}{size}{'' if end else ', unfinished'}"


def _size(section: bytes, got: int) -> str:
    """Of the content; in chunks, which are counted by nobody here."""
    if _CHUNKED.search(section):
        return ", in chunks"
    promised = _LENGTH.search(section)
    length = int(promised[1]) if promised else got
    return f", {got:,} of {counted(length, 'byte')}" if got < length else f", {counted(got, 'byte')}"


def quoted(data: bytes) -> str:
    """TLS by its name; else the first bytes as they are, and how many there are where not all are shown."""
    if first_record(data) is not None:
        return describe(data)
    shown = octets(data[:_MOST_OCTETS])
    return f'"{shown}"' if len(data) <= _MOST_OCTETS else f'"{shown}..." ({len(data):,} bytes)'
