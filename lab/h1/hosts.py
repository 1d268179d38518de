"""The Host field of a request (RFC 9112, 3.2; RFC 9110, 7.2)."""

import re

from lab.h1.anomalies import Findings, shown
from lab.h1.kinds import Kind
from lab.h1.section import Section

_REG_NAME = rb"(?:[A-Za-z0-9\-._~!$&'()*+,;=]|%[0-9A-Fa-f]{2})*"
_IP_LITERAL = rb"\[[0-9A-Za-z:.\-_~!$&'()*+,;=]+\]"
_HOST = re.compile(rb"(?:" + _IP_LITERAL + rb"|" + _REG_NAME + rb")(?::[0-9]*)?")


def is_host(value: bytes) -> bool:
    """Whether it is a host, empty or not, with or without a port."""
    return _HOST.fullmatch(value) is not None


def check_host(version: bytes, section: Section, offset: int, findings: Findings) -> None:
    """One Host with a valid value; only HTTP/1.0 may go without. Raises Refusal. `offset`: of the request line."""
    hosts = section.where(b"host")
    if not hosts:
        if version != b"1.0":
            findings.refuse(Kind.HOST_MISSING, offset)
        return
    if len(hosts) > 1:
        findings.refuse(Kind.HOST_REPEATED, section.offset(hosts[1]), shown(section.fields[hosts[1]].value), b"Host")
    value = section.fields[hosts[0]].value
    if not is_host(value):
        findings.refuse(Kind.HOST_INVALID, section.offset(hosts[0]), shown(value), b"Host")
