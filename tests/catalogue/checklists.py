"""What the standard says of broken responses, and what can break: line by line, with the scenarios that show it."""

from typing import NamedTuple


class Rule(NamedTuple):
    """One line of the examination: the clauses that the scenarios have to cite between them, and their addresses."""

    says: str
    clauses: str
    shown_by: str


H, T, P, N, R = "malformed_headers", "truncated_bodies", "protocol_mismatch", "interim_responses", "reuse_races"

RULES = (
    Rule("an invalid Content-Length cannot be recovered from; equal values may be taken as one", "9112:6.3(5) 9110:8.6",
         f"{H}/content_length_no_number {H}/content_length_plus {H}/content_lengths_conflict {H}/content_length_twice"
         f" {H}/content_length_overflow"),
    Rule("a folded line is refused, or unfolded", "9112:5.2", f"{H}/folded_line"),
    Rule("whitespace before the colon is not forwarded", "9112:5.1", f"{H}/space_before_colon"),
    Rule("Transfer-Encoding beside Content-Length is an error, and the length must go", "9112:6.3(3)",
         f"{H}/transfer_encoding_with_length"),
    Rule("Transfer-Encoding in HTTP/1.0: the framing is faulty", "9112:6.1", f"{H}/transfer_encoding_in_http_1_0"),
    Rule("chunked is not the last coding of a response: read until the close", "9112:6.3(4)", f"{H}/chunked_not_last"),
    Rule("too short, no last chunk, a close without a closure alert: incomplete; a FIN may be an end",
         "9112:6.3(6) 9112:8 9112:9.8",
         f"{T}/content_length_short {T}/last_chunk_missing {T}/close_delimited_close {T}/close_delimited_reset"
         f" {T}/close_delimited_tls {T}/length_without_closure_alert"),
    Rule("bytes after the last response are no response, and make the connection useless", "9112:6.3 9112:9.2",
         f"{T}/more_than_announced {R}/leftovers_while_idle {R}/answer_without_a_question {R}/empty_line_while_idle"),
    Rule("CR, LF and NUL in a value are refused or replaced", "9110:5.5",
         f"{H}/bare_cr {H}/line_feed_in_value {H}/nul_in_value"),
    Rule("empty lines first, a bare LF, whitespace in the start line", "9112:2.2 9112:4",
         f"{H}/empty_lines_first {H}/bare_lf {H}/space_before_first_field {H}/spaces_in_status_line"
         f" {H}/space_after_code_missing"),
    Rule("the version: its case, its syntax, a higher minor and major one", "9112:2.3 9110:2.5 9110:6.2",
         f"{P}/version_in_lower_case {P}/version_misspelt {P}/higher_minor_version {P}/wrong_major_version"),
    Rule("an unknown status is as x00 of its class; one outside 100 to 599 is best taken for a 5xx", "9110:15",
         f"{H}/status_never_seen {H}/status_out_of_range {N}/interim_never_seen"),
    Rule("any number of interim responses, passed on, not to HTTP/1.0", "9110:15.2",
         f"{N}/early_hint {N}/two_early_hints {N}/a_hundred_of_them {N}/interim_to_an_old_client {N}/continue_unasked"),
    Rule("a 101 only when asked for, with Upgrade; what Upgrade and Connection ask of an intermediary",
         "9110:7.8 9110:7.6.1",
         f"{N}/switch_unasked {N}/switch_unnamed {N}/switch_to_another_protocol {N}/upgrade_required"
         " connections/field_for_one_connection"),
    Rule("which trailer fields may be merged", "9110:6.5.1",
         f"{T}/trailers_relayed {T}/trailer_out_of_place {T}/trailer_with_a_length"),
    Rule("Content-Length in a 304 and after HEAD, none in a 1xx and a 204", "9110:8.6",
         f"{T}/not_modified_with_a_length {T}/head_with_a_length {T}/length_with_204 {N}/interim_with_content"),
)  # fmt: skip
"""What RFC 9110 and 9112 say of broken responses. (That malformed messages of HTTP/2 and HTTP/3 are not forwarded
belongs to upstreams that speak them.)"""

