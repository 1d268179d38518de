"""The picture: three parties, at most twelve lines, the fault with its sign, endings as what they are."""

from dataclasses import replace

import pytest

from lab.script import BlackHole, Close, Get, Pause, ReceiveRequest, Refuse, Reset, Send, Stall
from lab.show.text.lines import plain, width
from lab.show.text.picture import MOST_LINES, picture
from lab.transcript import Asked, What
from tests.show.staged import ASKS, FIVE_OF_20, broken_promise, client, played, scenario, upstream

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"


def drawn(judgement: object, columns: int = 80) -> list[str]:
    return plain(picture(judgement, columns)).splitlines()  # type: ignore[arg-type]


def test_the_broken_promise_looks_like_this() -> None:
    assert plain(picture(broken_promise(), 80)) == (
        "client                              gateway                             upstream\n"
        "   │─ GET /report ────────────────────>│                                   │\n"
        "   │                                   │─ GET /report ────────────────────>│\n"
        "   │                                   │<────────── 200 OK, 5 of 20 bytes ─│\n"
        "   │                                   │<─────────────────── closes (FIN) ─│ !!\n"
        "   │<────────── 200 OK, 5 of 20 bytes ─│                                   │\n"
        "   │<─────────────────── closes (FIN) ─│                                   │\n"
        "!! the fault, at the upstream: 15 bytes are missing\n"
    )


def test_a_narrow_terminal_gets_sentences() -> None:
    rows = drawn(broken_promise(), 50)
    assert "   gateway > upstream: GET /report" in rows
    assert "!! upstream > gateway: closes (FIN)" in rows


@pytest.mark.parametrize("columns", [20, 40, 59, 60, 66, 80, 200])
def test_no_line_is_wider_than_the_terminal(columns: int) -> None:
    assert max(map(width, picture(broken_promise(), columns))) <= columns


def test_an_ending_shows_as_what_it_is() -> None:
    story = scenario(upstream=[ReceiveRequest(), Reset(wrong="it breaks off", right=Send(OK))])
    delivered = upstream(What.DELIVERED, detail="it breaks off")
    rows = drawn(
        played(story, [client(What.SENT, ASKS), upstream(What.RECEIVED, ASKS), upstream(What.RESET), delivered])
    )
    assert any("breaks off (RST) ─│ !!" in row for row in rows)

    story = scenario(upstream=[ReceiveRequest(), Stall(wrong="it says nothing", right=Send(OK))])
    delivered = upstream(What.DELIVERED, detail="it says nothing")
    rows = drawn(played(story, [client(What.SENT, ASKS), upstream(What.STALLED), delivered, client(What.DEADLINE)]))
    assert any("(silence)" in row and row.endswith("!!") for row in rows)
    assert any("silence: the client gives up" in row for row in rows)


@pytest.mark.parametrize(
    ("framing", "content", "says"),
    [
        (b"Content-Length: 24", b"one bicycle,", "POST /orders, 12 of 24 bytes"),
        (b"content-length: 5", b"hello", "POST /orders, 5 bytes"),
        (b"Transfer-Encoding: chunked", b"5\r\nhello\r\n0\r\n\r\n", "POST /orders, in chunks"),
    ],
)
def test_how_much_of_an_upload_went_over_the_wire(framing: bytes, content: bytes, says: str) -> None:
    sent = b"POST /orders HTTP/1.1\r\nHost: lab.test\r\n%b\r\n\r\n%b" % (framing, content)
    assert any(f"─ {says} ─" in row for row in drawn(played(scenario(), [client(What.SENT, sent)])))


def test_trailer_fields_are_told_of() -> None:
    chunked = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\nSum: 7\r\n\r\n"
    rows = drawn(played(scenario(), [client(What.SENT, ASKS), client(What.RECEIVED, chunked)]))
    assert any("─ 200 OK, 5 bytes, trailers ─" in row for row in rows)


def test_an_alert_is_named() -> None:
    alert = upstream(What.ALERT_SENT, detail="closure alert (close_notify)")
    assert any("TLS alert: closure alert" in row for row in drawn(played(scenario(), [client(What.SENT, ASKS), alert])))


def test_a_pause_that_is_the_fault_is_drawn_although_no_event_shows_it() -> None:
    story = scenario(
        upstream=[ReceiveRequest(), Pause(2, wrong="too slow"), Send(OK)], reports=["http_response_timeout"]
    )
    rows = drawn(played(story, [client(What.SENT, ASKS), upstream(What.DELIVERED, detail="too slow")]))
    assert any("(silence for 2 s)" in row and row.endswith("!!") for row in rows)


