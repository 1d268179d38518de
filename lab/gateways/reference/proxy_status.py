"""The member of Proxy-Status by which this gateway says what happened (RFC 9209, 2)."""

import re

import http_sf
from http_sf.types import BareItemType

from lab.gateways.reference.failure import Failure, shown


def proxy_status(failure: Failure, name: str, *, generated: bool = True) -> bytes:
    """The field value, from the gateway of this name (a token). `generated`: whether it generated the response. Some
    types of error say so themselves: in any other response they stand in the details alone (RFC 9209, 2.1.1)."""
    parameters: dict[str, BareItemType] = {}
    if generated or not failure.error_type.intermediary_only:
        parameters["error"] = http_sf.Token(failure.error_type.name)
    details = shown(failure.details) if "error" in parameters else str(failure)
    for extra in failure.error_type.extras:
        if "error" in parameters and extra in failure.extras and _can_be_said(failure.extras[extra]):
            parameters[extra] = _extra(extra, failure.extras[extra])
    if failure.next_hop:
        parameters["next-hop"] = shown(failure.next_hop)
    if failure.received_status is not None:
        parameters["received-status"] = failure.received_status
    if details:
        parameters["details"] = details
    return http_sf.ser([(http_sf.Token(name), parameters)]).encode("ascii")


def _can_be_said(value: int | str) -> bool:
    """Whether a structured field has room for it: an Integer has at most 15 digits (RFC 9651, 3.3.1)."""
    return isinstance(value, str) or abs(value) <= _LARGEST


def _extra(name: str, value: int | str) -> BareItemType:
    """An extra parameter in the type that its definition wants: where that is a Token, and the value can be one."""
    if isinstance(value, int):
        return value
    return http_sf.Token(value) if name in _TOKENS and _TOKEN.fullmatch(value) else shown(value)


_LARGEST = 999_999_999_999_999
_TOKENS = frozenset({"alert-message", "coding"})
_TOKEN = re.compile(r"[A-Za-z*][A-Za-z0-9:/!#$%&'*+.^_`|~-]*")
