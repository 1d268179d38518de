"""What the first bytes of a connection look like: TLS, or something else where TLS was expected (or the reverse)."""

import re

from lab.tls.alerts import Alert
from lab.tls.records import ContentType, Record, first_record


def describe(data: bytes) -> str:
    """One phrase on what the first bytes of a connection are, for people: "a TLS alert, handshake_failure"."""
    if not data:
        return "nothing"
    found = first_record(data)
    if found is not None:
        return _describe_record(found)
    for pattern, phrase in _PLAIN:
        if pattern.match(data):
            return phrase
    return f"no TLS: {bytes(data[:16])!r}"


def _describe_record(found: Record) -> str:
    if found.alert is not None:
        number = found.alert[1]
        return f"a TLS alert, {Alert(number).registered if number in set(Alert) else f'number {number}'}"
    if found.content_type is ContentType.HANDSHAKE and found.fragment:
        message = _HANDSHAKE.get(found.fragment[0])
        return f"a TLS {message}" if message else "a TLS handshake record"
    return _CONTENT_TYPES[found.content_type]


_CONTENT_TYPES: dict[int, str] = {
    ContentType.CHANGE_CIPHER_SPEC: "a TLS change of cipher",
    ContentType.ALERT: "a TLS alert, encrypted",
    ContentType.HANDSHAKE: "a TLS handshake record",
    ContentType.APPLICATION_DATA: "encrypted TLS data",
}
_HANDSHAKE = {1: "ClientHello", 2: "ServerHello"}
_PLAIN = (
    (re.compile(rb"HTTP/"), "an HTTP/1 response in plain text"),
    (re.compile(rb"PRI \* HTTP/2"), "the preface of HTTP/2 in plain text"),
    (re.compile(rb"[A-Z]{1,20} [!-~]{1,2000} HTTP/1"), "an HTTP/1 request in plain text"),
    (re.compile(rb"SSH-"), "the greeting of an SSH server"),
)
