"""What Proxy-Status and Cache-Status say: forgiving, since any gateway may have written it."""

import re

_ERROR = re.compile(r";\s*error\s*=\s*([a-z_]+)")
_PARAMETER = re.compile(r";\s*([a-z*][a-z0-9_.*-]*)\s*(?:=\s*([^;,\s]+))?")
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')


def error_types(proxy_status: str) -> tuple[str, ...]:
    """The values of the `error` parameters, nearest the origin first; never one out of a quoted string."""
    return tuple(_ERROR.findall(_QUOTED.sub('""', proxy_status)))


def cache_parameters(cache_status: str) -> tuple[tuple[str, str], ...]:
    """The parameters in Cache-Status, of all the caches on the way, nearest the origin first: name and value as it is
    written. What stands alone is true, so its value is `?1`; a quoted string is given as `""`."""
    found = _PARAMETER.findall(_QUOTED.sub('""', cache_status))
    return tuple((name, value or "?1") for name, value in found)


def of_the_last_cache(cache_status: str) -> dict[str, str]:
    """What the cache nearest to the client says: the parameters of the last member (RFC 9211, 2)."""
    return dict(cache_parameters(_QUOTED.sub('""', cache_status).rpartition(",")[2]))
