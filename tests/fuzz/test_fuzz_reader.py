"""Whatever octets come, the reader reads them: it never fails, it ends, and how they were split changes nothing."""

from collections.abc import Iterable
from typing import Any, Literal

from hypothesis import given, settings
from hypothesis import strategies as st

from lab import h1
from tests.fuzz.material import TIMES, Cuts, cuts, mutated, requests, responses, segments

Role = Literal["response", "request"]

Modes = dict[str, Any]

MODES: st.SearchStrategy[Modes] = st.builds(
    dict,
    strict=st.booleans(),
    literal=st.booleans(),
    upgrade=st.booleans(),
    method=st.sampled_from((b"GET", b"HEAD", b"CONNECT")),
    limits=st.sampled_from((h1.Limits(), h1.Limits(line=40, field=60, section=200, fields=3, interim=1, content=9))),
)


def read(role: Role, pieces: Iterable[bytes], clean: bool, modes: Modes) -> list[object]:
    """All events, content that follows upon content as one, then all anomalies."""
    reader = h1.Reader(role, **modes)
    if role == "response":
        reader.next(b"GET")
    found: list[object] = []
    for piece in pieces:
        reader.feed(piece)
        for event in reader.events():
            _add(found, event)
    reader.close(clean)
    for event in reader.events():
        _add(found, event)
    assert list(reader.events()) == []
    return [*found, *reader.anomalies]


def _add(found: list[object], event: h1.Event) -> None:
    last = found[-1] if found else None
    if isinstance(event, h1.Content | h1.Surplus | h1.Tunnelled) and type(last) is type(event):
        found[-1] = type(event)(last.data + event.data)
    else:
        found.append(event)


@settings(max_examples=80 * TIMES)
@given(mutated(responses()), cuts, st.booleans(), MODES)
def test_whatever_is_read_as_responses(octets: bytes, at: Cuts, clean: bool, modes: Modes) -> None:
    reads_alike("response", octets, at, clean, modes)


@settings(max_examples=80 * TIMES)
@given(mutated(requests()), cuts, st.booleans(), MODES)
def test_whatever_is_read_as_requests(octets: bytes, at: Cuts, clean: bool, modes: Modes) -> None:
    reads_alike("request", octets, at, clean, modes)


def reads_alike(role: Role, octets: bytes, at: Cuts, clean: bool, modes: Modes) -> None:
    whole = read(role, [octets], clean, modes)
    assert read(role, segments(octets, at), clean, modes) == whole
    assert read(role, (octets[at : at + 1] for at in range(len(octets))), clean, modes) == whole
    assert all(str(anomaly).isprintable() for anomaly in whole if isinstance(anomaly, h1.Anomaly))


@settings(max_examples=80 * TIMES)
@given(mutated(responses()), st.sampled_from((True, False, None)))
def test_whatever_is_read_in_every_way(octets: bytes, clean: bool | None) -> None:
    """A reading without repairs is the only one, unless nobody can know whether there would have been more."""
    found = h1.readings(octets, clean_end=clean)
    assert len(set(found)) == len(found)
    plain = [reading for reading in found if not reading.repairs]
    assert not plain or len(found) == 1 or {reading.complete for reading in found} == {True, False}
