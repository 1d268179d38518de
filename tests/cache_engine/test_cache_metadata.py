"""What follows from a stored response, or from a value of a field, is kept, and neither outlives it nor grows."""

from dataclasses import replace

import pytest

from lab.gateways.reference.cache.engine import Forward, Serve, Stored, Validated
from lab.gateways.reference.cache.engine.selecting import LONGEST_REMEMBERED, MOST_REMEMBERED, remembered
from tests.cache_engine.speaking import Cache, date, get, lines, response


def test_an_updated_response_is_asked_for_by_its_own_validators() -> None:
    cache = Cache()
    assert cache.fill(f'Cache-Control: max-age=60\nETag: "one"\nLast-Modified: {date(-900)}\nContent-Type: text/css')
    assert cache.serve(get('If-None-Match: "one"'), 1).answer.status == 304
    stale = cache.forward(get(), 60)
    head = response(f'ETag: "one"\nLast-Modified: {date(-800)}\nDate: {date(60)}\nX: 1', 304)
    answered = cache.answer(get(), stale, head, 60)
    assert isinstance(answered, Validated)
    again = cache.forward(get(), 120)
    assert again.fields.get(b"if-modified-since") == [date(-800).encode()]
    assert cache.serve(get('If-None-Match: "one"'), 61).answer.fields.get(b"x") == [b"1"]


def test_what_is_kept_is_no_part_of_a_stored_response() -> None:
    cache = Cache()
    stored = cache.fill('Cache-Control: max-age=60\nETag: "one"')
    assert stored is not None
    packed = stored.pack()
    assert stored.metadata.validators.etag is not None
    assert stored.pack() == packed
    assert Stored.unpack(packed, lambda _: stored.received_at.steady) == stored
    assert replace(stored, fields=lines('ETag: "two"')).metadata.validators.etag != stored.metadata.validators.etag


@pytest.mark.parametrize("length", [LONGEST_REMEMBERED, LONGEST_REMEMBERED + 1])
def test_preferences_are_the_same_in_any_order_however_long(length: int) -> None:
    longer = "x" * (length - len("en, "))
    cache = Cache()
    assert cache.fill("Cache-Control: max-age=60\nVary: Accept-Language", f"Accept-Language: en, {longer}")
    assert isinstance(cache.decide(get(f"Accept-Language: {longer},EN"), 1), Serve)
    assert isinstance(cache.decide(get("Accept-Language: en"), 1), Forward)


def test_few_values_are_remembered_and_none_of_the_long_ones() -> None:
    cache = Cache()
    assert cache.fill("Cache-Control: max-age=60\nVary: Accept-Language", "Accept-Language: en")
    for number in range(MOST_REMEMBERED + 9):
        cache.decide(get(f"Accept-Language: x-{number}"), 1)
    before = remembered.cache_info()
    assert before.currsize == before.maxsize == MOST_REMEMBERED
    cache.decide(get(f"Accept-Language: {'x' * (LONGEST_REMEMBERED + 1)}"), 1)
    assert remembered.cache_info() == before
