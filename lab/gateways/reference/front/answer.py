"""What an application answers, checked: whatever the version of HTTP, nothing invalid goes out."""

from collections.abc import Iterable
from http import HTTPStatus
from typing import NamedTuple

from lab.gateways.reference.front.settings import FieldLine
from lab.h1.fieldlines import OWS, TOKEN
from lab.h1.framing import examined
from lab.h1.section import CONTROL

# Names of RFC 9110, 15.5, that are older in Python's own table.
_PHRASES = {status.value: status.phrase.encode() for status in HTTPStatus} | {
    413: b"Content Too Large",
    414: b"URI Too Long",
    416: b"Range Not Satisfiable",
    422: b"Unprocessable Content",
}
_NO_CONTENT = (204, 304)


class InvalidAnswer(ValueError):
    """What the application wants to be sent is no valid message. Nothing of it has been sent."""


class Start(NamedTuple):
    """The start of a final response, whatever the version.

    fields  in order, without Transfer-Encoding and without the option `close` of Connection
    length  of the content, as Content-Length announces it; None where it does not
    empty   there is no content: the answer to HEAD, a 204, a 304
    closes  the application wants the connection to be closed afterwards
    """

    status: int
    fields: list[FieldLine]
    length: int | None
    empty: bool
    closes: bool


def phrase(status: int) -> bytes:
    """The reason phrase that RFC 9110 gives a status code; empty for one that it does not define."""
    return _PHRASES.get(status, b"")


def start_of(method: bytes, status: int, fields: Iterable[FieldLine]) -> Start:
    """A final response to a request with this method. Raises InvalidAnswer."""
    if not 200 <= status <= 999:
        raise InvalidAnswer(f"{status} is the status code of no final response")
    empty = method == b"HEAD" or status in _NO_CONTENT
    kept: list[FieldLine] = []
    lengths: list[bytes] = []
    closes = False
    for line in checked(fields):
        match line[0].lower():
            case b"content-length":
                lengths.append(line[1])
                if status == 204:
                    continue  # RFC 9110, 8.6
            case b"transfer-encoding":
                if line[1].lower() != b"chunked":
                    raise InvalidAnswer(f"the transfer coding {line[1]!r} is not applied here")
                continue
            case b"connection":
                if b"close" in line[1].lower():
                    options = [option.strip(OWS) for option in line[1].split(b",")]
                    others = [option for option in options if option.lower() != b"close"]
                    closes = closes or len(others) < len(options)
                    if not others:
                        continue
                    line = line[0], b", ".join(others)
        kept.append(line)
    return Start(status, kept, _length(lengths) if lengths else None, empty, closes)


def checked(fields: Iterable[FieldLine]) -> list[FieldLine]:
    """Field lines that can be sent. Raises InvalidAnswer: no name or value may end its line and begin another."""
    lines = []
    for name, value in fields:
        if not TOKEN.fullmatch(name):
            raise InvalidAnswer(f"{name!r} is no field name")
        if CONTROL.search(value):
            raise InvalidAnswer(f"the value of {name!r} holds a control character: {value!r}")
        lines.append((name, value.strip(OWS)))
    return lines


def checked_interim(status: int, fields: Iterable[FieldLine]) -> list[FieldLine]:
    """Those of an interim response; 101 is none that leaves HTTP as it is. Raises InvalidAnswer."""
    if not 100 <= status <= 199 or status == 101:
        raise InvalidAnswer(f"{status} is the status code of no interim response")
    lines = checked(fields)
    if any(name.lower() in (b"content-length", b"transfer-encoding") for name, _ in lines):
        raise InvalidAnswer("an interim response announces no content (RFC 9110, 8.6; RFC 9112, 6.1)")
    return lines


class Announced:
    """Holds the content that is sent against the Content-Length that was announced, where it was."""

    __slots__ = ("_left",)

    def __init__(self, length: int | None) -> None:
        self._left = length

    def count(self, size: int) -> None:
        """So much more is sent. Raises InvalidAnswer."""
        if self._left is not None:
            self._left -= size
            if self._left < 0:
                raise InvalidAnswer("the content is longer than its Content-Length")

    def end(self) -> None:
        """That was all. Raises InvalidAnswer."""
        if self._left:
            raise InvalidAnswer(f"{self._left} octets are missing of the Content-Length")


def _length(values: list[bytes]) -> int:
    fault, number = examined(values)
    if fault is not None:
        raise InvalidAnswer(f"Content-Length cannot be {b', '.join(values)!r}: {fault.says}")
    return int(number)
