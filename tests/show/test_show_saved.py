"""Performances are kept without loss, and what is wrong with a file is said in one line."""

import dataclasses
import io
import json
from typing import Any, get_args, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from lab.scenario import Case
from lab.show.junit import junit
from lab.show.records import as_line, run_records, schema
from lab.show.saved import FORMAT, Heading, Reader, Saved, Unreadable, Writer, judged_again
from lab.show.saved.codec import LARGEST, Decoder, written
from lab.show.saved.possible import MOST
from lab.show.text.lines import plain
from lab.show.text.report import report
from lab.show.text.table import columns_for, rows
from lab.transcript import Asked, Connecting, Event, Octets, Player, Transcript, What
from lab.verdict import Verdict
from tests.show.staged import broken_promise, scenario
from tests.show.test_show_records import faults

SECONDS = 0.14999999  # told as 0.1, and no more than that when it comes back
KINDS = {
    "performance": Saved,
    "transcript": Transcript,
    "gateway": Player,
    "asked": Asked,
    "event": Event,
    "octets": Octets,
    "connecting": Connecting,
}


def kept(judgement: Any = None, **more: Any) -> Saved:
    judgement = judgement or broken_promise()
    story = judgement.case.scenario
    given: dict[str, Any] = {"title": story.title, "lesson": story.lesson, "reports": story.reports}
    return Saved(judgement.transcript, **{**given, "verdict": str(judgement.verdict), **more})


def document(*saved: Saved, finished: bool = True, cases: tuple[str, ...] = ("first/broken_promise",)) -> bytes:
    file = io.BytesIO()
    writer = Writer(file, Heading(FORMAT, 1, "0.1.0", cases))
    for each in saved:
        writer.add(each)
    if finished:
        writer.finish(SECONDS)
    return file.getvalue()


def read(data: bytes) -> list[Saved]:
    return list(Reader(io.BytesIO(data)).performances())


OCTETS = some.binary().map(lambda data: data.decode("latin-1"))
NUMBERS = some.integers(0, LARGEST)
TIMES = some.integers(0, MOST["at"])
SMALL = some.integers(1, 9)
EVENTS = some.builds(
    Event,
    at=TIMES,
    hop=some.integers(0, 3),
    connection=some.integers(0, 99),
    what=some.sampled_from(What),
    act=some.integers(1, 9),
    data=some.binary(max_size=300),
    detail=some.text(some.characters()),  # lone surrogates, too
    request=some.integers(0, 9),
    peer=some.integers(1, 9),
    stream=some.none() | some.integers(0, MOST["stream"]),
)
TRANSCRIPTS = some.builds(
    Transcript,
    scenario=some.text(),
    variant=some.text(),
    gateway=some.builds(Player, some.text(), some.text(), some.text()),
    repaired=some.booleans(),
    performance=some.text(),
    asked=some.lists(some.builds(Asked, SMALL, SMALL, OCTETS, OCTETS), max_size=3).map(tuple),
    events=some.lists(EVENTS, max_size=6).map(tuple),
    elapsed=TIMES,
    log=some.lists(some.text(), max_size=3).map(tuple),
    failure=some.text(),
    wire=some.lists(some.builds(Octets, TIMES, SMALL, SMALL, SMALL, some.booleans(), some.binary()), max_size=3).map(
        tuple
    ),
    secrets=some.lists(some.text(), max_size=3).map(tuple),
    connecting=some.lists(some.builds(Connecting, TIMES, SMALL, SMALL, SMALL), max_size=2).map(tuple),
).map(lambda transcript: possible(transcript))


def possible(transcript: Transcript) -> Transcript:
    """With events in order of time, and of acts in which something was asked."""
    acts = [asked.act for asked in transcript.asked]
    if not acts:
        return dataclasses.replace(transcript, events=())
    events = (dataclasses.replace(each, act=acts[each.act % len(acts)]) for each in transcript.events)
    return dataclasses.replace(transcript, events=tuple(sorted(events, key=lambda event: event.at)))


@settings(max_examples=60)
@given(some.lists(some.builds(Saved, TRANSCRIPTS, some.none() | TRANSCRIPTS, lesson=some.text()), max_size=2))
def test_what_was_kept_comes_back_as_it_was(saved: list[Saved]) -> None:
    data = document(*saved)
    assert data.isascii()
    assert read(data) == saved
    assert [Decoder().read(Saved, row) for row in json.loads(data)["performances"]] == saved


