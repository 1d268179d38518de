"""What the upstream is asked: the client's request, made over for the next hop. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import ip_address

from lab.gateways.reference.failure import Failure
from lab.gateways.reference.front import Front
from lab.gateways.reference.front.answer import phrase
from lab.h1 import Field, Fields
from lab.h1.trailers import FORBIDDEN
from lab.rfc.conditions import Condition

ONE_CONNECTION = frozenset({b"connection", b"keep-alive", b"proxy-connection", b"te", b"transfer-encoding", b"upgrade"})
"""Fields that concern one connection only, whether or not Connection names them (RFC 9110, 7.6.1)."""

IDEMPOTENT = frozenset({b"GET", b"HEAD", b"OPTIONS", b"TRACE", b"PUT", b"DELETE"})
"""Methods whose requests may be repeated automatically (RFC 9110, 9.2.2)."""

# Of the way that a message has come, gateways write in the header section alone.
_NOT_IN_TRAILERS = ONE_CONNECTION | FORBIDDEN | {b"forwarded", b"via"}

# What ends within its line. A quoted-string (RFC 9110, 5.6.4) that does not would take in the member added behind it.
_ENDED = re.compile(rb'(?:[^"]|"(?:[^"\\]|\\.)*")*', re.DOTALL)

# Methods that give a meaning to content, and whose requests say so even where there is none (RFC 9110, 8.6). In HTTP/2
# that needs no field; a client of HTTP/1.1 that sends none has chosen so.
_FOR_CONTENT = frozenset({b"POST", b"PUT", b"PATCH"})

# Written anew for the next hop, or not at all.
_ANEW = ONE_CONNECTION | {b"host", b"content-length", b"expect"}


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A request as it goes to the upstream. `upgrade`: the protocols to switch to that it offers.
    `expects_continue`: its content waits for a 100."""

    method: bytes
    head: bytes
    upgrade: tuple[bytes, ...] = ()
    expects_continue: bool = False

    @property
    def idempotent(self) -> bool:
        return self.method in IDEMPOTENT


def outgoing(front: Front, method: bytes, fields: Fields, name: str, authority: bytes) -> Outgoing:
    """The request for the next hop, from a gateway of this name. Raises Failure where it must not be forwarded.

    `method`, `fields`, `authority`: the client's own, or what a cache asks with in their place. There is an authority
    also where the client named none, as one of HTTP/1.0 may.
    """
    refuse_loop(front.fields, name)
    remaining = max_forwards(front)
    options = front.fields.tokens(b"connection")
    left_out = _ANEW.union(options) if options else _ANEW
    lines = [
        b"%s %s HTTP/1.1" % (method, front.origin_form),
        b"Host: %s" % authority,
    ]
    for field_name, value in fields:
        if (lower := field_name.lower()) not in left_out and not (
            lower == b"forwarded" and not _ENDED.fullmatch(value)
        ):
            value = b"%d" % (remaining - 1) if remaining is not None and lower == b"max-forwards" else value
            lines.append(b"%s: %s" % (field_name, value))
    if front.length is None:
        lines.append(b"Transfer-Encoding: chunked")
    elif front.length or front.fields.has(b"content-length") or (front.version == "2" and front.method in _FOR_CONTENT):
        lines.append(b"Content-Length: %d" % front.length)
    lines += _of_this_connection(front)
    lines.append(b"Via: %s %s" % (front.received_version, name.encode()))
    lines.append(b"Forwarded: " + forwarded(front, name, authority if front.authority else b""))
    return Outgoing(method, b"\r\n".join(lines) + b"\r\n\r\n", front.upgrade, front.expects_continue)


def _of_this_connection(front: Front) -> Iterator[bytes]:
    """What the client wants of its own connection, and this gateway can pass on only by wanting it of the next one.

    Expect: the content is asked of the client when the upstream wants it (RFC 9110, 10.1.1). TE: trailers are sent on
    to a client that takes them (6.5.1). Upgrade: a switch of protocols is relayed (7.8). The last two go with an option
    of Connection.
    """
    options = []
    if front.expects_continue:
        yield b"Expect: 100-continue"
    if front.takes_trailers:
        yield b"TE: trailers"
        options.append(b"TE")
    if front.upgrade:
        yield b"Upgrade: " + b", ".join(front.upgrade)
        options.append(b"Upgrade")
    if options:
        yield b"Connection: " + b", ".join(options)


def trailing_lines(front: Front) -> bytes:
    """The trailer section of a request that is sent in chunks, for the next hop: field lines with their ends."""
    kept = trailing(front.trailers, front.fields)
    return b"".join(b"%s: %s\r\n" % field for field in kept)


def trailing(trailers: Fields, header: Fields) -> list[Field]:
    """The trailer fields to send on, of a message with this header section: none that concerns one connection (RFC
    9110, 7.6.1), and none that is of use in the header section alone (6.5.1). They are never merged into it."""
    left_out = _NOT_IN_TRAILERS | set(header.tokens(b"connection"))
    return [field for field in trailers if field.name.lower() not in left_out]


def max_forwards(front: Front) -> int | None:
    """How often an OPTIONS or TRACE request may still be forwarded; None: it does not say (RFC 9110, 7.6.2).

    Raises Failure where the value is no number: it can be neither checked nor updated.
    """
    values = front.fields.get(b"max-forwards") if front.method in (b"OPTIONS", b"TRACE") else []
    if not values:
        return None
    if len(values) > 1 or not values[0].isdigit() or len(values[0]) > 9:
        raise request_error(400, "Max-Forwards is not one number of at most nine digits")
    return int(values[0])


def request_error(status: int, details: str) -> Failure:
    """The client's request is at fault, and the gateway says so with this 4xx."""
    extras: dict[str, int | str] = {"status-code": status, "status-phrase": phrase(status).decode()}
    return Failure(Condition.REQUEST, details, extras)


def refuse_loop(fields: Fields, name: str) -> None:
    """A request that carries this gateway's own name in Via has been here before (RFC 9110, 7.6, 7.6.3)."""
    own = name.lower().encode()
    for member in fields.members(b"via"):
        if member.lower().split()[1:2] == [own]:
            raise Failure(Condition.LOOP, "the request's Via field already names this gateway")


def forwarded(front: Front, name: str, authority: bytes) -> bytes:
    """The member of Forwarded that tells the upstream of the client connection (RFC 7239, 4). `authority`: empty where
    the client named none."""
    return _member(front.client[0] if front.client else "", front.secure, authority, name)


@lru_cache(maxsize=1024)
def _member(host: str, secure: bool, authority: bytes, name: str) -> bytes:
    obfuscated = re.sub(r"[^A-Za-z0-9._-]", "_", name).encode()
    member = b"for=%s;by=_%s;proto=%s" % (_node(host), obfuscated, b"https" if secure else b"http")
    return member + b";host=" + _quoted(authority) if authority else member


def _node(host: str) -> bytes:
    """An address as RFC 7239, 6, writes it: of IPv6 in brackets, and so quoted."""
    try:
        address = ip_address(host.partition("%")[0])
    except ValueError:
        return b"unknown"
    return b'"[%s]"' % str(address).encode() if address.version == 6 else str(address).encode()


def _quoted(value: bytes) -> bytes:
    return b'"%s"' % re.sub(rb'(["\\])', rb"\\\1", value)
