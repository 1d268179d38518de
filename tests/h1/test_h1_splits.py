"""Properties: how the octets are split changes nothing; nothing raises; nothing grows."""

import random
from collections.abc import Iterable
from typing import Literal

from hypothesis import example, given, settings
from hypothesis import strategies as st

from lab import h1
from lab.h1 import Limits
from tests.h1.h1_rows import ROWS, SMALL
from tests.h1.test_h1_requests import RIGHT_REQUESTS
from tests.h1.test_h1_requests import ROWS as REQUEST_ROWS

Role = Literal["response", "request"]

WIRES = [row.data for row in ROWS] + [row.near for row in ROWS]
REQUESTS = [row.data for row in REQUEST_ROWS if len(row.data) < 2_000] + RIGHT_REQUESTS
PIECES = [
    b"HTTP/1.1", b" ", b"200", b" OK", b"\r\n", b"\n", b"\r", b"\t", b"\0", b":", b",", b";", b"5", b"0", b"hello",
    b"Content-Length", b"Transfer-Encoding", b"chunked", b"Connection: close\r\n", b"Host: a\r\n", b"A: b\r\n",
    b"\r\n\r\n", b"HTTP/1.1 103 \r\n\r\n", b"\xe9", b"\x16\x03", b"/", b"*", b"GET", b"5\r\nhello\r\n",
    b"0\r\n\r\n", b"Content-Length: 5\r\n\r\nhello",
]  # fmt: skip


@st.composite
def wires(draw: st.DrawFn) -> tuple[Role, bytes]:
    """The octets of the tables, mutated, and texts put together from the words of HTTP."""
    role: Role = draw(st.sampled_from(["response", "request"]))
    if draw(st.booleans()):
        data = b"".join(draw(st.lists(st.sampled_from(PIECES), max_size=25)))
        return role, draw(
            st.sampled_from([b"", b"HTTP/1.1 200 OK\r\n" if role == "response" else b"GET / HTTP/1.1\r\n"])
        ) + data
    data = draw(st.sampled_from(WIRES if role == "response" else REQUESTS))
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(data)))
        cut = draw(st.integers(0, 3))
        data = data[:at] + draw(st.sampled_from(PIECES) | st.binary(max_size=3)) + data[at + cut :]
    return role, data + draw(st.sampled_from([b"", data]))


LIMITS = st.sampled_from([Limits(), SMALL, Limits(content=7, line=20, section=60, chunk_line=3)])


def read(
    role: Role,
    pieces: Iterable[bytes],
    limits: Limits,
    *,
    clean: bool | None,
    method: bytes,
    upgrade: bool,
    strict: bool,
) -> tuple[list[h1.Event], list[h1.Anomaly]]:
    reader = h1.Reader(role, method=method, upgrade=upgrade, limits=limits, strict=strict)
    reader.next(b"HEAD")
    events: list[h1.Event] = []
    for piece in pieces:
        reader.feed(piece)
        events += reader.events()
    if clean is not None:
        reader.close(clean)
    events += reader.events()
    return merged(events), reader.anomalies


def merged(events: list[h1.Event]) -> list[h1.Event]:
    """Neighbouring pieces of content are one."""
    result: list[h1.Event] = []
    for event in events:
        if result and isinstance(event, h1.Content | h1.Surplus | h1.Tunnelled) and type(result[-1]) is type(event):
            last = result.pop()
            assert isinstance(last, type(event))
            event = type(event)(last.data + event.data)
        result.append(event)
    return result


