"""TLS alerts: their numbers, their registered names, and the bytes of one in plain text."""

import re
from enum import IntEnum

from lab.tls.records import ContentType, record

WARNING = 1
FATAL = 2


class Alert(IntEnum):
    """What an alert says: the descriptions of RFC 8446, 6, that are not reserved."""

    CLOSE_NOTIFY = 0
    UNEXPECTED_MESSAGE = 10
    BAD_RECORD_MAC = 20
    RECORD_OVERFLOW = 22
    HANDSHAKE_FAILURE = 40
    BAD_CERTIFICATE = 42
    UNSUPPORTED_CERTIFICATE = 43
    CERTIFICATE_REVOKED = 44
    CERTIFICATE_EXPIRED = 45
    CERTIFICATE_UNKNOWN = 46
    ILLEGAL_PARAMETER = 47
    UNKNOWN_CA = 48
    ACCESS_DENIED = 49
    DECODE_ERROR = 50
    DECRYPT_ERROR = 51
    PROTOCOL_VERSION = 70
    INSUFFICIENT_SECURITY = 71
    INTERNAL_ERROR = 80
    INAPPROPRIATE_FALLBACK = 86
    USER_CANCELED = 90
    MISSING_EXTENSION = 109
    UNSUPPORTED_EXTENSION = 110
    UNRECOGNIZED_NAME = 112
    BAD_CERTIFICATE_STATUS_RESPONSE = 113
    UNKNOWN_PSK_IDENTITY = 115
    CERTIFICATE_REQUIRED = 116
    NO_APPLICATION_PROTOCOL = 120

    @property
    def registered(self) -> str:
        """Its name in the registry, as `alert-message` of Proxy-Status wants it: "handshake_failure"."""
        return self.name.lower()


def alert(description: Alert | int, level: int = FATAL) -> bytes:
    """An alert as it goes over the wire before the handshake has agreed on keys: a record of seven bytes."""
    return record(ContentType.ALERT, bytes((level, description)))


def openssl_reason(reason: str | None, message: str) -> str:
    """OpenSSL's name of an error, from `reason` and text of an SSLError; where Python does not know the name, made
    from OpenSSL's sentence: "[SSL] tlsv1 alert no application protocol (_ssl.c:1006)"."""
    if reason:
        return reason
    sentence = _SENTENCE.search(message)
    return sentence[1].upper().replace(" ", "_") if sentence else message


def received_alert(reason: str | None) -> Alert | None:
    """The alert that OpenSSL means when it fails with this reason ("TLSV13_ALERT_CERTIFICATE_REQUIRED").

    None where the reason is something else than an alert of the other side. The marker `ALERT` is in most of these
    reasons, but not in those of the alerts that came with extensions ("TLSV1_UNRECOGNIZED_NAME").
    """
    version, _, rest = (reason or "").partition("_")
    if version not in ("SSLV3", "TLSV1", "TLSV13"):
        return None
    name = _OPENSSL_NAMES.get(rest, rest.removeprefix("ALERT_"))
    return Alert.__members__.get(name)


_SENTENCE = re.compile(r"\[SSL\] (.+) \(_ssl\.c:\d+\)")
_OPENSSL_NAMES = {"ALERT_USER_CANCELLED": "USER_CANCELED"}
