"""What status codes say to caches."""

HEURISTICALLY_CACHEABLE = frozenset({200, 203, 204, 206, 300, 301, 308, 404, 405, 410, 414, 501})
"""Those whose responses may be reused without explicit freshness, unless they say otherwise (RFC 9110, 15.1)."""
