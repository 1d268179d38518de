"""What the gateway changed: from both sides of performances made by hand."""

from collections.abc import Sequence

import pytest

from lab import h2
from lab.outcome import Maker
from lab.script import Get
from lab.show.changes import Changes, changes, rows
from lab.show.differences import Part
from lab.show.text.changes import change_lines
from lab.show.text.lines import plain, width
from lab.transcript import Asked, Event, What
from tests.show.staged import ASKS, FIVE_OF_20, broken_promise, client, played, scenario, upstream

OK = b'HTTP/1.1 200 OK\r\nETag: "v1"\r\nContent-Length: 5\r\n\r\nhello'


def seen(asks: bytes, asked: bytes, answers: bytes, answered: bytes, *more: Event) -> Changes:
    """What changed, when this went in, came out, went back, and came."""
    events: Sequence[Event] = [
        client(What.SENT, asks),
        upstream(What.OPENED),
        upstream(What.RECEIVED, asked),
        upstream(What.REQUEST, detail="GET /report"),
        upstream(What.SENT, answers),
        *more,
        client(What.RECEIVED, answered),
    ]
    return _of(events)


def _of(events: Sequence[Event], maker: Maker | None = Maker.UPSTREAM) -> Changes:
    transcript = played(scenario(), events).transcript
    return changes(transcript, transcript.asked[0], maker)


def response(answers: bytes, answered: bytes, *more: Event) -> list[tuple[str, str]]:
    """The rows of the response's diff."""
    return [(sign, text) for sign, text in rows(seen(ASKS, ASKS, answers, answered, *more).response)]


def test_nothing_is_said_to_have_changed_where_nothing_did() -> None:
    found = seen(ASKS, ASKS, OK, OK)
    for way in (found.request, found.response):
        assert way.compared
        assert not way.differences
        assert [row.text for row in rows(way)] == ["Nothing: it went on as it came."]


def test_field_lines_are_added_removed_and_changed() -> None:
    after = b'HTTP/1.1 200 OK\r\nETag: W/"v1"\r\nContent-Length: 5\r\nVia: 1.1 g\r\n\r\nhello'
    before = OK.replace(b"ETag", b"Room: 7\r\nETag")
    assert response(before, after) == [
        ("-", "Room: 7"), ("-", 'ETag: "v1"'), ("+", 'ETag: W/"v1"'), ("+", "Via: 1.1 g"),
        ("", "1 field line as it was"),
    ]  # fmt: skip


def test_of_several_lines_of_one_name_only_the_missing_one_is_removed() -> None:
    before = b"HTTP/1.1 204 No Content\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\nSet-Cookie: c=3\r\n\r\n"
    assert response(before, before.replace(b"Set-Cookie: b=2\r\n", b"")) == [
        ("-", "Set-Cookie: b=2"), ("", "2 field lines as they were"),
    ]  # fmt: skip


