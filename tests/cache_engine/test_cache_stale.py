"""Stale responses: what permits them, and what forbids them (RFC 9111, 4.2.4; RFC 5861)."""

import pytest

from lab.gateways.reference.cache.engine import Fail, Forward, Reaction, Relay, Serve, ServeStale
from tests.cache_engine.speaking import Cache, at, date, get, response

IF_ERROR = "stale-if-error=30"


def failed(cache: Cache, request: str = "", when: float = 61, *, unreachable: bool = True) -> Reaction:
    asked = get(request)
    return cache.engine.failed(asked, cache.forward(asked, when), unreachable=unreachable, now=at(when))


# Directives of a response with max-age=60, fields of the request, the moment of the failure, and whether it is used.
IN_PLACE_OF_AN_ERROR = [
    (IF_ERROR, "", 61, True),
    (IF_ERROR, "", 90, True),
    (IF_ERROR, "", 91, False),
    ("stale-if-error=x", "", 61, False),
    ("stale-if-error", "", 61, False),
    ("x", "", 61, False),
    ("x", "Cache-Control: stale-if-error=30", 61, True),
    ("x", "Cache-Control: stale-if-error=30", 91, False),
    (IF_ERROR, "Cache-Control: stale-if-error=5", 90, True),
    (IF_ERROR, "Cache-Control: max-age=0", 61, True),
    (IF_ERROR, "Cache-Control: no-cache", 61, False),
    (f"{IF_ERROR}, no-cache", "", 61, False),
    (f"{IF_ERROR}, must-revalidate", "", 61, False),
    (f"{IF_ERROR}, proxy-revalidate", "", 61, False),
    (f"{IF_ERROR}, s-maxage=60", "", 61, False),
    (f"{IF_ERROR}, must-revalidate", "Cache-Control: stale-if-error=30", 61, False),
]


@pytest.mark.parametrize(("said", "request_fields", "when", "used"), IN_PLACE_OF_AN_ERROR)
def test_in_place_of_an_error(said: str, request_fields: str, when: float, used: bool) -> None:
    cache = Cache()
    cache.fill(f"Cache-Control: max-age=60, {said}")
    for unreachable in (True, False):
        assert isinstance(failed(cache, request_fields, when, unreachable=unreachable), ServeStale if used else Fail)
    asked = get(request_fields)
    reaction = cache.answer(asked, cache.forward(asked, when), response("", 502), when)
    assert isinstance(reaction, ServeStale if used else Relay)


@pytest.mark.parametrize(
    ("status", "error"), [(500, True), (502, True), (503, True), (504, True), (501, False), (404, False), (200, False)]
)
def test_which_status_codes_are_errors(status: int, error: bool) -> None:
    cache = Cache()
    cache.fill(f"Cache-Control: max-age=60, {IF_ERROR}")
    reaction = cache.answer(get(), cache.forward(get(), 61), response("", status), 61)
    assert isinstance(reaction, ServeStale) is error


def test_a_stored_error_is_no_better_than_a_new_one() -> None:
    cache = Cache()
    cache.fill(f"Cache-Control: max-age=60, {IF_ERROR}", status=502)
    assert isinstance(failed(cache), Fail)


@pytest.mark.parametrize("asked", ["", 'If-None-Match: "a"'])
def test_who_has_the_stale_response_gets_a_304(asked: str) -> None:
    cache = Cache()
    cache.fill(f'Cache-Control: max-age=60, {IF_ERROR}\nETag: "a"')
    reaction = failed(cache, asked)
    assert isinstance(reaction, ServeStale)
    assert reaction.answer.status == (304 if asked else 200)
    assert reaction.answer.fields.get(b"age") == [b"61"]


@pytest.mark.parametrize(
    ("said", "unreachable", "status"),
    [
        ("must-revalidate", True, 504),
        ("proxy-revalidate", True, 504),
        ("s-maxage=60", True, 504),
        ("must-revalidate", False, None),
        ("no-cache", True, None),
        ("x", True, None),
    ],
)
def test_the_status_of_the_error(said: str, unreachable: bool, status: int | None) -> None:
    cache = Cache()
    cache.fill(f"Cache-Control: max-age=60, {said}")
    reaction = failed(cache, unreachable=unreachable)
    assert isinstance(reaction, Fail)
    assert reaction.status == status


