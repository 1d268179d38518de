"""What the catalogue shows of the real-world causes and of the error types, and that its words are explained."""

import re
from collections.abc import Iterator

import pytest

from lab.expect import Expectation
from lab.rfc import ERROR_TYPES, clause_error
from lab.words import lookup
from tests.catalogue.catalogue import of, scenarios, texts

STILL_TO_COME = {
    "A5": "a name whose address changes: names are resolved in a later chapter",
    "A15": "violations of HTTP/2 by the upstream",
}
"""Rows of the 25 causes that no scenario shows yet, and what they wait for."""

UNTOLD_TYPES = {
    "dns_timeout": "no upstream causes it: DNS does, and names are resolved in a later chapter",
    "dns_error": "no upstream causes it: DNS does, and names are resolved in a later chapter",
    "destination_not_found": "the gateway knows its upstream in every scenario: it has no rules to choose by",
    "destination_ip_prohibited": "a rule about addresses, before anything is sent: an upstream has no part in it",
    "destination_ip_unroutable": "the network says it: an upstream on this machine is never without a route",
    "http_request_error": "the client's fault: a scenario is about what an upstream does",
    "http_request_denied": "a rule about requests: the upstream is never asked",
    "http_upgrade_failed": "about another version of HTTP towards the upstream (2.3.27): here it is asked in HTTP/1.1",
    "proxy_internal_response": "the gateway answers by itself: the upstream is never asked",
    "proxy_configuration_error": "the gateway's own fault: no bytes of an upstream's may cause it",
}
"""Error types that no scenario's `reports` names: what an upstream of HTTP/1.1 or TLS cannot cause, or not yet."""

TECHNICAL = """
    alert backlog buffer certificate checksum chunk cookie datagram deadlock fragmentation gzip handshake hexadecimal
    keepalive latency multiplexing mutex octet packet parser payload pipelining port proxy segment semaphore socket
    syscall timeout token trailer truncation tunnel upstream
"""
"""Words that need an explanation where they are used: whoever uses one sees to it that the glossary has it."""

ENGLISH = {"OK"}
"""Words in capitals that need none."""

PRODUCTS = re.compile(
    r"nginx|haproxy|envoy|apache|varnish|squid|caddy|traefik|traffic server|lighttpd|nghttpx|h2o|node\.js|mitmproxy",
    re.IGNORECASE,
)


def test_every_cause_is_shown_or_still_to_come() -> None:
    shown = {scenario.cause for scenario in scenarios() if scenario.cause.startswith("A")}
    rows = {f"A{number}" for number in range(1, 26)}
    assert shown <= rows
    assert rows - shown == set(STILL_TO_COME), "a row has come, or one has gone: say so in STILL_TO_COME"


def test_every_confusion_is_shown() -> None:
    shown = {scenario.cause for scenario in scenarios() if scenario.cause.startswith("B")}
    assert shown == {f"B{number}" for number in range(1, 16)}


def test_every_error_type_is_told_or_still_to_come() -> None:
    told = {error for scenario in scenarios() for error in scenario.reports}
    assert set(ERROR_TYPES) - told == set(UNTOLD_TYPES), "a type has come, or one has gone: say so in UNTOLD_TYPES"


def test_every_story_asks_something() -> None:
    for scenario in scenarios():
        assert "?" in scenario.story + scenario.guess, scenario.address


def test_every_clause_exists() -> None:
    cited = {clause for expectation in expectations() for clause in expectation.clauses}
    assert len(cited) > 30
    assert [problem for clause in cited if (problem := clause_error(clause))] == []


def test_every_term_stands_in_the_glossary() -> None:
    unknown = {(word, place) for place, text in texts() for word in terms(text) if lookup(word) is None}
    assert sorted(unknown) == []


def test_stories_speak_of_no_product() -> None:
    assert [(place, text) for place, text in texts() if PRODUCTS.search(text)] == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The SYN flood", {"SYN"}),
        ("a ServerKeyExchange, of HTTP/1.9", {"ServerKeyExchange"}),
        ("X-Mystery is a field", {"X-Mystery"}),
        ('It prints "ERROR" and OK', set()),
        ("five octets in two packets", {"octets", "packets"}),
        ("the code 2OO, which MUST NOT be sent", set()),
        ("a plain sentence about bytes", set()),
        ("the error http_response_incomplete", {"http_response_incomplete"}),
    ],
)
def test_terms_are_found_in_a_text(text: str, found: set[str]) -> None:
    assert terms(text) == found


def terms(text: str) -> set[str]:
    """What in a text is surely a term: capitals inside a word, field names, underscores, technical words. What stands
    in quotes is bytes, and a version or a keyword of the RFCs needs no entry of its own."""
    plain = re.sub(r'"[^"]*"|HTTP/\d(\.\d)?|(MUST|SHOULD)( NOT)?', " ", text)
    words = re.findall(r"\b[A-Za-z][A-Za-z0-9_-]*[A-Za-z0-9]", plain)
    return {word for word in words if word not in ENGLISH and (_is_coined(word) or _is_technical(word))}


def _is_coined(word: str) -> bool:
    return bool(re.search(r"[A-Za-z].*[A-Z]|[a-z]_[a-z]", word))


def _is_technical(word: str) -> bool:
    return bool({word.lower(), word.lower().removesuffix("s")} & set(TECHNICAL.split()))


def expectations() -> Iterator[Expectation]:
    for scenario in scenarios():
        yield from of(scenario)