@settings(max_examples=100)
@given(some.data())
def test_a_damaged_document_is_read_or_refused(data: some.DataObject) -> None:
    good = document(kept(), kept())
    start = data.draw(some.integers(0, len(good)))
    end = data.draw(some.integers(start, min(len(good), start + 40)))
    try:
        read(good[:start] + data.draw(some.binary(max_size=20)) + good[end:])
    except Unreadable as error:
        said = str(error)
    else:
        said = ""
    assert "\n" not in said


@settings(max_examples=60)
@given(some.builds(Saved, TRANSCRIPTS, some.none() | TRANSCRIPTS, reports=some.just(("http_protocol_error",))))
def test_whatever_a_file_holds_can_be_told(saved: Saved) -> None:
    """A file from elsewhere may tell of what never happened, and never could."""
    for case in (Case(scenario()), None):
        judgement = judged_again(saved, case)
        for width in (40, 100):
            assert plain(report(judgement, width, everything=True))
            assert list(rows(judgement, columns_for([judgement.case.name], width)))
        assert [as_line(record) for record in run_records(judgement)]
        assert junit([judgement])


def test_every_octet_comes_back() -> None:
    every = bytes(range(256))
    event = Event(1, 0, 1, What.RECEIVED, data=every)
    again = Decoder().read(Event, json.loads(json.dumps(written(event))))
    assert again == event
    assert again.data == every


@pytest.mark.parametrize("name", KINDS)
def test_the_schema_tells_of_every_field(name: str) -> None:
    told, kind = schema("saved")["$defs"][name], KINDS[name]
    assert list(told["properties"]) == [field.name for field in dataclasses.fields(kind)]
    assert all(rule["description"] for rule in told["properties"].values())
    needed = [
        field.name
        for field in dataclasses.fields(kind)
        if field.default is field.default_factory is dataclasses.MISSING
    ]
    assert told["required"] == needed


def test_the_schema_knows_every_word_and_holds_what_is_written() -> None:
    rules = schema("saved")
    assert set(rules["$defs"]["event"]["properties"]["what"]["enum"]) == set(What)
    own = set(Verdict) - {Verdict.YES, Verdict.NO}
    assert set(rules["$defs"]["performance"]["properties"]["verdict"]["enum"]) == own
    saved = kept(control=broken_promise().transcript, lacking=("cache",), source="ab", http2=True)
    found = json.loads(document(saved))
    assert list(faults(found, rules)) == []
    assert set(found) == set(rules["properties"])
    found["performances"][0]["transcript"]["events"][0]["what"] = "sung"
    assert list(faults(found, rules))


def test_a_file_is_complete_after_each_performance() -> None:
    for count in range(4):
        data = document(*[kept()] * count, finished=False)
        assert len(json.loads(data)["performances"]) == count
        assert len(read(data)) == count
        assert data.count(b"\n") == count + 2


def test_the_time_that_all_took() -> None:
    for finished, seconds in ((True, SECONDS), (False, None)):
        reader = Reader(io.BytesIO(document(kept(), finished=finished)))
        assert len(list(reader.performances())) == 1
        assert reader.seconds == seconds


def test_a_document_laid_out_anew_is_read_too() -> None:
    data = document(kept(), kept())
    for text in (json.dumps(json.loads(data), indent=2), json.dumps(json.loads(data), separators=(",", ":"))):
        reader = Reader(io.BytesIO(text.encode()))
        assert list(reader.performances()) == [kept(), kept()]
        assert (reader.seconds, reader.heading.cases) == (SECONDS, ("first/broken_promise",))


def test_what_a_later_version_adds_is_left_out() -> None:
    found = json.loads(document(kept()))
    found["mood"] = found["performances"][0]["colour"] = found["performances"][0]["transcript"]["weather"] = "fine"
    events = found["performances"][0]["transcript"]["events"]
    events.insert(1, {**events[1], "what": "sung"})
    reader = Reader(io.BytesIO(json.dumps(found).encode()))
    assert list(reader.performances()) == [kept()]
    assert reader.unknown == {"what 'sung'": 1}


def _broken(key: str, value: object) -> bytes:
    found = json.loads(document(kept()))
    found["performances"][0]["transcript"][key] = value
    return json.dumps(found).encode()


