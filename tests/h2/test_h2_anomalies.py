"""Each kind of anomaly is found where it is, and alone; and it says what is wrong on whose authority."""

import pytest

from lab import h2
from lab.h2 import Kind
from lab.rfc import clause_error
from tests.h2.h2_rows import ASK, REQUESTS, RESPONSES


def answering(octets: bytes) -> h2.Reader:
    """A reader of the answer to `GET /` on stream 1, read to its end."""
    conversation = h2.Conversation()
    list(conversation.sent(h2.preface({h2.Setting.ENABLE_PUSH: 0}) + ASK))
    assert not conversation.requests.anomalies
    list(conversation.received(octets))
    list(conversation.closed())
    return conversation.responses


@pytest.mark.parametrize("kind", RESPONSES)
def test_it_is_found_in_a_response_and_alone(kind: Kind) -> None:
    found = answering(RESPONSES[kind]).anomalies
    assert {anomaly.kind for anomaly in found} == {kind}


@pytest.mark.parametrize("kind", REQUESTS)
def test_it_is_found_in_a_request_and_alone(kind: Kind) -> None:
    reader = h2.Reader("request")
    reader.feed(REQUESTS[kind])
    list(reader.events())
    assert {anomaly.kind for anomaly in reader.anomalies} == {kind}


def test_each_kind_has_a_row() -> None:
    assert {*RESPONSES, *REQUESTS} == set(Kind)


@pytest.mark.parametrize("kind", Kind)
def test_each_kind_says_what_and_on_whose_authority(kind: Kind) -> None:
    assert kind.says.endswith(".")
    assert clause_error(kind.clause) is None or not clause_error(kind.clause)


def test_an_anomaly_says_where() -> None:
    found = answering(RESPONSES[Kind.NAME_UPPER_CASE]).anomalies[0]
    assert str(found) == 'stream 1, octet 9: A field name is not in lower case. ("Room") [RFC 9113, 8.2.1]'


def test_many_of_one_kind_do_not_fill_the_memory() -> None:
    assert len(answering(h2.settings() + h2.window_update(0, 0) * 5_000).anomalies) == 100
