"""Which stored response a request selects (RFC 9111, 4.1)."""

import pytest

from lab.gateways.reference.cache.engine import Forward, Serve
from tests.cache_engine.speaking import Cache, date, get

FRESH = "Cache-Control: max-age=60\n"

# Vary, the request that was answered, another one, and whether they match.
PAIRS = [
    ("A", "A: 1", "A: 1", True),
    ("A", "A: 1", "a: 1", True),
    ("A", "A: 1", "A: 2", False),
    ("A", "A: 1", "", False),
    ("A", "", "A: 1", False),
    ("A", "", "A:", False),
    ("A", "", "", True),
    ("a, B", "A: 1\nB: 2", "B: 2\nA: 1", True),
    ("a, B", "A: 1\nB: 2", "A: 1", False),
    ("A", "A: 1, 2", "A: 1\nA: 2", True),
    ("A", "A: 1, 2", "A: 1 ,  2", True),
    ("A", "A: 1, 2", "A: 2, 1", False),
    ("A", "A: x", "A: X", False),
    ("A", 'A: "1,2"', 'A: "1, 2"', False),
    ("A", "A: x (1,2)", "A: x (1, 2)", False),
    ("Accept-Language", "Accept-Language: en, de;q=0.5", "Accept-Language: DE; q=0.5,EN", True),
    ("Accept-Language", "Accept-Language: en, de;q=0.5", "Accept-Language: en;q=0.5, de", False),
    ("Cookie", "Cookie: name=a,b", "Cookie: name=a,b", True),
    ("Cookie", "Cookie: name=a,b", "Cookie: name=a, b", False),
    ("Accept-Encoding", "Accept-Encoding: gzip, br", "Accept-Encoding: br\nAccept-Encoding: gzip", True),
    ("Accept-Encoding", "Accept-Encoding: gzip", "Accept-Encoding: br", False),
    ("Cookie", "Cookie: a=b; c=d", "Cookie: c=d; a=b", False),
]


@pytest.mark.parametrize(("vary", "first", "second", "match"), PAIRS)
def test_a_request_selects_what_an_equal_one_got(vary: str, first: str, second: str, match: bool) -> None:
    cache = Cache()
    assert cache.fill(f"{FRESH}Vary: {vary}", first)
    assert isinstance(cache.decide(get(second), 1), Serve if match else Forward)


def test_several_variants_stand_side_by_side() -> None:
    cache = Cache()
    one = cache.fill(FRESH + "Vary: A", "A: 1")
    other = cache.fill(FRESH + "Vary: A", "A: 2")
    assert cache.serve(get("A: 1"), 1).answer.stored is one
    assert cache.serve(get("A: 2"), 1).answer.stored is other


def test_of_several_that_match_the_most_recent_by_its_date_is_used() -> None:
    cache = Cache()
    newer = cache.fill(f"{FRESH}Vary: A\nDate: {date(-1)}", "A: 1\nB: 1")
    older = cache.fill(f"{FRESH}Vary: B\nDate: {date(-9)}", "A: 2\nB: 2")
    assert newer is not None
    assert older is not None
    assert cache.serve(get("A: 1\nB: 2"), 1).answer.stored is newer


def test_one_that_forgets_vary_comes_last() -> None:
    cache = Cache()
    varied = cache.fill(f"{FRESH}Vary: A\nDate: {date(-9)}", "A: 1")
    forgotten = cache.fill(FRESH, "A: 2")
    assert cache.serve(get("A: 1"), 1).answer.stored is varied
    assert cache.serve(get("A: 2"), 1).answer.stored is forgotten