def _event(**given: int) -> dict[str, object]:
    return {"at": 1, "hop": 0, "connection": 1, "what": "opened", **given}


GOOD = document(kept(), kept())
WRONG = {
    "empty": (b"", "it is empty"),
    "text": (b"hello\nworld\n", "it is no JSON: Expecting value (column 1)"),
    "later line": (b'{"a": 1,\n  "b": }\n', "it is no JSON: Expecting value (line 2, column 8)"),
    "another's": (b'{"log": {"version": "1.2"}}', "holds no transcripts of badgateway"),
    "a list": (b"[1, 2]", "it is JSON, but no object"),
    "lines of run": (b'{"scenario": "a", "expectations": []}\n{"expectations": []}\n', "lines of `run --json`"),
    "no utf-8": (b'{"\xff": 1}', "octet 2 is no UTF-8"),
    "deep": (b'{"a":' + b"[" * 100_000, "its numbers or its nesting go too far"),
    "long number": (b'{"a": ' + b"1" * 5000 + b"}", "its numbers or its nesting go too far"),
    "newer": (
        GOOD.replace(b'"version": 1', b'"version": 2', 1).replace(b'"lab": "0.1.0"', b'"lab": "0.9.0"'),
        "badgateway 0.9.0 wrote it, in version 2 of the format, and this one reads version 1 only",
    ),
    "cut between lines": (GOOD[: GOOD.index(b"\n", 300) + 1], "line 3: the file ends here"),
    "cut in a line": (GOOD[: GOOD.index(b"\n", 300) + 50], "line 3: it is no JSON: "),
    "cut in the first line": (GOOD[:60], "it is no JSON"),
    "no performances": (b'{"format": "badgateway transcripts", "version": 1}', "it has no performances"),
    "events": (_broken("events", {}), "performances[0]: transcript.events should be an array"),
    "a number": (_broken("elapsed", "9"), "performances[0]: transcript.elapsed should be a whole number"),
    "a truth": (_broken("elapsed", True), "transcript.elapsed should be a whole number"),
    "no octet": (
        _broken("events", [{"at": 1, "hop": 0, "connection": 1, "what": "sent", "data": "a\u0100"}]),
        "transcript.events[0].data holds a character that is no octet, at place 1",
    ),
    "no such number": (_broken("elapsed", -1), "transcript.elapsed should not be below 0"),
    "a number beyond all bounds": (
        _broken("elapsed", 10**400),
        "transcript.elapsed should be at most 9223372036854775808",
    ),
    "no octets asked": (
        _broken("asked", [{"act": 1, "request": 1, "method": "GET", "target": "/\u0100"}]),
        "transcript.asked[0] has a character that is no octet",
    ),
    "no such hop": (_broken("events", [_event(hop=17)]), "transcript.events[0].hop should be at most 16"),
    "no such act": (
        _broken("events", [_event(act=3)]),
        "transcript.events[0] is of act 3, in which nothing was asked",
    ),
    "backwards": (
        _broken("events", [_event(at=2), _event(at=1)]),
        "transcript.events[1] is earlier than the one before it",
    ),
    "no time": (_broken("events", [{"hop": 0}]), "transcript.events[0] has no at"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_said_in_one_line(name: str) -> None:
    data, says = WRONG[name]
    with pytest.raises(Unreadable) as caught:
        read(data)
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)


def test_what_stands_before_the_fault_is_read() -> None:
    reader = Reader(io.BytesIO(GOOD[: GOOD.index(b"\n", 300) + 50]))
    performances = reader.performances()
    assert next(performances) == kept()
    with pytest.raises(Unreadable):
        next(performances)


def test_a_line_beyond_all_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lab.show.saved.document.MOST_OCTETS", 600)
    with pytest.raises(Unreadable, match="line 2: it is longer than 0 MiB"):
        read(document(kept()))
    with pytest.raises(Unreadable, match="longer than 0 MiB, and not written a performance a line"):
        read(json.dumps(json.loads(document(kept())), indent=2).encode())


def test_every_kind_of_field_is_one_that_can_be_kept() -> None:
    """A field of another kind, in a later version of the transcript, needs a form in the codec."""
    known = {int, str, bytes, bool, What, *KINDS.values()}
    for kind in KINDS.values():
        for hint in get_type_hints(kind).values():
            assert {*get_args(hint), hint} & known, (kind, hint)
