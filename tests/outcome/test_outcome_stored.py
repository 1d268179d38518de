"""What comes out of a store, from transcripts made by hand: copies, what may be made of them, and what is no copy."""

import pytest

from lab.outcome import Facts, Fidelity, Maker
from lab.script import Get, Request
from lab.transcript import What
from tests.outcome.http2_store import asked_twice
from tests.outcome.test_outcome_facts import HEAD, Told, words

N = b"Lab-Nonce: n.%d\r\n"
V1, V2 = b'ETag: "v1"\r\n', b'ETag: "v2"\r\n'
HELLO = b"Content-Length: 5\r\n\r\nhello"
FRESH = b"Cache-Control: max-age=60\r\n"
ASKS_V1, ASKS_V2 = (Get("/", b'If-None-Match: "v%d"\r\n' % version) for version in (1, 2))
ASKS_A_PART = Get("/", b"Range: bytes=1-3\r\n")
PART = b"Content-Range: bytes 1-3/5\r\nContent-Length: 3\r\n\r\nell"
REASONS = {200: b"OK", 206: b"Partial Content", 304: b"Not Modified", 416: b"", 500: b"Oops", 502: b"Bad Gateway"}


def answer(status: int, number: int, *lines: bytes) -> bytes:
    nonce = N % number if number else b""
    return b"".join((b"HTTP/1.1 %d %b\r\n" % (status, REASONS[status]), nonce, *lines))


FIRST = answer(200, 1, V1, FRESH, HELLO)
CONFIRMS = answer(304, 2, V1, b"Room: 8\r\n\r\n")
FAILS = answer(500, 2, b"Content-Length: 4\r\n\r\nOops")


def primed(first: bytes = FIRST, request: Request = Get("/")) -> Told:
    return Told().asks(request).reads(f"{request.method} /").answers(first, "n.1").gets(first)


def asked(request: Request, upstream: bytes = b"") -> Told:
    """The copy is stored; then this is asked, and the upstream says this, if anything."""
    story = primed().asks(request)
    return story.reads().answers(upstream, "n.2") if upstream else story


STORED = ("stored", "store", "exact")
STALE = ("stale", "store", "exact")
RELAYED = ("relayed", "upstream", "exact")
DISGUISED = ("disguised", "store", "altered")


@pytest.mark.parametrize(
    ("story", "got", "expected"),
    [
        (asked(ASKS_V1), answer(304, 1, V1, b"\r\n"), STORED),
        (asked(ASKS_V1), answer(304, 0, V1, b"\r\n"), STORED),
        (asked(Get("/", b"If-None-Match: *\r\n")), answer(304, 1, V1, b"\r\n"), STORED),
        (asked(Get("/", b'If-None-Match: "v0", W/"v1"\r\n')), answer(304, 1, V1, b"\r\n"), STORED),
        (asked(Get("/", b"If-Modified-Since: Sun, 22 Nov 2026 10:00:00 GMT\r\n")), answer(304, 1, V1, b"\r\n"), STORED),
        (asked(ASKS_V1, CONFIRMS), CONFIRMS, RELAYED),
        (asked(ASKS_V1, CONFIRMS), answer(304, 2, V1, FRESH, b"Room: 8\r\n\r\n"), RELAYED),
        (asked(ASKS_V1, CONFIRMS), answer(304, 2, V1, b"\r\n"), STORED),
        (asked(ASKS_V1, CONFIRMS), answer(304, 1, V1, b"\r\n"), STORED),
        (asked(ASKS_V1, CONFIRMS), answer(304, 0, V1, b"\r\n"), STORED),
        (asked(ASKS_V1, FAILS), answer(304, 1, V1, b"\r\n"), STALE),
        (asked(ASKS_V1, FAILS), answer(304, 0, V1, b"\r\n"), STALE),
        (asked(ASKS_V2, answer(200, 2, V2, HELLO)), answer(304, 2, V2, b"\r\n"), STORED),
        (asked(ASKS_V2, answer(200, 2, V2, HELLO)), answer(304, 0, V2, b"\r\n"), STORED),
        (asked(Get("/")), answer(304, 1, V1, b"\r\n"), DISGUISED),
        (asked(ASKS_V2), answer(304, 1, V1, b"\r\n"), DISGUISED),
        (asked(Get("/"), answer(200, 2, V2, HELLO)), answer(304, 2, V2, b"\r\n"), ("disguised", "upstream", "altered")),
    ],
    ids=["fresh", "without a nonce", "any copy will do", "one of a list, weakly", "by date", "relayed",
         "relayed, with more", "made of the copy", "made of the copy as it was", "made of it, without a nonce",
         "in place of an error", "the same, without a nonce", "made of a new answer",
         "the same, without its nonce", "unasked", "about another copy",
         "made of a new answer, unasked"],
)  # fmt: skip
def test_a_304(story: Told, got: bytes, expected: tuple[str, str, str]) -> None:
    assert words(story.gets(got).facts()) == expected


