"""Conditional requests: each condition by itself, and all of them in the order of RFC 9110, 13.2.2, as an origin
evaluates them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from lab.h1 import Fields
from lab.semantics.dates import seconds_of
from lab.semantics.etags import EntityTag, entity_tag, entity_tags, matches_strongly, matches_weakly


@dataclass(frozen=True, slots=True)
class Validators:
    """What a representation is told apart by.

    etag      its entity tag, if it has one
    modified  its Last-Modified in seconds since 1970, if it has one
    settled   whether that date is a strong validator (RFC 9110, 8.8.2.2): no other state of the same second was sent
    """

    etag: EntityTag | None = None
    modified: int | None = None
    settled: bool = False


def refusal(method: bytes, fields: Fields, current: Validators | None, now: float) -> Literal[304, 412] | None:
    """The status code with which a request ends before its method is performed; None where it is to be performed.

    current  the validators of the selected representation; None where there is no current representation
    now      in seconds since 1970

    Not to be asked where the answer without conditions would not be a 2xx or a 412 (RFC 9110, 13.2.1).
    """
    safe = method in (b"GET", b"HEAD")
    modified = current.modified if current else None
    if values := fields.get(b"if-match"):
        if not if_match(values, current):
            return 412
    elif unmodified(fields.get(b"if-unmodified-since"), modified, now) is False:
        return 412
    if values := fields.get(b"if-none-match"):
        if not if_none_match(values, current):
            return 304 if safe else 412
    elif safe and unmodified(fields.get(b"if-modified-since"), modified, now):
        return 304
    return None


def if_match(values: Sequence[bytes], current: Validators | None) -> bool:
    """Whether the condition of these values of If-Match is true (RFC 9110, 13.1.1)."""
    return _lists(values, current, matches_strongly)


def if_none_match(values: Sequence[bytes], current: Validators | None) -> bool:
    """Whether the condition of these values of If-None-Match is true: none of them matches (RFC 9110, 13.1.2)."""
    return not _lists(values, current, matches_weakly)


def unmodified(dates: Sequence[bytes], modified: int | None, now: float) -> bool | None:
    """Whether what was modified then has not been since this date of If-Modified-Since or If-Unmodified-Since.

    None where the field is to be ignored: no date or several, no HTTP-date, no date of modification (RFC 9110, 13.1.3
    and 13.1.4).
    """
    if len(dates) != 1 or modified is None:
        return None
    since = seconds_of(dates[0].decode("latin-1"), now)
    return None if since is None else modified <= since


def if_range(values: Sequence[bytes], current: Validators, now: float) -> bool:
    """Whether a Range beside these values of If-Range counts (RFC 9110, 13.1.5): there are none, or the one is exactly
    the current validator, and strong."""
    if not values:
        return True
    if len(values) > 1:
        return False
    if b'"' in values[0][:3]:
        asked = entity_tag(values[0])
        return asked is not None and current.etag is not None and matches_strongly(asked, current.etag)
    date = seconds_of(values[0].decode("latin-1"), now)
    return date is not None and current.settled and date == current.modified


def _lists(
    values: Sequence[bytes], current: Validators | None, matches: Callable[[EntityTag, EntityTag], bool]
) -> bool:
    """Whether a list of entity tags has one that matches the current one; `*` matches whatever there is."""
    tags = entity_tags(values)
    if current is None:
        return False
    if tags == "*":
        return True
    etag = current.etag
    return etag is not None and any(matches(tag, etag) for tag in tags)
