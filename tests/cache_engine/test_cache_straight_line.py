"""From the first request to the last: not there, stored, fresh, stale, valid, broken."""

from lab.gateways.reference.cache.engine import Fail, Relay, ServeStale, Validated
from tests.cache_engine.speaking import CONTENT, Cache, date, get, response


def test_a_response_lives_from_miss_to_validation() -> None:
    cache = Cache()
    missing = cache.forward(get(), 0)
    assert (missing.why, missing.stores, missing.validates) == ("uri-miss", True, ())

    relayed = cache.answer(get(), missing, response('Cache-Control: max-age=60\nETag: "one"'), 0)
    assert isinstance(relayed, Relay)
    assert relayed.cache_status == b'cache;fwd=uri-miss;ttl=60;stored;key="http://example.com/"'

    answer = cache.serve(get(), 10).answer
    assert (answer.status, answer.content) == (200, range(CONTENT))
    assert answer.fields.get(b"age") == [b"10"]
    assert answer.fields.get(b"content-length") == [b"10"]
    assert answer.fields.get(b"cache-status") == [b'cache;hit;ttl=50;key="http://example.com/"']

    stale = cache.forward(get(), 60)
    assert stale.why == "stale"
    assert stale.fields.get(b"if-none-match") == [b'"one"']
    validated = cache.answer(get(), stale, response(f'ETag: "one"\nDate: {date(60)}\nX: 2', 304), 60)
    assert isinstance(validated, Validated)
    assert validated.answer is not None
    assert validated.answer.status == 200
    assert validated.answer.fields.get(b"x") == [b"2"]

    again = cache.serve(get('If-None-Match: "zero", W/"one"'), 100).answer
    assert (again.status, again.content) == (304, range(0))
    assert again.fields.get(b"age") == [b"40"]


def test_an_error_is_the_clients_own_where_nothing_permits_a_stale_answer() -> None:
    cache = Cache()
    cache.fill("Cache-Control: max-age=60")
    forward = cache.forward(get(), 61)
    assert isinstance(cache.engine.failed(get(), forward, unreachable=True, now=cache.stored[0].received_at), Fail)
    relayed = cache.answer(get(), forward, response("", 503), 61)
    assert isinstance(relayed, Relay)
    assert relayed.store is None
    assert cache.stored, "an error replaces nothing"


def test_stale_if_error_permits_it() -> None:
    cache = Cache()
    cache.fill("Cache-Control: max-age=60, stale-if-error=10")
    forward = cache.forward(get(), 61)
    served = cache.answer(get(), forward, response("", 503), 61)
    assert isinstance(served, ServeStale)
    assert served.answer.stale
    assert served.answer.cache_status.startswith(b"cache;fwd=stale;fwd-status=503;ttl=-1")