def test_an_error_where_nothing_is_stored_is_the_gateways_own() -> None:
    reaction = failed(Cache())
    assert isinstance(reaction, Fail)
    assert reaction.status is None


# The same for a response that may be used while it is validated.
WHILE_IT_IS_VALIDATED = [
    ("stale-while-revalidate=30", "", 60, True),
    ("stale-while-revalidate=30", "", 90, True),
    ("stale-while-revalidate=30", "", 91, False),
    ("stale-while-revalidate", "", 61, False),
    ("stale-while-revalidate=30", "Cache-Control: max-age=100", 61, False),
    ("stale-while-revalidate=30", "Cache-Control: min-fresh=1", 61, False),
    ("stale-while-revalidate=30", "Cache-Control: no-cache", 61, False),
    ("stale-while-revalidate=30, must-revalidate", "", 61, False),
    ("stale-while-revalidate=30, s-maxage=60", "", 61, False),
    ("stale-while-revalidate=30, no-cache", "", 61, False),
    ("x", "", 60, False),
]


@pytest.mark.parametrize(("said", "request_fields", "when", "used"), WHILE_IT_IS_VALIDATED)
def test_while_it_is_validated(said: str, request_fields: str, when: float, used: bool) -> None:
    cache = Cache()
    cache.fill(f'Cache-Control: max-age=60, {said}\nETag: "a"')
    decision = cache.decide(get(request_fields), when)
    assert isinstance(decision, Serve if used else Forward)
    if isinstance(decision, Serve):
        assert decision.answer.stale
        assert decision.revalidate is not None
        assert decision.revalidate.fields.get(b"if-none-match") == [b'"a"']


def test_the_validation_in_the_background_is_for_the_store_alone() -> None:
    cache = Cache()
    cache.fill('Cache-Control: max-age=60, stale-while-revalidate=30\nETag: "a"')
    asked = get(f'If-None-Match: "b"\nIf-Modified-Since: {date(0)}\nRange: bytes=0-1\nIf-Range: "b"\nX: 1')
    decision = cache.serve(asked, 61)
    assert decision.answer.status == 200
    assert decision.revalidate is not None
    assert decision.revalidate.fields == get('X: 1\nIf-None-Match: "a"').fields


@pytest.mark.parametrize("said", ["must-revalidate", "proxy-revalidate", "s-maxage=60", "no-cache"])
def test_max_stale_does_not_overrule_the_response(said: str) -> None:
    cache = Cache()
    cache.fill(f"Cache-Control: max-age=60, {said}")
    assert isinstance(cache.decide(get("Cache-Control: max-stale"), 61), Forward)


# A request for something that is missing or stale, and whether its answer may serve others.
COLLAPSING = [
    ("", True),
    ("Cookie: a=b", True),
    ("Authorization: x", False),
    ("Range: bytes=0-1", False),
    ("Cache-Control: no-cache", False),
    ("Pragma: no-cache", False),
    ("Cache-Control: no-store", False),
    ("If-Match: *", False),
]


@pytest.mark.parametrize(("asked", "collapse"), COLLAPSING)
@pytest.mark.parametrize("stored", [False, True])
def test_collapsing(asked: str, collapse: bool, stored: bool) -> None:
    cache = Cache()
    if stored:
        cache.fill('Cache-Control: max-age=60\nETag: "a"')
    assert cache.forward(get(asked), 61).collapse is collapse
    assert not cache.forward(get(asked, b"HEAD"), 61).collapse
    assert not cache.forward(get(asked, b"POST"), 61).collapse


def test_a_clients_own_condition_is_shared_with_nobody_unless_it_is_replaced() -> None:
    cache = Cache()
    asked = get('If-None-Match: "a"')
    assert not cache.forward(asked, 0).collapse
    cache.fill('Cache-Control: max-age=60\nETag: "a"')
    assert cache.forward(asked, 61).collapse
