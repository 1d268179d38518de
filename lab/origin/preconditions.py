"""Conditional requests as an origin evaluates them (RFC 9110, 13.1 and 13.2). Pure."""

import re
from collections.abc import Mapping

from lab.origin.dates import seconds_of

_ENTITY_TAG = re.compile(r'(?:W/)?"[\x21\x23-\x7e\x80-\xff]*"')


def outcome(method: str, conditions: Mapping[str, str], etag: str, modified: int, now: float) -> int | None:
    """The status code with which a request ends before its method is performed, or None where it is to be performed.

    conditions  the precondition fields of the request, by their names in lower case, several lines joined by commas
    etag        of the current representation, strong
    modified    when that was changed, and `now`, in seconds since 1970
    """
    safe = method in ("GET", "HEAD")
    if "if-match" in conditions:
        if not _lists(conditions["if-match"], etag, weak=False):
            return 412
    elif "if-unmodified-since" in conditions:
        since = seconds_of(conditions["if-unmodified-since"], now)
        if since is not None and modified > since:
            return 412
    if "if-none-match" in conditions:
        if _lists(conditions["if-none-match"], etag, weak=True):
            return 304 if safe else 412
    elif safe and "if-modified-since" in conditions:
        since = seconds_of(conditions["if-modified-since"], now)
        if since is not None and modified <= since:
            return 304
    return None


def _lists(value: str, etag: str, *, weak: bool) -> bool:
    """Whether a list of entity tags, or `*`, has a match for this one (RFC 9110, 8.8.3.2)."""
    if value.strip() == "*":
        return True
    tags = _ENTITY_TAG.findall(value)
    return etag in ([tag.removeprefix("W/") for tag in tags] if weak else tags)
