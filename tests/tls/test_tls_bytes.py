"""The builders and the reader of TLS bytes, against what is printed in RFC 8446 and against Python's own list."""

import ssl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lab import tls
from lab.tls import Alert, ContentType


def test_an_alert_is_seven_bytes_in_plain_text() -> None:
    assert tls.alert(Alert.HANDSHAKE_FAILURE) == b"\x15\x03\x03\x00\x02\x02\x28"
    assert tls.alert(Alert.CLOSE_NOTIFY, tls.WARNING) == b"\x15\x03\x03\x00\x02\x01\x00"
    assert tls.alert(255) == b"\x15\x03\x03\x00\x02\x02\xff"


def test_a_record_may_lie_about_its_length_and_version() -> None:
    assert tls.record(ContentType.HANDSHAKE, b"\x02") == b"\x16\x03\x03\x00\x01\x02"
    assert tls.record(99, b"abc", version=b"\x09\x09", length=65535) == b"\x63\x09\x09\xff\xffabc"


def test_numbers_and_names_agree_with_pythons_own_list() -> None:
    theirs = {member.name.removeprefix("ALERT_DESCRIPTION_"): member.value for member in ssl.AlertDescription}
    theirs["USER_CANCELED"] = theirs.pop("USER_CANCELLED")  # the registry has one L
    newer = {"INAPPROPRIATE_FALLBACK", "MISSING_EXTENSION", "CERTIFICATE_REQUIRED", "NO_APPLICATION_PROTOCOL"}
    ours = {alert.name: alert.value for alert in Alert if alert.name not in newer}
    assert ours.items() <= theirs.items()


def test_the_registered_name_is_what_proxy_status_says() -> None:
    assert Alert.UNRECOGNIZED_NAME.registered == "unrecognized_name"
    assert (Alert.HANDSHAKE_FAILURE, Alert.UNRECOGNIZED_NAME, Alert.CERTIFICATE_REQUIRED) == (40, 112, 116)


@pytest.mark.parametrize(
    ("reason", "alert"),
    [
        ("SSLV3_ALERT_HANDSHAKE_FAILURE", Alert.HANDSHAKE_FAILURE),
        ("TLSV1_ALERT_UNKNOWN_CA", Alert.UNKNOWN_CA),
        ("TLSV1_UNRECOGNIZED_NAME", Alert.UNRECOGNIZED_NAME),
        ("TLSV1_ALERT_USER_CANCELLED", Alert.USER_CANCELED),
        ("TLSV13_ALERT_CERTIFICATE_REQUIRED", Alert.CERTIFICATE_REQUIRED),
        ("CERTIFICATE_VERIFY_FAILED", None),
        ("WRONG_VERSION_NUMBER", None),
        ("SSLV3_ALERT_", None),
        (None, None),
    ],
)
def test_openssls_reasons_are_told_apart(reason: str | None, alert: Alert | None) -> None:
    assert tls.received_alert(reason) is alert


def test_a_reason_that_python_does_not_know_is_read_from_the_sentence() -> None:
    sentence = "[SSL] tlsv1 alert no application protocol (_ssl.c:1006)"
    assert tls.openssl_reason(None, sentence) == "TLSV1_ALERT_NO_APPLICATION_PROTOCOL"
    assert tls.openssl_reason("TLSV1_ALERT_UNKNOWN_CA", sentence) == "TLSV1_ALERT_UNKNOWN_CA"
    assert tls.openssl_reason(None, "something else") == "something else"


@pytest.mark.parametrize(
    ("data", "phrase"),
    [
        (b"", "nothing"),
        (b"\x15\x03\x01\x00\x02\x02\x46", "a TLS alert, protocol_version"),
        (b"\x15\x03\x03\x00\x02\x02\xfa", "a TLS alert, number 250"),
        (b"\x15\x03\x03\x00\x1a" + bytes(26), "a TLS alert, encrypted"),
        (b"\x16\x03\x01\x02\x00\x01", "a TLS ClientHello"),
        (b"\x16\x03\x03\x00\x7a\x02", "a TLS ServerHello"),
        (b"\x16\x03\x03\x00\x7a", "a TLS handshake record"),
        (b"\x14\x03\x03\x00\x01\x01", "a TLS change of cipher"),
        (b"\x17\x03\x03\x00\x01\x01", "encrypted TLS data"),
        (b"HTTP/1.1 200 OK\r\n", "an HTTP/1 response in plain text"),
        (b"GET /a?b HTTP/1.1\r\n", "an HTTP/1 request in plain text"),
        (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "the preface of HTTP/2 in plain text"),
        (b"SSH-2.0-OpenSSH_9.2\r\n", "the greeting of an SSH server"),
        (b"\x15\x03", "no TLS: b'\\x15\\x03'"),
        (b"220 mail \x1b[31m and much more", "no TLS: b'220 mail \\x1b[31m a'"),
    ],
)
def test_the_first_bytes_are_named(data: bytes, phrase: str) -> None:
    assert tls.describe(data) == phrase


@given(st.binary(max_size=40))
def test_any_bytes_get_a_short_printable_phrase(data: bytes) -> None:
    phrase = tls.describe(data)
    assert phrase.isprintable()
    assert 0 < len(phrase) < 100


@given(st.sampled_from(ContentType), st.binary(max_size=40), st.integers(0, 60))
def test_what_is_built_is_read_back_as_far_as_it_has_come(
    content_type: ContentType, fragment: bytes, received: int
) -> None:
    found = tls.first_record(tls.record(content_type, fragment)[:received])
    if received < 5:
        assert found is None
    else:
        assert found is not None
        assert (found.content_type, found.length) == (content_type, len(fragment))
        assert found.fragment == fragment[: received - 5]
