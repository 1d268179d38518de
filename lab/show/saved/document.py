"""The file of kept performances: one JSON document, in which each performance stands on a line of its own.

So any program can read it whole, and the lab can write and read it with one performance in memory. After each
performance the document is complete again: whatever ends the writing, what was written until then is valid.
"""

import json
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from gzip import BadGzipFile
from typing import Any, BinaryIO

from lab.show.records import as_line
from lab.show.saved.codec import Decoder, Unreadable, written
from lab.show.saved.performance import Heading, Saved
from lab.show.saved.possible import refuse_impossible

FORMAT = "badgateway transcripts"
VERSION = 1

MOST_OCTETS = 256 << 20
"""Of one performance, and of a document whose lines are not ours."""

_BEGIN = f'{{"format": "{FORMAT}"'.encode()
_HEAD_END, _END = b', "performances": [', b"]}\n"


class Writer:
    """Writes a document into `file`. `rewrites`: it can be gone back in, so that its end can be written each time."""

    def __init__(self, file: BinaryIO, heading: Heading, *, rewrites: bool = True) -> None:
        self._file, self._rewrites, self._empty = file, rewrites, True
        file.write(as_line(written(heading)).encode("ascii").removesuffix(b"}") + _HEAD_END + b"\n")
        self._end()

    def add(self, saved: Saved) -> None:
        """One more performance. OSError where it cannot be written."""
        row = as_line(written(saved)).encode("ascii")
        self._file.write((b"" if self._empty else b",") + row + b"\n")
        self._empty = False
        self._end()

    def _end(self) -> None:
        """Complete the document, and be where the next performance goes."""
        if self._rewrites:
            self._file.write(_END)
        self._file.flush()
        if self._rewrites:
            self._file.seek(-len(_END), 1)

    def finish(self, seconds: float) -> None:
        """Say how long it took. Nothing can be added afterwards."""
        self._file.write(f'], "seconds": {json.dumps(seconds)}}}\n'.encode())
        self._file.flush()


def is_ours(beginning: bytes) -> bool:
    """Whether these are the first bytes of a document of ours."""
    return beginning[: len(_BEGIN)] == _BEGIN


class Reader:
    """Reads a document. `heading`; `seconds` that it took, once all was read (None: it does not say); `unknown`: words
    that this version does not know, and how often they came.

    Raises `Unreadable`, with the line, where something is wrong: what came before can be read all the same.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file, self._line = file, 0
        self._decoder = Decoder()
        self.seconds: float | None = None
        self._whole: dict[str, Any] | None = None
        first = self._next()
        if is_ours(first) and first.endswith(_HEAD_END):
            found = self._json(first + b"]}")
        else:
            with _reading():
                rest = file.read(MOST_OCTETS - len(first) + 1)
            found = self._whole = _document(first + b"\n" + rest)
        self.heading = self._heading(found)

    @property
    def unknown(self) -> dict[str, int]:
        return self._decoder.unknown

    def performances(self) -> Iterator[Saved]:
        """One after the other."""
        if self._whole is not None:
            yield from self._of(self._whole)
            return
        while not (row := self._next()).startswith(b"]"):
            if not row:
                raise Unreadable(f"line {self._line}: the file ends here, in the middle of the document")
            yield self._performance(self._json(row.removeprefix(b",")), f"line {self._line}: ")
        self.seconds = _seconds(self._json(b'{"": [' + row))
        if self._next():  # read to the end: there a compressed file says whether it is whole
            raise Unreadable(f"line {self._line}: something follows the end of the document")

    def _of(self, document: dict[str, Any]) -> Iterator[Saved]:
        rows = document.get("performances")
        if not isinstance(rows, list):
            raise Unreadable("it has no performances")
        for place, row in enumerate(rows):
            yield self._performance(row, f"performances[{place}]: ")
        self.seconds = _seconds(document)

    def _performance(self, row: Any, at: str) -> Saved:
        try:
            saved: Saved = self._decoder.read(Saved, row)
            refuse_impossible(saved)
        except Unreadable as error:
            raise Unreadable(f"{at}{error}") from None
        return saved

    def _heading(self, found: dict[str, Any]) -> Heading:
        version = found.get("version")
        if isinstance(version, int) and version > VERSION:
            raise Unreadable(
                f"badgateway {found.get('lab', '')} wrote it, in version {version} of the format, and this one reads"
                f" version {VERSION} only: install a newer badgateway"
            )
        heading: Heading = self._decoder.read(Heading, found)
        return heading

    def _next(self) -> bytes:
        self._line += 1
        with _reading(f"line {self._line}: "):
            row = self._file.readline(MOST_OCTETS + 1)
        if len(row) > MOST_OCTETS:
            raise Unreadable(f"line {self._line}: it is longer than {MOST_OCTETS >> 20} MiB")
        return row.rstrip(b"\n")

    def _json(self, row: bytes) -> dict[str, Any]:
        try:
            return parsed(row)
        except ValueError as error:
            raise Unreadable(f"line {self._line}: {error}") from None


@contextmanager
def _reading(at: str = "") -> Iterator[None]:
    """What can keep octets from being read, by its name."""
    try:
        yield
    except EOFError:
        raise Unreadable(f"{at}the compressed file ends here, in the middle") from None
    except (zlib.error, BadGzipFile):
        raise Unreadable(f"{at}it is no gzip file, or a damaged one") from None
    except OSError as error:
        raise Unreadable(f"{at}{error.strerror or error}") from None


def _document(data: bytes) -> dict[str, Any]:
    """A document whose lines are not ours: laid out anew by another program, or none at all."""
    if not data.strip():
        raise Unreadable("it is empty")
    if len(data) > MOST_OCTETS:
        raise Unreadable(f"it is longer than {MOST_OCTETS >> 20} MiB, and not written a performance a line")
    try:
        found = parsed(data)
    except ValueError as error:
        if b'"expectations"' in data.partition(b"\n")[0]:
            raise Unreadable("these are the lines of `run --json`: what can be shown again is kept by --save") from None
        raise Unreadable(str(error)) from None
    if found.get("format") != FORMAT:
        raise Unreadable("it is JSON, but holds no transcripts of badgateway (`badgateway run --save FILE` writes one)")
    return found


def parsed(data: bytes) -> dict[str, Any]:
    """A JSON object. ValueError, in one line, where it is none."""
    try:
        found = json.loads(data)
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, " if error.lineno > 1 else ""
        raise ValueError(f"it is no JSON: {error.msg} ({place}column {error.colno})") from None
    except UnicodeDecodeError as error:
        raise ValueError(f"it is no JSON: octet {error.start} is no UTF-8") from None
    except (RecursionError, ValueError):
        raise ValueError("it is no JSON that could be read: its numbers or its nesting go too far") from None
    if not isinstance(found, dict):
        raise ValueError("it is JSON, but no object")
    return found


def _seconds(document: dict[str, Any]) -> float | None:
    found = document.get("seconds")
    return float(found) if isinstance(found, int | float) and 0 <= found < 1e9 else None
