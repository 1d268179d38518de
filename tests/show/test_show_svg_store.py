"""What a diagram says of a cache's store: out of Cache-Status, and of both connections."""

import pytest

from lab.scenario import Act
from lab.script import Get, ReceiveRequest, Request, Send
from lab.show.svg.rows import Kind, rows
from lab.show.svg.sequence import diagram
from lab.transcript import Asked, What
from lab.verdict import Judgement
from tests.show.drawn import texts
from tests.show.shapes import OK, asked_upstream, cached
from tests.show.staged import ASKS, broken_promise, client, played, scenario, upstream


def said(judgement: Judgement) -> list[str]:
    return [each.text for each in texts(diagram(judgement))]


def test_a_store_has_a_lane_only_where_a_cache_takes_part() -> None:
    assert "store" in said(cached())
    assert "store" not in said(broken_promise())


def test_the_store_says_what_it_did() -> None:
    assert [row.text for row in rows(cached()) if row.kind is Kind.STORE] == [
        "no copy", "a copy is kept", "gives its copy: fresh, 20 s old",
    ]  # fmt: skip
    stale = cached(status=b"Age: 90\r\nCache-Status: g;hit;ttl=-30\r\n")
    assert "gives its copy: stale, 90 s old" in said(stale)


@pytest.mark.parametrize(
    ("says", "content", "kept"),
    [
        (b"fwd=uri-miss;stored", b"hello", ["a copy is kept"]),
        (b"fwd=uri-miss;stored=?0;detail=private", b"hello", []),
        (b"fwd=uri-miss;stored", b"hell", []),
    ],
    ids=["stored", "not stored", "a fragment"],
)
def test_what_a_cache_does_not_keep_is_not_said_to_be_kept(says: bytes, content: bytes, kept: list[str]) -> None:
    """A cache says that it stores before the content has come: what breaks off is no copy."""
    answer = OK.replace(b"hello", content)
    told = answer.replace(b"ETag", b"Cache-Status: g;%b\r\nETag" % says)
    ended = [upstream(What.SENT, answer), upstream(What.ANSWERED, detail="000000000000.1.1.1"), upstream(What.CLOSED)]
    judgement = played(scenario(), asked_upstream(*ended, client(What.RECEIVED, told), client(What.ENDED)))
    assert [row.text for row in rows(judgement) if row.kind is Kind.STORE] == ["no copy", *kept]


def test_the_post_of_another_is_set_aside_in_the_store() -> None:
    """A change goes through, and what was stored is not used again."""
    events = list(cached().transcript.events)[:9]
    changed = b"POST /report HTTP/1.1\r\nHost: lab.test\r\nContent-Length: 0\r\n\r\n"
    done = b"HTTP/1.1 200 OK\r\nLab-Nonce: 000000000000.2.1.2\r\nContent-Length: 0\r\n\r\n"
    new = OK.replace(b".1.1.1", b".3.1.3")
    for act, asks, answers in ((2, changed, done), (3, ASKS, new)):
        nonce = f"000000000000.{act}.1.{act}"
        told = answers.replace(b"Content", b"Cache-Status: g;fwd=%b\r\nContent" % (b"method" if act == 2 else b"miss"))
        events += [
            client(What.SENT, asks, act=act), upstream(What.RECEIVED, asks, act=act),
            upstream(What.SENT, answers, act=act), upstream(What.ANSWERED, act=act, detail=nonce),
            client(What.RECEIVED, told, act=act),
        ]  # fmt: skip
    acts = [
        Act(client=Get("/report"), upstream=[ReceiveRequest(), Send(OK)]),
        Act(client=Request("POST", "/report")),
        Act(client=Get("/report")),
    ]
    asked = tuple(Asked(act, 1, method, "/report") for act, method in ((1, "GET"), (2, "POST"), (3, "GET")))
    judgement = played(scenario(client=None, upstream=None, acts=acts, reports=[]), events, asked=asked)
    texts_ = [row.text for row in rows(judgement) if row.kind is Kind.STORE]
    assert "the copy is invalidated: it counts no more" in texts_


def test_what_happens_behind_the_back_of_a_client_that_was_served_is_told_after_it() -> None:
    events = list(cached(status=b"Age: 90\r\nCache-Status: g;hit;ttl=-30\r\n").transcript.events)
    asks = ASKS.replace(b"\r\n\r\n", b'\r\nIf-None-Match: "v1"\r\n\r\n')
    confirms = b'HTTP/1.1 304 Not Modified\r\nETag: "v1"\r\n\r\n'
    events += [
        upstream(What.RECEIVED, asks, act=2), upstream(What.REQUEST, act=2, detail="GET /report"),
        upstream(What.SENT, confirms, act=2),
    ]  # fmt: skip
    acts = [Act(client=Get("/report"), upstream=[ReceiveRequest(), Send(OK)]), Act(client=Get("/report"), clock=90)]
    asked = tuple(Asked(act, 1, "GET", "/report") for act in (1, 2))
    judgement = played(scenario(client=None, upstream=None, acts=acts, reports=[]), events, asked=asked)
    told = [row.text for row in rows(judgement) if row.act == 2 and row.kind in (Kind.STORE, Kind.MESSAGE)]
    assert told == [
        "GET /report", "gives its copy: stale, 90 s old", "200 OK, 5 bytes", 'GET /report unless "v1"',
        "304 Not Modified", "the copy is confirmed, and brought up to date",
    ]  # fmt: skip
