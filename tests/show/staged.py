"""Performances as values, made by hand: what the telling is tested with, since it needs no socket."""

from collections.abc import Sequence
from dataclasses import replace

from lab.scenario import Case, Scenario
from lab.script import Close, Get, ReceiveRequest, Send
from lab.transcript import CLIENT_HOP, UPSTREAM_HOP, Asked, Event, Player, Transcript, What
from lab.verdict import Judgement, judge

GATEWAY = Player("reference", "0.1.0", "stream")
ASKS = b"GET /report HTTP/1.1\r\nHost: lab.test\r\n\r\n"
FIVE_OF_20 = b"HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\nhello"


def client(what: What, data: bytes = b"", **more: object) -> Event:
    return Event(at=0, hop=CLIENT_HOP, what=what, data=data, **{"connection": 1, "request": 1, **more})  # type: ignore[arg-type]


def upstream(what: What, data: bytes = b"", **more: object) -> Event:
    return Event(at=0, hop=UPSTREAM_HOP, what=what, data=data, **{"connection": 1, **more})  # type: ignore[arg-type]


def scenario(**more: object) -> Scenario:
    given: dict[str, object] = {
        "lesson": "Count the bytes.",
        "guess": "Which status code does the client see?",
        "client": Get("/report"),
        "upstream": [ReceiveRequest(), Send(FIVE_OF_20), Close(wrong="15 bytes are missing", right=Send(b"x" * 15))],
        "reports": ["http_response_incomplete"],
        "address": "first/broken_promise",
        "title": "The upstream stops talking too early.",
        "story": "It promises 20 bytes and sends 5.",
    }
    return Scenario(**{**given, **more})  # type: ignore[arg-type]


def played(story: Scenario, events: Sequence[Event], **more: object) -> Judgement:
    """The judgement of a performance in which this happened, a millisecond apart."""
    timed = tuple(replace(event, at=number * 1_000_000) for number, event in enumerate(events, 1))
    given: dict[str, object] = {"asked": (Asked(1, 1, "GET", "/report"),), "elapsed": 9_000_000}
    transcript = Transcript(
        scenario=story.address, variant="", gateway=GATEWAY, repaired=False, performance="p", events=timed,
        **{**given, **more},  # type: ignore[arg-type]
    )  # fmt: skip
    return judge(Case(story, story.variants[0]), transcript)


def broken_promise() -> Judgement:
    """The scenario that the README shows: 5 of 20 bytes, relayed."""
    return played(
        scenario(),
        [
            client(What.OPENED),
            client(What.SENT, ASKS),
            upstream(What.OPENED),
            upstream(What.RECEIVED, ASKS),
            upstream(What.REQUEST, detail="GET /report"),
            upstream(What.SENT, FIVE_OF_20),
            upstream(What.CLOSED),
            upstream(What.DELIVERED, detail="15 bytes are missing"),
            client(What.RECEIVED, FIVE_OF_20),
            client(What.ENDED),
        ],
    )
