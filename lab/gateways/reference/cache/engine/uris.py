"""Target URIs: the cache key, and the URIs that a response speaks of (RFC 9111, 2 and 4.4)."""

from urllib.parse import urljoin, urlsplit

from lab.gateways.reference.cache.engine.values import Asked
from lab.h1 import Fields


def key_of(asked: Asked) -> bytes:
    """The target URI (RFC 9110, 7.1), with scheme and host in lower case and without the port that is the default one.
    GET and HEAD share it. Path and query are as they came: what differs there may be another resource."""
    return origin_of(asked) + asked.target


def origin_of(asked: Asked) -> bytes:
    scheme = b"https" if asked.secure else b"http"
    return b"%s://%s" % (scheme, normal_authority(asked.authority, secure=asked.secure))


def normal_authority(authority: bytes, *, secure: bool) -> bytes:
    """The one way to write it: in lower case, and without the port that is the default one (RFC 9110, 4.2.3)."""
    return authority.lower().removesuffix(b":443" if secure else b":80").removesuffix(b":")


def located(asked: Asked, fields: Fields, *names: bytes) -> tuple[bytes, ...]:
    """The keys of the URIs in these fields of the response, resolved against the target URI: of the same origin only,
    for no origin may invalidate what is another's (RFC 9111, 4.4)."""
    values = [value for name in names for value in fields.get(name)]
    keys = (_key(asked, value) for value in values)
    return tuple(dict.fromkeys(key for key in keys if key))


def _key(asked: Asked, reference: bytes) -> bytes:
    """The key of the URI that this reference means; empty where it means none of the same origin."""
    written = reference.strip(b" \t").decode("latin-1").partition("#")[0]
    try:
        parts = urlsplit(urljoin(key_of(asked).decode("latin-1"), written))
        query = f"?{parts.query}" if parts.query or written.endswith("?") else ""
        target = f"{parts.path or '/'}{query}".encode("latin-1")
        there = Asked(b"GET", target, parts.scheme == "https", parts.netloc.encode("latin-1"), Fields())
    except ValueError:
        return b""
    same = parts.scheme in ("http", "https") and origin_of(there) == origin_of(asked)
    return key_of(there) if same else b""
