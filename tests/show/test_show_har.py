"""HAR: what its specification requires of each object, the stages in numbers, failures as browsers write them."""

import base64
import json
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from lab.catalogue import load
from lab.scenario import Case, Together
from lab.script import Get
from lab.show.har import har
from lab.show.saved import Saved, judged_again
from lab.transcript import Asked, Connecting, Transcript, What
from lab.verdict import Judgement
from tests.show.capturing import performed
from tests.show.staged import ASKS, broken_promise, client, played, scenario, upstream
from tests.show.test_show_saved import TRANSCRIPTS

pytestmark = pytest.mark.anyio

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Type: text/plain\r\nSet-Cookie: a=b; Path=/\r\n\r\nhello"
PARTS = ("blocked", "dns", "connect", "send", "wait", "receive", "ssl")
Object = dict[str, Any]

# What the specification of HAR 1.2 requires, by object: the keys and their kinds.
REQUIRED: dict[str, dict[str, Any]] = {
    "log": {"version": str, "creator": dict, "entries": list},
    "creator": {"name": str, "version": str},
    "page": {"startedDateTime": str, "id": str, "title": str, "pageTimings": dict},
    "entry": {"startedDateTime": str, "time": float, "request": dict, "response": dict, "cache": dict, "timings": dict},
    "request": {
        "method": str, "url": str, "httpVersion": str, "cookies": list, "headers": list, "queryString": list,
        "headersSize": int, "bodySize": int,
    },
    "response": {
        "status": int, "statusText": str, "httpVersion": str, "cookies": list, "headers": list, "content": dict,
        "redirectURL": str, "headersSize": int, "bodySize": int,
    },
    "content": {"size": int, "mimeType": str},
    "postData": {"mimeType": str},
    "pair": {"name": str, "value": str},
    "timings": {"send": float, "wait": float, "receive": float},
}  # fmt: skip


def check(kind: str, found: Object) -> None:
    for key, type_ in REQUIRED[kind].items():
        assert isinstance(found[key], (int, float) if type_ is float else type_), (kind, key)
    assert isinstance(found.get("comment", ""), str)


def document(*judgements: Judgement) -> Object:
    """The log, once it is seen to be as it must be."""
    text = "".join(har(judgements))
    assert text.isascii()
    assert text.startswith('{"log"')
    log: Object = json.loads(text)["log"]
    check("log", log)
    check("creator", log["creator"])
    for page in log["pages"]:
        check("page", page)
        datetime.fromisoformat(page["startedDateTime"])
    assert len({page["id"] for page in log["pages"]}) == len(log["pages"]) == len(judgements)
    for entry in log["entries"]:
        check_entry(entry)
        assert entry["pageref"] in {page["id"] for page in log["pages"]}
    return log


def check_entry(entry: Object) -> None:
    check("entry", entry)
    check("timings", entry["timings"])
    times = entry["timings"]
    assert all(times[part] == -1 or times[part] >= 0 for part in PARTS)
    assert min(times["send"], times["wait"], times["receive"]) >= 0
    assert times["ssl"] <= times["connect"]
    assert entry["time"] == pytest.approx(sum(times[part] for part in PARTS[:-1] if times[part] > 0), abs=1e-3)
    for side in ("request", "response"):
        check(side, entry[side])
        for name in ("headers", "cookies"):
            for pair in entry[side][name]:
                check("pair", pair)
    check("content", entry["response"]["content"])
    if "postData" in entry["request"]:
        check("postData", entry["request"]["postData"])
    assert entry["request"]["url"].startswith(("http://", "https://"))
    assert entry["request"]["url"].isascii()
    if entry["response"]["status"] == 0:
        assert entry["response"]["headers"] == []
        assert entry["response"]["_error"]


