r"""The hex and text view: offsets, octets, CR LF to be seen, what is wrong with its sign, and bounds."""

import re
import time
from dataclasses import replace

import pytest

from lab import h2
from lab.script import ReceiveRequest, Send
from lab.show.hex import FIRST, LAST, MOST, Direction, Head, LeftOut, Pointed, Row, directions, parts
from lab.show.html.hex import hex_view
from lab.show.text.hex import direction_lines, hex_report
from lab.show.text.lines import plain, width
from lab.show.text.messages import Mark
from lab.transcript import What
from lab.verdict import Judgement
from tests.show.staged import ASKS, broken_promise, client, played, scenario, upstream

WRONG = b"Content-Length : 5\r\n"
ANSWER = (b"HTTP/1.1 200 OK\r\n", WRONG, b"\r\n", b"hello")


def space_before_the_colon() -> Judgement:
    right = Send(b"HTTP/1.1 200 OK\r\n", b"Content-Length: 5\r\n", b"\r\n", b"hello")
    story = scenario(
        upstream=[ReceiveRequest(), Send(*ANSWER, wrong="a space before the colon", right=right)],
        reports=["http_protocol_error"],
    )
    return played(story, [
        client(What.OPENED), client(What.SENT, ASKS), upstream(What.OPENED), upstream(What.RECEIVED, ASKS),
        upstream(What.SENT, b"".join(ANSWER)), upstream(What.DELIVERED, detail="a space before the colon"),
    ])  # fmt: skip


def of(data: bytes, *pointed: Pointed) -> Direction:
    return Direction((1, 1, 1, True), "the upstream sends", data, (), pointed)


def test_wrong_octets_have_their_sign_and_the_readers_finding_its_clause() -> None:
    shown = plain(hex_report(space_before_the_colon(), 80))
    assert shown.endswith(
        "upstream connection 1: the upstream sends 44 octets\n"
        "   00000  48 54 54 50 2f 31 2e 31  20 32 30 30 20 4f 4b 0d  HTTP/1.1 200 OK\\r\n"
        "   00010  0a                                                \\n\n"
        "!! 00011  43 6f 6e 74 65 6e 74 2d  4c 65 6e 67 74 68 20 3a  Content-Length :\n"
        "          ~~ ~~ ~~ ~~ ~~ ~~ ~~ ~~  ~~ ~~ ~~ ~~ ~~ ~~ ~~ ~~\n"
        "          !! a space before the colon\n"
        "             ^ octet 31: Whitespace stands between the field name and the colon.\n"
        '               ("Content-Length : 5") [RFC 9112, 5.1]\n'
        "!! 00021  20 35 0d 0a                                        5\\r\\n\n"
        "          ~~ ~~ ~~ ~~\n"
        "   00025  0d 0a                                             \\r\\n\n"
        "   00027  68 65 6c 6c 6f                                    hello\n"
    )


def test_octets_that_are_right_have_no_sign() -> None:
    assert "!!" not in plain(hex_report(broken_promise(), 80))  # the ending is wrong there, and not an octet


@pytest.mark.parametrize("columns", [20, 43, 44, 76, 77, 80, 200])
def test_no_line_is_wider_than_the_terminal(columns: int) -> None:
    for row in hex_report(space_before_the_colon(), columns):
        assert width(row) <= max(columns, 30)


def test_every_octet_can_be_told_from_every_other() -> None:
    rows = plain(direction_lines(of(bytes(range(256))), 80)).splitlines()
    told = [each for row in rows for each in re.findall(r"\b[0-9a-f]{2}\b", row[10:58])]
    assert told == [f"{octet:02x}" for octet in range(256)]


def test_many_octets_are_left_out_and_what_is_pointed_at_is_not() -> None:
    at = 50_000_000
    found = list(parts(of(bytes(100_000_000), Pointed(at, at + 1, "here", Mark.WRONG))))
    shown = sum(len(each.data) for each in found if isinstance(each, Row))
    assert shown < FIRST + LAST + 200
    assert shown + sum(each.count for each in found if isinstance(each, LeftOut)) == 100_000_000
    assert any(isinstance(each, Row) and each.mark is Mark.WRONG and each.offset <= at for each in found)


def test_it_takes_no_time_for_what_is_left_out() -> None:
    begin = time.process_time()
    assert len(list(parts(of(b"a line\n" * 5_000_000)))) < 200
    assert time.process_time() - begin < 1


def test_a_sentence_is_said_once() -> None:
    twice = of(b"a\nb\n", Pointed(0, 2, "both", Mark.WATCH), Pointed(2, 4, "both", Mark.WATCH))
    assert [[each.says for each in row.pointed] for row in parts(twice) if isinstance(row, Row)] == [["both"], [""]]


def test_many_connections_are_bounded() -> None:
    events = [client(What.OPENED), client(What.SENT, ASKS)]
    for number in range(1, 40):
        opened = upstream(What.OPENED, connection=number)
        events += [opened, replace(opened, what=What.RECEIVED, data=ASKS)]
    story = scenario(upstream=[ReceiveRequest(), Send(b"x")], reports=[])
    found = list(directions(played(story, events)))
    assert len(found) == MOST + 1
    assert found[-1].title == f"{40 - MOST} more directions left out"


def test_http2_is_cut_into_frames() -> None:
    octets = h2.settings() + h2.headers(1, h2.asks(), end_stream=True)
    story = scenario(upstream=[ReceiveRequest(), Send(b"x")], reports=[])
    (found,) = directions(played(story, [
        client(What.OPENED), client(What.SENT, h2.PREFACE, stream=0, request=0), client(What.SENT, octets, stream=1),
    ]))  # fmt: skip
    heads = [each.says for each in parts(found) if isinstance(each, Head)]
    assert heads == ["SETTINGS", "HEADERS stream 1 END_STREAM: GET /"]
    assert [at for at, _ in found.heads] == [24, 33]


def test_a_performance_without_octets() -> None:
    story = scenario(upstream=[ReceiveRequest(), Send(b"x")], reports=[])
    assert plain(hex_report(played(story, []), 80)) == "No octet went over any connection.\n"
    assert hex_view(played(story, [])) == "<p>No octet went over any connection.</p>"


def test_on_a_page_it_is_escaped_and_what_is_wrong_is_marked() -> None:
    page = hex_view(space_before_the_colon())
    assert '<mark class="fault">43 6f 6e' in page
    assert "!! a space before the colon" in page
    sent = upstream(What.SENT, b"<script>]]>\x1b[2J\xe2\x80\xae&\x00")
    nasty = hex_view(played(scenario(), [upstream(What.OPENED), sent]))
    assert "&lt;script&gt;" in nasty
    assert "<script" not in nasty
    assert not re.search(r"[\x00-\x08\x0b-\x1f\u202e]", nasty)
