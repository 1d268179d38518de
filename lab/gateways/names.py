"""The gateways by name, made when asked for: nothing of a gateway is imported before."""

import difflib
from collections.abc import Callable
from urllib.parse import urlsplit

from lab.gateways import Gateway


def _reference() -> Gateway:
    from lab.gateways.reference import Reference

    return Reference("stream")


def _reference_buffer() -> Gateway:
    from lab.gateways.reference import Reference

    return Reference("buffer")


def _reference_lenient() -> Gateway:
    from lab.gateways.reference import Reference

    return Reference("lenient")


NAMES: dict[str, Callable[[], Gateway]] = {
    "reference": _reference,
    "reference-buffer": _reference_buffer,
    "reference-lenient": _reference_lenient,
}


def gateway_named(name: str) -> Gateway:
    """The gateway with this name. LookupError, naming the nearest, where there is none."""
    if name not in NAMES:
        near = difflib.get_close_matches(name, NAMES, 1)
        hint = f"did you mean {near[0]}?" if near else f"there are: {', '.join(NAMES)}"
        raise LookupError(f"there is no gateway {name!r}; {hint}")
    return NAMES[name]()


def running_gateway(url: str, upstream_listen: str, *, http2: bool = False) -> Gateway:
    """A gateway that already runs at `url`, and expects its upstream at `upstream_listen` (HOST:PORT). `http2`: it is
    said to speak HTTP/2, with TLS by ALPN, without by prior knowledge.

    ValueError, with what to do, where one of them is not what it should be.
    """
    from lab.gateways.running import RunningElsewhere

    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(f"--gateway-url takes a URL such as http://127.0.0.1:8080, not {url!r}")
    port = parts.port or (443 if parts.scheme == "https" else 80)
    secure = parts.scheme == "https"
    return RunningElsewhere((parts.hostname, port), address_of(upstream_listen), secure=secure, http2=http2)


def address_of(text: str) -> tuple[str, int]:
    """`127.0.0.1:9000` or `[::1]:9000` as host and port. ValueError, with what to do."""
    host, colon, port = text.rpartition(":")
    if not colon or not port.isdigit() or int(port) > 65535:
        raise ValueError(f"an address is HOST:PORT, such as 127.0.0.1:9000, not {text!r}")
    return host.removeprefix("[").removesuffix("]") or "127.0.0.1", int(port)
