"""For how long a stored response is fresh, and how old it is (RFC 9111, 4.2)."""

import pytest

from lab.gateways.reference.cache.engine import Forward, Policy, Refuse, Serve
from lab.gateways.reference.cache.engine.freshness import age_value
from lab.semantics.directives import INFINITE
from tests.cache_engine.speaking import Cache, at, date, get, response

MODIFIED = f"Last-Modified: {date(-1000)}"

# Field lines of a response of the moment 0, and for how many seconds it is fresh.
LIFETIMES = [
    ("Cache-Control: max-age=60", 60),
    ("Cache-Control: max-age=60, s-maxage=30", 30),
    ("Cache-Control: s-maxage=60, max-age=0", 60),
    (f"Cache-Control: max-age=60\nExpires: {date(-5)}", 60),
    (f"Cache-Control: max-age=x\nExpires: {date(60)}", 0),
    ("Cache-Control: max-age=60\nCache-Control: max-age=61", 0),
    ("Cache-Control: max-age=-60", 0),
    (f"Expires: {date(60)}", 60),
    (f"Expires: {date(60)}\nExpires: {date(60)}", 60),
    (f"Expires: {date(60)}\nExpires: {date(61)}", 0),
    (f"Expires: {date(60)}\nDate: x", 60),
    ("Expires: 0", 0),
    ("Expires: -1", 0),
    (f"Expires: 0\n{MODIFIED}", 0),
    (f"Expires: {date(0)}\n{MODIFIED}", 0),
    (f"Expires: {date(60).replace('GMT', 'UTC')}", 0),
    (f"Expires: {date(60).replace('GMT', 'gmt').upper()}", 60),
    (f"Expires: {date(60).replace('2027', '27')}", 0),
    (f"Expires: {date(60)} ", 60),
    ("Expires: Friday, 15-Jan-27 08:01:00 GMT", 60),
    ("Expires: Fri Jan 15 08:01:00 2027", 60),
    (MODIFIED, 100),
    (f"Last-Modified: {date(-100_000_000)}", 86_400),
    (f"Last-Modified: {date(50)}", 0),
    ("Last-Modified: x", 0),
    ("", 0),
]


@pytest.mark.parametrize(("fields", "seconds"), LIFETIMES)
def test_lifetime(fields: str, seconds: int) -> None:
    stored = Cache().fill(fields)
    assert stored is not None
    assert stored.terms.lifetime == seconds


def test_the_fraction_and_the_maximum_of_the_estimate_are_the_operators_to_choose() -> None:
    policy = Policy("cache", heuristic_fraction=0.5, heuristic_maximum=300)
    short, long = Cache(policy).fill(f"Last-Modified: {date(-100)}"), Cache(policy).fill(MODIFIED)
    assert short is not None
    assert long is not None
    assert (short.terms.lifetime, long.terms.lifetime) == (50, 300)


@pytest.mark.parametrize(
    ("values", "seconds"),
    [
        ([], 0),
        ([b"7"], 7),
        ([b"007"], 7),
        ([b"0,7200"], 0),
        ([b"7200 , 0"], 7200),
        ([b"2147483649"], INFINITE),
        ([b"9" * 5000], INFINITE),
        ([b"0", b"7200"], 0),
        ([b"7200", b"0"], 7200),
        ([b"-1"], 0),
        ([b"7.0"], 0),
        ([b"7;a=b"], 0),
        ([b"x, 7"], 0),
        ([b"\xb2"], 0),
        ([b""], 0),
        ([b", 7"], 0),
    ],
)
def test_age_as_it_comes(values: list[bytes], seconds: int) -> None:
    assert age_value(values) == seconds


@pytest.mark.parametrize(
    ("fields", "sent", "received", "age"),
    [
        ("", 0, 0, 0),
        ("", 0, 4, 4),  # the apparent age: Date is of the moment 0
        (f"Date: {date(50)}", 0, 4, 4),  # Date in the future: the delay of the response remains
        ("Age: 10", 0, 4, 14),  # relative to when it was asked for
        (f"Age: 10\nDate: {date(-30)}", 0, 4, 34),
        ("Date: x\nAge: 10", 1, 4, 13),
    ],
)
def test_the_age_at_which_a_response_comes(fields: str, sent: float, received: float, age: float) -> None:
    cache = Cache()
    head = response(f"Cache-Control: max-age=60\n{fields}")
    reaction = cache.engine.answered(get(), cache.forward(get(), 0), head, at(sent), at(received))
    stored = getattr(reaction, "store", None)
    assert stored is not None
    assert stored.initial_age == age
    assert stored.age(at(received + 5)) == age + 5


