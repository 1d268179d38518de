"""The closed list of what can be wrong with one direction of an HTTP/2 connection: one row, one kind of anomaly."""

from enum import StrEnum
from typing import Self

from lab.h2.codes import ErrorCode
from lab.rfc import RFC


class Kind(StrEnum):
    """A kind of anomaly.

    says        one plain sentence: what is wrong
    clause      the clause that is broken
    code        the error code with which a strict recipient answers
    connection  whether that ends the connection, not only the stream
    """

    says: str
    clause: RFC
    code: ErrorCode
    connection: bool

    def __new__(
        cls, word: str, says: str, clause: RFC, code: ErrorCode = ErrorCode.PROTOCOL_ERROR, connection: bool = False
    ) -> Self:
        kind = str.__new__(cls, word)
        kind._value_ = word
        kind.says, kind.clause, kind.code, kind.connection = says, clause, code, connection
        return kind

    # fmt: off
    # The connection
    NOT_HTTP2 = ("not-http2", "The octets are no HTTP/2 frames.", RFC(9113, "3.4"), ErrorCode.PROTOCOL_ERROR, True)
    NO_SETTINGS_FIRST = ("no-settings-first",
        "The first frame is not SETTINGS.", RFC(9113, "3.4"), ErrorCode.PROTOCOL_ERROR, True)
    FRAME_TOO_LARGE = ("frame-too-large",
        "A frame is larger than its recipient has said it takes.", RFC(9113, "4.2"), ErrorCode.FRAME_SIZE_ERROR, True)
    FRAME_SIZE = ("frame-size",
        "A frame does not have the size that its type wants.", RFC(9113, "4.2"), ErrorCode.FRAME_SIZE_ERROR, True)
    FRAME_CUT = ("frame-cut",
        "The connection ended inside a frame.", RFC(9113, "4.1"), ErrorCode.FRAME_SIZE_ERROR, True)
    PADDING = ("padding",
        "The padding of a frame is longer than the frame.", RFC(9113, "6.1"), ErrorCode.PROTOCOL_ERROR, True)
    STREAM_MISSING = ("stream-missing",
        "A frame that belongs to a stream names none.", RFC(9113, "5.1.1"), ErrorCode.PROTOCOL_ERROR, True)
    STREAM_GIVEN = ("stream-given",
        "A frame that concerns the connection names a stream.", RFC(9113, "5.1.1"), ErrorCode.PROTOCOL_ERROR, True)
    STREAM_IDLE = ("stream-idle",
        "A frame names a stream that nobody has opened.", RFC(9113, "5.1"), ErrorCode.PROTOCOL_ERROR, True)
    STREAM_NUMBER = ("stream-number",
        "A new stream has a number that its side cannot use, or can use no more.", RFC(9113, "5.1.1"),
        ErrorCode.PROTOCOL_ERROR, True)
    SETTING_INVALID = ("setting-invalid",
        "A setting has a value that it cannot have.", RFC(9113, "6.5.2"), ErrorCode.PROTOCOL_ERROR, True)
    INITIAL_WINDOW_INVALID = ("initial-window-invalid",
        "A setting makes the windows of streams larger than any may be.", RFC(9113, "6.5.2"),
        ErrorCode.FLOW_CONTROL_ERROR, True)
    PUSH_REFUSED = ("push-refused",
        "PUSH_PROMISE came from a client, or to one that does not want it.", RFC(9113, "8.4"),
        ErrorCode.PROTOCOL_ERROR, True)
    LAST_STREAM_RAISED = ("last-stream-raised",
        "A second GOAWAY names a higher last stream than the first.", RFC(9113, "6.8"), ErrorCode.PROTOCOL_ERROR, True)
    NO_INCREMENT = ("no-increment", "WINDOW_UPDATE gives no credit.", RFC(9113, "6.9"))
    WINDOW_OVERFLOW = ("window-overflow",
        "WINDOW_UPDATE makes a window larger than windows can be.", RFC(9113, "6.9.1"), ErrorCode.FLOW_CONTROL_ERROR)
    WINDOW_OVERRUN = ("window-overrun",
        "DATA is more than the flow-control window allows.", RFC(9113, "6.9.1"), ErrorCode.FLOW_CONTROL_ERROR, True)

    # Field blocks
    FIELD_BLOCK_OPEN = ("field-block-open",
        "Another frame stands where the field block has to go on.", RFC(9113, "6.10"), ErrorCode.PROTOCOL_ERROR, True)
    CONTINUATION_ALONE = ("continuation-alone",
        "CONTINUATION continues nothing.", RFC(9113, "6.10"), ErrorCode.PROTOCOL_ERROR, True)
    FIELD_BLOCK_TOO_LARGE = ("field-block-too-large",
        "A field block is larger than this recipient reads.", RFC(9113, "10.5.1"), ErrorCode.ENHANCE_YOUR_CALM, True)
    COMPRESSION = ("compression",
        "A field block cannot be decoded.", RFC(9113, "4.3"), ErrorCode.COMPRESSION_ERROR, True)

    # Messages
    NAME_UPPER_CASE = "name-upper-case", "A field name is not in lower case.", RFC(9113, "8.2.1")
    NAME_INVALID = "name-invalid", "A field name is empty, or holds a character that none has.", RFC(9113, "8.2.1")
    VALUE_INVALID = ("value-invalid",
        "A field value holds NUL, CR or LF, or begins or ends with white space.", RFC(9113, "8.2.1"))
    CONNECTION_SPECIFIC = ("connection-specific",
        "A field line concerns a connection of HTTP/1.1, such as Connection or Transfer-Encoding.", RFC(9113, "8.2.2"))
    PSEUDO_UNKNOWN = "pseudo-unknown", "A pseudo-header field is none that belongs here.", RFC(9113, "8.3")
    PSEUDO_LATE = "pseudo-late", "A pseudo-header field stands after a regular field line.", RFC(9113, "8.3")
    PSEUDO_REPEATED = "pseudo-repeated", "A pseudo-header field stands there twice.", RFC(9113, "8.3")
    PSEUDO_INVALID = ("pseudo-invalid",
        "A pseudo-header field that must be there is missing, or has no valid value.", RFC(9113, "8.3"))
    PSEUDO_IN_TRAILERS = "pseudo-in-trailers", "A pseudo-header field stands in a trailer section.", RFC(9113, "8.1")
    INTERIM_WITH_END = "interim-with-end", "An interim response ends the stream.", RFC(9113, "8.1")
    SWITCH = "switch", "A 101 stands where HTTP/2 knows no switch of protocols.", RFC(9113, "8.6")
    DATA_BEFORE_HEADERS = "data-before-headers", "DATA comes before the header section.", RFC(9113, "8.1")
    TRAILERS_WITHOUT_END = ("trailers-without-end",
        "A second header section does not end the stream.", RFC(9113, "8.1"))
    CONTENT_LENGTH_INVALID = "content-length-invalid", "Content-Length is no number.", RFC(9110, "8.6")
    CONTENT_LENGTH_MISMATCH = ("content-length-mismatch",
        "Content-Length is not the length of the content.", RFC(9113, "8.1.1"))
    CONTENT_UNEXPECTED = ("content-unexpected", "A response that cannot have content has some.", RFC(9110, "6.4.1"))
    AFTER_END = ("after-end",
        "A frame follows on a stream that its sender has ended.", RFC(9113, "5.1"), ErrorCode.STREAM_CLOSED)
    # fmt: on
