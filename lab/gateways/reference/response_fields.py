"""What the client is told: the upstream's field lines, made over for the client connection. Pure."""

from email.utils import formatdate
from functools import lru_cache

from lab.gateways.reference.request_fields import ONE_CONNECTION
from lab.h1 import Field, Head


def response_fields(head: Head, name: str, now: float, version: str) -> list[Field]:
    """The field lines to relay to a client of this version of HTTP. `now`: seconds since 1970, for a response that has
    no Date (RFC 9110, 6.6.1).

    Content-Length is there only where the reader went by it, or had no need to (RFC 9112, 6.3); where it is not, the
    front frames the content. A Proxy-Status field is the upstream's affair: this gateway has nothing to add to it.
    """
    lines, dated = [], False
    for field in end_to_end(head):
        lower = field.name.lower()
        dated = dated or lower == b"date"
        lines.append(_without_leading_zeros(field) if lower == b"content-length" else field)
    if not dated:
        lines.append(date(now))
    lines.append(Field(b"Via", b"%s %s" % (head.version, name.encode())))
    if head.status == 426 and version == "1.1":
        lines += protocols(head)
    return lines


def switching_fields(head: Head, name: str) -> list[Field]:
    """The field lines of a 101, which this gateway answers as well as the upstream: it switches to the same."""
    return [*end_to_end(head), Field(b"Via", b"%s %s" % (head.version, name.encode())), *protocols(head)]


def protocols(head: Head) -> list[Field]:
    """Upgrade, which concerns one connection, said anew for the client's.

    A 101 must say to what the connection is switched, and a 426 which protocols would be accepted (RFC 9110, 7.8); this
    gateway accepts what its upstream does, since it relays the switch. Only HTTP/1.1 has one. In any other response
    Upgrade merely advertises what the upstream would do on its own connection, and is left out (7.6.1).
    """
    named = head.fields.members(b"upgrade")
    if not named:
        return []
    return [Field(b"Upgrade", b", ".join(named)), Field(b"Connection", b"Upgrade")]


def end_to_end(head: Head) -> list[Field]:
    """The field lines that concern more than the upstream connection (RFC 9110, 7.6.1)."""
    options = head.fields.tokens(b"connection")
    left_out = ONE_CONNECTION.union(options) - {b"content-length"} if options else ONE_CONNECTION
    return [field for field in head.fields if field.name.lower() not in left_out]


def _without_leading_zeros(field: Field) -> Field:
    """Content-Length with as few digits as its number has: not every recipient counts more of them."""
    return Field(field.name, field.value.lstrip(b"0") or b"0")


def date(now: float) -> Field:
    """The Date field of a response that is made now."""
    return _date(int(now))


@lru_cache(maxsize=8)
def _date(second: int) -> Field:
    return Field(b"Date", formatdate(second, usegmt=True).encode())
