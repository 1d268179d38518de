"""The closed list of what can be wrong with the octets of an HTTP/1 message: one row, one kind of anomaly."""

from enum import StrEnum
from typing import Self

from lab.rfc import RFC


class Kind(StrEnum):
    """A kind of anomaly.

    Where the standard treats requests and responses differently there are two kinds, so that each has one law.

    says       one plain sentence: what is wrong
    clause     the clause that is broken, or that lets a recipient refuse
    repair     what a recipient may do and go on, with its clause; None: this reader does not go on
    condition  the row of lab.rfc.conditions, for a gateway that gives up on a response
    status     the status code with which a server refuses a request for it
    """

    says: str
    clause: RFC
    repair: str | None

    def __new__(cls, word: str, says: str, clause: RFC, repair: str | None = None) -> Self:
        kind = str.__new__(cls, word)
        kind._value_ = word
        kind.says, kind.clause, kind.repair = says, clause, repair
        return kind

    @property
    def condition(self) -> str:
        return _CONDITIONS.get(self, "protocol")

    @property
    def status(self) -> int:
        return _STATUSES.get(self, 400)

    # fmt: off
    # Lines
    NOT_HTTP = "not-http", "The octets are not the start of an HTTP/1 message.", RFC(9112, "2.1")
    LEADING_EMPTY_LINE = ("leading-empty-line", "An empty line stands before the start line.", RFC(9112, "2.2"),
        "Ignore it: a server should (RFC 9112, 2.2), a client may recover so (RFC 9110, 2.4).")
    BARE_LF = ("bare-lf", "A line ends in LF alone, not in CR LF.", RFC(9112, "2.2"),
        "A single LF may be taken as the end of a line (RFC 9112, 2.2).")
    BARE_CR = ("bare-cr", "A CR stands alone, without LF after it.", RFC(9112, "2.2"),
        "Replace it with SP (RFC 9112, 2.2).")
    START_LINE_TOO_LONG = ("start-line-too-long",
        "The start line is longer than this recipient reads.", RFC(9110, "2.3"))

    # Start lines
    VERSION_CASE = ("version-case", "The HTTP version is not written in capitals.", RFC(9112, "2.3"),
        "Recover the version that is plainly meant (RFC 9110, 2.4).")
    VERSION_INVALID = "version-invalid", "The HTTP version is malformed.", RFC(9112, "2.3")
    VERSION_MAJOR = ("version-major",
        "The major version of HTTP is not 1, so the message has another syntax.", RFC(9110, "2.5"))
    STATUS_LINE_SPACE = ("status-line-space",
        "Whitespace in the status line is not the single SP that separates its parts.", RFC(9112, "4"),
        "Parse it at whitespace (RFC 9112, 4).")
    REASON_SPACE_MISSING = ("reason-space-missing", "The SP after the status code is missing.", RFC(9112, "4"),
        "Parse the line at whitespace (RFC 9112, 4).")
    REASON_INVALID = ("reason-invalid", "The reason phrase holds a control character.", RFC(9112, "4"),
        "Ignore the reason phrase (RFC 9112, 4).")
    STATUS_INVALID = "status-invalid", "The status code is not three digits.", RFC(9112, "4")
    STATUS_RANGE = ("status-range", "The status code is outside 100 to 599.", RFC(9110, "15"),
        "A client should process it as a 5xx (RFC 9110, 15).")
    REQUEST_LINE_SPACE = ("request-line-space",
        "Whitespace in the request line is not the single SP that separates its parts.", RFC(9112, "3"),
        "Parse it at whitespace (RFC 9112, 3).")
    REQUEST_LINE_INVALID = ("request-line-invalid",
        "The request line is not a method, a target and a version.", RFC(9112, "3"))
    METHOD_TOO_LONG = "method-too-long", "The method is longer than any that there is.", RFC(9112, "3")
    METHOD_INVALID = "method-invalid", "The method is not a token.", RFC(9112, "3.1")
    TARGET_SPACE = "target-space", "There is whitespace in the request target.", RFC(9112, "3.2")
    TARGET_INVALID = "target-invalid", "The request target has none of its four forms.", RFC(9112, "3.2")
    TARGET_USERINFO = "target-userinfo", "The request target holds userinfo.", RFC(9110, "4.2.4")
    HOST_MISSING = "host-missing", "An HTTP/1.1 request lacks the Host field.", RFC(9112, "3.2")
    HOST_REPEATED = "host-repeated", "A request has more than one Host field line.", RFC(9112, "3.2")
    HOST_INVALID = "host-invalid", "The value of Host is no host and port.", RFC(9112, "3.2")

    # Field lines
    SPACE_BEFORE_FIRST_FIELD = ("space-before-first-field",
        "Whitespace stands between the start line and the first field line.", RFC(9112, "2.2"),
        "Ignore each such line until a proper field line comes (RFC 9112, 2.2).")
    OBS_FOLD = ("obs-fold", "A field value goes on in the next line (obsolete line folding).", RFC(9112, "5.2"),
        "Replace each fold with one or more SP (RFC 9112, 5.2).")
    SPACE_BEFORE_COLON = ("space-before-colon",
        "Whitespace stands between the field name and the colon.", RFC(9112, "5.1"),
        "Remove it before forwarding the response (RFC 9112, 5.1).")
    REQUEST_SPACE_BEFORE_COLON = ("request-space-before-colon",
        "In a request, whitespace stands between the field name and the colon.", RFC(9112, "5.1"))
    NO_COLON = ("no-colon", "A field line has no colon.", RFC(9112, "5"),
        "Recover the rest and ignore the line (RFC 9110, 2.4).")
    NAME_EMPTY = ("name-empty", "A field line has no name before its colon.", RFC(9110, "5.1"),
        "Recover the rest and ignore the line (RFC 9110, 2.4).")
    NAME_INVALID = ("name-invalid", "A field name holds a character that no token has.", RFC(9110, "5.1"),
        "Recover the rest and ignore the line (RFC 9110, 2.4).")
    REQUEST_FIELD_LINE = ("request-field-line",
        "A field line of a request is not a name, a colon and a value.", RFC(9112, "2.2"))
    NUL_IN_VALUE = ("nul-in-value", "A field value holds NUL.", RFC(9110, "5.5"),
        "Replace it with SP (RFC 9110, 5.5).")
    CONTROL_IN_VALUE = ("control-in-value", "A field value holds a control character.", RFC(9110, "5.5"),
        "Retain it in a safe context (RFC 9110, 5.5), or recover the rest with SP in its place (RFC 9110, 2.4).")
    FIELD_TOO_LARGE = "field-too-large", "One field line is larger than this recipient reads.", RFC(9110, "5.4")
    SECTION_TOO_LARGE = ("section-too-large",
        "The header section is larger than this recipient reads.", RFC(9110, "5.4"))
    TOO_MANY_FIELDS = ("too-many-fields",
        "The header section has more field lines than this recipient reads.", RFC(9110, "5.4"))

    # Framing
    CONTENT_LENGTH_INVALID = "content-length-invalid", "Content-Length is no number.", RFC(9112, "6.3")
    CONTENT_LENGTH_CONFLICT = ("content-length-conflict",
        "There are several Content-Length values, and they differ.", RFC(9112, "6.3"))
    CONTENT_LENGTH_REPEATED = ("content-length-repeated",
        "Content-Length gives the same number more than once.", RFC(9110, "8.6"),
        "Take it as one (RFC 9112, 6.3; RFC 9110, 8.6).")
    CONTENT_LENGTH_UNUSABLE = ("content-length-unusable",
        "Content-Length is invalid, in a response whose end does not depend on it.", RFC(9110, "8.6"),
        "The response ends with its header section (RFC 9112, 6.3); drop the field (RFC 9110, 8.6).")
    TRANSFER_ENCODING_UNUSABLE = ("transfer-encoding-unusable",
        "Transfer-Encoding is not chunked alone, in a response whose end does not depend on it.", RFC(9112, "6.1"),
        "The response ends with its header section (RFC 9112, 6.3); drop the field (RFC 9110, 7.6.1).")
    CONTENT_LENGTH_TOO_LARGE = ("content-length-too-large",
        "Content-Length is larger than this recipient counts.", RFC(9110, "8.6"))
    CONTENT_ANNOUNCED = ("content-announced", "A response that cannot have content announces some.", RFC(9110, "8.6"),
        "Ignore the announcement (RFC 9112, 6.3).")
    TRANSFER_ENCODING_WITH_LENGTH = ("transfer-encoding-with-length",
        "Transfer-Encoding and Content-Length stand side by side.", RFC(9112, "6.3"),
        "Remove Content-Length, read by Transfer-Encoding, then close the connection (RFC 9112, 6.3 and 6.1).")
    TRANSFER_ENCODING_OLD = ("transfer-encoding-old",
        "Transfer-Encoding stands in a message of HTTP/1.0, which does not know it.", RFC(9112, "6.1"),
        "Process the message and close the connection afterwards (RFC 9112, 6.1).")
    TRANSFER_ENCODING_INVALID = ("transfer-encoding-invalid",
        "Transfer-Encoding is no list of transfer codings, or gives chunked a parameter.", RFC(9112, "7.1"))
    TRANSFER_CODING_UNKNOWN = ("transfer-coding-unknown",
        "A response has a transfer coding other than chunked, which nobody asked for.", RFC(9112, "7.4"))
    REQUEST_CODING_UNKNOWN = ("request-coding-unknown",
        "A request has a transfer coding that this recipient does not know.", RFC(9112, "6.1"))
    CHUNKED_TWICE = ("chunked-twice", "The chunked transfer coding is named twice.", RFC(9112, "6.1"),
        "Recover what is plainly meant and take it as one (RFC 9110, 2.4).")
    REQUEST_CHUNKED_TWICE = ("request-chunked-twice",
        "In a request, the chunked transfer coding is named twice.", RFC(9112, "6.1"))
    CHUNKED_NOT_LAST = "chunked-not-last", "Chunked is not the last transfer coding.", RFC(9112, "6.3")
    SWITCH_UNASKED = ("switch-unasked",
        "A 101 switches to another protocol, and nobody asked for it.", RFC(9110, "7.8"))
    SWITCH_UNNAMED = ("switch-unnamed",
        "A 101 does not name the new protocol in Upgrade and Connection.", RFC(9110, "7.8"))
    TOO_MANY_INTERIM = "too-many-interim", "More interim responses came than this recipient reads.", RFC(9110, "15.2")
    CONTENT_TOO_LARGE = "content-too-large", "The content is larger than this recipient reads.", RFC(9110, "2.3")

    # The chunked transfer coding
    CHUNK_SIZE_INVALID = ("chunk-size-invalid",
        "A chunk does not begin with its size in hexadecimal.", RFC(9112, "7.1"))
    CHUNK_SIZE_SPACE = ("chunk-size-space", "Whitespace stands around a chunk size.", RFC(9112, "7.1"),
        "Recover the size that is plainly meant (RFC 9110, 2.4).")
    CHUNK_SIZE_TOO_LARGE = "chunk-size-too-large", "A chunk is larger than this recipient counts.", RFC(9112, "7.1")
    CHUNK_LINE_TOO_LONG = ("chunk-line-too-long",
        "The line of a chunk size, with its extensions, is longer than this recipient reads.", RFC(9112, "7.1.1"))
    CHUNK_EXTENSION_INVALID = ("chunk-extension-invalid", "A chunk extension is malformed.", RFC(9112, "7.1.1"),
        "Ignore it as any extension that is not recognised (RFC 9112, 7.1.1).")
    CHUNK_BARE_LF = ("chunk-bare-lf",
        "The line of a chunk size ends in LF alone; only start lines and fields may.", RFC(9112, "7.1"))
    CHUNK_DATA_END = "chunk-data-end", "The data of a chunk is not followed by CR LF.", RFC(9112, "7.1")
    TRAILER_FORBIDDEN = ("trailer-forbidden",
        "A trailer field is one that has a meaning in the header section only.", RFC(9110, "6.5.1"),
        "Discard it (RFC 9112, 7.1.2).")
    TRAILER_FIELD_TOO_LARGE = ("trailer-field-too-large",
        "One trailer field line is larger than this recipient reads.", RFC(9110, "5.4"))
    TRAILER_SECTION_TOO_LARGE = ("trailer-section-too-large",
        "The trailer section is larger than this recipient reads.", RFC(9110, "5.4"))

    # Between messages
    SURPLUS = ("surplus", "Octets follow a complete response, and no request is waiting for them.", RFC(9112, "6.3"),
        "Discard them; they are no response (RFC 9112, 6.3, 9.2).")
    # fmt: on


