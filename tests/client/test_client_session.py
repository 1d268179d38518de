"""The client's side of HTTP/2 without a socket: whatever a server sends, it is kept, and answered within bounds."""

from hypothesis import given
from hypothesis import strategies as st

from lab import h2
from lab.client.connection import Pieces
from lab.client.session import Session
from lab.script import Get, Request

octets = st.binary(min_size=1, max_size=60)


@given(st.lists(octets, max_size=8), st.booleans())
def test_pieces_are_all_that_came_and_never_wait(given_octets: list[bytes], framed: bool) -> None:
    pieces = Pieces()
    first = h2.settings() if framed else b""
    for data in [*([first] if first else []), *given_octets]:
        cut = list(pieces.cut(data))
        assert b"".join(piece for piece, _ in cut) == data
        assert all(piece for piece, _ in cut)


@given(st.lists(st.integers(1, 40), max_size=12))
def test_pieces_end_where_frames_end_and_know_their_stream(cuts: list[int]) -> None:
    frames = [h2.settings(), h2.headers(1, h2.answers()), h2.data(3, b"hello"), h2.data(1, b""), h2.goaway()]
    whole, pieces = b"".join(frames), Pieces()
    edges = {sum(map(len, frames[:number])) for number in range(len(frames) + 1)}
    found: list[tuple[int, int | None]] = []
    at, rest = 0, whole
    for size in [*cuts, len(whole)]:
        data, rest = rest[:size], rest[size:]
        for piece, stream in pieces.cut(data) if data else ():
            assert not any(at < edge < at + len(piece) for edge in edges)
            at += len(piece)
            found.append((at, stream))
    assert at == len(whole)
    assert {stream for end, stream in found if end in edges} == {0, 1, 3}


@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 255), st.integers(0, 5), st.binary(max_size=40))))
def test_no_frame_upsets_it(given_frames: list[tuple[int, int, int, bytes]]) -> None:
    session = Session()
    session.ask(Get("/", version="2"))
    session.ask(Request("POST", "/", content=bytes(100_000), version="2"))
    sent = session.outgoing()
    for kind, flags, stream, payload in given_frames:
        session.received(h2.Frame(kind, flags, stream, payload))
        sent += session.outgoing()
    reader = h2.Reader("request")
    reader.feed(sent)
    for _ in reader.events():
        pass
    assert reader.anomalies == []  # what it sends itself is right, whatever it was told


def test_a_window_that_shrinks_is_kept() -> None:
    """RFC 9113, 6.9.2: it may become negative, and then has to be filled up first."""
    session = Session()
    session.ask(Request("POST", "/", content=bytes(100_000), version="2"))
    session.outgoing()
    session.received(h2.Frame(h2.FrameType.SETTINGS, 0, 0, (4).to_bytes(2, "big") + (1_000).to_bytes(4, "big")))
    session.received(h2.Frame(h2.FrameType.WINDOW_UPDATE, 0, 0, (2**20).to_bytes(4, "big")))
    session.outgoing()
    session.received(h2.Frame(h2.FrameType.WINDOW_UPDATE, 0, 1, (64_535).to_bytes(4, "big")))
    assert session.outgoing() == b""
    session.received(h2.Frame(h2.FrameType.WINDOW_UPDATE, 0, 1, (10).to_bytes(4, "big")))
    assert session.outgoing() == h2.data(1, bytes(10))
