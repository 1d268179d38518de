"""The Host field of a request (RFC 9112, 3.2; RFC 9110, 7.2)."""

import re
from collections.abc import Sequence

from lab.h1.anomalies import Findings, shown
from lab.h1.kinds import Kind
from lab.h1.section import Placed

_REG_NAME = rb"(?:[A-Za-z0-9\-._~!$&'()*+,;=]|%[0-9A-Fa-f]{2})*+"
AUTHORITY = rb"(?:\[[0-9A-Za-z:.\-_~!$&'()*+,;=]+\]|" + _REG_NAME + rb")"
_HOST = re.compile(AUTHORITY + rb"(?::[0-9]*)?")


def is_host(value: bytes) -> bool:
    """Whether it is a host, empty or not, with or without a port."""
    return _HOST.fullmatch(value) is not None


def host_of_request(version: bytes, lines: Sequence[Placed], offset: int, findings: Findings) -> None:
    """One Host with a valid value; only HTTP/1.0 may go without. Raises Refusal."""
    hosts = [placed for placed in lines if placed.field.name.lower() == b"host"]
    if not hosts and version != b"1.0":
        findings.refuse(Kind.HOST_MISSING, offset)
    if len(hosts) > 1:
        findings.refuse(Kind.HOST_REPEATED, hosts[1].offset, shown(hosts[1].field.value), b"Host")
    if hosts and not is_host(hosts[0].field.value):
        findings.refuse(Kind.HOST_INVALID, hosts[0].offset, shown(hosts[0].field.value), b"Host")
