"""Requests that the front answers itself, because no application may see them: which, with what status, and why."""

import re
from dataclasses import dataclass

from lab.h1 import Anomaly, Kind


@dataclass(frozen=True)
class Refusal(Exception):
    """An error answer of the front's own; the connection is closed after it.

    condition  one word for it: a kind of anomaly of lab.h1, or one of the words in this module
    why        a sentence for people, with its clause
    """

    status: int
    condition: str
    why: str


def unreadable(anomaly: Anomaly) -> Refusal:
    """A request whose octets are no message, or one too large, or one that could be read in two ways."""
    detail = f" ({anomaly.detail})" if anomaly.detail else ""
    return Refusal(anomaly.kind.status, anomaly.kind.value, f"{anomaly.kind.says}{detail} [{anomaly.kind.clause}]")


CONNECT = Refusal(
    501, "connect", "This gateway makes no tunnels: CONNECT is not implemented for any resource. [RFC 9110, 9.1, 9.3.6]"
)
MISDIRECTED = Refusal(
    421, "misdirected", "The target is an https URI, but this connection is not secured. [RFC 9110, 7.4]"
)
SCHEME_UNKNOWN = Refusal(
    400, "scheme-unknown", "The target's scheme is neither http nor https. [RFC 9112, 3.2.2; RFC 9110, 4.2]"
)
TRACE_WITH_CONTENT = Refusal(
    400, "trace-with-content", "A TRACE request has content, which no client may send. [RFC 9110, 9.3.8]"
)
EXPECTATION_UNKNOWN = Refusal(
    417, "expectation-unknown", "The request expects something other than 100-continue. [RFC 9110, 10.1.1]"
)
CONTENT_TOO_LARGE = Refusal(
    Kind.CONTENT_TOO_LARGE.status,
    Kind.CONTENT_TOO_LARGE.value,
    f"{Kind.CONTENT_TOO_LARGE.says} [{Kind.CONTENT_TOO_LARGE.clause}]",
)
INCOMPLETE = Refusal(
    400, "request-incomplete", "The client ended its side of the connection in the middle of a request. [RFC 9112, 8]"
)
HEADER_TIMEOUT = Refusal(
    408, "header-timeout", "The header section of the request did not come in time. [RFC 9110, 15.5.9]"
)
CONTENT_TIMEOUT = Refusal(408, "content-timeout", "The content of the request did not come in time. [RFC 9110, 15.5.9]")
TOO_MANY_CLIENTS = Refusal(
    503, "too-many-clients", "This gateway has as many client connections as it takes. [RFC 9110, 15.6.4]"
)
FAILED = Refusal(500, "failed", "The gateway itself failed. Its log says how. [RFC 9110, 15.6.1]")

_ACCEPT = re.compile(rb"^accept[ \t]*:[ \t]*([^\r\n]*)", re.IGNORECASE | re.MULTILINE)


def glimpse(octets: bytes) -> tuple[bytes, bytes]:
    """The method and the Accept of a header section that was refused, as far as they can be made out."""
    method, _, _ = octets.lstrip(b"\r\n").partition(b" ")
    accept = _ACCEPT.search(octets)
    return method, accept[1].strip() if accept else b""
