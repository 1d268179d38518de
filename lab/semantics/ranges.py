"""Byte ranges (RFC 9110, 14.1.2, 14.2 and 14.4)."""

import re

MOST = 16  # ranges in one request: whoever asks for more gets everything
DIGITS = 18  # of a number; a larger one lies behind the end of any content there is

_SPECIFIER = re.compile(rb"(?i:bytes)=(.*)", re.DOTALL)
_RANGE = re.compile(rb"0*([0-9]*)-0*([0-9]*)")


def byte_ranges(value: bytes, length: int) -> tuple[range, ...] | None:
    """The positions of the octets that a value of Range asks for, in its order, of content of this length.

    (): valid, and not satisfiable (416). None: the field is to be ignored (200): no byte ranges, an invalid one, more
    than 16, more than two that overlap, or no content at all (14.2 leaves these to the server).
    """
    specifier = _SPECIFIER.fullmatch(value)
    if specifier is None or length == 0:
        return None
    specs = [spec for each in specifier[1].split(b",", 4 * MOST) if (spec := each.strip(b" \t"))]
    if not 1 <= len(specs) <= MOST:
        return None
    found = [_range(spec, length) for spec in specs]
    valid = [part for part in found if part is not None]
    if len(valid) < len(found) or _overlapping(valid) > 2:
        return None
    return tuple(part for part in valid if part)


def content_range(part: range | None, length: int) -> bytes:
    """The value of Content-Range beside these octets of content of this length; None is for a 416 (14.4)."""
    return b"bytes */%d" % length if part is None else b"bytes %d-%d/%d" % (part.start, part.stop - 1, length)


def _range(spec: bytes, length: int) -> range | None:
    """The octets that one range asks for: none of them where it is not satisfiable; None where it is invalid."""
    found = _RANGE.fullmatch(spec)
    first_written, _, last_written = spec.partition(b"-")
    if found is None or not (first_written or last_written):
        return None
    first, last = (int(digits or b"0") if len(digits) <= DIGITS else 10**DIGITS for digits in found.groups())
    if not first_written:
        return range(max(length - last, 0), length)
    if not last_written:
        return range(first, max(first, length))
    if _less(found[2], found[1]):
        return None
    return range(first, max(first, min(last + 1, length)))


def _less(one: bytes, other: bytes) -> bool:
    """Whether a number is smaller than another; both are written in digits, however many, without zeros before."""
    return (len(one), one) < (len(other), other)


def _overlapping(ranges: list[range]) -> int:
    """How many of the ranges share octets with another."""
    ordered = sorted((part for part in ranges if part), key=lambda part: part.start)
    sharing = set()
    reached = -1
    furthest = -1
    for number, part in enumerate(ordered):
        if part.start < reached:
            sharing |= {number, furthest}
        if part.stop > reached:
            reached, furthest = part.stop, number
    return len(sharing)
