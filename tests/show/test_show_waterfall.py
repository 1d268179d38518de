"""The stages as a waterfall, drawn and in characters: to scale, in words, bounded, and the same each time."""

import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from lab.script import ReceiveRequest, Refuse, Send
from lab.show.svg.waterfall import waterfall
from lab.show.text.lines import plain, width
from lab.show.text.waterfall import waterfall_lines
from lab.show.times import MOST, lasted, ticks, times
from lab.transcript import Asked, Event, What
from lab.verdict import Judgement
from tests.show.staged import ASKS, broken_promise, client, played, scenario, upstream

WHOLE = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"


def in_characters(judgement: Judgement, columns: int = 80) -> str:
    return plain(waterfall_lines(judgement, columns))


def all_is_well(events: list[Event]) -> Judgement:
    return played(scenario(upstream=[ReceiveRequest(), Send(WHOLE)], reports=[]), events)


def refused() -> Judgement:
    story = scenario(upstream=Refuse(wrong="nobody is there"), reports=["connection_refused"])
    asked = (Asked(1, 1, "GET", "/report"),)
    return played(story, [
        client(What.OPENED), client(What.SENT, ASKS), client(What.RECEIVED, WHOLE),
        upstream(What.REFUSED, connection=0), upstream(What.DELIVERED, connection=0, detail="nobody is there"),
    ], asked=asked)  # fmt: skip


def test_the_broken_promise_looks_like_this() -> None:
    assert in_characters(broken_promise()) == (
        "Stages (milliseconds; 9.00 ms in all)\n"
        "                             2        4        6       8\n"
        "client connection, GET /report: closed (FIN) by the gateway\n"
        "  name        not needed\n"
        "  connection  connect    │                                             at 1.0 ms\n"
        "  request     sending        │                                         at 2.0 ms\n"
        "  response    waiting        ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░             7.00 ms\n"
        "              receiving                                     │          at 9.0 ms\n"
        "              silence                                       ····         1.00 ms\n"
        "\n"
        "upstream connection, GET /report: closed (FIN) by the upstream\n"
        "  name        not needed\n"
        "  connection  connect             │                                    at 3.0 ms\n"
        "  request     sending                 │                                at 4.0 ms\n"
        "  response    waiting                 ░░░░░░░░░                          2.00 ms\n"
        "              receiving                        │                       at 6.0 ms\n"
        "              silence                          ····                      1.00 ms\n"
        "  !! at 7.0: 15 bytes are missing\n"
    )


def test_what_is_marked_again_and_again_is_said_once() -> None:
    steps = [piece for _ in range(3) for piece in (upstream(What.SENT, b"a"), upstream(What.DELIVERED, detail="slow"))]
    judgement = played(scenario(), [
        client(What.OPENED), client(What.SENT, ASKS), upstream(What.OPENED), upstream(What.RECEIVED, ASKS),
        upstream(What.REQUEST, detail="GET /report"), *steps,
    ])  # fmt: skip
    assert re.findall(r"!!.*", in_characters(judgement)) == ["!! at 7.0 to 11.0, 3 times: slow"]
    assert re.findall(r">(!! slow[^<]*)</text>", waterfall(judgement)) == ["!! slow (3 times)"]


def test_a_narrow_terminal_gets_words_alone() -> None:
    rows = in_characters(broken_promise(), 40).splitlines()
    assert "  response    waiting    7.00 ms" in rows
    assert not any("░" in row for row in rows)


@pytest.mark.parametrize("columns", [30, 63, 64, 80, 110, 300])
def test_no_line_is_wider_than_the_terminal(columns: int) -> None:
    for judgement in (broken_promise(), refused()):
        assert all(width(each) <= columns for each in waterfall_lines(judgement, columns))


def test_a_refusal_has_no_time_of_its_own() -> None:
    found = in_characters(refused())
    assert re.search(r"refused +-+X +when is unseen\n  !! nobody is there\n", found)
    assert "when is unseen" in waterfall(refused())


def test_a_bar_is_as_long_as_its_time() -> None:
    drawn = waterfall(broken_promise())
    bars = re.findall(r'<rect class="soft response" x="([\d.]+)" y="[\d.]+" width="([\d.]+)"', drawn)
    (near, far) = [float(wide) for _, wide in bars]  # seven milliseconds, and two
    assert near / far == pytest.approx(3.5, rel=0.01)


def test_the_picture_says_everything_in_words_and_is_valid() -> None:
    drawn = waterfall(broken_promise())
    root = ElementTree.fromstring(drawn)
    space = "{http://www.w3.org/2000/svg}"
    desc = root.findtext(f"{space}desc")
    assert desc is not None
    assert "response waiting 7.00 ms" in desc
    assert "closed (FIN) by the upstream" in desc
    assert "!! 15 bytes are missing" in "".join(root.itertext())
    assert drawn == waterfall(broken_promise())


def test_what_came_over_a_wire_is_escaped() -> None:
    bad = all_is_well([
        client(What.OPENED), client(What.SENT, ASKS), upstream(What.OPENED), upstream(What.RECEIVED, ASKS),
        upstream(What.REQUEST, detail="GET /<script>\x1b[2J\u202e"), upstream(What.SENT, WHOLE),
    ])  # fmt: skip
    for shown in (waterfall(bad), in_characters(bad)):
        assert "\x1b" not in shown
        assert "\u202e" not in shown
    assert "<script" not in waterfall(bad)
    ElementTree.fromstring(waterfall(bad))


def test_many_exchanges_are_abridged_and_said_to_be() -> None:
    events = [client(What.OPENED), client(What.SENT, ASKS)]
    for number in range(1, 201):
        opened = upstream(What.OPENED, connection=number)
        events += [opened, replace(opened, what=What.RECEIVED, data=ASKS), replace(opened, what=What.SENT, data=WHOLE)]
    many = all_is_well(events)
    assert len(times(many).blocks) == MOST
    assert f"... {201 - MOST} exchanges left out ..." in in_characters(many)
    assert f"{201 - MOST} exchanges left out" in waterfall(many)


def test_a_performance_without_a_connection() -> None:
    none = all_is_well([])
    assert "There was no connection at all." in in_characters(none)
    ElementTree.fromstring(waterfall(none))


def test_the_silence_of_a_moment_is_not_told() -> None:
    cut = broken_promise()
    last = cut.transcript.events[-1]
    long_ago = replace(cut.transcript.events[0], at=-1_000_000_000)
    events = (long_ago, *cut.transcript.events[1:-1], replace(last, at=last.at + 1_000))
    near = times(replace(cut, transcript=replace(cut.transcript, events=events))).blocks[0]
    assert [row.doing for row in near.rows][-1] == "receiving"


@pytest.mark.parametrize(
    ("nanoseconds", "says"),
    [(0, "0.00 ms"), (345_000, "0.34 ms"), (12_340_000, "12.3 ms"), (253_400_000, "253 ms"), (2_500_000_000, "2.50 s")],
)
def test_lengths_have_three_digits(nanoseconds: int, says: str) -> None:
    assert lasted(nanoseconds) == says


def test_a_performance_of_years_has_ticks_too() -> None:
    assert ticks(replace(times(broken_promise()), begin=0, end=10**20), 8) == [n * 2 * 10**19 for n in range(6)]


@pytest.mark.parametrize("most", [3, 8])
def test_ticks_are_round_and_few(most: int) -> None:
    whole = replace(times(broken_promise()), begin=1_300_000, end=254_000_000)
    found = ticks(whole, most)
    assert 0 < len(found) <= most + 1
    assert all(whole.begin <= each <= whole.end for each in found)
