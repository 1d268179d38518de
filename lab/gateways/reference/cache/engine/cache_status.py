"""The member of Cache-Status by which this cache says what it did (RFC 9211, 2)."""

import re

import http_sf
from http_sf.types import BareItemType

_PLAIN = re.compile(rb"[\x20\x21\x23-\x5b\x5d-\x7e]*")
_LARGEST = 999_999_999_999_999  # of an Integer (RFC 9651, 3.3.1)
_LONGEST_KEY = 256


def hit(name: str, ttl: float, key: bytes, detail: str = "") -> bytes:
    """Answered from the store. Written by hand, though as http-sf writes it: such an answer has to be quick."""
    member = b"%b;hit;ttl=%d;key=%b" % (name.encode(), whole(ttl), _string(key))
    return b"%b;detail=%b" % (member, detail.encode()) if detail else member


def forwarded(
    name: str,
    why: str,
    key: bytes,
    *,
    status: int | None = None,
    ttl: float | None = None,
    stored: bool | None = None,
    detail: str = "",
) -> bytes:
    """The upstream was asked: why, what its status code was where the client gets another one, and whether its response
    is stored. (Whether it was shared, `collapsed`, is known to who shared it: `with_collapsed`.)"""
    parameters: dict[str, BareItemType] = {"fwd": http_sf.Token(why)}
    if status is not None:
        parameters["fwd-status"] = status
    if ttl is not None:
        parameters["ttl"] = whole(ttl)
    if stored is not None:
        parameters["stored"] = stored
    parameters["key"] = _shown(key)
    if detail:
        parameters["detail"] = http_sf.Token(detail)
    return http_sf.ser([(http_sf.Token(name), parameters)]).encode("ascii")


def with_collapsed(member: bytes, collapsed: bool) -> bytes:
    """The member, with whether the request shared the answer to another one (RFC 9211, 2.6)."""
    return member + (b";collapsed" if collapsed else b";collapsed=?0")


def without_stored(member: bytes) -> bytes:
    """The member, where the store had no room after all for what was to be stored (RFC 9211, 2.5)."""
    return member.replace(b";stored;", b";stored=?0;", 1)


def whole(seconds: float) -> int:
    """Seconds as an Integer: what is left of them in full."""
    return int(max(-_LARGEST, min(seconds, _LARGEST)) // 1)


def _string(key: bytes) -> bytes:
    """The key as a String."""
    if len(key) <= _LONGEST_KEY and _PLAIN.fullmatch(key):
        return b'"%b"' % key
    return http_sf.ser(_shown(key)).encode("ascii")


def _shown(key: bytes) -> str:
    """The key in ASCII, bounded: a client chose most of it."""
    text = "".join(chr(octet) if 0x20 <= octet <= 0x7E else f"%{octet:02X}" for octet in key[: _LONGEST_KEY + 1])
    return text if len(key) <= _LONGEST_KEY else f"{text[:_LONGEST_KEY]}..."
