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


def cache_parameters(cache_status: str) -> dict[str, str]:
    """The parameters of the last member of Cache-Status, whose cache is the nearest to the client (RFC 9211, 2): names
    with their values as written; those of a quoted string are left out."""
    _, *parameters = _QUOTED.sub('""', cache_status).rpartition(",")[2].split(";")
    return {name.strip(): value.strip() for name, _, value in (each.partition("=") for each in parameters)}