async def test_a_chapter_that_has_everything() -> None:
    cases = load().select(["first", "tls/all_well", "truncated_bodies/one_stream_breaks", "timing/silence"])
    found = await performed(cases)
    log = document(*found)
    hops = [(entry["pageref"], entry["_hop"]) for entry in log["entries"]]
    for number, judgement in enumerate(found, 1):
        assert hops.count((f"page_{number}", "client connection")) == len(judgement.exchanges)
    statuses = {entry["response"]["status"] for entry in log["entries"]}
    assert {0, 200, 304, 502, 504} <= statuses
    assert any(entry["timings"]["ssl"] > 0 for entry in log["entries"])
    assert any(entry["response"]["httpVersion"] == "HTTP/2" for entry in log["entries"])
    assert [page["startedDateTime"] for page in log["pages"]] == sorted(
        page["startedDateTime"] for page in log["pages"]
    )


def test_what_was_cut_and_why() -> None:
    log = document(broken_promise())
    at_client, at_upstream = log["entries"]
    assert (at_client["_hop"], at_upstream["_hop"]) == ("client connection", "upstream connection")
    assert at_client["response"]["status"] == 200
    assert at_client["response"]["_error"].startswith("cut-short: ")
    assert at_client["response"]["content"] == {"size": 5, "mimeType": "x-unknown", "text": "hello"}
    assert "keeps the rule" in at_client["comment"]
    for entry in log["entries"]:
        assert "The fault, at the upstream: 15 bytes are missing." in entry["comment"]
    assert at_upstream["response"]["_error"] == "closed (FIN), by the upstream"
    assert (at_client["request"]["url"], at_upstream["request"]["url"]) == (
        "http://lab.test/report",
        "http://upstream-1.test/report",
    )
    assert (at_client["connection"], at_upstream["connection"]) == ("1-client-1", "1-upstream-1")
    assert at_client["_connectionId"] == "1-client-1"  # the developer tools of Chromium read this one
    assert "Count the bytes." in log["pages"][0]["comment"]


def test_the_stages_in_milliseconds() -> None:
    events = [
        client(What.OPENED),
        client(What.SENT, ASKS),
        client(What.RECEIVED, OK[:-5]),
        client(What.RECEIVED, b"hello"),
    ]
    judgement = played(scenario(), events)
    transcript = replace(judgement.transcript, connecting=(Connecting(400_000, 1, 1, 1),))
    [entry] = document(replace(judgement, transcript=transcript))["entries"]
    assert entry["timings"] == {
        "blocked": 1.0, "dns": -1, "connect": 0.6, "ssl": -1, "send": 0.0, "wait": 1.0, "receive": 1.0
    }  # fmt: skip
    assert entry["time"] == 3.6
    assert entry["startedDateTime"] == "1970-01-01T00:00:00.000400Z"
    assert "_error" not in entry["response"]
    assert entry["response"]["cookies"] == [{"name": "a", "value": "b"}]


def test_a_connection_that_was_kept_and_one_that_was_refused() -> None:
    story = scenario()
    events = [
        client(What.OPENED), client(What.SENT, ASKS), client(What.RECEIVED, OK),
        client(What.SENT, ASKS, act=2), upstream(What.REFUSED, connection=0, act=2), client(What.ENDED, act=2),
    ]  # fmt: skip
    asked = tuple(replace(each, act=act) for act in (1, 2) for each in played(story, []).transcript.asked)
    judgement = played(replace(story), events, asked=asked)
    judgement = replace(judgement, exchanges=tuple(judgement.exchanges))
    entries = document(judgement)["entries"]
    first, second, refused = entries
    assert first["connection"] == second["connection"] == "1-client-1"
    assert (second["timings"]["connect"], second["timings"]["dns"]) == (-1, -1)
    assert (second["response"]["status"], second["response"]["_error"][:9]) == (0, "no-answer")
    assert (refused["response"]["status"], "connection" in refused) == (0, False)
    assert refused["response"]["_error"].startswith("no connection")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"hello", {"text": "hello"}),
        ("größer".encode(), {"text": "größer"}),
        (b"\x1f\x8b\x08gzip", {"text": base64.b64encode(b"\x1f\x8b\x08gzip").decode(), "encoding": "base64"}),
        (b"\x1b[31mred", {"text": base64.b64encode(b"\x1b[31mred").decode(), "encoding": "base64"}),
        (b"\xff\xfe", {"text": "//4=", "encoding": "base64"}),
        (b"", {"text": ""}),
    ],
)
def test_content_as_text_or_base64(content: bytes, told: Object) -> None:
    answer = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(content), content)
    [entry] = document(
        played(scenario(), [client(What.OPENED), client(What.SENT, ASKS), client(What.RECEIVED, answer)])
    )["entries"]
    assert entry["response"]["content"] == {"size": len(content), "mimeType": "x-unknown", **told}
    assert entry["response"]["bodySize"] == len(content)


