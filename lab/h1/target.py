"""The four forms of a request target (RFC 9112, 3.2).

Only what decides where a request goes is checked: which form it has, that its octets are visible ASCII without a
fragment, and who the authority is. Whether each character may stand in a path is left to whoever uses the path.
"""

import re

from lab.h1.anomalies import Findings, shown
from lab.h1.hosts import is_host
from lab.h1.kinds import Kind

_VISIBLE = re.compile(rb"[\x21\x22\x24-\x7e]+")  # not "#": a target has no fragment (RFC 9110, 7.1)
_ABSOLUTE = re.compile(rb"([A-Za-z][A-Za-z0-9+.\-]*):(?://([^/?]*))?.*")
_PORT = re.compile(rb".+:[0-9]+", re.DOTALL)


def check_target(method: bytes, target: bytes, offset: int, findings: Findings) -> None:
    """Whether a target has the form that suits the method. Raises Refusal."""
    if not _VISIBLE.fullmatch(target):
        findings.refuse(Kind.TARGET_INVALID, offset, shown(target))
    if method == b"CONNECT":
        if not (is_host(target) and _PORT.fullmatch(target)):
            findings.refuse(Kind.TARGET_INVALID, offset, f"CONNECT needs a host and a port: {shown(target)}")
    elif not target.startswith(b"/") and not (target == b"*" and method == b"OPTIONS"):
        _check_absolute(target, offset, findings)


def _check_absolute(target: bytes, offset: int, findings: Findings) -> None:
    absolute = _ABSOLUTE.fullmatch(target)
    if absolute is None:
        findings.refuse(Kind.TARGET_INVALID, offset, shown(target))
    authority = absolute[2]
    if authority is None:
        if absolute[1].lower() in (b"http", b"https"):
            findings.refuse(Kind.TARGET_INVALID, offset, f"it has no authority: {shown(target)}")
        return
    if b"@" in authority:
        findings.refuse(Kind.TARGET_USERINFO, offset, shown(target))
    if not authority or not is_host(authority):
        findings.refuse(Kind.TARGET_INVALID, offset, f"its authority is no host and port: {shown(target)}")
