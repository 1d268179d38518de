"""Every resource of the origin, asked in every way."""

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lab.h1 import Field, Fields
from lab.origin.answering import BOUNDARY, Answer, retrieved
from lab.origin.content import PIECE, Numbered, digest
from lab.origin.index import index_page
from lab.origin.resources import WRITTEN, Resource
from lab.origin.table import RESOURCES
from lab.origin.weights import weight
from lab.semantics.dates import seconds_of

URL = "http://127.0.0.1:9000"
NOW = WRITTEN + 86_400.5
SHARED = {"Date", "Cache-Control", "Expires", "ETag", "Vary", "Content-Location", "CDN-Cache-Control"}


def asked(resource: Resource, method: str = "GET", now: float = NOW, **fields: str) -> Answer:
    lines = Fields(Field(name.replace("_", "-").encode(), value.encode()) for name, value in fields.items())
    return retrieved(resource, method.encode(), lines, now)


def content(answer: Answer) -> bytes:
    return b"".join(piece for part in answer.parts for piece in part.pieces())


every_resource = pytest.mark.parametrize("path", RESOURCES)


@every_resource
def test_head_has_the_fields_of_get(path: str) -> None:
    got, head = asked(RESOURCES[path]), asked(RESOURCES[path], "HEAD")
    assert (head.status, head.fields, head.octets) == (200, got.fields, 0)
    assert got.fields["Content-Length"] == str(len(content(got))) == str(got.octets)


@every_resource
def test_a_304_has_the_fields_that_the_200_has_for_caches(path: str) -> None:
    """RFC 9110, 15.4.5. Whoever has a validator gets it; without one there is no 304."""
    full = asked(RESOURCES[path])
    if "ETag" in full.fields:
        answer = asked(RESOURCES[path], If_None_Match=full.fields["ETag"])
    elif "Last-Modified" in full.fields:
        answer = asked(RESOURCES[path], If_Modified_Since=full.fields["Last-Modified"])
        assert answer.fields["Last-Modified"] == full.fields["Last-Modified"]
    else:
        assert asked(RESOURCES[path], If_Modified_Since=full.fields["Date"]).status == 200
        return
    assert (answer.status, answer.octets) == (304, 0)
    kept = {name: value for name, value in answer.fields.items() if name != "Last-Modified"}
    assert kept == {name: value for name, value in full.fields.items() if name in SHARED}


@every_resource
def test_a_206_has_the_fields_of_the_200(path: str) -> None:
    full, part = asked(RESOURCES[path]), asked(RESOURCES[path], Range="bytes=2-4")
    length = full.fields["Content-Length"]
    assert (part.status, content(part)) == (206, content(full)[2:5])
    assert part.fields == {**full.fields, "Content-Length": "3", "Content-Range": f"bytes 2-4/{length}"}


@every_resource
def test_a_changed_resource_has_other_validators(path: str) -> None:
    before = asked(RESOURCES[path]).fields
    after = asked(RESOURCES[path].changed(b"Something else.\n", NOW), now=NOW + 1).fields
    for name in ("ETag", "Last-Modified"):
        assert (name in before) == (name in after)
        assert name not in before or before[name] != after[name]


@every_resource
def test_the_index_names_every_resource_and_what_it_says(path: str) -> None:
    assert f'<a href="{path}">' in index_page(RESOURCES, URL).decode()
    assert RESOURCES[path].says.endswith(".")


def test_the_index_is_escaped() -> None:
    page = index_page({'/"><script>': Resource(b"", says="<b>&")}, "<u>")
    assert b"<script>" not in page
    assert b"<u>" not in page
    assert b"&lt;b&gt;&amp;" in page


def test_a_weak_entity_tag_stays_where_only_white_space_changes() -> None:
    weak = RESOURCES["/etag/weak"]
    tag = asked(weak).fields["ETag"]
    assert tag.startswith('W/"')
    assert asked(weak.changed(b" Nothing has happened  yet.", NOW)).fields["ETag"] == tag
    assert asked(weak, If_Match=tag).status == 412
    assert asked(weak, If_None_Match=tag.removeprefix("W/")).status == 304
    assert asked(weak, Range="bytes=0-1", If_Range=tag).status == 200


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("gzip", "gzip"), ("gzip, deflate, br", "gzip"), ("GZIP;q=0.5", "gzip"), ("*", "gzip"), ("gzip;q=0", None),
        ("identity", None), ("gzip;q=0.1, identity", None), ("br", None), ("", None), ("gzip;q=0, *", None),
    ],
)  # fmt: skip
def test_gzip_for_those_who_accept_it(accepted: str, coding: str | None) -> None:
    """RFC 9110, 8.8.3.3: a representation of its own, with an entity tag of its own."""
    plain, answer = asked(RESOURCES["/gzip"]), asked(RESOURCES["/gzip"], Accept_Encoding=accepted)
    assert answer.fields["Vary"] == plain.fields["Vary"] == "Accept-Encoding"
    assert answer.fields.get("Content-Encoding") == coding
    assert (answer.fields["ETag"] != plain.fields["ETag"]) is (coding == "gzip")
    assert (gzip.decompress(content(answer)) if coding else content(answer)) == content(plain)
    assert asked(RESOURCES["/gzip"], Accept_Encoding=accepted, If_None_Match=answer.fields["ETag"]).status == 304
    other = asked(RESOURCES["/gzip"], Accept_Encoding=accepted, If_None_Match=plain.fields["ETag"]).status
    assert other == (200 if coding else 304)


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("de", "de"), ("de-AT, en;q=0.5", "de"), ("en, de", "en"), ("en;q=0.3, de;q=0.4", "de"), ("fr", "en"),
        ("*", "en"), ("de;q=0", "en"), ("en-GB", "en"), (";;,,=", "en"),
    ],
)  # fmt: skip
def test_in_the_language_that_is_liked_best(accepted: str, language: str) -> None:
    answer = asked(RESOURCES["/language"], Accept_Language=accepted)
    assert (answer.fields["Content-Language"], answer.fields["Vary"]) == (language, "Accept-Language")


