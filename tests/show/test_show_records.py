"""JSON for programs, held against the schemas that stand beside it."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from lab.expect import Answers, Follows, Got, MustNot, Question
from lab.outcome import Ending, Fidelity, Maker, Outcome
from lab.rfc import RFC
from lab.scenario import Case
from lab.show.records import as_line, run_records, scenario_record, schema
from lab.transcript import Asked, Player, Transcript
from lab.verdict import Verdict, not_applicable
from tests.show.staged import broken_promise, played, scenario

RUN = [
    "scenario", "variant", "gateway", "gateway_version", "mode", "act", "request", "client_version",
    "status", "outcome", "made_by", "ending", "error_code", "fidelity", "complete", "interim", "surplus",
    "upstream_requests", "proxy_status", "cache_status", "reports", "delivered",
    "verdict", "expectations", "elapsed_ms",
]  # fmt: skip
LIST = ["scenario", "chapter", "title", "lesson", "level", "cause", "reports"]
TYPES = {"string": str, "integer": int, "number": (int, float), "boolean": bool, "array": list, "object": dict}


def faults(value: Any, rule: dict[str, Any], at: str = "$", root: dict[str, Any] | None = None) -> Iterator[str]:
    """What breaks a JSON Schema, as far as ours go: type, enum, minimum, maximum, items, required, properties, $ref.
    A key that the schema does not tell of is a fault too, whatever it says of others."""
    root = rule if root is None else root
    if "$ref" in rule:
        rule = root["$defs"][rule["$ref"].removeprefix("#/$defs/")]
    if "enum" in rule and value not in rule["enum"]:
        yield f"{at}: {value!r} is none of {rule['enum']}"
    kinds = rule.get("type", [])
    kinds = [kinds] if isinstance(kinds, str) else kinds
    if kinds and not any(_is(value, kind) for kind in kinds):
        yield f"{at}: {value!r} is no {kinds}"
    if isinstance(value, int | float) and not rule.get("minimum", value) <= value <= rule.get("maximum", value):
        yield f"{at}: {value!r} is out of range"
    if isinstance(value, list):
        for number, item in enumerate(value):
            yield from faults(item, rule.get("items", {}), f"{at}[{number}]", root)
    if isinstance(value, dict):
        known = rule.get("properties", {})
        yield from (f"{at}: {key} is missing" for key in rule.get("required", []) if key not in value)
        yield from (f"{at}: {key} is not in the schema" for key in value if key not in known)
        for key, item in value.items():
            yield from faults(item, known.get(key, {}), f"{at}.{key}", root)


def _is(value: Any, kind: str) -> bool:
    if kind == "null" or isinstance(value, bool):
        return value is None if kind == "null" else kind == "boolean"
    return isinstance(value, TYPES[kind])  # type: ignore[arg-type]


def valid(record: dict[str, Any], name: str) -> dict[str, Any]:
    """The record as a program reads it, after it was held against its schema."""
    read: dict[str, Any] = json.loads(as_line(record))
    assert list(faults(read, schema(name))) == []
    return read


def test_the_schemas_have_the_keys_that_were_promised_each_with_its_meaning() -> None:
    for name, keys in (("run", RUN), ("list", LIST)):
        assert list(schema(name)["properties"]) == keys == schema(name)["required"]
        assert all(rule["description"] for rule in schema(name)["properties"].values())


def test_the_schemas_know_every_word() -> None:
    known = schema("run")["properties"]
    for key, words in (("outcome", Outcome), ("made_by", Maker), ("ending", Ending), ("fidelity", Fidelity)):
        assert set(known[key]["enum"]) == {*map(str, words), None}
    assert set(known["verdict"]["enum"]) == set(Verdict) - {Verdict.YES, Verdict.NO}
    assert set(known["expectations"]["items"]["properties"]["verdict"]["enum"]) == set(Verdict)


def test_a_schema_check_that_can_fail() -> None:
    record = json.loads(as_line(next(run_records(broken_promise()))))
    assert list(faults({**record, "status": "200"}, schema("run")))
    assert list(faults({**record, "outcome": "fine"}, schema("run")))
    assert list(faults({**record, "surplus": -1}, schema("run")))
    assert list(faults({**record, "extra": 1}, schema("run")))
    assert list(faults({key: record[key] for key in record if key != "act"}, schema("run")))


def test_the_broken_promise() -> None:
    [record] = [valid(each, "run") for each in run_records(broken_promise())]
    assert (record["status"], record["outcome"], record["made_by"]) == (200, "cut-short", "upstream")
    assert (record["gateway"], record["gateway_version"], record["mode"]) == ("reference", "0.1.0", "stream")
    assert (record["complete"], record["delivered"], record["verdict"]) == (False, True, "conforms")
    assert record["elapsed_ms"] == 9.0


def test_expectations_stand_with_their_clauses_and_make_the_verdict_of_their_act() -> None:
    story = scenario(
        expect=[
            Follows("it never looks complete", Got("relayed"), [RFC(9112, "6.3"), RFC(9112, "8")], "because"),
            MustNot("it is a 200", Answers(200), RFC(9110, "15")),
            Question("Is it a 502?", Answers(502)),
        ]
    )
    judgement = broken_promise()
    [record] = [valid(each, "run") for each in run_records(played(story, judgement.transcript.events))]
    assert record["expectations"] == [
        {"says": "it never looks complete", "keyword": "follows", "clauses": ["RFC 9112, 6.3", "RFC 9112, 8"],
         "verdict": "unsound"},
        {"says": "it is a 200", "keyword": "MUST NOT", "clauses": ["RFC 9110, 15"], "verdict": "deviates"},
        {"says": "Is it a 502?", "keyword": "question", "clauses": [], "verdict": "no"},
    ]  # fmt: skip
    assert record["verdict"] == "deviates"


def test_one_line_for_each_request_of_each_act() -> None:
    asked = (Asked(1, 1, "GET", "/a"), Asked(2, 1, "GET", "/a"), Asked(2, 2, "GET", "/b"))
    records = [valid(each, "run") for each in run_records(played(scenario(reports=[]), [], asked=asked))]
    assert [(each["act"], each["request"]) for each in records] == [(1, 1), (2, 1), (2, 2)]


@pytest.mark.parametrize("lacking", [("cache",), ()])
def test_what_was_not_played_has_a_line_too(lacking: tuple[str, ...]) -> None:
    case = Case(scenario())
    empty = Transcript(case.name, "", Player("reference"), False, "", (), (), failure="" if lacking else "no address")
    judgement = not_applicable(case, empty, lacking) if lacking else played(case.scenario, [], asked=(), failure="no")
    [record] = [valid(each, "run") for each in run_records(judgement)]
    assert record["status"] is record["outcome"] is None
    assert record["verdict"] == ("not-applicable" if lacking else "inconclusive")


def test_a_scenario() -> None:
    record = valid(scenario_record(scenario(cause="A25", level=2)), "list")
    assert record == {
        "scenario": "first/broken_promise", "chapter": "first", "title": "The upstream stops talking too early.",
        "lesson": "Count the bytes.", "level": 2, "cause": "A25", "reports": ["http_response_incomplete"],
    }  # fmt: skip


def test_one_line_is_one_line() -> None:
    assert re.fullmatch(r"\{[ -~]*\}", as_line({"text": "a\nb\x7f\u2028é"}))
