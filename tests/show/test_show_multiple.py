"""The small multiple: the same scenario on many gateways, side by side."""

import re
from dataclasses import replace
from xml.etree import ElementTree

from lab.script import Close, ReceiveRequest, Send
from lab.show.svg.multiple import MOST, small_multiple
from lab.transcript import Player, What
from lab.verdict import Judgement, Verdict
from tests.show.staged import ASKS, FIVE_OF_20, broken_promise, client, played, scenario, upstream

REPORTED = b"HTTP/1.1 502 Bad Gateway\r\nProxy-Status: gw;error=http_response_incomplete\r\nContent-Length: 0\r\n\r\n"


def named(judgement: Judgement, name: str) -> Judgement:
    return replace(judgement, transcript=replace(judgement.transcript, gateway=Player(name)))


def buffered() -> Judgement:
    return named(played(scenario(), [
        client(What.OPENED), client(What.SENT, ASKS), upstream(What.OPENED), upstream(What.RECEIVED, ASKS),
        upstream(What.REQUEST, detail="GET /report"), upstream(What.SENT, FIVE_OF_20), upstream(What.CLOSED),
        upstream(What.DELIVERED, detail="15 bytes are missing"), client(What.RECEIVED, REPORTED),
    ]), "buffering")  # fmt: skip


def texts(drawn: str) -> list[str]:
    return [each.text or "" for each in ElementTree.fromstring(drawn).iter("{http://www.w3.org/2000/svg}text")]


def test_each_gateway_says_what_it_made_of_the_same_fault() -> None:
    said = texts(small_multiple([broken_promise(), buffered()]))
    assert said[:3] == [
        "The upstream stops talking too early.",
        "first/broken_promise on 2 gateways",
        "!! 15 bytes are missing",
    ]
    for expected in (
        "reference", "buffering", "200 OK: cut-short", "502 Bad Gateway: reported", "made by the upstream",
        "made by the gateway", "ended: closed (FIN) by the gateway, at 10.0 ms", "ended: complete, at 9.0 ms",
    ):  # fmt: skip
        assert said.count(expected) == 1, expected


def test_the_fault_has_its_sign_in_every_picture() -> None:
    assert texts(small_multiple([broken_promise(), buffered()])).count("!! closes (FIN)") == 2


def test_the_verdict_stands_there_in_words_with_its_sign() -> None:
    bad = replace(broken_promise(), verdict=Verdict.DEVIATES)
    assert "!! breaks the rule" in texts(small_multiple([bad]))


def test_it_is_told_in_words_and_is_the_same_each_time() -> None:
    drawn = small_multiple([broken_promise(), buffered()])
    desc = ElementTree.fromstring(drawn).findtext("{http://www.w3.org/2000/svg}desc") or ""
    assert "buffering: 502 Bad Gateway: reported; made by the gateway; ended: complete" in desc
    assert drawn == small_multiple([broken_promise(), buffered()])


def test_what_could_not_be_played_says_why() -> None:
    none = replace(broken_promise(), exchanges=(), verdict=Verdict.NOT_APPLICABLE, why="it lacks: cache")
    said = texts(small_multiple([none]))
    assert "it lacks: cache" in said
    assert "does not apply" in said


def test_several_scenarios_are_named() -> None:
    other = played(scenario(address="first/other", upstream=[ReceiveRequest(), Send(b"x"), Close()], reports=[]), [])
    said = texts(small_multiple([broken_promise(), other]))
    assert {"2 scenarios", "first/other", "first/broken_promise"} <= set(said)


def test_very_many_are_bounded() -> None:
    drawn = small_multiple([named(broken_promise(), f"gateway{n}") for n in range(MOST + 3)])
    assert f"first/broken_promise on {MOST + 3} gateways; 3 more left out" in texts(drawn)
    assert drawn.count(">client</text>") == MOST
    ElementTree.fromstring(small_multiple([]))


def test_what_came_over_a_wire_is_escaped() -> None:
    bad = played(scenario(upstream=[ReceiveRequest(), Send(b"x")], reports=[]), [
        client(What.OPENED), client(What.SENT, b"GET /<b>\x1b[2J HTTP/1.1\r\n\r\n"),
        client(What.RECEIVED, b"HTTP/1.1 200 \x1b]0;<script>\r\n\r\n"),
    ])  # fmt: skip
    drawn = small_multiple([named(bad, "<script>\u202e]]>")])
    ElementTree.fromstring(drawn)
    assert "<script" not in drawn
    assert not re.search(r"[\x00-\x08\x0b-\x1f\u202e]", drawn)
