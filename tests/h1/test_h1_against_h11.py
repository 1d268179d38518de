"""h11 is the oracle: what both accept, both read alike; where it accepts and we report, the difference is listed."""

from dataclasses import dataclass

import h11
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lab import h1
from lab.h1 import Kind
from tests.h1.h1_rows import ROWS
from tests.h1.test_h1_splits import PIECES

OK = b"HTTP/1.1 200 OK\r\n"


@dataclass(frozen=True)
class Seen:
    """What a reader makes of the response."""

    interim: tuple[int, ...]
    status: int | None
    reason: bytes
    fields: list[tuple[bytes, bytes]]
    content: bytes
    trailers: list[tuple[bytes, bytes]]
    complete: bool


def by_h11(data: bytes, method: str, *, closed: bool) -> Seen | None:
    """What h11 makes of it; None when it refuses. An end that came too early it refuses too, so this is told apart."""
    connection = h11.Connection(h11.CLIENT)
    connection.send(h11.Request(method=method, target="/", headers=[("Host", "a.test")]))
    connection.send(h11.EndOfMessage())
    events: list[object] = []
    try:
        connection.receive_data(data)
        _take(connection, events)
    except h11.RemoteProtocolError:
        return None
    if closed and not any(isinstance(event, h11.EndOfMessage) for event in events):
        try:
            connection.receive_data(b"")
            _take(connection, events)
        except h11.RemoteProtocolError:
            pass  # incomplete
    heads = [event for event in events if isinstance(event, h11.Response)]
    ends = [event for event in events if isinstance(event, h11.EndOfMessage)]
    return Seen(
        tuple(event.status_code for event in events if isinstance(event, h11.InformationalResponse)),
        heads[0].status_code if heads else None,
        bytes(heads[0].reason) if heads else b"",
        [(bytes(name), bytes(value)) for name, value in heads[0].headers] if heads else [],
        b"".join(bytes(event.data) for event in events if isinstance(event, h11.Data)),
        [(bytes(name), bytes(value)) for name, value in ends[0].headers] if ends else [],
        bool(ends),
    )


def _take(connection: h11.Connection, events: list[object]) -> None:
    while True:
        event = connection.next_event()
        if event in (h11.NEED_DATA, h11.PAUSED) or isinstance(event, h11.ConnectionClosed):
            return
        events.append(event)
        if isinstance(event, h11.EndOfMessage):
            return


def by_us(data: bytes, method: str, *, closed: bool) -> tuple[Seen, list[h1.Anomaly]]:
    reader = h1.Reader("response", method=method.encode("ascii"))
    reader.feed(data)
    if closed:
        reader.close()
    events = list(reader.events())
    heads = [event for event in events if isinstance(event, h1.Head)]
    head = next((head for head in heads if head.final), None)
    trailers = [event.fields for event in events if isinstance(event, h1.Trailers)]
    seen = Seen(
        tuple(head.status for head in heads if not head.final),
        head.status if head else None,
        head.reason if head else b"",
        lowered(head.fields) if head else [],
        b"".join(event.data for event in events if isinstance(event, h1.Content)),
        lowered(trailers[0]) if trailers else [],
        any(isinstance(event, h1.End) and event.complete for event in events),
    )
    return seen, [anomaly for anomaly in reader.anomalies if anomaly.kind is not Kind.SURPLUS]


def lowered(fields: h1.Fields) -> list[tuple[bytes, bytes]]:
    """As h11 gives them: names in lower case, and Transfer-Encoding too."""
    named = [(name.lower(), value) for name, value in fields]
    return [(name, value.lower() if name == b"transfer-encoding" else value) for name, value in named]


TOKENS = st.text("abcXYZ019-_.!~", min_size=1, max_size=8).map(str.encode)
VALUES = st.text('abc \t,;="/é', max_size=20).map(lambda text: text.encode("latin-1"))


