"""What a gateway saw, and the error type that says so."""

import pytest

from lab.rfc.conditions import CONDITIONS, Condition, Stage, error_type, recommended_status
from lab.rfc.errors import ERROR_TYPES

EVERY = pytest.mark.parametrize("condition", Condition)


def test_every_condition_has_one_row_and_every_row_a_reason_of_its_own() -> None:
    assert list(CONDITIONS) == list(Condition)
    reasons = [row.why for row in CONDITIONS.values()]
    assert len(reasons) == len(set(reasons))


@EVERY
def test_a_row_is_sound(condition: Condition) -> None:
    row = CONDITIONS[condition]
    assert row.condition is condition
    assert row.error_type in ERROR_TYPES
    assert row.stage in Stage
    assert row.why.endswith(".")
    assert "\n" not in row.why
    assert condition == condition.lower()
    assert "_" not in condition


def test_every_error_type_is_what_some_condition_is_called() -> None:
    assert {row.error_type for row in CONDITIONS.values()} == set(ERROR_TYPES)


@pytest.mark.parametrize(
    ("condition", "name", "status"),
    [
        ("no-byte", "connection_terminated", 502),
        ("incomplete", "http_response_incomplete", 502),
        ("first-byte-timeout", "connection_read_timeout", 504),
        ("read-timeout", "connection_read_timeout", 504),
        ("response-timeout", "http_response_timeout", 504),
        ("connect-timeout", "connection_timeout", 504),
        ("chunk-syntax", "http_response_transfer_coding", 502),
        ("field-too-large", "http_response_header_size", 502),
        ("section-too-large", "http_response_header_section_size", 502),
        ("ports-exhausted", "proxy_internal_error", 500),
        ("all-down", "destination_unavailable", 503),
        ("tls-plaintext", "tls_protocol_error", 502),
        ("request", "http_request_error", None),
        ("internal-response", "proxy_internal_response", None),
    ],
)
def test_the_decisions_that_the_house_rests_on(condition: str, name: str, status: int | None) -> None:
    assert error_type(condition).name == name
    assert recommended_status(Condition(condition)) == status


def test_what_is_called_refused_is_not_only_what_a_machine_turns_away() -> None:
    """Of a Unix socket it is the gateway's own system that says no, and something may well listen there."""
    called = {condition for condition in Condition if error_type(condition).name == "connection_refused"}
    assert called == {Condition.REFUSED, Condition.SOCKET_MISSING, Condition.SOCKET_DENIED, Condition.SOCKET_FULL}
    says = ERROR_TYPES["connection_refused"].when
    assert "machine" not in says
    assert "nothing listens there, or the gateway was turned away" in says


@EVERY
def test_before_the_upstream_has_begun_to_answer_the_answer_is_the_gateway_s_own(condition: Condition) -> None:
    """Types that may come from further in are for what is seen on an open connection."""
    if CONDITIONS[condition].stage is Stage.NAME:
        assert error_type(condition).intermediary_only


@EVERY
def test_time_outs_are_called_time_outs(condition: Condition) -> None:
    assert condition.endswith("timeout") is error_type(condition).name.endswith("timeout")


def test_a_word_that_is_no_condition_is_refused() -> None:
    with pytest.raises(ValueError, match="toast"):
        error_type("toast")
