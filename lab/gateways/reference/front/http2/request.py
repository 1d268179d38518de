"""A request of HTTP/2, judged: what the client asks for, or why nobody may see it. Pure."""

import re
from collections.abc import Iterable
from itertools import starmap
from typing import NoReturn

from lab.gateways.reference.front.refusal import CONNECT, MISDIRECTED, SCHEME_UNKNOWN, Refusal, unreadable
from lab.gateways.reference.front.request import Request, check_meaning
from lab.h1 import Anomaly, Field, Fields, Limits
from lab.h1 import Kind as H1Kind
from lab.h1.anomalies import Findings, shown
from lab.h1.anomalies import Refusal as Unreadable
from lab.h1.fieldlines import TOKEN
from lab.h1.framing import examined
from lab.h1.hosts import is_host
from lab.h1.section import CONTROL
from lab.h1.target import check_target
from lab.h1.trailers import FORBIDDEN
from lab.h2.kinds import Kind
from lab.h2.section import REQUEST, divided

Pairs = Iterable[tuple[bytes, bytes]]

_MANDATORY = (b":method", b":scheme", b":path")
_PORT = re.compile(rb":([0-9]*)\Z")
_PORTS = {b"http": b"80", b"https": b"443"}
_NO_TRAILERS: frozenset[bytes] = frozenset()


class Malformed(Refusal):
    """A malformed request (RFC 9113, 8.1.1): after the answer, a stream error of type PROTOCOL_ERROR."""


def malformed(kind: Kind | H1Kind, detail: str = "") -> Malformed:
    found = f" ({detail})" if detail else ""
    return Malformed(400, kind.value, f"{kind.says}{found} [{kind.clause}]")


def request_of(pairs: list[tuple[bytes, bytes]], *, ended: bool, secure: bool, limits: Limits) -> Request:
    """The request that this header section makes; `ended`: there is no content. Raises Refusal."""
    _measure(_joined(pairs), limits.field, limits.section, limits.fields)
    pseudo, fields = divided(pairs, REQUEST, _refuse)
    _check_lines(fields)
    method = pseudo.get(b":method", b"")
    if not TOKEN.fullmatch(method):
        raise malformed(Kind.PSEUDO_INVALID, f":method is {shown(method)}")
    if b":protocol" in pseudo:
        raise malformed(Kind.PSEUDO_UNKNOWN, "extended CONNECT is not offered here")
    if method == b"CONNECT":
        raise CONNECT
    for name in _MANDATORY:
        if not pseudo.get(name):
            raise malformed(Kind.PSEUDO_INVALID, f"{name.decode()} is missing or empty")
    scheme, path = pseudo[b":scheme"].lower(), pseudo[b":path"]
    authority = _authority(scheme, pseudo.get(b":authority"), fields.get(b"host"))
    if scheme == b"https" and not secure:
        raise MISDIRECTED
    _check_path(method, path, limits)
    length = _length(fields, ended)
    check_meaning(method, fields, length, b"2")
    return Request(method, path, path, authority, "2", b"2", Fields(starmap(Field, _joined(fields))), length)


def trailers_of(pairs: list[tuple[bytes, bytes]], limits: Limits) -> Fields:
    """The trailer fields of a request. Raises Refusal."""
    sizes = H1Kind.TRAILER_FIELD_TOO_LARGE, H1Kind.TRAILER_SECTION_TOO_LARGE, H1Kind.TRAILER_SECTION_TOO_LARGE
    _measure(pairs, limits.trailer_field, limits.trailer_section, limits.fields, sizes)
    _, fields = divided(pairs, _NO_TRAILERS, _refuse)
    _check_lines(fields)
    for name, _ in fields:
        if name in FORBIDDEN:
            raise malformed(H1Kind.TRAILER_FORBIDDEN, shown(name))
    return fields


def _refuse(kind: Kind, detail: str) -> NoReturn:
    raise malformed(kind, detail)


