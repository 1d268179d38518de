"""The client's own cache, against the sentences of RFC 9111 that bind a private one."""

import pytest

from lab.compare.private_cache import Copy, How, Pairs, PrivateCache

HOUR = "Sun, 06 Nov 1994 09:00:00 GMT"
HOUR_BEFORE = "Sun, 06 Nov 1994 08:00:00 GMT"
TEN_HOURS_BEFORE = "Sat, 05 Nov 1994 23:00:00 GMT"


def kept(*fields: tuple[str, str], status: int = 200, now: float = 0.0) -> PrivateCache:
    """A cache that was given this answer."""
    cache = PrivateCache()
    cache.take("/", conditional=False, status=status, fields=fields, content=b"page", now=now)
    return cache


def answers(cache: PrivateCache, now: float, how: How = How.LINK) -> Copy | None:
    return cache.find("/", how, now)


FRESH = ("cache-control", "max-age=60")


def test_a_fresh_copy_answers_until_it_is_as_old_as_its_lifetime() -> None:
    cache = kept(FRESH)
    assert answers(cache, 59) is not None
    assert answers(cache, 60) is None


def test_age_counts() -> None:
    cache = kept(FRESH, ("age", "50"))
    assert answers(cache, 9) is not None
    assert answers(cache, 10) is None


@pytest.mark.parametrize("age", ["no number", "-1", "٣"])
def test_an_age_that_is_none_is_ignored(age: str) -> None:
    assert answers(kept(FRESH, ("age", age)), 59) is not None


@pytest.mark.parametrize(
    "fields",
    [
        (("cache-control", "no-cache, max-age=60"),),
        (("cache-control", "s-maxage=60"),),
        (("cache-control", "s-maxage=60, max-age=0"), ("expires", HOUR), ("date", HOUR_BEFORE)),
        (("cache-control", "max-age=sixty"),),
        (("cache-control", "max-age=60"), ("vary", "*")),
        (("expires", "0"), ("date", HOUR)),
        (("etag", '"v1"'),),
    ],
)
def test_what_is_not_fresh_is_asked_for(fields: Pairs) -> None:
    assert answers(kept(*fields), 0) is None


@pytest.mark.parametrize(
    ("fields", "seconds"),
    [
        ((("expires", HOUR), ("date", HOUR_BEFORE)), 3600),
        ((("last-modified", TEN_HOURS_BEFORE), ("date", HOUR)), 3600),
        ((("cache-control", "private, max-age=7"), ("expires", HOUR), ("date", HOUR_BEFORE)), 7),
    ],
)
def test_lifetimes(fields: Pairs, seconds: int) -> None:
    cache = kept(*fields)
    assert answers(cache, seconds - 1) is not None
    assert answers(cache, seconds) is None


@pytest.mark.parametrize("orders", ["no-store, max-age=60", "must-understand, max-age=60"])
def test_what_may_not_be_kept_is_not(orders: str) -> None:
    cache = kept(("cache-control", orders), ("etag", '"v1"'))
    assert answers(cache, 0) is None
    assert cache.lines("/", How.LINK) == ()


def test_a_502_is_kept_with_explicit_freshness_alone() -> None:
    assert answers(kept(status=502), 0) is None
    assert answers(kept(("last-modified", TEN_HOURS_BEFORE), ("date", HOUR), status=502), 0) is None
    copy = answers(kept(FRESH, status=502), 59)
    assert copy is not None
    assert copy.status == 502


def test_what_it_asks() -> None:
    cache = kept(("cache-control", "no-cache"), ("etag", '"v1"'), ("last-modified", HOUR))
    assert cache.lines("/", How.LINK) == (b'If-None-Match: "v1"\r\n',)
    assert cache.lines("/", How.RELOAD) == (b'If-None-Match: "v1"\r\n', b"Cache-Control: max-age=0\r\n")
    assert cache.lines("/", How.HARD_RELOAD) == (b"Cache-Control: no-cache\r\n", b"Pragma: no-cache\r\n")
    assert cache.lines("/other", How.LINK) == ()
    assert kept(("last-modified", HOUR)).lines("/", How.LINK) == (f"If-Modified-Since: {HOUR}\r\n".encode(),)


@pytest.mark.parametrize("how", [How.RELOAD, How.HARD_RELOAD])
def test_a_reload_never_takes_the_copy_unasked(how: How) -> None:
    assert answers(kept(FRESH), 1, how) is None


def test_a_failed_answer_has_no_validator_to_offer() -> None:
    assert kept(FRESH, ("etag", '"v1"'), status=502).lines("/", How.LINK) == ()


def unchanged(cache: PrivateCache, *fields: tuple[str, str], conditional: bool = True, now: float = 100) -> Copy | None:
    return cache.take("/", conditional=conditional, status=304, fields=fields, content=b"", now=now)


def test_a_304_brings_the_copy_up_to_date() -> None:
    cache = kept(FRESH, ("etag", '"v1"'), ("content-length", "4"), ("age", "50"))
    shown = unchanged(cache, ("cache-control", "max-age=10"), ("content-length", "99"))
    assert shown is not None
    assert (shown.status, shown.content) == (200, b"page")
    assert shown.values("content-length") == ["4"]
    assert shown.values("cache-control") == ["max-age=10"]
    assert answers(cache, 109) is not None
    assert answers(cache, 110) is None


def test_a_304_that_nobody_asked_for_says_nothing_of_the_copy() -> None:
    assert unchanged(kept(FRESH), conditional=False) is None
    assert unchanged(PrivateCache()) is None


def test_a_new_answer_takes_the_place_of_the_copy_and_a_failure_does_not() -> None:
    cache = kept(("cache-control", "no-cache"), ("etag", '"v1"'))
    cache.take("/", conditional=True, status=502, fields=(), content=b"", now=1)
    assert cache.lines("/", How.LINK) == (b'If-None-Match: "v1"\r\n',)
    cache.take("/", conditional=True, status=200, fields=(("etag", '"v2"'),), content=b"", now=1)
    assert cache.lines("/", How.LINK) == (b'If-None-Match: "v2"\r\n',)
    cache.take("/", conditional=True, status=200, fields=(("cache-control", "no-store"),), content=b"", now=1)
    assert cache.lines("/", How.LINK) == ()


def test_cleared_it_knows_nothing() -> None:
    cache = kept(FRESH, ("etag", '"v1"'))
    cache.clear()
    assert answers(cache, 1) is None
    assert cache.lines("/", How.LINK) == ()
