"""Each kind of anomaly in responses: found where it stands, not found in the near miss, repaired as its clause says."""

import pytest
from _pytest.mark import ParameterSet

from lab import h1
from lab.h1 import Kind
from lab.rfc import clause_error
from lab.rfc.conditions import Condition
from tests.h1.h1_rows import REQUESTS_ONLY, ROWS, Row


def read(data: bytes, row: Row, *, strict: bool = False) -> tuple[list[h1.Event], h1.Reader]:
    reader = h1.Reader("response", method=row.method, upgrade=row.upgrade, limits=row.limits, strict=strict)
    reader.feed(data)
    reader.close()
    return list(reader.events()), reader


def message(events: list[h1.Event]) -> list[object]:
    """What is left of the events when the octets that were repaired do not count."""
    kept: list[object] = []
    for event in events:
        match event:
            case h1.Head():
                fields = [(name.lower(), value) for name, value in event.fields]
                kept.append((event.version, event.status, event.reason, fields, event.framing, event.final))
            case h1.Surplus():
                pass
            case _:
                kept.append(event)
    return kept


def cases(chosen: list[Row]) -> list[ParameterSet]:
    """The rows, each named by its kind and its place in the table."""
    return [pytest.param(row, id=f"{row.kind}-{ROWS.index(row)}") for row in chosen]


REPAIRABLE = [row for row in ROWS if row.kind.repair is not None]
FATAL = [row for row in ROWS if row.kind.repair is None]
BREAKING = [row for row in ROWS if row.kind is not Kind.SURPLUS]


@pytest.mark.parametrize("row", cases(ROWS))
def test_it_is_found_where_it_stands_and_cites_its_clause(row: Row) -> None:
    _, reader = read(row.data, row)
    found = [anomaly for anomaly in reader.anomalies if anomaly.kind not in row.also or anomaly.kind is row.kind]
    assert [(anomaly.kind, anomaly.offset) for anomaly in found] == [(row.kind, row.offset)]
    assert str(row.kind.clause) == f"RFC {row.clause}"
    assert found[0].fatal == (row.right is None)
    assert found[0].detail.isascii()
    assert len(found[0].detail) < 400


@pytest.mark.parametrize("row", cases(ROWS))
def test_a_near_miss_has_no_anomaly_at_all(row: Row) -> None:
    events, reader = read(row.near, row, strict=True)
    assert reader.anomalies == []
    assert isinstance(events[-1], h1.End)
    assert events[-1].complete


@pytest.mark.parametrize("row", cases(REPAIRABLE))
def test_repaired_it_is_read_like_the_right_response(row: Row) -> None:
    assert row.right is not None
    events, _ = read(row.data, row)
    right, reader = read(row.right, row)
    assert {anomaly.kind for anomaly in reader.anomalies} <= set(row.also)
    repaired = message(events)
    if row.kind is Kind.STATUS_RANGE:
        assert [reading.status for reading in h1.readings(row.data, clean_end=True)] == [repaired[0][1], 500]  # type: ignore[index]
        repaired[0] = message(right)[0]
    assert repaired == message(right)


@pytest.mark.parametrize("row", cases(FATAL))
def test_beyond_repair_it_breaks_the_reading(row: Row) -> None:
    events, reader = read(row.data, row)
    assert events[-1] == h1.Broken(reader.anomalies[-1])
    reader.feed(h1.response())
    assert list(reader.events()) == []


@pytest.mark.parametrize("row", cases(BREAKING))
def test_a_strict_reader_breaks_at_the_first(row: Row) -> None:
    events, reader = read(row.data, row, strict=True)
    assert len(reader.anomalies) == 1
    assert events[-1] == h1.Broken(reader.anomalies[0])
    assert reader.anomalies[0].offset <= row.offset or row.also


def test_every_kind_has_a_row() -> None:
    assert {row.kind for row in ROWS} == set(Kind) - REQUESTS_ONLY


def test_every_kind_says_what_is_wrong_in_a_sentence_and_cites_a_section_that_exists() -> None:
    for kind in Kind:
        assert kind == kind.name.lower().replace("_", "-")
        assert clause_error(kind.clause) is None
        for sentence in (kind.says, kind.repair or "None."):
            assert sentence.endswith(".")
            assert sentence[0].isupper()
            assert "\n" not in sentence
        assert kind.repair is None or "RFC 9" in kind.repair
        assert 400 <= kind.status <= 505
        assert kind.condition in set(Condition)
