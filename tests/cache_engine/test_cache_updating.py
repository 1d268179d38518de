"""What an answer to a validation does, to the client and to what is stored: a 304 (RFC 9111, 4.3.3 and 4.3.4), a whole
response, or one to HEAD (4.3.5)."""

import pytest

from lab.gateways.reference.cache.engine import AskAgain, Fail, Forward, Relay, Serve, Validated
from tests.cache_engine.speaking import Cache, at, date, get, response

MODIFIED = date(-100)

# A stored response that is stale, the client's fields, those of a 304, and what the client gets: a status code; "304
# itself", relayed; or "again": the upstream is asked once more.
REPLIES = [
    ('ETag: "a"', "", 'ETag: "a"', 200),
    ('ETag: "a"', 'If-None-Match: "a"', 'ETag: "a"', 304),
    ('ETag: "a"', 'If-None-Match: "b"', 'ETag: "a"', 200),
    ('ETag: "a"', 'If-None-Match: "b"', 'ETag: "b"', "304 itself"),
    ('ETag: "a"', 'If-None-Match: W/"b"', 'ETag: "b"', "304 itself"),
    ('ETag: "a"', "If-None-Match: *", 'ETag: "b"', "304 itself"),
    ('ETag: "a"', 'If-None-Match: "b"', 'ETag: "c"', "again"),
    ('ETag: "a"', "", 'ETag: "c"', "again"),
    ('ETag: "a"', 'If-None-Match: "b"', "", "again"),
    ('ETag: "a"', "", "", 200),
    ('ETag: "a"', 'If-None-Match: W/"a"', "", 304),
    (f"Last-Modified: {MODIFIED}", f"If-Modified-Since: {MODIFIED}", "", 304),
    ('ETag: W/"a"', "", 'ETag: W/"a"', 200),
    ('ETag: W/"a"', "", 'ETag: "a"', 200),
    ('ETag: "a"', f"If-Modified-Since: {date(60)}", 'ETag: "a"', 304),  # by the Date that it has now
    ('ETag: "a"', f"If-Modified-Since: {date(59)}", 'ETag: "a"', 200),
    (f"Last-Modified: {MODIFIED}", "", f"Last-Modified: {MODIFIED}", 200),
    (f"Last-Modified: {MODIFIED}", f"If-Modified-Since: {MODIFIED}", f"Last-Modified: {MODIFIED}", 304),
    (f"Last-Modified: {MODIFIED}", "", f"Last-Modified: {date(-9)}", "again"),
    ("", "", "", 200),
    ("", "", 'ETag: "a"', "again"),
    ('ETag: "a"', "Range: bytes=0-1", 'ETag: "a"', 206),
]


@pytest.mark.parametrize(("fields", "asked", "reply", "outcome"), REPLIES)
@pytest.mark.parametrize("method", [b"GET", b"HEAD"])
def test_what_a_304_brings_the_client(fields: str, asked: str, reply: str, outcome: int | str, method: bytes) -> None:
    cache = Cache()
    cache.fill(f"Cache-Control: max-age=10\n{fields}")
    request = get(asked, method)
    reaction = cache.answer(request, cache.forward(request, 60), response(f"Date: {date(60)}\n{reply}", 304), 60)
    if outcome == "again":
        assert isinstance(reaction, AskAgain)
        assert not reaction.forward.fields.has(b"if-none-match")
        assert not reaction.forward.fields.has(b"if-modified-since")
    else:
        assert isinstance(reaction, Validated)
        got = reaction.answer.status if reaction.answer else "304 itself"
        assert got == (200 if (outcome, method) == (206, b"HEAD") else outcome)


