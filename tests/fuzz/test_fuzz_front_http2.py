"""Whatever a client says over HTTP/2, the gateway answers in right frames, and its upstream gets right requests."""

from hypothesis import given, settings

from lab import h2
from tests.fuzz.material import TIMES, Cuts, cuts, mutated, requests, segments
from tests.fuzz.stage import Stage

GET = h2.asks(b"GET", b"/2?a=b")
POST = h2.asks(b"POST", b"/2")
RIGHT = (
    h2.preface() + h2.headers(1, (*GET, (b"cookie", b"a=b"), (b"cookie", b"c=d")), end_stream=True),
    h2.preface({h2.Setting.INITIAL_WINDOW_SIZE: 5}) + h2.headers(1, POST) + h2.data(1, b"hello", end_stream=True),
    h2.preface() + h2.headers(1, (*POST, (b"content-length", b"5"), (b"te", b"trailers"))) + h2.data(1, b"hel")
    + h2.data(1, b"lo", padding=3) + h2.headers(1, ((b"a", b"b"),), end_stream=True),
    h2.preface() + h2.headers(1, h2.field_block(GET)[:9], end_stream=True, end_headers=False)
    + h2.continuation(1, h2.field_block(GET)[9:]),
    h2.preface() + h2.headers(1, POST, priority=(0, 9)) + h2.headers(3, GET, end_stream=True, padding=9)
    + h2.rst_stream(1) + h2.ping() + h2.window_update(3, 9) + h2.settings(ack=True) + h2.goaway(),
    h2.preface({h2.Setting.HEADER_TABLE_SIZE: 0}) + h2.headers(1, h2.asks(b"HEAD", b"/2"), end_stream=True)
    + h2.headers(3, h2.asks(b"OPTIONS", b"*"), end_stream=True) + h2.headers(5, (*POST, (b"expect", b"100-continue"))),
)  # fmt: skip
WRONG = (
    h2.preface() + h2.headers(1, (*GET, (b"x", b"y\r\nHost: evil"), (b"Upper", b"case")), end_stream=True),
    h2.preface() + h2.headers(1, ((b":method", b"GET / HTTP/1.1\r\nX: "), *GET[1:]), end_stream=True),
    h2.preface() + h2.headers(1, h2.asks(b"GET", b"/ HTTP/1.1\r\nHost: b\r\n\r\nGET /c"), end_stream=True),
    h2.preface() + h2.headers(1, (*POST, (b"transfer-encoding", b"chunked"), (b"content-length", b"1")))
    + h2.data(1, b"0\r\n\r\nGET /c HTTP/1.1\r\nHost: d\r\n\r\n", end_stream=True),
    h2.preface() + h2.headers(2, GET) + h2.push_promise(1, 4, GET) + h2.continuation(1, b"") + h2.data(9, b"x"),
)  # fmt: skip

# They follow from the order in which both sides spoke, which is not known here.
OF_ORDER = {h2.Kind.FRAME_CUT, h2.Kind.STREAM_IDLE, h2.Kind.WINDOW_OVERRUN, h2.Kind.AFTER_END}


PATIENCE = 0.3
"""Seconds after which a client goes that is not answered: it may have kept its own window shut."""


@settings(max_examples=150 * TIMES)
@given(mutated((*RIGHT, *WRONG, h2.preface() + requests()[0])), cuts)
def test_whatever_a_client_says_over_http_2(stage: Stage, octets: bytes, at: Cuts) -> None:
    stage.asked.clear()
    if not octets.startswith(h2.PREFACE):
        octets = h2.PREFACE + octets
    got = stage.say(segments(octets, at), PATIENCE)
    both = h2.Conversation()
    asked = sum(isinstance(event, h2.OnStream) for event in both.sent(octets))
    for _ in (*both.received(got), *both.closed()):
        pass
    faults = [anomaly for anomaly in both.responses.anomalies if anomaly.kind not in OF_ORDER]
    assert faults == [], got
    assert stage.wrong == []
    assert len(stage.asked) <= asked
    stage.good()