@pytest.mark.parametrize(
    ("story", "got", "expected"),
    [
        (asked(ASKS_A_PART), answer(206, 1, PART), STORED),
        (asked(ASKS_A_PART, CONFIRMS), answer(206, 2, PART), STORED),
        (asked(ASKS_A_PART, FAILS), answer(206, 1, PART), STALE),
        (asked(ASKS_A_PART, answer(200, 2, HELLO)), answer(206, 2, PART), STORED),
        (asked(ASKS_A_PART), answer(206, 1, PART.replace(b"ell", b"hel")), DISGUISED),
        (asked(Get("/")), answer(206, 1, PART), DISGUISED),
        (asked(ASKS_A_PART), answer(416, 1, b"Content-Range: bytes */5\r\nContent-Length: 0\r\n\r\n"), STORED),
        (asked(HEAD), answer(200, 1, HELLO[:-5]), STORED),
        (asked(HEAD, CONFIRMS), answer(200, 2, HELLO[:-5]), STORED),
        (asked(HEAD, FAILS), answer(200, 1, HELLO[:-5]), STALE),
        (asked(HEAD), answer(200, 1, b"Content-Length: 2\r\n\r\n"), DISGUISED),
        (asked(HEAD), answer(304, 1, b"\r\n"), DISGUISED),
    ],
    ids=["a part", "of a validated copy", "of a stale copy", "of a new answer", "another part", "unasked",
         "no such part", "HEAD", "HEAD, validated", "HEAD, stale", "HEAD, another length", "HEAD, another status"],
)  # fmt: skip
def test_a_part_and_the_fields_alone(story: Told, got: bytes, expected: tuple[str, str, str]) -> None:
    assert words(story.gets(got).facts()) == expected


def test_the_fields_alone_of_what_was_stored_for_another_head() -> None:
    first = answer(200, 1, HELLO[:-5])
    assert words(primed(first, HEAD).asks(HEAD).gets(first).facts()) == STORED


def test_a_get_that_was_stored_where_a_head_had_been_asked() -> None:
    story = Told().asks(HEAD).reads("GET /").answers(FIRST, "n.1").gets(FIRST[:-5])
    assert words(story.facts()) == RELAYED
    assert words(story.asks().gets(FIRST).facts()) == STORED


UPDATED = answer(200, 2, V1, b"Room: 8\r\n", HELLO)


@pytest.mark.parametrize("got", [UPDATED, UPDATED.replace(N % 2, N % 1), UPDATED.replace(N % 2, b"")])
def test_a_copy_that_a_304_brought_up_to_date(got: bytes) -> None:
    story = asked(Get("/"), CONFIRMS).gets(got)
    assert words(story.facts()) == STORED
    assert words(story.asks().gets(got).facts()) == STORED


@pytest.mark.parametrize("number", [1, 2], ids=["under its old name", "under the name of the fragment"])
def test_a_fragment_out_of_a_store_is_disguised(number: int) -> None:
    cut = answer(200, 2, V2, b"Content-Length: 20\r\n\r\nbye")
    story = asked(Get("/"), cut).upstream(What.CLOSED).gets(cut).client(What.ENDED)
    assert story.facts().outcome == "cut-short"
    story.asks().gets(answer(200, number, V2, b"Content-Length: 3\r\n\r\nbye"))
    assert words(story.facts()) == DISGUISED


def test_the_good_copy_after_a_fragment() -> None:
    cut = answer(200, 2, V2, b"Content-Length: 20\r\n\r\nbye")
    story = asked(Get("/"), cut).upstream(What.CLOSED).gets(cut).client(What.ENDED)
    assert words(story.asks().upstream(What.REFUSED).gets(FIRST).facts()) == STALE


@pytest.mark.parametrize(
    "broken",
    [CONFIRMS + b"hello", CONFIRMS.replace(b"\r\n\r\n", b"\r\nContent-Length: 99\r\n\r\n"), CONFIRMS + FAILS],
    ids=["with content", "with a false length", "with another answer behind it"],
)
def test_a_copy_that_a_broken_304_validated(broken: bytes) -> None:
    assert words(asked(Get("/"), broken).gets(UPDATED).facts()) == STORED
    assert words(asked(Get("/"), broken).gets(FAILS).facts())[0] == "disguised"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (b"", "stale"),
        (b"Cache-Status: c; hit; ttl=-1\r\n", "stale"),
        (b'Cache-Status: c; hit; ttl=-1; key="a,b;ttl=9"\r\n', "stale"),
        (b"Cache-Status: c; hit; ttl=9\r\n", "stored"),
        (b"Cache-Status: a; hit; ttl=-1, c; hit; ttl=9\r\n", "stored"),
        (b"Cache-Status: c; fwd=stale; fwd-status=500; ttl=-1\r\n", "stale"),
        (FRESH + b"Age: 3\r\n", "stored"),
        (FRESH + b"Age: 61\r\n", "stale"),
        (FRESH + b"Age: old\r\n", "stale"),
    ],
)
def test_whether_a_copy_given_beside_a_failing_upstream_is_stale(lines: bytes, expected: str) -> None:
    first = answer(200, 1, V1, HELLO)
    story = primed(first).asks().reads().answers(FAILS, "n.2")
    assert story.gets(first.replace(b"\r\n\r\n", b"\r\n" + lines + b"\r\n")).facts().outcome == expected


