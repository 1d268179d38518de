"""What octets look like that are not the start of an HTTP/1 message, told as early as they can be."""

from lab.h1.anomalies import shown
from lab.h1.startline import SPACE

FARTHEST = 32  # a longer beginning than this is left to the reading of lines
_ANY = None  # in a pattern: whatever octet


def _pattern(*parts: bytes | None) -> tuple[int | None, ...]:
    return tuple(octet for part in parts for octet in (part if part is not None else (_ANY,)))


# No pattern may be the beginning of another: the first that fits, octet by octet, is the answer.
_IN_RESPONSES = {
    _pattern(b"\x15\x03", _ANY, _ANY, _ANY, _ANY, _ANY): "a TLS alert: this port speaks TLS",
    _pattern(b"\x16\x03"): "a TLS handshake",
    _pattern(b"\x17\x03"): "TLS application data",
    _pattern(b"\0\0", _ANY, b"\x04", _ANY, b"\0\0\0\0"): "an HTTP/2 SETTINGS frame",
    _pattern(b"\0\0", _ANY, b"\x07", _ANY, b"\0\0\0\0"): "an HTTP/2 GOAWAY frame",
    _pattern(b"\x01\x03"): "FastCGI",
    _pattern(b"\x01\x06"): "FastCGI",
    _pattern(b"\x01\x07"): "FastCGI",
    _pattern(b"SSH-"): "an SSH banner",
    _pattern(b"220 "): "a greeting of SMTP or FTP",
    _pattern(b"220-"): "a greeting of SMTP or FTP",
    _pattern(b"+OK"): "an answer of Redis or POP3",
    _pattern(b"+PONG"): "an answer of Redis",
    _pattern(b"-ERR"): "an error of Redis or POP3",
    _pattern(b"-NOAUTH"): "an error of Redis",
    _pattern(b"-DENIED"): "an error of Redis",
    _pattern(b"* OK"): "a greeting of IMAP",
    _pattern(_ANY, b"\0\0\0\x0a"): "a greeting of MySQL",
    _pattern(b"AMQP"): "AMQP",
    _pattern(b"ERROR\r\n"): "an error of memcached",
    _pattern(b"Status:"): "a CGI response, without a status line",
    _pattern(b"Content-"): "field lines without a status line",
    _pattern(b"<!"): "HTML without a status line, as in HTTP/0.9",
    _pattern(b"<HTML"): "HTML without a status line, as in HTTP/0.9",
    _pattern(b"<html"): "HTML without a status line, as in HTTP/0.9",
    _pattern(b"<?xml"): "XML without a status line, as in HTTP/0.9",
    _pattern(b"{"): "JSON without a status line",
    _pattern(b"ICY "): "an answer of Shoutcast",
    _pattern(b"RTSP/"): "RTSP",
    _pattern(b"SIP/"): "SIP",
    _pattern(b"PROXY "): "the PROXY protocol",
    _pattern(b"\r\n\r\n\0\r\nQUIT\n"): "the PROXY protocol, version 2",
    _pattern(b"GET "): "a request, not a response",
    _pattern(b"POST "): "a request, not a response",
    _pattern(b"\x81"): "a WebSocket frame",
    _pattern(b"\x82"): "a WebSocket frame",
}
_IN_REQUESTS = {
    _pattern(b"\x16\x03"): "a TLS handshake: the client speaks TLS",
    _pattern(b"\r\n\r\n\0\r\nQUIT\n"): "the PROXY protocol, version 2",
}


def unlike_http(octets: bytes, *, request: bool) -> str | None:
    """What the octets look like; empty when they may be an HTTP/1 message; None when it takes more to tell.

    The shortest beginning that decides is the one that is judged, so it does not matter how the octets came.
    """
    if (b" " < octets[:1] < b"\x7f") if request else octets[:4].upper() == b"HTTP":
        return ""  # as nearly all
    for length in range(1, min(len(octets), FARTHEST) + 1):
        verdict = _verdict(octets[:length], request=request)
        if verdict is not None:
            return verdict
    return "" if len(octets) > FARTHEST else None


def _verdict(octets: bytes, *, request: bool) -> str | None:
    undecided = False
    for pattern, meaning in (_IN_REQUESTS if request else _IN_RESPONSES).items():
        if all(wanted in (_ANY, octet) for wanted, octet in zip(pattern, octets, strict=False)):
            if len(octets) >= len(pattern):
                return f"it looks like {meaning}"
            undecided = True
    http = _may_be_request(octets) if request else _may_be_response(octets)
    if http is False and not undecided:
        return f"it begins with {shown(octets)}"
    return "" if http and not undecided else None


def _may_be_response(octets: bytes) -> bool | None:
    begun = octets.lstrip(SPACE + b"\n")[:4].upper()
    return b"HTTP".startswith(begun) and (len(begun) == 4 or None)


def _may_be_request(octets: bytes) -> bool | None:
    begun = octets.lstrip(SPACE + b"\n")[:1]
    return 0x20 < begun[0] < 0x7F if begun else None
