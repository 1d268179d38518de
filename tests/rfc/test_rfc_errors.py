"""The error types of RFC 9209, each column checked by what is known of it from elsewhere."""

from collections import Counter

import pytest

from lab.rfc import RFC, clause_error
from lab.rfc.errors import ERROR_TYPES, ErrorType

EVERY = pytest.mark.parametrize("error", ERROR_TYPES.values(), ids=ERROR_TYPES)


def words_of_title(title: str) -> Counter[str]:
    """The words that a type's name should have, from the title of its section."""
    text = title.lower().replace("-", " ").replace("too large", "size").replace("field line ", "")
    return Counter(text.split())


def test_there_are_thirty_two_one_for_each_subsection() -> None:
    assert [error.section for error in ERROR_TYPES.values()] == [f"2.3.{number}" for number in range(1, 33)]
    assert clause_error(RFC(9209, "2.3.32")) is None
    assert clause_error(RFC(9209, "2.3.33")) is not None
    assert all(name == error.name for name, error in ERROR_TYPES.items())


@EVERY
def test_name_and_section_say_the_same(error: ErrorType) -> None:
    name, title = Counter(error.name.split("_")), words_of_title(error.clause.title)
    # The RFC's own titles add "Error" to the codings, and put the words of http_response_incomplete the other way.
    assert title - name <= Counter(["error"])
    assert not name - title


def test_the_recommended_statuses_are_as_many_as_counted() -> None:
    counted = Counter(error.status for error in ERROR_TYPES.values())
    assert counted == {502: 19, 504: 5, 500: 3, 503: 2, 403: 1, None: 2}
    assert [name for name, error in ERROR_TYPES.items() if error.status is None] == [
        "http_request_error",
        "proxy_internal_response",
    ]


@EVERY
def test_a_type_that_may_come_from_further_in_is_about_a_connection_tls_or_a_response(error: ErrorType) -> None:
    may_be_relayed = error.name.startswith("http_response_") or error.name in {
        "connection_terminated",
        "connection_read_timeout",
        "connection_write_timeout",
        "tls_protocol_error",
        "tls_alert_received",
        "http_protocol_error",
    }
    assert error.intermediary_only is not may_be_relayed


def test_time_outs_recommend_504_and_nothing_else_does() -> None:
    for error in ERROR_TYPES.values():
        assert (error.status == 504) is error.name.endswith("_timeout"), error.name


def test_extra_parameters_stand_with_the_types_that_define_them() -> None:
    extras = {name: error.extras for name, error in ERROR_TYPES.items() if error.extras}
    assert extras == {
        "dns_error": ("rcode", "info-code"),
        "tls_alert_received": ("alert-id", "alert-message"),
        "http_request_error": ("status-code", "status-phrase"),
        "http_response_header_section_size": ("header-section-size",),
        "http_response_header_size": ("header-name", "header-size"),
        "http_response_body_size": ("body-size",),
        "http_response_trailer_section_size": ("trailer-section-size",),
        "http_response_trailer_size": ("trailer-name", "trailer-size"),
        "http_response_transfer_coding": ("coding",),
        "http_response_content_coding": ("coding",),
    }


@EVERY
def test_when_it_applies_is_one_plain_sentence(error: ErrorType) -> None:
    assert error.when.endswith(".")
    assert error.when[0].isupper()
    assert error.name not in error.when
    assert len(error.when) < 120