@pytest.mark.parametrize(
    ("fields", "reply", "updates"),
    [
        ('ETag: "a"', 'ETag: "a"', True),
        ('ETag: "a"', "", False),
        ('ETag: W/"a"', 'ETag: "a"', False),
        ('ETag: W/"a"', 'ETag: W/"a"', True),
        ('ETag: "a"', 'ETag: W/"a"', True),
        (f"Last-Modified: {MODIFIED}", "", False),
        ("", "", True),
    ],
)
def test_a_304_updates_what_its_validator_identifies(fields: str, reply: str, updates: bool) -> None:
    cache = Cache()
    cache.fill(f"Cache-Control: max-age=10\n{fields}")
    reaction = cache.answer(get(), cache.forward(get(), 60), response(f"Date: {date(60)}\nX: 1\n{reply}", 304), 60)
    assert isinstance(reaction, Validated)
    assert bool(reaction.updates) is updates
    assert cache.stored[0].fields.has(b"x") is updates
    assert (cache.stored[0].left(at(60)) > 0) is updates


def test_an_update_replaces_fields_but_for_what_is_said_of_the_octets() -> None:
    cache = Cache()
    cache.fill(
        'Cache-Control: max-age=10\nETag: "a"\nX: 1\nX: 2\nY: 1\nContent-Type: text/plain\nContent-Encoding: gzip\n'
        "Content-Length: 10"
    )
    fields = f'Date: {date(60)}\nETag: "a"\nX: 3\nZ: 4\nContent-Type: text/html\nContent-Encoding: br\n'
    extra = "Content-Length: 99\nConnection: Z\nAge: 5\nCache-Control: max-age=99"
    cache.answer(get(), cache.forward(get(), 60), response(fields + extra, 304), 60)
    answer = cache.serve(get(), 61).answer
    found = {field.name.lower(): answer.fields.get(field.name) for field in answer.fields}
    assert found == {
        b"cache-control": [b"max-age=99"], b"etag": [b'"a"'], b"x": [b"3"], b"y": [b"1"], b"age": [b"6"],
        b"content-type": [b"text/html"], b"content-encoding": [b"gzip"], b"content-length": [b"10"],
        b"date": [date(60).encode()], b"cache-status": answer.fields.get(b"cache-status"),
    }  # fmt: skip


def test_a_field_that_a_qualified_no_cache_names_reaches_who_had_it_validated_and_nobody_else() -> None:
    cache = Cache()
    cache.fill('Cache-Control: max-age=10, no-cache="X"\nETag: "a"\nX: 1')
    assert not cache.serve(get(), 1).answer.fields.has(b"x")
    reply = response(f'Date: {date(60)}\nETag: "a"\nX: 2', 304)
    reaction = cache.answer(get(), cache.forward(get(), 60), reply, 60)
    assert isinstance(reaction, Validated)
    assert reaction.answer is not None
    assert reaction.answer.fields.get(b"x") == [b"2"]
    assert not cache.serve(get(), 61).answer.fields.has(b"x")


def test_a_304_for_another_variant_answers_with_that_and_changes_nothing() -> None:
    cache = Cache()
    one = cache.fill('Cache-Control: max-age=60\nVary: A\nETag: "1"', "A: 1")
    asked = get("A: 2")
    reaction = cache.answer(asked, cache.forward(asked, 1), response('ETag: "1"\nX: 1', 304), 1)
    assert isinstance(reaction, Validated)
    assert reaction.updates == ()
    assert reaction.answer is not None
    assert reaction.answer.stored is one
    assert reaction.answer.status == 200


def test_the_second_attempt_is_the_last() -> None:
    cache = Cache()
    cache.fill('Cache-Control: max-age=10\nETag: "a"')
    asked = get('If-None-Match: "b"')
    again = cache.answer(asked, cache.forward(asked, 60), response('ETag: "c"', 304), 60)
    assert isinstance(again, AskAgain)
    failed = cache.answer(asked, again.forward, response('ETag: "b"', 304), 60)
    assert isinstance(failed, Fail)
    assert failed.status == 502
    whole = cache.answer(asked, again.forward, response('ETag: "c"\nCache-Control: max-age=9'), 60)
    assert isinstance(whole, Relay)
    assert whole.store is not None
    assert len(cache.stored) == 1


