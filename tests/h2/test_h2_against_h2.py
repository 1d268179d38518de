"""The reader beside the library h2, its oracle: what h2 takes is read alike, and what h2 refuses has an anomaly."""

import h2.config
import h2.connection
import h2.errors
import h2.events
import h2.exceptions
import h2.settings
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lab import h1
from lab import h2 as ours
from tests.h2.h2_rows import RESPONSES

H2 = h2.connection.H2Connection
REQUEST = ours.headers(1, ours.asks(), end_stream=True) + ours.headers(3, ours.asks(), end_stream=True)
ASKED = [(":method", "GET"), (":scheme", "http"), (":authority", "lab.test"), (":path", "/")]

FORGIVEN = frozenset({
    "not-http2", "frame-cut",  # it waits for the rest of a frame of 4,740,180 octets
    "stream-idle",  # RST_STREAM, but no other frame
    "content-length-mismatch",  # where END_STREAM is on the header section
    "no-settings-first", "last-stream-raised", "switch", "content-unexpected",
})  # fmt: skip
"""What h2 4.4 takes in a response, and the standard does not."""


def oracle(octets: bytes) -> dict[int, list[object]] | None:
    """What h2 makes of each stream; None: it refuses the octets, or resets a stream because of them."""
    connection = H2(h2.config.H2Configuration(client_side=True, header_encoding=None))
    connection.local_settings = h2.settings.Settings(
        client=True, initial_values={h2.settings.SettingCodes.ENABLE_PUSH: 0}
    )
    connection.initiate_connection()
    connection.send_headers(1, ASKED, end_stream=True)
    connection.send_headers(3, ASKED, end_stream=True)
    connection.data_to_send()
    try:
        events = connection.receive_data(octets)
        told: dict[int, list[object]] = {}
        for event in events:
            stream = getattr(event, "stream_id", None) or 0
            told[stream] = told.get(stream, []) + in_short(event, True in told.get(stream, []))
    except (h2.exceptions.ProtocolError, ValueError):
        return None
    cutter = ours.Cutter()
    cutter.feed(connection.data_to_send())
    resets = any(frame.type == ours.FrameType.RST_STREAM for frame in cutter.frames())
    return None if resets else {stream: found for stream, found in told.items() if stream and found}


def in_short(event: h2.events.Event, over: bool) -> list[object]:
    match event:
        case h2.events.ResponseReceived() | h2.events.InformationalResponseReceived():
            return [int(dict(event.headers)[b":status"])]
        case h2.events.DataReceived() if event.data:
            return [event.data]
        case h2.events.TrailersReceived():
            return [tuple((bytes(name), bytes(value)) for name, value in event.headers)]
        case h2.events.StreamEnded():
            return [True]
        case h2.events.StreamReset() if event.remote_reset and not over:
            return [("reset", int(event.error_code))]
    return []


def read(octets: bytes) -> tuple[dict[int, list[object]], set[str]]:
    conversation = ours.Conversation()
    list(conversation.sent(ours.preface({ours.Setting.ENABLE_PUSH: 0}) + REQUEST))
    told: dict[int, list[object]] = {}
    for event in conversation.received(octets):
        if isinstance(event, ours.OnStream):
            stream = told.setdefault(event.stream, [])
            match event.what:
                case h1.Head():
                    stream.append(event.what.status)
                case h1.Content():
                    stream.append(event.what.data)
                case h1.Trailers():
                    stream.append(tuple(map(tuple, event.what.fields)))
                case h1.End(complete=True):
                    stream.append(True)
                case ours.Reset():
                    stream.append(("reset", event.what.code))
    return {stream: found for stream, found in told.items() if found}, {
        anomaly.kind for anomaly in conversation.responses.anomalies
    }


statuses = st.sampled_from([b"200", b"204", b"304", b"404", b"103", b"100", b"500"])
values = st.sampled_from([b"7", b"", b" 7", b"a, b", b"7\n", b"5"])
names = st.sampled_from([b"room", b"Room", b"etag", b"connection", b"te", b":path", b"content-length", b"bad name"])
streams = st.sampled_from([1, 1, 1, 3, 0, 2, 5])


@st.composite
def frames(draw: st.DrawFn) -> bytes:
    stream = draw(streams)
    fields = [
        *draw(st.lists(st.tuples(st.just(b":status"), statuses), min_size=0, max_size=1)),
        *draw(st.lists(st.tuples(names, values), max_size=2)),
    ]
    return draw(st.sampled_from([
        ours.headers(stream, [(b":status", draw(statuses))], end_stream=draw(st.booleans())),
        ours.headers(stream, fields, end_stream=draw(st.booleans()), padding=draw(st.sampled_from([None, 0, 5]))),
        ours.headers(stream, [(b"sum", b"1")], end_stream=draw(st.booleans())),
        ours.data(stream, draw(st.sampled_from([b"", b"hello"])), end_stream=draw(st.booleans())),
        ours.data(stream, b"hello", padding=draw(st.sampled_from([0, 5, 255]))),
        ours.rst_stream(stream, draw(st.sampled_from([0, 2, 8, 0x99]))),
        ours.window_update(stream, draw(st.sampled_from([0, 1, 2**31 - 1]))),
        ours.settings({draw(st.sampled_from([1, 2, 4, 5, 99])): draw(st.sampled_from([0, 1, 16_384, 2**31]))}),
        ours.frame(draw(st.sampled_from([2, 6, 0x42])), 0, stream, draw(st.sampled_from([bytes(8), bytes(5), b""]))),
        ours.continuation(stream, b"", end_headers=draw(st.booleans())),
    ]))  # fmt: skip


@given(st.lists(frames(), max_size=6))
def test_what_h2_takes_is_read_alike_and_what_it_refuses_is_told(sent: list[bytes]) -> None:
    octets = ours.settings() + b"".join(sent)
    expected, (found, kinds) = oracle(octets), read(octets)
    if expected is None:
        assert kinds
    else:
        assert kinds <= FORGIVEN
        assert kinds or found == expected


@pytest.mark.parametrize("kind", RESPONSES)
def test_h2_refuses_what_is_told(kind: ours.Kind) -> None:
    forgiven = oracle(RESPONSES[kind]) is not None
    assert forgiven is (kind in FORGIVEN)