@given(st.binary(max_size=60), st.sampled_from(["gzip", "de"]))
def test_no_preference_makes_it_raise(accepted: bytes, name: str) -> None:
    assert 0 <= weight(accepted, name) <= 1


def test_expires_is_counted_from_each_answer() -> None:
    fields = asked(RESOURCES["/expires"]).fields
    assert "Cache-Control" not in fields
    assert seconds_of(fields["Expires"], NOW) == int(NOW) + 60


def test_several_ranges_come_in_parts() -> None:
    """RFC 9110, 14.6 and 15.3.7.2."""
    answer = asked(RESOURCES["/report"], Range="bytes=0-2,-3")
    assert answer.fields["Content-Type"] == f"multipart/byteranges; boundary={BOUNDARY}"
    assert "Content-Range" not in answer.fields
    head = "Content-Type: text/plain; charset=utf-8\r\nContent-Range: bytes "
    expected = (
        f"--{BOUNDARY}\r\n{head}0-2/13\r\n\r\nAll\r\n--{BOUNDARY}\r\n{head}10-12/13\r\n\r\nl.\n\r\n--{BOUNDARY}--\r\n"
    )
    assert content(answer).decode() == expected
    assert answer.fields["Content-Length"] == str(len(expected))


def test_a_range_beyond_the_end() -> None:
    answer = asked(RESOURCES["/report"], Range="bytes=13-")
    assert (answer.status, answer.fields["Content-Range"]) == (416, "bytes */13")


def test_if_range() -> None:
    """RFC 9110, 13.1.5; what the client has from its first answer is not sent again (15.3.7)."""
    report = RESOURCES["/report"]
    fields = asked(report).fields
    same = asked(report, Range="bytes=0-1", If_Range=fields["ETag"])
    assert (same.status, set(same.fields) - SHARED) == (206, {"Content-Range", "Content-Length"})
    assert asked(report, Range="bytes=0-1", If_Range=fields["Last-Modified"]).status == 206
    assert asked(report, Range="bytes=0-1", If_Range='"other"').status == 200
    assert asked(report, "HEAD", Range="bytes=0-1").status == 200
    assert asked(report, Range="bytes=99-", If_None_Match=fields["ETag"]).status == 304


def test_a_date_of_this_second_is_no_strong_validator() -> None:
    """RFC 9110, 8.8.2.2."""
    once = RESOURCES["/etag/none"].changed(b"once", NOW)
    date = asked(once).fields["Last-Modified"]
    assert asked(once, now=NOW, Range="bytes=0-1", If_Range=date).status == 200
    assert asked(once, now=NOW + 2, Range="bytes=0-1", If_Range=date).status == 206
    assert asked(once.changed(b"twice", NOW), now=NOW + 2, Range="bytes=0-1", If_Range=date).status == 200


@given(st.integers(0, 2**40), st.data())
def test_numbered_octets_are_the_same_wherever_they_are_cut(length: int, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, length))
    stop = data.draw(st.integers(start, min(start + 3 * PIECE, length)))
    middle = data.draw(st.integers(start, stop))
    octets = Numbered(length)
    assert octets[start:stop] == octets[start:middle] + octets[middle:stop]
    assert len(octets[start:stop]) == stop - start


def test_content_is_told_apart() -> None:
    assert len({digest(each) for each in (b"", b"a", Numbered(1), Numbered(2))}) == 4
    assert Numbered(200_000)[PIECE : PIECE + 14] == b"block       1\n"


ANY_VALUE = st.one_of(
    st.binary(max_size=40),
    st.text('bytes=0123456789-,"*W/ ;q.GMT').map(str.encode),
    st.sampled_from([b"Sun, 06 Nov 1994 08:49:37 GMT", b"*", b"bytes=0-0,5-", b"gzip", b"de"]),
)
ASKING = (
    b"If-Match", b"If-None-Match", b"If-Modified-Since", b"If-Unmodified-Since", b"If-Range", b"Range",
    b"Accept-Encoding", b"Accept-Language",
)  # fmt: skip


@given(
    st.sampled_from(sorted(RESOURCES)),
    st.sampled_from([b"GET", b"HEAD"]),
    st.lists(st.tuples(st.sampled_from(ASKING), ANY_VALUE), max_size=6),
)
def test_whatever_is_asked_the_answer_is_whole(path: str, method: bytes, lines: list[tuple[bytes, bytes]]) -> None:
    answer = retrieved(RESOURCES[path], method, Fields(Field(*line) for line in lines), NOW)
    assert answer.status in (200, 206, 304, 412, 416)
    if method == b"HEAD" or answer.status == 304:
        assert answer.octets == 0
    else:
        assert answer.fields["Content-Length"] == str(len(content(answer)))
    assert answer.status != 206 or method == b"GET"
    assert all("\r" not in value and "\n" not in value for value in answer.fields.values())
