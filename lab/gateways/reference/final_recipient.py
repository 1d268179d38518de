"""What the gateway answers in the upstream's place, where a request may be forwarded no further (RFC 9110, 7.6.2)."""

from lab.gateways.reference.failure import Failure
from lab.gateways.reference.front import Front
from lab.h1 import Field
from lab.rfc.conditions import Condition

_SECRET = (b"authorization", b"proxy-authorization", b"cookie")

LAST_HOP = Failure(Condition.INTERNAL_RESPONSE, "Max-Forwards was 0")


def own_answer(front: Front) -> tuple[list[Field], bytes]:
    """Field lines and content of a 200: for TRACE the request as it came, but for what may be secret (RFC 9110,
    9.3.8); for OPTIONS nothing, since only the upstream could tell what it supports."""
    if front.method != b"TRACE":
        return [], b""
    start = b"%s %s HTTP/%s" % (front.method, front.target, front.received_version)
    lines = [start, *(b"%s: %s" % field for field in front.fields.without(*_SECRET))]
    return [Field(b"Content-Type", b"message/http")], b"\r\n".join(lines) + b"\r\n\r\n"