@pytest.mark.parametrize("asked", ["", 'If-None-Match: "a"'])
def test_a_304_to_a_request_for_which_nothing_is_stored_is_relayed(asked: str) -> None:
    cache = Cache()
    reaction = cache.answer(get(asked), cache.forward(get(asked), 0), response('ETag: "a"', 304), 0)
    assert isinstance(reaction, Validated)
    assert (reaction.answer, reaction.updates) == (None, ())


@pytest.mark.parametrize(
    ("fields", "same"),
    [
        ('ETag: "a"', True),
        ('ETag: "a"\nContent-Length: 10', True),
        (f"Last-Modified: {MODIFIED}", True),
        ("", True),
        ('ETag: "b"', False),
        (f'ETag: "a"\nLast-Modified: {date(-9)}', False),
        ("Content-Length: 11", False),
        ("Content-Length: x", False),
    ],
)
def test_head_updates_a_stored_get_or_makes_it_stale(fields: str, same: bool) -> None:
    cache = Cache()
    cache.fill(f'Cache-Control: max-age=60\nETag: "a"\nLast-Modified: {MODIFIED}')
    asked = get("Cache-Control: no-cache", b"HEAD")
    forward = cache.forward(asked, 1)
    reaction = cache.answer(asked, forward, response(f"Cache-Control: max-age=99\nX: 1\n{fields}"), 1)
    assert isinstance(reaction, Relay)
    assert reaction.store is None
    if same:
        assert cache.serve(get(), 90).answer.fields.get(b"x") == [b"1"]
    else:
        assert cache.forward(get(), 2).why == "stale"


def test_a_whole_response_replaces_what_its_request_selects() -> None:
    cache = Cache()
    cache.fill('Cache-Control: max-age=60\nVary: A\nETag: "1"', "A: 1")
    cache.fill('Cache-Control: max-age=60\nVary: A\nETag: "2"', "A: 2")
    asked = get("A: 2\nCache-Control: no-cache")
    reaction = cache.answer(
        asked, cache.forward(asked, 1), response('Cache-Control: max-age=60\nVary: A\nETag: "3"'), 1
    )
    assert isinstance(reaction, Relay)
    assert [each.fields.get(b"etag") for each in cache.stored] == [[b'"1"'], [b'"3"']]


def test_a_response_that_may_not_be_stored_shows_that_a_fresh_one_is_outdated() -> None:
    cache = Cache()
    cache.fill("Cache-Control: max-age=60")
    asked = get("Cache-Control: no-cache")
    cache.answer(asked, cache.forward(asked, 1), response("Cache-Control: no-store", 503), 1)
    assert cache.serve(get(), 2).answer.status == 200
    cache.answer(asked, cache.forward(asked, 3), response("Cache-Control: no-store"), 3)
    assert cache.forward(get(), 4).why == "stale"


@pytest.mark.parametrize(("method", "status"), [(b"GET", 304), (b"HEAD", 304), (b"HEAD", 200)])
@pytest.mark.parametrize(
    ("asked", "news", "fresh_again"),
    [
        ("", "", True),
        ("Cookie: x", "", True),
        ("Cache-Control: no-store", "", False),
        ("Authorization: x", "", False),
        ("Authorization: x", "Cache-Control: public, max-age=10", True),
        ("", "Cache-Control: no-store", False),
        ("", "Cache-Control: private", False),
        ("", "Vary: *", False),
    ],
)
def test_an_update_is_kept_where_the_answer_to_this_request_could_be_stored(
    method: bytes, status: int, asked: str, news: str, fresh_again: bool
) -> None:
    cache = Cache()
    cache.fill('Cache-Control: max-age=10\nETag: "a"')
    request = get(asked, method)
    reply = response(f'Date: {date(60)}\nETag: "a"\nX: 1\n{news}', status)
    reaction = cache.answer(request, cache.forward(request, 60), reply, 60)
    assert (getattr(reaction, "answer", None) is None) is (status == 200)
    assert isinstance(cache.decide(get(), 61), Serve if fresh_again else Forward)
    assert cache.stored[0].fields.has(b"x") is fresh_again
