"""Error types out of a Proxy-Status field value: forgiving, since any gateway may have written it."""

import re

_ERROR = re.compile(r";\s*error\s*=\s*([a-z_]+)")
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')


def error_types(proxy_status: str) -> tuple[str, ...]:
    """The values of the `error` parameters, nearest the origin first; never one out of a quoted string."""
    return tuple(_ERROR.findall(_QUOTED.sub('""', proxy_status)))
