"""The 32 error types that a Proxy-Status field can name (RFC 9209, 2.3): what each means and when it applies."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from lab.rfc.clause import RFC


@dataclass(frozen=True, slots=True)
class ErrorType:
    """One error type of RFC 9209.

    `status` is the recommended status code; None where the RFC leaves it open. `intermediary_only` says that the type
    belongs only on answers that the gateway itself made. `extras` are the parameters that only this type defines.
    """

    name: str
    section: str
    status: int | None
    intermediary_only: bool
    extras: tuple[str, ...]
    when: str

    @property
    def clause(self) -> RFC:
        return RFC(9209, self.section)


# fmt: off
_ROWS: tuple[ErrorType, ...] = (
    # Finding the upstream
    ErrorType("dns_timeout", "2.3.1", 504, True, (),
              "Nobody answered in time when the gateway asked for the address of the upstream's name."),
    ErrorType("dns_error", "2.3.2", 502, True, ("rcode", "info-code"),
              "The upstream's name could not be turned into an address: the answer from DNS was an error."),
    ErrorType("destination_not_found", "2.3.3", 500, True, (),
              "The gateway has not been told which upstream is to answer this request."),
    ErrorType("destination_unavailable", "2.3.4", 503, True, (),
              "The gateway takes the upstream to be down, from earlier failures or a health check, and did not try."),
    ErrorType("destination_ip_prohibited", "2.3.5", 502, True, (),
              "The upstream's address is one that the gateway has been told not to connect to."),
    ErrorType("destination_ip_unroutable", "2.3.6", 502, True, (),
              "There is no route through the network to the upstream's address."),

    # The connection
    ErrorType("connection_refused", "2.3.7", 502, True, (),
              "The upstream's address let no connection in: nothing listens there, or the gateway was turned away."),
    ErrorType("connection_terminated", "2.3.8", 502, False, (),
              "The upstream connection ended before the response was complete."),
    ErrorType("connection_timeout", "2.3.9", 504, True, (),
              "The upstream connection could not be opened within the gateway's time limit."),
    ErrorType("connection_read_timeout", "2.3.10", 504, False, (),
              "The gateway waited for data on the upstream connection, and none came within its time limit."),
    ErrorType("connection_write_timeout", "2.3.11", 504, False, (),
              "The gateway could not get its data out to the upstream, for example because nobody read it there."),
    ErrorType("connection_limit_reached", "2.3.12", 503, True, (),
              "The gateway already has as many connections to the upstream as it has been allowed."),

    # TLS
    ErrorType("tls_protocol_error", "2.3.13", 502, False, (),
              "TLS with the upstream failed, during the handshake or later, and the upstream sent no alert."),
    ErrorType("tls_certificate_error", "2.3.14", 502, True, (),
              "The gateway could not verify the certificate that the upstream presented."),
    ErrorType("tls_alert_received", "2.3.15", 502, False, ("alert-id", "alert-message"),
              "The upstream sent a TLS alert, which says why it gives up."),

    # The request
    ErrorType("http_request_error", "2.3.16", None, True, ("status-code", "status-phrase"),
              "The client's request is at fault, and the gateway says so itself with a 4xx."),
    ErrorType("http_request_denied", "2.3.17", 403, True, (),
              "The gateway's rules do not let this request through, so the upstream never saw it."),

    # The response
    ErrorType("http_response_incomplete", "2.3.18", 502, False, (),
              "The response began, but its end never came."),
    ErrorType("http_response_header_section_size", "2.3.19", 502, False, ("header-section-size",),
              "The header section of the response as a whole is larger than the gateway accepts."),
    ErrorType("http_response_header_size", "2.3.20", 502, False, ("header-name", "header-size"),
              "One field line in the header section of the response is larger than the gateway accepts."),
    ErrorType("http_response_body_size", "2.3.21", 502, False, ("body-size",),
              "The content of the response is larger than the gateway accepts."),
    ErrorType("http_response_trailer_section_size", "2.3.22", 502, False, ("trailer-section-size",),
              "The trailer section of the response as a whole is larger than the gateway accepts."),
    ErrorType("http_response_trailer_size", "2.3.23", 502, False, ("trailer-name", "trailer-size"),
              "One field line in the trailer section of the response is larger than the gateway accepts."),
    ErrorType("http_response_transfer_coding", "2.3.24", 502, False, ("coding",),
              "The gateway could not undo the transfer coding of the response, for example its chunks."),
    ErrorType("http_response_content_coding", "2.3.25", 502, False, ("coding",),
              "The gateway could not undo the content coding of the response, for example gzip."),
    ErrorType("http_response_timeout", "2.3.26", 504, False, (),
              "The response as a whole took longer than the gateway's time limit for it."),
    ErrorType("http_upgrade_failed", "2.3.27", 502, True, (),
              "The gateway and the upstream could not agree to go on in another version of HTTP."),
    ErrorType("http_protocol_error", "2.3.28", 502, False, (),
              "The upstream broke the rules of HTTP in a way that has no error type of its own."),

    # The gateway itself
    ErrorType("proxy_internal_response", "2.3.29", None, True, (),
              "The gateway gave this answer itself and did not try to reach the upstream."),
    ErrorType("proxy_internal_error", "2.3.30", 500, True, (),
              "The gateway failed by itself; the upstream has nothing to do with it."),
    ErrorType("proxy_configuration_error", "2.3.31", 500, True, (),
              "The gateway's own configuration is wrong."),
    ErrorType("proxy_loop_detected", "2.3.32", 502, True, (),
              "The request goes round in a circle: the gateway forwarded it before, or would send it to itself."),
)
# fmt: on

ERROR_TYPES: Mapping[str, ErrorType] = MappingProxyType({row.name: row for row in _ROWS})
