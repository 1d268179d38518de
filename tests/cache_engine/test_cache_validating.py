"""Conditions: the client's, held against what is stored, and those that the cache asks with (RFC 9111, 4.3.1 and 4.3.2;
RFC 9110, 13 and 15.4.5)."""

import pytest

from tests.cache_engine.speaking import CONTENT, Cache, date, get

MODIFIED = date(-100)

# What is stored and fresh, a request, and the status code that it gets from the store.
ANSWERS = [
    ('ETag: "a"', 'If-None-Match: "a"', 304),
    ('ETag: "a"', 'If-None-Match: W/"a"', 304),
    ('ETag: W/"a"', 'If-None-Match: "a"', 304),
    ('ETag: "a"', 'If-None-Match: "b", "a"', 304),
    ('ETag: "a"', 'If-None-Match: "b"\nIf-None-Match: "a"', 304),
    ('ETag: "a,b"', 'If-None-Match: "a,b"', 304),
    ('ETag: "a"', "If-None-Match: *", 304),
    ("", "If-None-Match: *", 304),
    ('ETag: "a"', 'If-None-Match: "b"', 200),
    ('ETag: "a"', "If-None-Match: a", 200),
    ("ETag: a", "If-None-Match: a", 200),
    ("", 'If-None-Match: "a"', 200),
    (f"Last-Modified: {MODIFIED}", f"If-Modified-Since: {MODIFIED}", 304),
    (f"Last-Modified: {MODIFIED}", f"If-Modified-Since: {date(-99)}", 304),
    (f"Last-Modified: {MODIFIED}", f"If-Modified-Since: {date(-101)}", 200),
    (f"Last-Modified: {MODIFIED}", "If-Modified-Since: x", 200),
    (f"Last-Modified: {MODIFIED}", f"If-Modified-Since: {MODIFIED}\nIf-Modified-Since: {MODIFIED}", 200),
    ("", f"If-Modified-Since: {date(0)}", 304),  # Date in place of Last-Modified
    ("", f"If-Modified-Since: {date(-1)}", 200),
    ("Date: x", f"If-Modified-Since: {date(0)}", 304),  # the time of receipt in place of both
    ("Date: x", f"If-Modified-Since: {date(-1)}", 200),
    (f'ETag: "a"\nLast-Modified: {MODIFIED}', f'If-None-Match: "b"\nIf-Modified-Since: {MODIFIED}', 200),
    (f'ETag: "a"\nLast-Modified: {MODIFIED}', f'If-None-Match: "a"\nIf-Modified-Since: {date(-900)}', 304),
    ('ETag: "a"', 'If-None-Match: "a"\nRange: bytes=0-1', 304),
    ("", "Range: bytes=0-1", 206),
    ("", "Range: bytes=-3", 206),
    ("", "Range: bytes=9-", 206),
    ("", "Range: bytes=10-", 416),
    ("", "Range: bytes=0-1, 4-5", 200),
    ("", "Range: bytes=1-0", 200),
    ("", "Range: lines=0-1", 200),
    ("", "Range: bytes=0-1\nRange: bytes=0-1", 200),
    ('ETag: "a"', 'Range: bytes=0-1\nIf-Range: "a"', 206),
    ('ETag: "a"', 'Range: bytes=0-1\nIf-Range: "b"', 200),
    ('ETag: W/"a"', 'Range: bytes=0-1\nIf-Range: W/"a"', 200),
    (f"Last-Modified: {MODIFIED}", f"Range: bytes=0-1\nIf-Range: {MODIFIED}", 206),
    (f"Last-Modified: {MODIFIED}", f"Range: bytes=0-1\nIf-Range: {date(-99)}", 200),
    (f"Last-Modified: {date(0)}", f"Range: bytes=0-1\nIf-Range: {date(0)}", 200),  # no second later: weak
]


@pytest.mark.parametrize(("fields", "asked", "status"), ANSWERS)
def test_the_clients_condition_is_evaluated(fields: str, asked: str, status: int) -> None:
    cache = Cache()
    cache.fill(f"Cache-Control: max-age=60\n{fields}")
    answer = cache.serve(get(asked), 1).answer
    assert answer.status == status
    assert len(answer.content) == {200: CONTENT, 206: len(answer.content) or -1}.get(status, 0)


def test_only_a_200_has_conditions_and_parts() -> None:
    cache = Cache()
    cache.fill('Cache-Control: max-age=60\nETag: "a"', status=404)
    assert cache.serve(get('If-None-Match: "a"\nRange: bytes=0-1'), 1).answer.status == 404


