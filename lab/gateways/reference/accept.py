"""Which of the media types that there are a client likes best (RFC 9110, 12.5.1). Pure."""

import re
from collections.abc import Sequence

_RANGE = re.compile(rb"[ \t]*([^ \t;,/]+/[^ \t;,]+)[ \t]*((?:;[^,]*)?)")
_WEIGHT = re.compile(rb";[ \t]*q[ \t]*=[ \t]*([01](?:\.\d{0,3})?)[ \t]*(?:;|$)", re.IGNORECASE)


def preferred(accept: bytes, offered: Sequence[str]) -> str:
    """The best of `offered`, which stands in the server's own order of preference; its first where none is acceptable.

    Of equal weights the one that was named wins over one that a wildcard let in.
    """
    if not accept.strip():
        return offered[0]
    ranges = [(found[1].lower(), _weight(found[2])) for part in accept.split(b",") if (found := _RANGE.fullmatch(part))]
    return max(offered, key=lambda media_type: _liking(media_type.encode(), ranges))


def _liking(media_type: bytes, ranges: Sequence[tuple[bytes, float]]) -> tuple[float, int]:
    """Weight and precision of the most precise range that matches."""
    patterns = (b"*/*", media_type.partition(b"/")[0] + b"/*", media_type)
    matching = [(patterns.index(name), weight) for name, weight in ranges if name in patterns]
    precision, weight = max(matching, default=(0, 0.0))
    return weight, precision


def _weight(parameters: bytes) -> float:
    found = _WEIGHT.search(parameters)
    return min(float(found[1]), 1.0) if found else 1.0