def test_stale_while_it_is_validated_whoever_is_first() -> None:
    """The upstream's 304 may be on its way before the client has its copy: the cache has told that it did not wait."""
    copy = FIRST.replace(b"\r\n\r\n", b"\r\nAge: 61\r\nCache-Status: c; hit; ttl=-1\r\n\r\n")
    assert words(asked(Get("/"), CONFIRMS).gets(copy).facts()) == STALE
    assert words(primed().asks().gets(copy).reads().answers(CONFIRMS, "n.2").facts()) == STALE


def test_a_304_that_was_not_believed_has_validated_nothing() -> None:
    copy = FIRST.replace(b"\r\n\r\n", b"\r\nCache-Status: c; fwd=stale; ttl=-40\r\n\r\n")
    assert words(asked(Get("/"), CONFIRMS).gets(copy).facts()) == STALE


@pytest.mark.parametrize(("sent", "expected"), [(FIRST, "stored"), (FIRST[:-1], "stale")], ids=["whole", "cut"])
def test_a_304_of_ones_own_beside_the_same_report_in_full(sent: bytes, expected: str) -> None:
    """The cache had asked without a condition."""
    story = primed().asks(ASKS_V1).reads().answers(sent.replace(N % 1, b"")).upstream(What.CLOSED)
    found = story.gets(answer(304, 0, V1, b"\r\n")).facts()
    assert (found.outcome, found.made_by) == (expected, "store")


def test_a_304_that_speaks_of_another_copy_has_validated_nothing() -> None:
    assert words(asked(Get("/"), answer(304, 0, V2, b"\r\n")).gets(FIRST).facts()) == STALE
    assert words(asked(Get("/"), answer(304, 0, b"\r\n")).gets(FIRST).facts()) == STORED


def test_what_was_stored_stays_known_when_its_connection_is_asked_for_a_head() -> None:
    story = asked(HEAD).reads("HEAD /").answers(CONFIRMS, "n.2").gets(FIRST[:-5])
    assert words(story.asks().gets(FIRST).facts()) == STORED


def together(upstream: bytes, got: bytes) -> list[Facts]:
    """Three ask at the same time, the upstream is asked once."""
    story = primed().asks()
    for number in (2, 3):
        story.asks(number=number)
    story.reads().answers(upstream, "n.2")
    for number in (1, 2, 3):
        story.gets(got, number=number)
    return [story.facts(place) for place in (-3, -2, -1)]


@pytest.mark.parametrize(
    ("upstream", "got", "expected"),
    [
        (answer(200, 2, V2, HELLO), answer(200, 2, V2, HELLO), RELAYED),
        (CONFIRMS, UPDATED, STORED),
        (FAILS, FAILS, RELAYED),
        (FAILS, FIRST, STALE),
        (FAILS[:9], answer(502, 0, b"Content-Length: 0\r\n\r\n"), ("reported", "gateway", "none")),
    ],
    ids=["a new answer", "validated", "an error", "stale", "the gateway's own error"],
)
def test_collapsed_requests(upstream: bytes, got: bytes, expected: tuple[str, str, str]) -> None:
    found = together(upstream, got)
    assert [words(each) for each in found] == [expected] * 3
    assert {each.upstream_requests for each in found} == {1}


def test_a_stored_error_is_told_from_one_of_the_gateways_own() -> None:
    failed = answer(502, 1, FRESH, b"Content-Length: 4\r\n\r\nOops")
    assert words(primed(failed).facts()) == RELAYED
    assert words(primed(failed).asks().gets(failed).facts()) == STORED
    own = answer(502, 0, b"Content-Length: 4\r\n\r\nmine")
    assert words(primed(failed).asks().gets(own).facts()) == ("reported", "gateway", "none")


def test_an_own_error_without_asking_the_upstream() -> None:
    story = asked(Get("/other", b"Cache-Control: only-if-cached\r\n"))
    found = story.gets(b"HTTP/1.1 504 Gateway Timeout\r\nContent-Length: 0\r\n\r\n").facts()
    assert (found.outcome, found.made_by, found.upstream_requests) == ("reported", Maker.GATEWAY, 0)


def test_over_http2_a_304_is_asked_for_too() -> None:
    assert words(asked_twice(ASKS_V1)) == STORED
    assert asked_twice(Get("/")).fidelity is Fidelity.ALTERED