def test_a_304_from_the_store_has_what_a_200_would_have_had_and_no_metadata() -> None:
    cache = Cache()
    cache.fill(
        f'Cache-Control: max-age=60\nETag: "a"\nVary: A\nContent-Location: /b\nExpires: {date(9)}\nDate: {date(0)}\n'
        f"Last-Modified: {MODIFIED}\nContent-Type: text/plain\nContent-Encoding: gzip\nContent-Language: en\nX: 1"
    )
    names = [field.name for field in cache.serve(get('If-None-Match: "a"'), 1).answer.fields]
    assert names == [
        b"Cache-Control", b"ETag", b"Vary", b"Content-Location", b"Expires", b"Date", b"X", b"Cache-Status", b"Age",
    ]  # fmt: skip


def test_a_304_without_an_entity_tag_keeps_last_modified() -> None:
    cache = Cache()
    cache.fill(f"Cache-Control: max-age=60\nLast-Modified: {MODIFIED}")
    assert cache.serve(get(f"If-Modified-Since: {MODIFIED}"), 1).answer.fields.has(b"last-modified")


def test_a_part_says_which() -> None:
    cache = Cache()
    cache.fill('Cache-Control: max-age=60\nETag: "a"\nContent-Type: text/plain')
    part = cache.serve(get("Range: bytes=2-4"), 1).answer
    assert part.content == range(2, 5)
    assert part.fields.get(b"content-range") == [b"bytes 2-4/10"]
    assert part.fields.get(b"content-length") == [b"3"]
    assert part.fields.has(b"content-type")
    assert not cache.serve(get('Range: bytes=2-4\nIf-Range: "a"'), 1).answer.fields.has(b"content-type")
    beyond = cache.serve(get("Range: bytes=99-"), 1).answer
    assert beyond.fields.get(b"content-range") == [b"bytes */10"]
    assert beyond.fields.get(b"content-length") == [b"0"]


def test_head_is_answered_from_a_stored_get() -> None:
    cache = Cache()
    cache.fill("Cache-Control: max-age=60")
    answer = cache.serve(get("Range: bytes=0-1", b"HEAD"), 1).answer
    assert (answer.status, answer.content) == (200, range(0))
    assert answer.fields.get(b"content-length") == [b"10"]


# What is stored and stale, the client's fields, and the conditions that are sent.
CONDITIONS = [
    ('ETag: "a"', "", ['"a"'], []),
    ('ETag: W/"a"', "", ['W/"a"'], []),
    (f'ETag: "a"\nLast-Modified: {MODIFIED}', "", ['"a"'], [MODIFIED]),
    (f"Last-Modified: {MODIFIED}", "", [], [MODIFIED]),
    ("", "", [], [date(0)]),
    ("ETag: a", "", [], [date(0)]),
    ('ETag: "a"', 'If-None-Match: "b", "a", x', ['"a", "b"'], []),
    ('ETag: "a"', "If-None-Match: *", ["*"], []),
    ('ETag: "a"', f"If-Modified-Since: {date(5)}", ['"a"'], []),
    (f"Last-Modified: {MODIFIED}", f"If-Modified-Since: {date(5)}", [], [MODIFIED]),
    (f'ETag: "a"\nLast-Modified: {MODIFIED}', "Range: bytes=0-1", ['"a"'], []),
]


@pytest.mark.parametrize(("fields", "asked", "tags", "dates"), CONDITIONS)
def test_what_is_stored_is_validated(fields: str, asked: str, tags: list[str], dates: list[str]) -> None:
    cache = Cache()
    cache.fill(f"Cache-Control: max-age=0\n{fields}")
    sent = cache.forward(get(asked), 1).fields
    assert [value.decode() for value in sent.get(b"if-none-match")] == tags
    assert [value.decode() for value in sent.get(b"if-modified-since")] == dates


def test_nothing_stored_leaves_the_clients_condition_alone() -> None:
    asked = get("If-None-Match: abc\nIf-Modified-Since: x")
    assert Cache().forward(asked, 0).fields == asked.fields


def test_all_variants_are_asked_for_at_once() -> None:
    cache = Cache()
    for number in (1, 2):
        cache.fill(f'Cache-Control: max-age=60\nVary: A\nETag: "{number}"', f"A: {number}")
    cache.fill("Cache-Control: max-age=60\nVary: A", "A: 3")
    forward = cache.forward(get("A: 4"), 1)
    assert forward.why == "vary-miss"
    assert forward.fields.get(b"if-none-match") == [b'"1", "2"']
    assert not forward.fields.has(b"if-modified-since")


@pytest.mark.parametrize("status", [204, 301, 404])
def test_only_a_200_is_validated(status: int) -> None:
    cache = Cache()
    cache.fill('Cache-Control: max-age=0\nETag: "a"', status=status)
    assert not cache.forward(get(), 1).fields