def test_a_wall_clock_that_is_set_makes_nothing_younger_or_older() -> None:
    stored = Cache().fill("Cache-Control: max-age=60")
    assert stored is not None
    later = at(10)
    for jump in (-1_000_000, 1_000_000):
        assert stored.age(later._replace(wall=later.wall + jump)) == 10
    assert stored.age(later._replace(steady=-5)) == 0


# The request's fields, the moment, and whether a response with max-age=60, of the moment 0, is used.
USES = [
    ("", 59, True),
    ("", 60, False),
    ("Cache-Control: max-age=10", 10, True),
    ("Cache-Control: max-age=10", 11, False),
    ("Cache-Control: max-age=0", 1, False),
    ("Cache-Control: max-age=x", 1, False),
    ("Cache-Control: min-fresh=10", 50, True),
    ("Cache-Control: min-fresh=10", 51, False),
    ("Cache-Control: min-fresh=x", 1, False),
    ("Cache-Control: max-stale", 6000, True),
    ("Cache-Control: max-stale=10", 70, True),
    ("Cache-Control: max-stale=10", 71, False),
    ("Cache-Control: max-stale=x", 61, False),
    ("Cache-Control: max-stale=10, max-age=65", 66, False),
    ("Cache-Control: max-stale=10, max-age=65", 65, True),
    ("Cache-Control: no-cache", 1, False),
    ("Cache-Control: no-cache, max-stale", 61, False),
    ("Cache-Control: no-store", 1, True),
    ("Cache-Control: only-if-cached", 1, True),
    ("Pragma: no-cache", 1, False),
    ("Pragma: x", 1, True),
    ("Pragma: no-cache\nCache-Control: max-age=10", 1, True),
    ("Authorization: x", 1, True),
]


@pytest.mark.parametrize(("fields", "when", "used"), USES)
@pytest.mark.parametrize("method", [b"GET", b"HEAD"])
def test_what_the_request_wants(fields: str, when: float, used: bool, method: bytes) -> None:
    cache = Cache()
    cache.fill("Cache-Control: max-age=60")
    assert isinstance(cache.decide(get(fields, method), when), Serve if used else Forward)


@pytest.mark.parametrize(
    ("fields", "when", "used"),
    [
        ("Cache-Control: max-age=60, no-cache", 1, False),
        ("Cache-Control: max-age=60, no-cache=x y", 1, False),
        ('Cache-Control: max-age=60, no-cache="x"', 1, True),
        ("Cache-Control: max-age=60\nPragma: no-cache", 1, True),
        ("Cache-Control: max-age=60\nAge: 30", 29, True),
        ("Cache-Control: max-age=60\nAge: 30", 30, False),
        (f"Cache-Control: max-age=60\nDate: {date(-59)}", 0.5, True),
        (f"Cache-Control: max-age=60\nDate: {date(-60)}", 0.5, False),
        ("Cache-Control: max-age=60\nWarning: 110 - stale", 1, True),
    ],
)
def test_what_the_response_allows(fields: str, when: float, used: bool) -> None:
    cache = Cache()
    assert cache.fill(fields)
    assert isinstance(cache.decide(get(), when), Serve if used else Forward)


def test_only_if_cached_is_refused_where_nothing_can_answer() -> None:
    cache = Cache()
    only = get("Cache-Control: only-if-cached")
    empty = cache.decide(only, 0)
    cache.fill("Cache-Control: max-age=60")
    stale = cache.decide(only, 60)
    for refusal in (empty, stale):
        assert isinstance(refusal, Refuse)
        assert refusal.status == 504


@pytest.mark.parametrize("why", ["uri-miss", "vary-miss", "request", "stale", "bypass", "method"])
def test_the_reason_for_going_forward(why: str) -> None:
    cache = Cache()
    if why != "uri-miss":
        cache.fill("Cache-Control: max-age=60\nVary: A", "A: 1")
    asked = {
        "uri-miss": get(),
        "vary-miss": get("A: 2"),
        "request": get("A: 1\nCache-Control: no-cache"),
        "stale": get("A: 1"),
        "bypass": get("A: 1\nIf-Match: *"),
        "method": get("A: 1", b"DELETE"),
    }[why]
    assert cache.forward(asked, 60 if why == "stale" else 1).why == why