BROKEN = {
    "refused": "first/nobody_home connections/refused_before_a_change",
    "a Unix socket that is absent": "connections/socket_missing",
    "a Unix socket without permission": "connections/socket_not_permitted",
    "a Unix socket whose backlog is full": "connections/socket_queue_full",
    "a name with two addresses, and a program on one": "connections/name_with_two_addresses",
    "attempts to connect are never answered": "connections/black_hole",
    "no free ports": "connections/local_ports_used_up",
    "all peers are down": "connections/marked_down",
    "a loop": "connections/round_in_circles",
    "closed before the first byte": "connections/closed_at_once connections/died_with_the_request",
    "silence": "timing/silence",
    "a slow drip": "timing/slow_header_section",
    "closed on reuse": f"{R}/race_with_a_get {R}/race_with_a_post {R}/closed_while_idle",
    "an early 413 and the end": "connections/early_answer connections/early_answer_then_reset",
    "the PROXY protocol, wanted and not sent": "connections/proxy_line_missing",
    "the PROXY protocol, sent and not wanted":
        "connections/proxy_line_not_understood connections/proxy_bytes_not_understood",
    "garbage in place of a status line": "first/garbage",
    "HTTP/0.9": f"{P}/http_0_9",
    "2OO, 99 and 1000": f"{H}/status_not_three_digits",
    "HTTP/3.0": f"{P}/wrong_major_version",
    "a TLS alert in place of a status line": f"{P}/plain_to_tls_port",
    "SETTINGS in place of a status line": f"{P}/http2_settings",
    "the socket of an application": f"{P}/fastcgi {P}/uwsgi",
    "a header section cut, politely and not": f"{T}/header_section_cut {T}/header_section_cut_reset",
    "a fold": f"{H}/folded_line",
    "a space before the colon": f"{H}/space_before_colon",
    "no colon": f"{H}/no_colon",
    "no name": f"{H}/empty_name",
    "a bad name": f"{H}/bad_name_character",
    "NUL": f"{H}/nul_in_value",
    "a bare CR": f"{H}/bare_cr",
    "a bare LF": f"{H}/bare_lf",
    "ISO-8859-1": f"{H}/not_ascii",
    "5, 20 and 200 kilobytes": f"{H}/grown_cookie {H}/grown_section {H}/huge_field {H}/huge_section",
    "300 lines": f"{H}/three_hundred_lines",
    "Transfer-Encoding twice": f"{H}/transfer_encoding_twice",
    "Transfer-Encoding and Content-Length": f"{H}/transfer_encoding_with_length",
    "an unknown transfer coding": f"{H}/transfer_encoding_unknown",
    "Content-Length: words, negative, in conflict, twice":
        f"{H}/content_length_no_number {H}/content_lengths_conflict {H}/content_length_twice",
    "a length too large, ended by FIN and by RST": f"{T}/content_length_short {T}/content_length_short_reset",
    "a length too small, and the next request": f"{T}/more_than_announced {R}/leftovers_after_the_next_request",
    "a bad chunk size": f"{T}/chunk_size_invalid {T}/chunk_size_invalid_later",
    "a chunk without its CR LF": f"{T}/chunk_longer_than_its_size",
    "a chunk cut": f"{T}/cut_inside_a_chunk",
    "trailers too big": f"{T}/huge_trailer {T}/trailer_section_too_large",
    "gzip corrupt": f"{T}/gzip_corrupt",
    "204 and 304 with content": f"{T}/no_content_with_content",
    "103": f"{N}/early_hint",
    "103 twice": f"{N}/two_early_hints",
    "only 100": f"{N}/only_an_interim",
    "a 101 that nobody asked for": f"{N}/switch_unasked",
    "426 and Upgrade": f"{N}/upgrade_required",
    "a wrong Sec-WebSocket-Accept": f"{N}/wrong_accept",
    "a certificate that has expired": "tls/expired",
    "a certificate not yet valid": "tls/not_yet_valid",
    "a certificate signed by itself": "tls/self_signed",
    "a certificate for another name": "tls/wrong_name",
    "a certificate of another authority": "tls/untrusted",
    "no intermediate certificate": "tls/missing_intermediate",
    "a server name demanded": "tls/server_name_unknown",
    "an alert in the handshake": "tls/alert_in_the_handshake",
    "an old version only": "tls/old_version_only",
    "a client certificate required": "tls/client_certificate_required",
    "plain text on a TLS port, and the reverse": f"{P}/plain_to_tls_port {P}/tls_to_plain_port",
    "the end without a closure alert": f"{T}/close_delimited_tls {T}/length_without_closure_alert",
    "no common protocol in ALPN": "tls/alpn_refused",
}  # fmt: skip
"""The least that a catalogue has of each group, up to TLS."""