def test_names_in_another_case_and_another_order_are_said_once() -> None:
    after = b'HTTP/1.1 200 OK\r\ncontent-length: 5\r\netag: "v1"\r\n\r\nhello'
    assert response(OK, after) == [
        ("~", "2 field names in lower case"), ("~", "field lines in another order"), ("", "2 field lines as they were"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("before", "shown"),
    [
        (b"Content-Length : 5", "Content-Length : 5"),
        (b"Content-Length:5", "Content-Length:5"),
        (b"Content-Length:\r\n 5", r"Content-Length:\r\n 5"),
    ],
)
def test_a_line_that_means_the_same_is_shown_as_it_was_written(before: bytes, shown: str) -> None:
    assert response(OK.replace(b"Content-Length: 5", before), OK)[:2] == [("-", shown), ("+", "Content-Length: 5")]


def test_the_end_of_a_line_is_shown_where_it_is_no_cr_lf() -> None:
    found = response(OK.replace(b"5\r\n\r\n", b"5\n\r\n"), OK)
    assert found[:2] == [("-", r"Content-Length: 5\n"), ("+", "Content-Length: 5")]


def test_the_start_line_the_status_and_the_reason_phrase() -> None:
    assert response(OK, OK.replace(b"200 OK", b"200 "))[:2] == [("-", "HTTP/1.1 200 OK"), ("+", "HTTP/1.1 200 ")]
    found = seen(ASKS, ASKS.replace(b"GET /report", b"GET http://u/report"), OK, OK).request
    assert [each.part for each in found.differences] == [Part.START]
    assert "another target" in found.differences[0].says


def test_content_that_is_cut_changed_removed_or_added() -> None:
    assert ("~", "content cut: 3 of 5 bytes") in response(OK, OK[:-2])
    assert ("~", "it was complete, and it is incomplete now") in response(OK, OK[:-2])
    assert ("~", "content changed: 5 bytes became 5") in response(OK, OK.replace(b"hello", b"HELLO"))
    bare = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
    assert ("~", "content removed: 5 bytes") in response(OK, bare)
    assert ("~", "content added: 5 bytes") in response(bare, OK)


def test_a_fragment_that_looks_complete_afterwards() -> None:
    after = FIVE_OF_20.replace(b": 20", b": 5")
    assert ("~", "it was incomplete, and it looks complete now") in response(FIVE_OF_20, after, upstream(What.CLOSED))


def test_what_cannot_be_read_is_compared_with_nothing() -> None:
    found = seen(ASKS, ASKS, OK, b"garbage")
    assert "the client received cannot be read" in found.response.why
    assert "the upstream sent cannot be read" in seen(ASKS, ASKS, b"garbage", OK).response.why


def test_another_framing_and_trailers() -> None:
    chunked = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\nSum: 1\r\n\r\n"
    found = response(chunked, b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello")
    assert ("~", "it ends by its Content-Length, and no longer by its last chunk") in found
    assert ("-", "Sum: 1 (trailer)") in found


def test_interim_responses_that_got_lost() -> None:
    assert response(b"HTTP/1.1 103 Early Hints\r\n\r\n" + OK, OK)[0] == ("~", "interim responses: 103 became none")


def test_over_http2_the_version_is_said_and_no_reason_phrase_missed() -> None:
    asks = h2.preface(), h2.headers(1, h2.asks(path=b"/report"), end_stream=True)
    fields = ((b":status", b"200"), (b"etag", b'"v1"'), (b"content-length", b"5"))
    answers = h2.headers(1, fields), h2.data(1, b"hello", end_stream=True)
    found = _of(
        [
            *(client(What.SENT, each, stream=stream) for stream, each in enumerate(asks)),
            upstream(What.OPENED),
            upstream(What.RECEIVED, ASKS),
            upstream(What.SENT, OK),
            *(client(What.RECEIVED, each, stream=1) for each in answers),
        ]
    )
    assert rows(found.request)[0].text == "HTTP/2 became HTTP/1.1"
    assert [tuple(row) for row in rows(found.response)] == [
        ("~", "HTTP/1.1 became HTTP/2"), ("~", "2 field names in lower case"), ("", "2 field lines as they were"),
    ]  # fmt: skip


def test_an_answer_of_the_gateways_or_the_stores_own_has_nothing_to_compare_with() -> None:
    events = [client(What.SENT, ASKS), client(What.RECEIVED, b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n")]
    for maker, word in ((Maker.GATEWAY, "gateway made"), (Maker.STORE, "store"), (Maker.NOBODY, "No answer")):
        found = _of(events, maker)
        assert not found.response.compared
        assert word in found.response.why
        assert found.request.why.startswith("No request reached the upstream")
    assert "gateway made" in _of(events, None).response.why


def test_a_retried_request_is_compared_where_it_was_answered() -> None:
    asked_again = ASKS.replace(b"\r\n\r\n", b"\r\nVia: x\r\n\r\n")
    again = [
        client(What.SENT, ASKS),
        upstream(What.OPENED), upstream(What.RECEIVED, ASKS), upstream(What.CLOSED),
        upstream(What.OPENED, connection=2), upstream(What.RECEIVED, asked_again, connection=2),
        upstream(What.SENT, OK, connection=2),
        client(What.RECEIVED, OK),
    ]  # fmt: skip
    found = _of(again)
    assert (found.request.attempts, found.request.connection) == (2, 2)
    assert ("+", "Via: x") in rows(found.request)


def test_each_of_two_requests_together_is_compared_with_its_own() -> None:
    def asks(target: bytes) -> bytes:
        return b"GET %b HTTP/1.1\r\nHost: lab.test\r\n\r\n" % target

    events = [
        client(What.SENT, asks(b"/a"), request=1), client(What.SENT, asks(b"/b"), request=2, connection=2),
        upstream(What.OPENED), upstream(What.OPENED, connection=2),
        upstream(What.RECEIVED, asks(b"/b")), upstream(What.RECEIVED, asks(b"/a"), connection=2),
    ]  # fmt: skip
    asked = (Asked(1, 1, "GET", "/a"), Asked(1, 2, "GET", "/b"))
    transcript = played(scenario(client=Get("/a")), events, asked=asked).transcript
    found = [changes(transcript, each, Maker.NOBODY).request for each in asked]
    assert [way.connection for way in found] == [2, 1]
    assert not any(way.differences for way in found)


@pytest.mark.parametrize("hostile", [b"\x1b[2J\x00\xff", "\u202eabc".encode(), b"<script>]]>"])
def test_nothing_hostile_comes_through_and_every_line_fits(hostile: bytes) -> None:
    after = OK.replace(b"ETag", b"X: " + hostile + b"y" * 300 + b"\r\nETag")
    for columns in (40, 80):
        lines = list(change_lines(seen(ASKS, ASKS, OK, after), columns))
        assert max(map(width, lines)) <= columns
        assert plain(lines).replace("\n", "").isprintable()


def test_the_performance_of_the_readme() -> None:
    judgement = broken_promise()
    found = changes(judgement.transcript, judgement.transcript.asked[0])
    assert plain(change_lines(found, 80)) == (
        "request    Nothing: it went on as it came.\nresponse   Nothing: it went on as it came.\n"
    )