@pytest.mark.parametrize(
    ("wire", "url"),
    [
        (b"GET /a?b=c&d HTTP/1.1\r\nHost: lab.test:81\r\n\r\n", "http://lab.test:81/a?b=c&d"),
        (b"GET http://other.test/x HTTP/1.1\r\nHost: lab.test\r\n\r\n", "http://other.test/x"),
        (b"OPTIONS * HTTP/1.1\r\nHost: lab.test\r\n\r\n", "http://lab.test/*"),
        (b'GET /"<> HTTP/1.1\r\nHost: a_b\r\n\r\n', "http://gateway.test/%22%3C%3E"),
    ],
)
def test_what_was_asked_as_a_url(wire: bytes, url: str) -> None:
    [entry] = document(played(scenario(), [client(What.OPENED), client(What.SENT, wire), client(What.RECEIVED, OK)]))[
        "entries"
    ]
    assert entry["request"]["url"] == url


def test_the_query_and_the_content_of_a_request() -> None:
    wire = b"POST /a?b=c&d HTTP/1.1\r\nHost: a\r\nCookie: x=1; y=2\r\nContent-Length: 3\r\n\r\nabc"
    [entry] = document(played(scenario(), [client(What.OPENED), client(What.SENT, wire), client(What.RECEIVED, OK)]))[
        "entries"
    ]
    asks = entry["request"]
    assert asks["queryString"] == [{"name": "b", "value": "c"}, {"name": "d", "value": ""}]
    assert asks["cookies"] == [{"name": "x", "value": "1"}, {"name": "y", "value": "2"}]
    assert asks["postData"] == {"mimeType": "x-unknown", "params": [], "text": "abc"}
    assert (asks["bodySize"], asks["headersSize"]) == (3, len(wire) - 3)


def test_the_same_performances_give_the_same_document() -> None:
    assert "".join(har([broken_promise()] * 3)) == "".join(har([broken_promise()] * 3))


def test_none_at_all() -> None:
    assert document()["entries"] == []
    assert document(played(scenario(), [], asked=()))["entries"] == []


@settings(max_examples=25)
@given(some.lists(TRANSCRIPTS, max_size=2))
def test_whatever_a_file_holds_can_be_told(transcripts: list[Transcript]) -> None:
    for case in (Case(scenario(client=Get("/"))), None):
        document(*(judged_again(Saved(each), case) for each in transcripts))


@pytest.mark.parametrize("other", [True, False], ids=["reached an upstream", "was turned away"])
def test_what_was_wrong_with_one_request_is_not_told_of_another(other: bool) -> None:
    """Of one that reached no upstream it is told: it may be why."""
    asks = {name: ASKS.replace(b"/report", name) for name in (b"/report", b"/other")}
    events = [client(What.SENT, asks[b"/report"]), client(What.SENT, asks[b"/other"], connection=2, request=2)]
    events += [upstream(What.RECEIVED, asks[b"/report"]), upstream(What.DELIVERED, detail="it hangs up")]
    if other:
        events += [upstream(What.RECEIVED, asks[b"/other"], connection=2), upstream(What.SENT, OK, connection=2)]
    events += [client(What.RECEIVED, OK, connection=2, request=2)]
    story = scenario(client=Together(Get("/report"), Get("/other")))
    asked = (Asked(1, 1, "GET", "/report"), Asked(1, 2, "GET", "/other"))
    entries = document(played(story, events, asked=asked))["entries"]
    told = {each["request"]["url"][-6:]: each["comment"] for each in entries if each["_hop"] == "client connection"}
    assert "it hangs up" in told["report"]
    assert ("it hangs up" in told["/other"]) is not other
