"""The sequence diagram, from performances made by hand: everything that happened can be seen in it, and fits."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lab.expect import Answers, Question
from lab.outcome.stages import Stage
from lab.script import Close, ReceiveRequest, Send, Stall
from lab.show.svg.brackets import brackets
from lab.show.svg.endings import drawn
from lab.show.svg.kit import Tone
from lab.show.svg.layout import layout
from lab.show.svg.rows import Kind, rows
from lab.show.svg.sequence import description, diagram
from lab.show.text.messages import Way
from lab.tls import ContentType, record
from lab.transcript import CLIENT_HOP, UPSTREAM_HOP, Event, What
from lab.verdict import Judged, Judgement, Verdict
from tests.show.drawn import fits, texts
from tests.show.shapes import (
    BAD_GATEWAY,
    OK,
    SHAPES,
    black_hole,
    cached,
    chain,
    flood,
    over_http2,
    refused,
    reset,
    secured,
    several_peers,
    silence,
    together,
    with_fault,
    wrong_line,
)
from tests.show.staged import ASKS, broken_promise, client, played, scenario, upstream

Shape = Callable[[], Judgement]


def said(judgement: Judgement) -> list[str]:
    return [each.text for each in texts(diagram(judgement))]


def kinds(judgement: Judgement) -> set[Kind]:
    return {row.kind for row in rows(judgement)}


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("to_scale", [False, True])
def test_every_shape_is_valid_and_no_text_is_over_another(shape: Shape, to_scale: bool) -> None:
    judgement = shape()
    fits(diagram(judgement, to_scale=to_scale))


@pytest.mark.parametrize("shape", SHAPES)
def test_the_same_transcript_gives_the_same_bytes(shape: Shape) -> None:
    assert diagram(shape()) == diagram(shape())


@pytest.mark.parametrize("shape", SHAPES)
def test_the_rows_stand_one_under_the_other_between_lanes_that_are_there(shape: Shape) -> None:
    laid = layout(shape())
    for before, after in pairwise(laid.rows):
        assert after.top >= before.top + before.high
    for row in laid.rows:
        left, right = laid.ends(row)
        assert {left, right} <= {lane.x for lane in laid.lanes}
        assert left < right
        assert row.top + row.high <= laid.bottom


def test_the_fault_has_its_sign_its_sentence_and_its_tone() -> None:
    picture = diagram(broken_promise())
    signed = [each for each in texts(picture) if each.text.startswith("!!")]
    assert [each.text for each in signed] == ["!! closes (FIN)", "!! the fault: 15 bytes are missing"]
    assert all("fault" in each.classes for each in signed)
    assert 'class="soft fault"' in picture


def test_the_wrong_wire_line_is_marked_and_its_end_is_visible() -> None:
    found = texts(diagram(wrong_line()))
    wrong = next(each for each in found if "Bad Name: 1" in each.text)
    assert wrong.text == r"Bad Name: 1\r\n"
    assert any(each.text == "!!" and abs(each.bottom - wrong.bottom) < 1 for each in found)
    assert "Content-Length: 4" in said(wrong_line())  # where nothing is wrong, no CR LF


def test_a_watched_step_has_another_sign() -> None:
    judgement = with_fault(
        [ReceiveRequest(), Send(OK), Close(watch="it says goodbye")],
        upstream(What.SENT, OK), upstream(What.CLOSED), upstream(What.DELIVERED, detail="it says goodbye"),
        client(What.RECEIVED, OK), reports=[],
    )  # fmt: skip
    assert {"?? closes (FIN)", "?? watch this: it says goodbye"} <= set(said(judgement))


@pytest.mark.parametrize(
    ("shape", "kind"),
    [
        (broken_promise, Kind.FIN), (reset, Kind.RST), (silence, Kind.SILENCE), (silence, Kind.DEADLINE),
        (refused, Kind.REFUSED), (black_hole, Kind.NO_ANSWER), (secured, Kind.ALERT), (secured, Kind.SECURED),
        (broken_promise, Kind.OPENED), (over_http2, Kind.RST), (cached, Kind.STORE), (cached, Kind.ACT),
    ],
)  # fmt: skip
def test_endings_are_what_they_were(shape: Shape, kind: Kind) -> None:
    assert kind in kinds(shape())


def test_each_ending_has_a_form_of_its_own() -> None:
    """Told apart without colour and without words."""
    several = (Kind.MESSAGE, Kind.FIN, Kind.RST, Kind.ALERT, Kind.SILENCE, Kind.REFUSED, Kind.NO_ANSWER, Kind.OPENED)
    forms = {kind: "".join(drawn(kind, Way.LEFT, 0, 200, 0, Tone.PLAIN, "")) for kind in several}
    assert len(set(forms.values())) == len(several)
    assert "dotted" in forms[Kind.SILENCE]
    assert "dotted" in forms[Kind.NO_ANSWER]
    assert "<circle" in forms[Kind.SILENCE]


def test_what_the_gateway_changed_stands_at_the_message_that_came_out() -> None:
    judgement = with_fault(
        [ReceiveRequest(), Send(OK)], upstream(What.SENT, OK),
        client(What.RECEIVED, OK.replace(b"ETag", b"Via: g\r\nETag")), reports=[],
    )  # fmt: skip
    answer = next(row for row in rows(judgement) if row.hop == CLIENT_HOP and row.way is Way.LEFT)
    assert [(under.sign, under.text) for under in answer.under] == [
        ("", "the gateway changed:"), ("+", "Via: g"), ("", "3 field lines as they were"),
    ]  # fmt: skip
    sent = next(row for row in rows(judgement) if row.hop == UPSTREAM_HOP and row.way is Way.LEFT)
    assert 'ETag: "v1"' in [under.text for under in sent.under]


def test_the_four_stages_stand_at_both_connections() -> None:
    found = said(broken_promise())
    for stage in ("name: not needed", "connection", "request", "response"):
        assert found.count(stage) >= 2, stage
    waits = [each for each in brackets(layout(broken_promise()).rows, CLIENT_HOP) if each.waiting is not None]
    assert [each.waiting for each in waits] == [7_000_000]  # from the request, at 2 ms, to the answer, at 9
    assert "waiting" in found
    assert "7.0 ms" in found


def test_a_handshake_that_a_script_takes_as_bytes_is_of_the_connection_stage() -> None:
    hello, alert = record(ContentType.HANDSHAKE, b"\x01"), record(ContentType.ALERT, b"\x02\x28")
    events = [upstream(What.OPENED), upstream(What.RECEIVED, hello), upstream(What.SENT, alert)]
    judgement = played(scenario(), [client(What.OPENED), client(What.SENT, ASKS), *events])
    stages = {each.stage for each in brackets(layout(judgement).rows, UPSTREAM_HOP)}
    assert stages == {Stage.CONNECTION}


def test_acts_are_parted_and_say_how_much_later() -> None:
    found = said(cached())
    assert "request 2" in found
    assert "60 s later, by the gateway's clock" in found


def test_requests_side_by_side_are_numbered_and_so_are_their_answers() -> None:
    found = said(together())
    assert {"1", "2", "3"} <= set(found)
    assert {f"to request {n}: 200 OK, 5 bytes" for n in (1, 2, 3)} <= set(found)


def test_every_peer_and_every_hop_has_a_lane() -> None:
    assert [lane.name for lane in layout(several_peers()).lanes] == ["client", "gateway", "upstream 1", "upstream 2"]
    assert [lane.name for lane in layout(chain()).lanes] == ["client", "gateway 1", "gateway 2", "upstream"]


def judged() -> Judgement:
    """One of which something was expected."""
    return replace(broken_promise(), judged=(Judged(Question("Is it a 502?", Answers(502)), 1, Verdict.NO),))


def test_the_answers_the_verdict_and_the_lesson_stand_below() -> None:
    found = said(judged())
    for label in ("You got", "Who made it", "Could you tell?", "Verdict", "Take home"):
        assert label in found
    assert "200 OK and 5 of 20 bytes." in found
    assert "Count the bytes." in found


def test_where_nothing_was_expected_there_is_no_verdict() -> None:
    assert "Could you tell?" in said(broken_promise())
    assert "Verdict" not in said(broken_promise())


def test_a_reader_that_sees_nothing_is_told_the_story() -> None:
    told = description(layout(judged()))
    assert told.startswith("From left to right: client, gateway, upstream.")
    assert "!! upstream to gateway: closes (FIN) (15 bytes are missing)." in told
    assert told.endswith("Take home: Count the bytes.")


def test_of_very_many_events_neither_the_fault_nor_the_end_is_left_out() -> None:
    judgement = flood(1_000)
    picture = diagram(judgement)
    fits(picture)
    found = [each.text for each in texts(picture)]
    assert "!! the fault: bytes are missing" in found
    assert found.count("closes (FIN)") == 1  # the client's; the marked one has its sign
    left_out = [each for each in found if "left out" in each]
    assert len(left_out) == 1
    shown = [row for row in rows(judgement) if row.kind in (Kind.MESSAGE, Kind.FIN)]
    messages = 2 + 2 * 1_000 + 2
    assert left_out[0].startswith(f"{messages - len(shown):,} more steps left out")
    assert len(picture) < 60_000


def test_to_scale_the_space_is_that_of_the_time_or_says_that_it_is_not() -> None:
    step = [ReceiveRequest(), Stall(wrong="nothing comes")]
    judgement = with_fault(step, upstream(What.STALLED), upstream(What.DELIVERED, detail="nothing comes"),
                           client(What.RECEIVED, BAD_GATEWAY))  # fmt: skip
    times = {What.RECEIVED: 400_000_000}
    events = tuple(
        replace(event, at=times[event.what]) if event.what in times and event.hop == CLIENT_HOP else event
        for event in judgement.transcript.events
    )
    judgement = replace(judgement, transcript=replace(judgement.transcript, events=events))
    laid = layout(judgement, to_scale=True)
    found = [each.text for each in texts(diagram(judgement, to_scale=True))]
    assert [round(each.length / 1e6) for each in laid.breaks] == [394]
    assert "≈ 394 ms" in found
    assert any(text.startswith("Time to scale: 1 ms is") for text in found)
    for before, after in pairwise(laid.rows):
        if before.at is not None and after.at is not None and after.at - before.at < laid.breaks[0].length:
            assert after.top - before.top >= (after.at - before.at) / 1e6 * laid.scale - 1


def test_an_event_of_a_request_that_was_not_asked_is_picturetoo() -> None:
    judgement = broken_promise()
    events = tuple(replace(event, request=99) for event in judgement.transcript.events)
    fits(diagram(replace(judgement, transcript=replace(judgement.transcript, events=events))))


NASTY = st.one_of(
    st.binary(max_size=80),
    st.sampled_from([b"\x1b[2J\x00", "\u202eabc".encode(), b"]]><script>&", "漢字".encode() * 40, b"\r\n" * 9]),
    st.just(b"a" * 999),
)  # fmt: skip


@settings(max_examples=20, deadline=None)
@given(NASTY, NASTY, st.text(max_size=300))
def test_whatever_comes_the_picture_is_whole(asks: bytes, answers: bytes, detail: str) -> None:
    events: Sequence[Event] = [
        client(What.OPENED), client(What.SENT, asks), upstream(What.OPENED), upstream(What.RECEIVED, asks),
        upstream(What.HANDSHAKE_FAILED, detail=detail), upstream(What.SENT, answers), upstream(What.CLOSED),
        upstream(What.DELIVERED, detail=detail), client(What.RECEIVED, answers), client(What.BROKEN, detail=detail),
    ]  # fmt: skip
    picture = diagram(played(scenario(), events))
    fits(picture)
    assert picture.replace("\n", "").isprintable()
    assert "<script" not in picture


def test_nothing_but_its_own_style_sheet_makes_a_picture_large() -> None:
    assert len(diagram(broken_promise())) < 20_000


def test_no_two_pictures_share_an_id() -> None:
    one, other = diagram(broken_promise()), diagram(reset())
    assert not set(re.findall(r' id="([^"]+)"', one)) & set(re.findall(r' id="([^"]+)"', other))