@st.composite
def responses(draw: st.DrawFn) -> bytes:
    """Responses that are right but for what the end of the connection, a wrong length or a mutation does to them."""
    lines = [h1.field(b"X-" + name, value) for name, value in draw(st.lists(st.tuples(TOKENS, VALUES), max_size=4))]
    content = draw(st.binary(max_size=40))
    interim = b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" * draw(st.integers(0, 2))
    status = draw(st.sampled_from([200, 200, 201, 204, 206, 299, 304, 404, 500, 599]))
    version = draw(st.sampled_from([b"HTTP/1.1", b"HTTP/1.1", b"HTTP/1.0", b"HTTP/1.9"]))
    begin = interim + h1.status_line(status, draw(st.none() | VALUES), version)
    framing = draw(st.sampled_from(["length", "chunked", "close"]))
    if framing == "length" and status != 204:
        lines.append(
            h1.field(b"Content-Length", b"%d" % max(0, len(content) + draw(st.sampled_from([0, 0, 0, -1, 1, 7]))))
        )
    elif framing == "chunked" and status != 204 and version != b"HTTP/1.0":
        lines.append(h1.field(b"Transfer-Encoding", draw(st.sampled_from([b"chunked", b"Chunked"]))))
        pieces = [piece for piece in (content[:3], content[3:]) if piece]
        extension = draw(st.sampled_from([b"", b";a", b';a="b"']))
        trailers = draw(st.sampled_from([(), (b"X-Sum: 1\r\n",), (b"A: b\r\n", b"A:\r\n")]))
        content = b"".join(h1.chunk(piece, extension=extension) for piece in pieces) + h1.last_chunk(*trailers)
    return begin + b"".join(lines) + b"\r\n" + content


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    data = draw(responses() | st.sampled_from([row.data for row in ROWS] + [row.near for row in ROWS]))
    for _ in range(draw(st.integers(0, 2))):
        at = draw(st.integers(0, len(data)))
        data = data[:at] + draw(st.sampled_from(PIECES) | st.binary(max_size=2)) + data[at + draw(st.integers(0, 2)) :]
    return data[: draw(st.integers(0, len(data)) | st.just(len(data)))]


METHODS = st.sampled_from(["GET", "GET", "HEAD", "POST"])


@given(mutated(), METHODS, st.booleans())
@settings(max_examples=400)
def test_what_both_accept_both_read_alike(data: bytes, method: str, closed: bool) -> None:
    theirs = by_h11(data, method, closed=closed)
    ours, anomalies = by_us(data, method, closed=closed)
    if theirs is not None and not anomalies:
        assert ours == theirs


@given(responses(), METHODS, st.booleans())
@settings(max_examples=250)
def test_what_is_right_neither_refuses(data: bytes, method: str, closed: bool) -> None:
    ours, anomalies = by_us(data, method, closed=closed)
    assert anomalies == []
    assert by_h11(data, method, closed=closed) == ours


# Where h11 0.16 accepts and we report. It is a list of what a lenient library lets through, not a complaint.
H11_ACCEPTS = {
    Kind.BARE_LF,
    Kind.OBS_FOLD,
    Kind.CONTROL_IN_VALUE,
    Kind.REASON_SPACE_MISSING,
    Kind.CONTENT_LENGTH_REPEATED,
    Kind.CONTENT_ANNOUNCED,
    Kind.TRANSFER_ENCODING_WITH_LENGTH,
    Kind.TRANSFER_ENCODING_OLD,
    Kind.VERSION_MAJOR,
    Kind.STATUS_RANGE,
    Kind.CHUNK_SIZE_SPACE,
    Kind.CHUNK_EXTENSION_INVALID,
    Kind.TRAILER_FORBIDDEN,
}


def test_the_differences_are_the_known_ones() -> None:
    accepted = set()
    for row in ROWS:
        if row.limits == h1.Limits() and row.also in ((), (row.kind,)) and row.method != b"CONNECT":
            theirs = by_h11(row.data, row.method.decode("ascii"), closed=True)
            if theirs is not None and theirs.complete:
                accepted.add(row.kind)
    assert accepted - {Kind.SURPLUS} == H11_ACCEPTS  # surplus it hands over beside the message


@pytest.mark.parametrize("size", [20_000, 300_000])
def test_h11_does_not_hold_its_own_limit_when_a_section_comes_at_once(size: int) -> None:
    data = h1.response(200, h1.long_field(b"A", size))
    assert by_h11(data, "GET", closed=False) is not None
    reader = h1.Reader("response", limits=h1.Limits(section=16_384))
    reader.feed(data)
    (broken,) = reader.events()
    assert isinstance(broken, h1.Broken)
    assert broken.anomaly.kind is Kind.SECTION_TOO_LARGE
