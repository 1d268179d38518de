"""What is stored, and what is not (RFC 9111, 3)."""

import pytest

from lab.gateways.reference.cache.engine import Relay
from tests.cache_engine.speaking import CONTENT, Cache, date, get, response

OLD = f"Last-Modified: {date(-1000)}"

STORED = [
    (200, "Cache-Control: max-age=60"),
    (200, "Cache-Control: s-maxage=60"),
    (200, f"Expires: {date(60)}"),
    (200, ""),  # without a lifetime, but heuristically cacheable
    (200, "Cache-Control: no-cache"),
    (200, "Cache-Control: private=\"x\", max-age=60"),
    (200, "Cache-Control: max-age=60\nSet-Cookie: a=b"),
    (200, "Cache-Control: max-age=60\nPragma: no-cache"),
    (200, "Cache-Control: max-age=60, must-understand, no-store"),
    (299, "Cache-Control: max-age=60"),
    (302, "Cache-Control: max-age=60"),
    (404, ""),
    (502, "Cache-Control: max-age=60"),
    (599, "Cache-Control: public"),
]  # fmt: skip

NOT_STORED = [
    (200, "Cache-Control: no-store", "no-store"),
    (200, "Cache-Control: no-store=x, max-age=60", "no-store"),
    (200, "Cache-Control: private, max-age=60", "private"),
    (200, "Cache-Control: private=\"x\", private, max-age=60", "private"),
    (200, "Cache-Control: max-age=60\nVary: *", "vary"),
    (200, "Cache-Control: max-age=60\nVary: a, *", "vary"),
    (200, "Cache-Control: max-age=60\nVary: a b", "vary"),
    (200, "Cache-Control: max-age=60\nVary: If-None-Match", "vary"),
    (206, "Cache-Control: max-age=60\nContent-Range: bytes 0-0/1", "status"),
    (416, "Cache-Control: max-age=60", "status"),
    (600, "Cache-Control: max-age=60", "status"),
    (599, "Cache-Control: max-age=60, must-understand", "must-understand"),
    (302, "", "not-cacheable"),
    (502, "", "not-cacheable"),
    (502, OLD, "not-cacheable"),
    (599, "Cache-Control: public=x", "not-cacheable"),
]  # fmt: skip


@pytest.mark.parametrize(("status", "fields"), STORED)
def test_stored(status: int, fields: str) -> None:
    assert Cache().fill(fields, status=status)


@pytest.mark.parametrize(("status", "fields", "why"), NOT_STORED)
def test_not_stored(status: int, fields: str, why: str) -> None:
    cache = Cache()
    reaction = cache.answer(get(), cache.forward(get(), 0), response(fields, status), 0)
    assert isinstance(reaction, Relay)
    assert reaction.store is None
    assert f'stored=?0;key="http://example.com/";detail={why}'.encode() in reaction.cache_status


@pytest.mark.parametrize(
    ("request_fields", "fields", "kept"),
    [
        ("Cache-Control: no-store", "Cache-Control: max-age=60", False),
        ("Authorization: x", "Cache-Control: max-age=60", False),
        ("Authorization: x", f"Expires: {date(60)}", False),
        ("Authorization: x", "Cache-Control: max-age=60, public", True),
        ("Authorization: x", "Cache-Control: max-age=60, must-revalidate", True),
        ("Authorization: x", "Cache-Control: s-maxage=60", True),
        ("Authorization: x", "Cache-Control: s-maxage=x", False),
        ("Authorization: x", "Cache-Control: public=x, max-age=60", False),
        ("Cookie: a=b", "Cache-Control: max-age=60", True),
        ("Range: bytes=0-1", "Cache-Control: max-age=60", True),  # the whole 200 came
    ],
)
def test_what_the_request_has_to_do_with_it(request_fields: str, fields: str, kept: bool) -> None:
    assert (Cache().fill(fields, request_fields) is not None) is kept


@pytest.mark.parametrize("fields", ["If-Match: *", f"If-Unmodified-Since: {date(0)}"])
def test_a_condition_for_the_origin_passes_the_store_by(fields: str) -> None:
    cache = Cache()
    cache.fill("Cache-Control: max-age=60")
    forward = cache.forward(get(fields), 1)
    assert (forward.why, forward.stores, forward.candidates) == ("bypass", False, ())
    assert forward.fields == get(fields).fields


def test_fields_that_are_not_stored() -> None:
    stored = Cache().fill(
        'Cache-Control: max-age=60, no-cache="A, b", private=c\nConnection: close, d\nKeep-Alive: x\nAge: 5\n'
        "Proxy-Authenticate: x\nProxy-Authentication-Info: x\nTransfer-Encoding: chunked\nContent-Length: 10\n"
        "a: 1\nB: 2\nc: 3\nd: 4\ne: 5\ne: 6\nSet-Cookie: x=y"
    )
    assert stored is not None
    names = [field.name for field in stored.fields]
    assert names == [b"Cache-Control", b"e", b"e", b"Set-Cookie", b"Date"]
    assert stored.length == CONTENT


def test_a_missing_date_is_appended() -> None:
    cache = Cache()
    forward = cache.forward(get(), 7)
    undated = response("Cache-Control: max-age=60")
    undated = type(undated)(
        undated.version, undated.fields.without(b"date"), undated.framing, 0, b"", status=200, reason=b"OK"
    )
    reaction = cache.answer(get(), forward, undated, 7)
    assert isinstance(reaction, Relay)
    assert reaction.store is not None
    assert reaction.store.fields.get(b"date") == [date(7).encode()]


def test_the_key_is_the_target_uri_and_nothing_else() -> None:
    engine = Cache().engine
    key = engine.key(get(target=b"/a?b"))
    assert key == b"http://example.com/a?b"
    assert engine.key(get("Host: other", b"HEAD", b"/a?b")) == key
    for other in (b"/a", b"/a?", b"/a?b&", b"/A?b", b"/a?b#"):
        assert engine.key(get(target=other)) != key


@pytest.mark.parametrize(
    ("fields", "stored"),
    [
        (f"Expires: {date(60)}\nContent-Location: /", True),
        (f"Expires: {date(60)}\nContent-Location: http://EXAMPLE.com:80/", True),
        ("Content-Location: /", False),
        (f"Expires: {date(60)}", False),
        (f"Expires: {date(60)}\nContent-Location: /other", False),
        (f"Expires: {date(60)}\nContent-Location: https://example.com/", False),
        (f"Expires: {date(60)}\nContent-Location: /\nCache-Control: no-store", False),
    ],
)
def test_the_answer_to_a_post_may_be_what_a_get_would_bring(fields: str, stored: bool) -> None:
    cache = Cache()
    post = get(method=b"POST")
    reaction = cache.answer(post, cache.forward(post, 0), response(fields), 0)
    assert isinstance(reaction, Relay)
    assert reaction.invalidates[0] == b"http://example.com/"
    assert (reaction.store is not None) is stored
    if stored:
        assert cache.serve(get(), 1).answer.status == 200