def test_a_pause_in_the_middle_of_an_answer_stands_at_the_answer() -> None:
    """It did not come before the first octet, nor behind the last."""
    story = scenario(upstream=[ReceiveRequest(), Send(OK[:-1]), Pause(2, watch="it thinks"), Send(OK[-1:])], reports=[])
    events = [upstream(What.SENT, OK[:-1]), upstream(What.DELIVERED, detail="it thinks"), upstream(What.SENT, OK[-1:])]
    rows = drawn(played(story, [client(What.SENT, ASKS), *events]))
    assert [row for row in rows if row.endswith("??")] == [row for row in rows if "200 OK, 5 bytes" in row]
    assert not any("silence" in row for row in rows)


@pytest.mark.parametrize(
    ("peer", "shows"),
    [
        (Refuse(wrong="nobody is there", right=[ReceiveRequest(), Send(OK)]), "connect: refused"),
        (BlackHole(wrong="nobody is there", right=[ReceiveRequest(), Send(OK)]), "connect: no answer"),
    ],
)
def test_an_attempt_that_came_to_nothing_stands_before_the_answer(peer: object, shows: str) -> None:
    """Though the lab learns of it only afterwards, when it asks the gateway."""
    kind = What.REFUSED if isinstance(peer, Refuse) else What.STALLED
    events = [
        upstream(What.ENDED),  # of a connection that was kept: it is no attempt
        client(What.SENT, ASKS),
        client(What.RECEIVED, b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n"),
        upstream(kind, connection=0),
        upstream(What.DELIVERED, detail="nobody is there", connection=0),
    ]
    rows = drawn(played(scenario(upstream=peer, reports=["connection_refused"]), events))
    at = next(place for place, row in enumerate(rows) if shows in row)
    assert rows[at].endswith("!!")
    assert "GET /report" in rows[at - 1]
    assert "502 Bad Gateway" in rows[at + 1]


def test_what_is_legal_but_tricky_has_another_sign() -> None:
    story = scenario(upstream=[ReceiveRequest(), Send(OK), Close(watch="it crashed here")], reports=[])
    delivered = upstream(What.DELIVERED, detail="it crashed here")
    rows = drawn(played(story, [client(What.SENT, ASKS), upstream(What.SENT, OK), upstream(What.CLOSED), delivered]))
    assert any(row.endswith("closes (FIN) ─│ ??") for row in rows)
    assert "?? watch this, at the upstream: it crashed here" in rows


def test_the_wire_line_that_is_wrong_is_shown() -> None:
    wrong = Send(b"HTTP/1.1 200 OK\r\n", b"no colon\r\n", b"\r\n", wrong="a line without a colon", right=Send(OK))
    delivered = upstream(What.DELIVERED, detail="a line without a colon")
    sent = upstream(What.SENT, b"HTTP/1.1 200 OK\r\nno colon\r\n\r\n")
    rows = drawn(played(scenario(upstream=[ReceiveRequest(), wrong]), [client(What.SENT, ASKS), sent, delivered]))
    assert '   it sent: "no colon\\r\\n"' in rows


def test_a_fault_that_never_took_effect_is_told() -> None:
    assert drawn(played(scenario(), [client(What.SENT, ASKS)]))[-1].startswith("!! the fault never took effect")


def test_pieces_of_one_answer_are_one_arrow_though_the_upstream_closes_in_between() -> None:
    events = [
        client(What.SENT, ASKS),
        upstream(What.SENT, FIVE_OF_20),
        client(What.RECEIVED, FIVE_OF_20[:-5]),
        upstream(What.CLOSED),
        client(What.RECEIVED, FIVE_OF_20[-5:]),
    ]
    rows = drawn(played(scenario(), events))
    assert sum("200 OK, 5 of 20 bytes" in row for row in rows) == 2


def test_requests_are_numbered_where_there_are_several_and_earlier_ones_are_folded() -> None:
    asked = tuple(Asked(act, 1, "GET", "/report") for act in range(1, 6))
    events = []
    for act in range(1, 6):
        for event in (
            client(What.SENT, ASKS), upstream(What.RECEIVED, ASKS), upstream(What.SENT, OK), client(What.RECEIVED, OK)
        ):  # fmt: skip
            events.append(replace(event, act=act))
    rows = drawn(played(scenario(client=Get("/report"), reports=[]), events, asked=asked))
    assert len(rows) <= MOST_LINES
    assert any("GET /report: 200 OK" in row for row in rows)
    assert rows[-4].startswith(" 5 │─ GET /report")


def test_very_many_messages_leave_the_middle_out() -> None:
    piece = [upstream(What.SENT, b"x"), client(What.RECEIVED, b"x")]
    judgement = played(scenario(reports=[]), [client(What.SENT, ASKS), *piece * 50])
    rows = drawn(judgement)
    assert len(rows) == MOST_LINES
    assert any("more ..." in row for row in rows)