@given(
    wires(),
    LIMITS,
    st.sampled_from([True, False, None]),
    st.sampled_from([b"GET", b"HEAD", b"CONNECT"]),
    st.booleans(),
    st.booleans(),
    st.integers(0, 2**32),
)
@example(("response", b"HTTP/1.1 200 OK\r\nA: b\r\n\r\n"), Limits(), True, b"GET", False, False, 0)
@settings(max_examples=250)
def test_any_split_gives_the_same_events_and_anomalies(
    wire: tuple[Role, bytes],
    limits: Limits,
    clean: bool | None,
    method: bytes,
    upgrade: bool,
    strict: bool,
    seed: int,
) -> None:
    role, data = wire
    chooser = random.Random(seed)
    cuts = sorted(chooser.randint(0, len(data)) for _ in range(chooser.randint(1, 6)))
    some = [data[begin:end] for begin, end in zip([0, *cuts], [*cuts, len(data)], strict=True)]
    whole, singly, split = (
        read(role, pieces, limits, clean=clean, method=method, upgrade=upgrade, strict=strict)
        for pieces in ([data], [data[at : at + 1] for at in range(len(data))], some)
    )
    assert singly == whole
    assert split == whole


def test_every_row_of_the_tables_gives_the_same_singly_and_at_once() -> None:
    for row in ROWS:
        at_once, singly = (
            read("response", pieces, row.limits, clean=True, method=row.method, upgrade=row.upgrade, strict=False)
            for pieces in ([row.data], [row.data[at : at + 1] for at in range(len(row.data))])
        )
        assert at_once == singly


@given(st.binary(max_size=300), st.sampled_from(["response", "request"]), st.booleans())
@settings(max_examples=150)
def test_random_octets_never_raise(data: bytes, role: Role, strict: bool) -> None:
    events, anomalies = read(role, [data], Limits(), clean=True, method=b"GET", upgrade=False, strict=strict)
    for anomaly in anomalies:
        assert 0 <= anomaly.offset <= len(data)
        assert str(anomaly).isascii()
        assert str(anomaly).isprintable()
    broken = [event for event in events if isinstance(event, h1.Broken)]
    assert broken == [h1.Broken(anomalies[-1])] if broken else True
    assert not broken or isinstance(events[-1], h1.Broken)


@given(wires())
@example(("response", b"HTTP/1.1 200 OK\r\n" + b"long" * 20 + b" name: value\r\n\r\n"))
@settings(max_examples=150)
def test_a_strict_reader_breaks_where_a_lenient_one_finds_the_first_anomaly(
    wire: tuple[Role, bytes],
) -> None:
    role, data = wire
    (lenient, anomalies), (strict, found) = (
        read(role, [data], Limits(), clean=True, method=b"GET", upgrade=False, strict=strict)
        for strict in (False, True)
    )
    faults = [anomaly for anomaly in anomalies if anomaly.kind is not h1.Kind.SURPLUS]
    if faults:
        assert found[-1] == faults[0]
        assert strict[-1] == h1.Broken(faults[0])
    else:
        assert strict == lenient
    for anomaly in anomalies[:-1]:
        assert not anomaly.fatal


@given(wires(), st.sampled_from([True, False, None]))
@settings(max_examples=150)
def test_every_reading_is_explained(wire: tuple[Role, bytes], clean_end: bool | None) -> None:
    found = h1.readings(wire[1], clean_end=clean_end)
    assert len(found) == len(set(found))
    for reading in found:
        assert reading.repairs or len(found) == 1 or {other.complete for other in found} == {True, False}
        assert not reading.complete or not any(anomaly.fatal for anomaly in reading.repairs)


@given(st.integers(1_000, 9_000), st.integers(1, 3_000), st.integers(1, 3))
@settings(max_examples=10)
def test_long_lines_in_many_small_pieces_are_put_together(size: int, folds: int, step: int) -> None:
    lines = b"A: " + b"x" * size + b"\r\nB : y" + b"\r\n z" * folds + b"\r\n"
    data = h1.response(200, lines, content=b"hello")
    small = [data[at : at + step] for at in range(0, len(data), step)]
    whole, split = (
        read("response", pieces, Limits(), clean=None, method=b"GET", upgrade=False, strict=False)
        for pieces in ([data], small)
    )
    assert split == whole
    (head, *_), _ = whole
    assert isinstance(head, h1.Head)
    assert [len(value) for value in head.fields.get(b"a") + head.fields.get(b"b")] == [size, 1 + 2 * folds]