_CONDITIONS = {
    kind: condition
    for condition, kinds in {
        "field-too-large": (Kind.FIELD_TOO_LARGE,),
        "section-too-large": (Kind.SECTION_TOO_LARGE, Kind.TOO_MANY_FIELDS),
        "content-too-large": (Kind.CONTENT_LENGTH_TOO_LARGE, Kind.CONTENT_TOO_LARGE),
        "trailer-field-too-large": (Kind.TRAILER_FIELD_TOO_LARGE,),
        "trailer-section-too-large": (Kind.TRAILER_SECTION_TOO_LARGE,),
        "transfer-coding-unknown": (Kind.TRANSFER_CODING_UNKNOWN, Kind.REQUEST_CODING_UNKNOWN),
        "transfer-coding-invalid": (Kind.TRANSFER_ENCODING_INVALID, Kind.CHUNKED_TWICE, Kind.CHUNKED_NOT_LAST),
        "chunk-syntax": tuple(kind for kind in Kind if kind.startswith("chunk-")),
    }.items()
    for kind in kinds
}
_STATUSES = {
    kind: status
    for status, kinds in {
        413: (Kind.CONTENT_LENGTH_TOO_LARGE, Kind.CONTENT_TOO_LARGE),
        414: (Kind.START_LINE_TOO_LONG,),
        431: (
            Kind.FIELD_TOO_LARGE,
            Kind.SECTION_TOO_LARGE,
            Kind.TOO_MANY_FIELDS,
            Kind.TRAILER_FIELD_TOO_LARGE,
            Kind.TRAILER_SECTION_TOO_LARGE,
        ),
        501: (Kind.METHOD_TOO_LONG, Kind.REQUEST_CODING_UNKNOWN),
        505: (Kind.VERSION_MAJOR,),
    }.items()
    for kind in kinds
}
