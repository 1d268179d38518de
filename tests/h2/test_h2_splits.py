"""However octets come, they are read alike; and whatever they are, the reader takes them."""

from itertools import pairwise

from hypothesis import example, given
from hypothesis import strategies as st

from lab import h1, h2
from tests.h2.h2_rows import BEGIN, HELLO, REQUESTS, RESPONSES

rows = st.sampled_from([row for row in (*RESPONSES.values(), *REQUESTS.values()) if len(row) < 10_000])
roles = st.sampled_from(["response", "request"])


def read(pieces: list[bytes], role: str) -> tuple[list[h2.Event], list[h2.Anomaly]]:
    reader = h2.Reader(role)  # type: ignore[arg-type]
    if role == "response":
        reader.next(1)
    events: list[h2.Event] = []
    for piece in pieces:
        reader.feed(piece)
        events += reader.events()
    reader.close()
    return [*events, *reader.events()], reader.anomalies


@st.composite
def flawed(draw: st.DrawFn) -> bytes:
    """A row, perhaps with some octets changed."""
    octets = bytearray(draw(rows))
    for place in draw(st.lists(st.integers(0, len(octets) - 1), max_size=3)):
        octets[place] = draw(st.integers(0, 255))
    return bytes(octets)


@given(flawed(), roles, st.lists(st.integers(0, 200), max_size=6))
@example(BEGIN + HELLO, "response", [1, 2, 3, 9, 10])
def test_any_split_gives_the_same(octets: bytes, role: str, cuts: list[int]) -> None:
    places = sorted({0, *(cut % (len(octets) + 1) for cut in cuts), len(octets)})
    pieces = [octets[start:end] for start, end in pairwise(places)]
    assert read(pieces, role) == read([octets], role)


@given(st.binary(max_size=300), roles)
def test_any_octets_are_read_to_an_end(octets: bytes, role: str) -> None:
    events, _ = read([BEGIN + octets if role == "response" else h2.preface() + octets], role)
    ends: dict[int, int] = {}
    for event in events:
        if isinstance(event, h2.OnStream) and isinstance(event.what, h1.End):
            ends[event.stream] = ends.get(event.stream, 0) + 1
    begun = {event.stream for event in events if isinstance(event, h2.OnStream)}
    if role == "response":
        begun.add(1)
    assert ends == dict.fromkeys(begun, 1)


@given(st.binary(max_size=200))
def test_a_cutter_loses_nothing(octets: bytes) -> None:
    cutter = h2.Cutter()
    cutter.feed(octets)
    whole = b"".join(h2.frame(f.type, f.flags, f.stream, f.payload) for f in cutter.frames())
    assert len(whole) + len(cutter.rest) == len(octets)
    assert cutter.offset == len(whole)
