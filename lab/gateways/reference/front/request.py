"""A request as the front hands it on: what a client asked for, verbatim, and what that means here."""

import re
from dataclasses import dataclass

from lab.gateways.reference.front.refusal import (
    CONNECT,
    EXPECTATION_UNKNOWN,
    MISDIRECTED,
    SCHEME_UNKNOWN,
    TRACE_WITH_CONTENT,
)
from lab.h1 import Fields, FramingKind, Head

_ABSOLUTE = re.compile(rb"([A-Za-z][A-Za-z0-9+.\-]*)://([^/?]*)(.*)", re.DOTALL)


@dataclass(frozen=True)
class Request:
    """A request without its content.

    target       as received, in whichever of its forms
    origin_form  path and query of the target, or `*`: what a gateway asks its upstream for
    authority    the host, and port if any, that it is meant for: from an absolute-form target, else from Host
    version      "2", "1.1" or "1.0": a higher minor version is taken as the highest known here (RFC 9110, 2.5 and 6.2)
    received_version   as it came, such as b"1.2"; b"2" for HTTP/2
    length       of the content, None where only its end will tell
    upgrade      the protocols that it asks to switch to, in its order, without h2c; only HTTP/1.1 can (RFC 9110, 7.8)
    persistent   whether the client would use the connection again
    """

    method: bytes
    target: bytes
    origin_form: bytes
    authority: bytes
    version: str
    received_version: bytes
    fields: Fields
    length: int | None
    upgrade: tuple[bytes, ...] = ()
    persistent: bool = True

    @property
    def expects_continue(self) -> bool:
        """Whether the client may be waiting for a 100 (Continue). RFC 9110, 10.1.1: not one of HTTP/1.0."""
        return self.version != "1.0" and self.length != 0 and b"100-continue" in self.fields.tokens(b"Expect")

    @property
    def takes_trailers(self) -> bool:
        """Whether the client says that it does not discard trailer fields (RFC 9110, 10.1.4). HTTP/1.0 has none; in
        HTTP/1.1 a TE that Connection does not name is to be ignored, for somebody may have passed it on (7.6.1)."""
        if self.version == "1.0" or b"trailers" not in self.fields.tokens(b"TE"):
            return False
        return self.version == "2" or b"te" in self.fields.tokens(b"Connection")

    @property
    def accept(self) -> bytes:
        return b", ".join(self.fields.get(b"Accept"))


def understand(head: Head, secure: bool) -> Request:
    """The request that this header section makes on a connection of this kind. Raises Refusal."""
    if head.method == b"CONNECT":
        raise CONNECT
    authority, origin_form = _locate(head, secure)
    lengths = {FramingKind.NONE: 0, FramingKind.LENGTH: head.framing.length}
    length = lengths.get(head.framing.kind)
    check_meaning(head.method, head.fields, length, head.version)
    return Request(
        method=head.method,
        target=head.target,
        origin_form=origin_form,
        authority=authority,
        version="1.0" if head.version == b"1.0" else "1.1",
        received_version=head.version,
        fields=head.fields,
        length=length,
        upgrade=_asked_for(head) if head.asks_to_switch else (),
        persistent=head.persistent,
    )


def check_meaning(method: bytes, fields: Fields, length: int | None, version: bytes) -> None:
    """What no request may ask for, in whatever version it is written. Raises Refusal."""
    if method == b"TRACE" and length != 0:
        raise TRACE_WITH_CONTENT
    if version != b"1.0" and any(member != b"100-continue" for member in fields.tokens(b"Expect")):
        raise EXPECTATION_UNKNOWN


def _asked_for(head: Head) -> tuple[bytes, ...]:
    """HTTP/2 over a switch of protocols is not spoken (RFC 9113, 3.1): h2c is as good as not asked for."""
    return tuple(
        protocol for protocol in head.fields.members(b"Upgrade") if protocol.lower().partition(b"/")[0] != b"h2c"
    )


def _locate(head: Head, secure: bool) -> tuple[bytes, bytes]:
    """The effective authority and the origin-form. RFC 9112, 3.2.2: an absolute-form target wins over Host."""
    if head.target.startswith(b"/") or head.target == b"*":
        return b"".join(head.fields.get(b"Host")), head.target
    absolute = _ABSOLUTE.fullmatch(head.target)
    if absolute is None:
        raise SCHEME_UNKNOWN  # such as urn:x: a URI without authority
    scheme, authority, rest = absolute[1].lower(), absolute[2], absolute[3]
    if scheme not in (b"http", b"https"):
        raise SCHEME_UNKNOWN
    if scheme == b"https" and not secure:
        raise MISDIRECTED
    if not rest and head.method == b"OPTIONS":
        return authority, b"*"  # RFC 9112, 3.2.4
    return authority, rest if rest.startswith(b"/") else b"/" + rest
