"""One table from what a gateway saw to the RFC 9209 error type that says so, each row with its reason.

The definitions of RFC 9209 overlap: a connection that closes in the middle of a response is terminated, and the
response is incomplete. The RFC asks for the most specific type that is accurate (2.1.1); where two are, this table
decides.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from lab.rfc.errors import ERROR_TYPES, ErrorType


class Stage(StrEnum):
    """How far the gateway had got with the upstream: the four stages of the HTTP cycle."""

    NAME = "name"
    CONNECTION = "connection"
    REQUEST = "request"
    RESPONSE = "response"


class Condition(StrEnum):
    """What a gateway saw. Closed: a gateway that sees anything else has found a row that is missing here."""

    NO_UPSTREAM = "no-upstream"
    NAME_NOT_FOUND = "name-not-found"
    NAME_TIMEOUT = "name-timeout"
    NAME_ERROR = "name-error"

    REFUSED = "refused"
    UNREACHABLE = "unreachable"
    PROHIBITED = "prohibited"
    CONNECT_TIMEOUT = "connect-timeout"
    SOCKET_MISSING = "socket-missing"
    SOCKET_DENIED = "socket-denied"
    SOCKET_FULL = "socket-full"
    PORTS_EXHAUSTED = "ports-exhausted"
    LIMIT_REACHED = "limit-reached"
    ALL_DOWN = "all-down"
    TLS_FAILED = "tls-failed"
    TLS_CERTIFICATE = "tls-certificate"
    TLS_ALERT = "tls-alert"
    TLS_TIMEOUT = "tls-timeout"
    TLS_CLOSED = "tls-closed"
    TLS_PLAINTEXT = "tls-plaintext"

    LOOP = "loop"
    REQUEST = "request"
    DENIED = "denied"
    WRITE_TIMEOUT = "write-timeout"
    WRITE_FAILED = "write-failed"

    NO_BYTE = "no-byte"
    INCOMPLETE = "incomplete"
    FIRST_BYTE_TIMEOUT = "first-byte-timeout"
    READ_TIMEOUT = "read-timeout"
    RESPONSE_TIMEOUT = "response-timeout"
    FIELD_TOO_LARGE = "field-too-large"
    SECTION_TOO_LARGE = "section-too-large"
    CONTENT_TOO_LARGE = "content-too-large"
    TRAILER_FIELD_TOO_LARGE = "trailer-field-too-large"
    TRAILER_SECTION_TOO_LARGE = "trailer-section-too-large"
    CHUNK_SYNTAX = "chunk-syntax"
    TRANSFER_CODING_UNKNOWN = "transfer-coding-unknown"
    TRANSFER_CODING_INVALID = "transfer-coding-invalid"
    CONTENT_CODING = "content-coding"
    UPGRADE = "upgrade"
    PROTOCOL = "protocol"

    INTERNAL_RESPONSE = "internal-response"
    INTERNAL = "internal"
    CONFIGURATION = "configuration"


@dataclass(frozen=True, slots=True)
class Row:
    """One decision: the condition, the name of its error type, why that type and no other, and where it is met."""

    condition: Condition
    error_type: str
    why: str
    stage: Stage


# fmt: off
_ROWS: tuple[Row, ...] = (
    Row(Condition.NO_UPSTREAM, "destination_not_found",
        "Nothing tells the gateway where this request should go, so there is no name to look up.", Stage.NAME),
    Row(Condition.NAME_NOT_FOUND, "dns_error",
        "The next hop is known, only its name has no address; the rcode parameter says NXDOMAIN.", Stage.NAME),
    Row(Condition.NAME_TIMEOUT, "dns_timeout",
        "No answer from DNS came in time, which says nothing about the upstream itself.", Stage.NAME),
    Row(Condition.NAME_ERROR, "dns_error",
        "DNS answered with an error of its own; the rcode parameter says which.", Stage.NAME),

    Row(Condition.REFUSED, "connection_refused",
        "The machine is there and said no: nothing listens on that port.", Stage.CONNECTION),
    Row(Condition.UNREACHABLE, "destination_ip_unroutable",
        "The network said that no route leads to the address; the upstream was never asked.", Stage.CONNECTION),
    Row(Condition.PROHIBITED, "destination_ip_prohibited",
        "The gateway's own rules forbid the address, so it did not try.", Stage.CONNECTION),
    Row(Condition.CONNECT_TIMEOUT, "connection_timeout",
        "Neither a yes nor a no came back before the time limit for opening a connection.", Stage.CONNECTION),
    Row(Condition.SOCKET_MISSING, "connection_refused",
        "A missing Unix socket is the local form of nothing listening, and no other type is nearer.", Stage.CONNECTION),
    Row(Condition.SOCKET_DENIED, "connection_refused",
        "The system refuses the connection because of the socket's permissions.", Stage.CONNECTION),
    Row(Condition.SOCKET_FULL, "connection_refused",
        "The queue of a Unix socket is full and the system refuses at once instead of waiting.", Stage.CONNECTION),
    Row(Condition.PORTS_EXHAUSTED, "proxy_internal_error",
        "The gateway's own machine has no port left; connection_limit_reached is for a limit that was configured.",
        Stage.CONNECTION),
    Row(Condition.LIMIT_REACHED, "connection_limit_reached",
        "The gateway keeps to the number of connections that it was configured to have.", Stage.CONNECTION),
    Row(Condition.ALL_DOWN, "destination_unavailable",
        "After earlier failures the gateway counts every upstream as down and makes no attempt.", Stage.CONNECTION),
    Row(Condition.TLS_FAILED, "tls_protocol_error",
        "TLS went wrong, in the handshake or later, and no alert from the upstream explains it.", Stage.CONNECTION),
    Row(Condition.TLS_CERTIFICATE, "tls_certificate_error",
        "It was the gateway that rejected the certificate, so this is more specific than a failed handshake.",
        Stage.CONNECTION),
    Row(Condition.TLS_ALERT, "tls_alert_received",
        "The upstream's alert is the reason that it gives; in TLS 1.3 one may come only after the handshake.",
        Stage.CONNECTION),
    Row(Condition.TLS_TIMEOUT, "connection_timeout",
        "Until the handshake ends there is no connection for HTTP, and silence is no TLS error.", Stage.CONNECTION),
    Row(Condition.TLS_CLOSED, "tls_protocol_error",
        "The connection ended in the middle of the handshake, before any response could be expected.",
        Stage.CONNECTION),
    Row(Condition.TLS_PLAINTEXT, "tls_protocol_error",
        "What came back for the ClientHello is no TLS record, so no HTTP was spoken that could be wrong.",
        Stage.CONNECTION),

    Row(Condition.LOOP, "proxy_loop_detected",
        "The gateway found its own name among those that had already forwarded the request.", Stage.REQUEST),
    Row(Condition.REQUEST, "http_request_error",
        "The client's request is at fault, whatever the upstream would have said.", Stage.REQUEST),
    Row(Condition.DENIED, "http_request_denied",
        "The request is well formed, but the gateway's rules do not let it through.", Stage.REQUEST),
    Row(Condition.WRITE_TIMEOUT, "connection_write_timeout",
        "The connection is open, but the upstream stopped taking the request in.", Stage.REQUEST),
    Row(Condition.WRITE_FAILED, "connection_terminated",
        "The upstream ended the connection while the request was being sent, with no byte of a response.",
        Stage.REQUEST),

    Row(Condition.NO_BYTE, "connection_terminated",
        "Not one byte of a response came, so all that is known is that the connection ended.", Stage.RESPONSE),
    Row(Condition.INCOMPLETE, "http_response_incomplete",
        "The response had begun (an interim one counts), so what is missing is the rest of it.", Stage.RESPONSE),
    Row(Condition.FIRST_BYTE_TIMEOUT, "connection_read_timeout",
        "The limit is on waiting for new data, and none at all came; the whole response has a limit of its own.",
        Stage.RESPONSE),
    Row(Condition.READ_TIMEOUT, "connection_read_timeout",
        "Data came and then stopped coming: again the limit is on waiting for new data.", Stage.RESPONSE),
    Row(Condition.RESPONSE_TIMEOUT, "http_response_timeout",
        "Data never stopped for long, but the complete response took longer than it may.", Stage.RESPONSE),
    Row(Condition.FIELD_TOO_LARGE, "http_response_header_size",
        "One field line alone is over the limit, which is more specific than the section.", Stage.RESPONSE),
    Row(Condition.SECTION_TOO_LARGE, "http_response_header_section_size",
        "Each field line is small enough, but together they are too large or too many.", Stage.RESPONSE),
    Row(Condition.CONTENT_TOO_LARGE, "http_response_body_size",
        "The content, as announced or as counted, is over the limit.", Stage.RESPONSE),
    Row(Condition.TRAILER_FIELD_TOO_LARGE, "http_response_trailer_size",
        "One field line after the last chunk is over the limit, which is more specific than the section.",
        Stage.RESPONSE),
    Row(Condition.TRAILER_SECTION_TOO_LARGE, "http_response_trailer_section_size",
        "Each field line after the last chunk is small enough, but together they are too large or too many.",
        Stage.RESPONSE),
    Row(Condition.CHUNK_SYNTAX, "http_response_transfer_coding",
        "Chunks are a transfer coding, and these cannot be decoded.", Stage.RESPONSE),
    Row(Condition.TRANSFER_CODING_UNKNOWN, "http_response_transfer_coding",
        "The gateway cannot decode a transfer coding that it does not know.", Stage.RESPONSE),
    Row(Condition.TRANSFER_CODING_INVALID, "http_response_transfer_coding",
        "The codings are known, but not in a way that can be decoded, such as chunked applied twice.", Stage.RESPONSE),
    Row(Condition.CONTENT_CODING, "http_response_content_coding",
        "The framing is right, but the content does not decode as the coding that it claims.", Stage.RESPONSE),
    Row(Condition.UPGRADE, "http_upgrade_failed",
        "The type is about the version of HTTP only; a bad 101 to another protocol is a protocol error.",
        Stage.RESPONSE),
    Row(Condition.PROTOCOL, "http_protocol_error",
        "The bytes break the rules of HTTP, and no more specific type names how.", Stage.RESPONSE),

    Row(Condition.INTERNAL_RESPONSE, "proxy_internal_response",
        "The gateway had an answer of its own and never turned to the upstream.", Stage.REQUEST),
    Row(Condition.INTERNAL, "proxy_internal_error",
        "The fault is the gateway's own, and no more specific type names it.", Stage.REQUEST),
    Row(Condition.CONFIGURATION, "proxy_configuration_error",
        "What the gateway was told to do cannot be done, for this or for any request.", Stage.REQUEST),
)
# fmt: on

CONDITIONS: Mapping[Condition, Row] = MappingProxyType({row.condition: row for row in _ROWS})


def error_type(condition: Condition | str) -> ErrorType:
    """The error type for what was seen. Raises ValueError for a word that is no condition."""
    return ERROR_TYPES[CONDITIONS[Condition(condition)].error_type]


def recommended_status(condition: Condition | str) -> int | None:
    """The status code that RFC 9209 recommends for it; None where the RFC leaves the choice open."""
    return error_type(condition).status
