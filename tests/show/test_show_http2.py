"""HTTP/2 to read: one line for each frame, everything escaped; the picture says which stream, and what was given up."""

from lab import h2
from lab.script import Get, Request
from lab.show import whole_transcript
from lab.show.text.http2 import request_rows
from lab.show.text.lines import plain
from lab.show.text.picture import picture
from lab.show.text.report import told
from lab.transcript import Asked, Event, What
from lab.verdict import Judgement
from tests.show.staged import ASKS, FIVE_OF_20, client, played, scenario, upstream

GET = Get("/report", version="2")
OTHER = Get("/other", version="2")
FIVE = h2.headers(1, [*h2.answers(), (b"content-length", b"20")]) + h2.data(1, b"hello")


def frames(what: What, octets: bytes) -> list[Event]:
    """An event for each frame, as the client writes them down."""
    cutter = h2.Cutter()
    cutter.feed(octets)
    return [
        client(what, h2.frame(each.type, each.flags, each.stream, each.payload), stream=each.stream,
               request=(each.stream + 1) // 2)
        for each in cutter.frames()
    ]  # fmt: skip


def performance(answer: bytes, *asked: Request) -> Judgement:
    sent = b"".join(
        h2.headers(2 * place + 1, each.pairs(), end_stream=True) for place, each in enumerate(asked or (GET,))
    )
    return played(
        scenario(client=GET),
        [
            client(What.OPENED),
            client(What.SENT, h2.PREFACE, stream=0, request=0),
            *frames(What.SENT, h2.settings() + sent),
            upstream(What.OPENED),
            upstream(What.RECEIVED, ASKS),
            upstream(What.REQUEST, detail="GET /report"),
            upstream(What.SENT, FIVE_OF_20),
            upstream(What.CLOSED),
            upstream(What.DELIVERED, detail="15 bytes are missing"),
            *frames(What.RECEIVED, h2.settings({h2.Setting.ENABLE_PUSH: 0, 0x8: 0, 0x99: 7}) + answer),
        ],
        asked=tuple(Asked(1, place, each.method, each.target) for place, each in enumerate(asked or (GET,), 1)),
    )


def lines(judgement: Judgement) -> list[str]:
    return [" ".join(row.split()[2:]) for row in whole_transcript(judgement.transcript).splitlines()
            if row.split()[1:2] == ["client"]]  # fmt: skip


def test_a_transcript_has_a_line_for_each_frame() -> None:
    answer = (
        FIVE
        + h2.data(1, b"\x1b[2J\r\n")
        + h2.headers(1, [(b"sum", b"\x07")], end_stream=True)
        + h2.window_update(0, 5_000)
        + h2.rst_stream(3, 0x77)
        + h2.push_promise(1, 2, h2.asks())
        + h2.goaway(h2.ErrorCode.ENHANCE_YOUR_CALM, 1, b"calm\n")
        + h2.frame(0x42, 0, 1, b"\xff")
    )
    assert lines(performance(answer)) == [
        "connected",
        "sends the preface of HTTP/2",
        "sends SETTINGS",
        "sends HEADERS stream 1 END_STREAM: GET /report",
        "receives SETTINGS: ENABLE_PUSH=0, ENABLE_CONNECT_PROTOCOL=0, 0x99=7",
        "receives HEADERS stream 1: 200, content-length: 20",
        'receives DATA stream 1: 5 bytes, "hello"',
        'receives DATA stream 1: 6 bytes, "\\x1b[2J\\r\\n"',
        "receives HEADERS stream 1 END_STREAM: trailers, sum: \\x07",
        "receives WINDOW_UPDATE: 5,000 bytes more",
        "receives RST_STREAM stream 3: 0x77",
        "receives PUSH_PROMISE stream 1: promises stream 2",
        'receives GOAWAY: ENHANCE_YOUR_CALM, last stream 1, "calm\\n"',
        'receives 0x42 stream 1: 1 byte, "\\xff"',
    ]


def test_pieces_of_frames_say_so() -> None:
    judgement = played(scenario(client=GET), [
        client(What.SENT, h2.preface() + h2.headers(1, GET.pairs(), end_stream=True), stream=1),
        client(What.RECEIVED, h2.settings() + FIVE[:20], stream=1),
        client(What.RECEIVED, FIVE[20:21], stream=1),
        client(What.RECEIVED, FIVE[21:], stream=1),
    ])  # fmt: skip
    shown = lines(judgement)
    assert "receives a piece of a frame, 1 byte" in shown
    assert 'DATA stream 1: 5 bytes, "hello"' in whole_transcript(judgement.transcript)


def test_an_answer_that_is_no_http_2_is_shown_as_it_is() -> None:
    judgement = played(scenario(client=GET), [
        client(What.SENT, h2.preface() + h2.headers(1, GET.pairs(), end_stream=True), stream=1),
        client(What.RECEIVED, b"HTTP/1.1 400 Bad Request\r\n\r\n"),
    ])  # fmt: skip
    assert "receives HTTP/1.1 400 Bad Request\\r\\n" in lines(judgement)
    assert "Bytes that are no HTTP answer" in plain(told(judgement, 80))


def test_the_picture_shows_what_was_given_up() -> None:
    judgement = performance(FIVE + h2.rst_stream(1, h2.ErrorCode.INTERNAL_ERROR))
    assert (
        plain(picture(judgement, 80))
        == """\
client                              gateway                             upstream
   │─ GET /report ────────────────────>│                                   │
   │                                   │─ GET /report ────────────────────>│
   │                                   │<────────── 200 OK, 5 of 20 bytes ─│
   │                                   │<─────────────────── closes (FIN) ─│ !!
   │<────────── 200 OK, 5 of 20 bytes ─│                                   │
   │<───── RST_STREAM: INTERNAL_ERROR ─│                                   │
!! the fault, at the upstream: 15 bytes are missing
"""
    )
    assert "Yes: 15 bytes are missing" in plain(told(judgement, 200))
    assert "gave the stream up, saying so (INTERNAL_ERROR)" in plain(told(judgement, 200))


def test_the_picture_tells_streams_apart() -> None:
    other = h2.headers(3, h2.answers()) + h2.data(3, b"hi", end_stream=True)
    drawn = plain(picture(performance(FIVE + other + h2.goaway(h2.ErrorCode.NO_ERROR, 0), GET, OTHER), 80))
    for arrow in ("stream 1: GET /report", "stream 3: GET /other", "1: 200 OK, 5 of 20 bytes", "3: 200 OK, 2 bytes",
                  "GOAWAY: NO_ERROR"):  # fmt: skip
        assert arrow in drawn


def test_frames_of_different_streams_are_one_arrow_each() -> None:
    mixed = h2.headers(1, h2.answers()) + h2.headers(3, h2.answers()) + h2.data(1, b"a") + h2.data(3, b"b")
    drawn = plain(picture(performance(mixed + h2.data(1, b"a", end_stream=True), GET, OTHER), 80))
    assert drawn.count("<") == 4  # two of the upstream's, two streams
    assert "1: 200 OK, 2 bytes" in drawn
    assert "3: 200 OK, 1 byte, no end" in drawn


def test_the_names_of_trailer_fields_move_no_cursor() -> None:
    section = h2.headers(1, {b"sum": b"7", b"\x1b[1m": b"8"}, end_stream=True)
    judgement = performance(h2.headers(1, h2.answers()) + h2.data(1, b"hello") + section)
    assert "200 OK, 5 bytes, trailers ─" in plain(picture(judgement, 80))
    assert "trailer fields at the end (sum, \\x1b[1m)." in plain(told(judgement, 200))


def test_a_request_is_read_in_lines() -> None:
    request = Request("POST", "/up", b"Room: \x1b\r\n", content=b"hi", version="2")
    assert request_rows(request) == [
        "HEADERS", ":method: POST", ":scheme: http", ":authority: lab.test", ":path: /up", "room: \\x1b",
        "content-length: 2", 'DATA END_STREAM: 2 bytes, "hi"',
    ]  # fmt: skip
