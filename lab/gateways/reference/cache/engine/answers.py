"""Answers made from a stored response: 200, 304, 206 and 416 (RFC 9111, 4; RFC 9110, 15.3.7, 15.4.5 and 15.5.17)."""

from lab.gateways.reference.cache.engine.conditions import not_modified, range_counts
from lab.gateways.reference.cache.engine.values import FromStore, Instant, Stored
from lab.gateways.reference.cache.engine.wants import Wants
from lab.h1 import Field, Fields
from lab.semantics.dates import http_date
from lab.semantics.ranges import byte_ranges, content_range

_NOTHING = range(0)


def answer(
    wants: Wants,
    stored: Stored,
    now: Instant,
    cache_status: bytes,
    *,
    age: float | None,
    stale: bool = False,
    extra: tuple[Field, ...] = (),
) -> FromStore:
    """What this request gets from this stored response. `age`: None where it was validated for this very request.
    `extra`: field lines for this client alone."""
    added = [*extra, Field(b"Cache-Status", cache_status)]
    if age is not None:
        added.append(Field(b"Age", b"%d" % age))
    if stored.status == 200:
        if wants.conditional and not_modified(wants, stored):
            lines = (*stored.metadata.for_who_has_it, *added)
            return FromStore(stored, 304, b"Not Modified", Fields(lines), _NOTHING, cache_status, stale)
        if wants.ranged and range_counts(wants, stored):
            part = _part(wants, stored, now, added, cache_status, stale)
            if part is not None:
                return part
    if stored.status not in (204, 205):
        added.append(Field(b"Content-Length", b"%d" % stored.length))
    content = _NOTHING if wants.head else range(stored.length)
    return FromStore(
        stored, stored.status, stored.reason, Fields((*stored.fields, *added)), content, cache_status, stale
    )


def _part(
    wants: Wants, stored: Stored, now: Instant, added: list[Field], cache_status: bytes, stale: bool
) -> FromStore | None:
    """The one part that is asked for, or 416; None where all is to be sent: the Range is to be ignored, or asks for
    several parts, which a server may answer in full (RFC 9110, 14.2)."""
    ranges = wants.get(b"range")
    parts = byte_ranges(ranges[0], stored.length) if len(ranges) == 1 else None
    if parts is None or len(parts) > 1:
        return None
    if not parts:
        lines = [
            Field(b"Date", http_date(now.wall).encode()),
            Field(b"Content-Range", content_range(None, stored.length)),
            Field(b"Content-Length", b"0"),
            Field(b"Cache-Status", cache_status),
        ]
        return FromStore(stored, 416, b"Range Not Satisfiable", Fields(lines), _NOTHING, cache_status, stale)
    # Who sends If-Range has the metadata already (RFC 9110, 15.3.7).
    kept = stored.metadata.for_who_has_it if wants.get(b"if-range") else stored.fields
    lines = [*kept, *added]
    lines.append(Field(b"Content-Range", content_range(parts[0], stored.length)))
    lines.append(Field(b"Content-Length", b"%d" % len(parts[0])))
    return FromStore(stored, 206, b"Partial Content", Fields(lines), parts[0], cache_status, stale)