def _measure(
    pairs: Pairs,
    field: int,
    section: int,
    fields: int,
    kinds: tuple[H1Kind, H1Kind, H1Kind] = (
        H1Kind.FIELD_TOO_LARGE, H1Kind.SECTION_TOO_LARGE, H1Kind.TOO_MANY_FIELDS,
    ),
) -> None:  # fmt: skip
    """Hold a section against the limits, counted as if it were written in lines. The target has one of its own."""
    total = count = 0
    for name, value in pairs:
        if name == b":path":
            continue
        size = len(name) + len(b": ") + len(value)
        if size > field:
            raise unreadable(Anomaly(kinds[0], 0, shown(name), size=size))
        total += size + len(b"\r\n")
        count += 1
    if total > section:
        raise unreadable(Anomaly(kinds[1], 0, size=total))
    if count > fields:
        raise unreadable(Anomaly(kinds[2], 0, f"more than {fields}", size=count))


def _check_lines(fields: Fields) -> None:
    """What HTTP wants of names and values beyond what HTTP/2 itself does (RFC 9113, 8.2.1; RFC 9110, 5.1 and 5.5)."""
    for name, value in fields:
        if not TOKEN.fullmatch(name):
            raise malformed(Kind.NAME_INVALID, shown(name))
        if CONTROL.search(value):
            raise malformed(Kind.VALUE_INVALID, shown(name))


def _authority(scheme: bytes, given: bytes | None, hosts: list[bytes]) -> bytes:
    """RFC 9113, 8.3.1: from :authority, else from Host, which may not say anything else."""
    if scheme not in _PORTS:
        raise SCHEME_UNKNOWN
    if len(hosts) > 1:
        raise malformed(H1Kind.HOST_REPEATED)
    if given is None and not hosts:
        raise malformed(Kind.PSEUDO_INVALID, "there is neither :authority nor Host")
    authority = hosts[0] if given is None else given
    if not authority or not is_host(authority):
        raise malformed(H1Kind.HOST_INVALID, shown(authority))
    if hosts and _normal(scheme, hosts[0]) != _normal(scheme, authority):
        raise malformed(H1Kind.HOST_INVALID, f"Host is {shown(hosts[0])}, :authority {shown(authority)}")
    return authority


def _normal(scheme: bytes, authority: bytes) -> bytes:
    """As it compares (RFC 9110, 4.2.3): in small letters, without the port that the scheme has."""
    port = _PORT.search(authority)
    if port and port[1] in (b"", _PORTS[scheme]):
        authority = authority[: port.start()]
    return authority.lower()


def _check_path(method: bytes, path: bytes, limits: Limits) -> None:
    if len(path) > limits.line:
        raise unreadable(Anomaly(H1Kind.START_LINE_TOO_LONG, 0, shown(path), size=len(path)))
    if not path.startswith((b"/", b"*")):
        raise malformed(Kind.PSEUDO_INVALID, f":path is {shown(path)}")
    try:
        check_target(method, path, 0, Findings(strict=True))
    except Unreadable as refusal:
        raise malformed(refusal.anomaly.kind, refusal.anomaly.detail) from None


def _length(fields: Fields, ended: bool) -> int | None:
    """Of the content; None where only its end will tell."""
    values = fields.get(b"content-length")
    if not values:
        return 0 if ended else None
    fault, number = examined(values)
    if fault is not None:
        raise malformed(fault, shown(b", ".join(values)))
    if ended and int(number):
        raise malformed(Kind.CONTENT_LENGTH_MISMATCH, "there is no content")
    return int(number)


def _joined(pairs: Pairs) -> Pairs:
    """RFC 9113, 8.2.3: a Cookie that was split for the sake of compression is one line to everybody else."""
    crumbs = [value for name, value in pairs if name == b"cookie"]
    if len(crumbs) < 2:
        return pairs
    return [*(pair for pair in pairs if pair[0] != b"cookie"), (b"cookie", b"; ".join(crumbs))]
