"""Cache-Status parameters, keywords and roles."""

import pytest

from lab.rfc import clause_error
from lab.rfc.cache_status import CACHE_PARAMETERS, FORWARD_REASONS
from lab.rfc.keywords import FORCES, GATEWAY_PARTS, Force, Keyword, Role, Side, binds_gateway


def test_the_eight_parameters_stand_in_their_own_sections() -> None:
    assert len(CACHE_PARAMETERS) == 8
    for number, (name, parameter) in enumerate(CACHE_PARAMETERS.items(), 1):
        assert parameter.section == f"2.{number}"
        assert parameter.clause.title == f"The {name} Parameter"
        assert set(parameter.types) <= {"Boolean", "Token", "Integer", "String"}
        assert parameter.says.endswith(".")


def test_fwd_has_eight_reasons() -> None:
    assert list(FORWARD_REASONS) == [
        "bypass", "method", "uri-miss", "vary-miss", "miss", "request", "stale", "partial",
    ]  # fmt: skip


def test_every_keyword_has_its_force_and_its_opposite_has_the_same() -> None:
    assert set(FORCES) == set(Keyword)
    assert FORCES[Keyword.MUST] is FORCES[Keyword.MUST_NOT] is Force.RULE
    assert FORCES[Keyword.SHOULD] is FORCES[Keyword.SHOULD_NOT] is Force.ADVICE
    assert FORCES[Keyword.MAY] is FORCES[Keyword.OPTIONAL] is Force.LEAVE


def test_every_role_is_decided_and_rests_on_a_clause() -> None:
    assert set(GATEWAY_PARTS) == set(Role)
    for part in GATEWAY_PARTS.values():
        assert clause_error(part.clause) is None
        assert part.why.endswith(".")


def test_a_gateway_is_an_origin_server_outwards_and_a_user_agent_inwards() -> None:
    assert GATEWAY_PARTS[Role.ORIGIN_SERVER].side is Side.CLIENT_CONNECTION
    assert GATEWAY_PARTS[Role.USER_AGENT].side is Side.UPSTREAM_CONNECTION


@pytest.mark.parametrize(
    ("role", "binds"),
    [("origin server", True), ("user agent", True), ("intermediary", True), ("sender", True), ("recipient", True),
     ("proxy", False), ("tunnel", False), ("cache", False)],
)  # fmt: skip
def test_which_sentences_bind_a_gateway(role: str, binds: bool) -> None:
    assert binds_gateway(role) is binds


def test_a_gateway_with_a_cache_is_bound_as_a_cache_and_still_not_as_a_proxy() -> None:
    assert binds_gateway(Role.CACHE, caches=True)
    assert not binds_gateway(Role.PROXY, caches=True)


def test_a_word_that_is_no_role_is_refused() -> None:
    with pytest.raises(ValueError, match="reverse"):
        binds_gateway("reverse proxy")
