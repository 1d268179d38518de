"""Two messages side by side, octet by octet: start line, field lines, framing, content, trailer fields."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from lab import h1
from lab.outcome import Answer
from lab.show.text.statuses import counted, interim_words


class Part(StrEnum):
    """Which part of a message differs."""

    VERSION = "version"  # of HTTP, where it is HTTP/2 on one side
    START = "start line"
    FIELD = "field line"
    NAMES = "names"  # the same but for the case of their letters
    ORDER = "order"
    FRAMING = "framing"
    CONTENT = "content"
    TRAILER = "trailer field"
    INTERIM = "interim responses"


@dataclass(frozen=True)
class Difference:
    """One difference. `before`, `after`: the wire line on either side without its end (None: there is none); both None
    where a sentence says it. `says`: what is different, in words."""

    part: Part
    before: bytes | None = None
    after: bytes | None = None
    says: str = ""


def compared(before: Answer, after: Answer) -> tuple[tuple[Difference, ...], int]:
    """The differences of two messages that have a header section, and how many field lines are as they were."""
    assert before.final is not None
    assert after.final is not None
    was, now = field_lines(before.final), field_lines(after.final)
    fields, kept = _fields(was, now)
    found = (
        *_interim(before, after),
        *_start(before.final, after.final),
        *fields,
        *_order(was, now),
        *_framing(before.final, after.final),
        *_content(before, after),
        *_trailers(before.trailers, after.trailers),
    )
    return found, kept


def field_lines(head: h1.Head) -> list[bytes]:
    """The field lines as they came; what continues a line belongs to it. CR LF at the end is left out, another end is
    not."""
    rows = head.raw.split(b"\n")[1:]
    found: list[bytes] = []
    for row in rows:
        if row in (b"", b"\r"):
            break
        if row[:1] in (b" ", b"\t") and found:
            found[-1] += b"\n" + row
        else:
            found.append(row)
    return [row[:-1] if row.endswith(b"\r") else row + b"\n" for row in found]


def _name(row: bytes) -> bytes:
    return row.partition(b":")[0].strip().lower()


def _value(row: bytes) -> bytes:
    return row.partition(b":")[2].strip()


def _interim(before: Answer, after: Answer) -> Iterator[Difference]:
    was, now = ", ".join(interim_words(before.interim)), ", ".join(interim_words(after.interim))
    if before.interim != after.interim:
        yield Difference(Part.INTERIM, says=f"interim responses: {was or 'none'} became {now or 'none'}")


def _start(before: h1.Head, after: h1.Head) -> Iterator[Difference]:
    """The version; the method and target, or the status and reason phrase (which HTTP/2 does not have)."""
    if (http2 := b"2" in (before.version, after.version)) and before.version != after.version:
        was, now = (f"HTTP/{head.version.decode('latin-1')}" for head in (before, after))
        yield Difference(Part.VERSION, says=f"{was} became {now}")
    parts = [("method", before.method, after.method), ("target", before.target, after.target)]
    parts.append(("status", b"%d" % before.status, b"%d" % after.status))
    if not http2:
        parts += [("version", before.version, after.version), ("reason phrase", before.reason, after.reason)]
    names = [name for name, old, new in parts if old != new]
    if names:
        first, second = (head.raw.split(b"\n", 1)[0].removesuffix(b"\r") for head in (before, after))
        yield Difference(Part.START, first, second, f"start line: another {' and '.join(names)}")


def _fields(was: Sequence[bytes], now: Sequence[bytes]) -> tuple[list[Difference], int]:
    """Line by line under each name: those that are the same are kept, of the rest each removed one is changed into an
    added one while there are both."""
    found: list[Difference] = []
    renamed: list[bytes] = []
    kept = 0
    for name in dict.fromkeys(map(_name, (*was, *now))):
        old = [row for row in was if _name(row) == name]
        new = [row for row in now if _name(row) == name]
        for row in list(old):
            same = next((each for each in new if each == row or _only_case(each, row)), None)
            if same is not None:
                kept += 1
                renamed += [same] if same != row else []
                old.remove(row)
                new.remove(same)
        found += _pairs(old, new)
    if renamed:
        found.append(_renamed(renamed))
    return found, kept


def _only_case(one: bytes, other: bytes) -> bool:
    """Whether these differ in the case of their names alone."""
    return one.lower() == other.lower() and one.partition(b":")[2] == other.partition(b":")[2]


def _pairs(old: Sequence[bytes], new: Sequence[bytes]) -> Iterator[Difference]:
    for place in range(max(len(old), len(new))):
        was = old[place] if place < len(old) else None
        now = new[place] if place < len(new) else None
        how = "removed" if now is None else "added" if was is None else "changed"
        if was is not None and now is not None and _value(was) == _value(now):
            how = "written differently"
        name = _name(was if was is not None else now or b"").decode("latin-1")
        yield Difference(Part.FIELD, was, now, f"field line {how}: {name}")


def _renamed(rows: Sequence[bytes]) -> Difference:
    lower = all(row.partition(b":")[0].islower() for row in rows)
    case = "in lower case" if lower else "in another case"
    return Difference(Part.NAMES, says=f"{counted(len(rows), 'field name')} {case}")


def _order(was: Sequence[bytes], now: Sequence[bytes]) -> Iterator[Difference]:
    """Of the names that are on both sides, since a gateway may put its own anywhere."""
    old, new = [_name(row) for row in was], [_name(row) for row in now]
    first = [name for name in dict.fromkeys(old) if name in new]
    second = [name for name in dict.fromkeys(new) if name in old]
    if first != second:
        yield Difference(Part.ORDER, says="field lines in another order")


_ENDS_BY = {
    h1.FramingKind.NONE: "its header section",
    h1.FramingKind.LENGTH: "its Content-Length",
    h1.FramingKind.CHUNKED: "its last chunk",
    h1.FramingKind.CLOSE: "the close of the connection",
    h1.FramingKind.TUNNEL: "the close of a tunnel",
    h1.FramingKind.STREAM: "the end of its stream",
}


def _framing(before: h1.Head, after: h1.Head) -> Iterator[Difference]:
    """Between versions it always differs: then the versions say it, unless what announced an end got lost."""
    was, now = before.framing, after.framing
    versions = h1.FramingKind.STREAM in (was.kind, now.kind)
    same = was.length == now.length or h1.FramingKind.NONE in (was.kind, now.kind)
    if was.kind is not now.kind and not (versions and same):
        yield Difference(Part.FRAMING, says=f"it ends by {_ENDS_BY[now.kind]}, and no longer by {_ENDS_BY[was.kind]}")


def _content(before: Answer, after: Answer) -> Iterator[Difference]:
    was, now = before.content, after.content
    if was != now:
        if not now:
            says = f"content removed: {counted(len(was), 'byte')}"
        elif not was:
            says = f"content added: {counted(len(now), 'byte')}"
        elif was.startswith(now):
            says = f"content cut: {len(now):,} of {counted(len(was), 'byte')}"
        else:
            says = f"content changed: {counted(len(was), 'byte')} became {len(now):,}"
        yield Difference(Part.CONTENT, says=says)
    if before.complete != after.complete:
        says = "incomplete, and it looks complete now" if after.complete else "complete, and it is incomplete now"
        yield Difference(Part.CONTENT, says=f"it was {says}")


def _trailers(before: h1.Fields, after: h1.Fields) -> Iterator[Difference]:
    was = [b"%b: %b" % field for field in before]
    now = [b"%b: %b" % field for field in after]
    for each in _fields(was, now)[0]:
        says = re.sub("^field line", "trailer field", each.says)
        yield Difference(Part.TRAILER, each.before, each.after, says)
