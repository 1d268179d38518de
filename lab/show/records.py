"""For programs: one JSON object per line. `run.schema.json` and `list.schema.json` beside this file say what each key
means, and are what the tests hold these records against."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lab.scenario import Scenario
from lab.verdict import FAILS, Exchange, Judged, Judgement, Verdict

Record = dict[str, Any]


def schema(name: str) -> Record:
    """The JSON Schema of `run` or `list`."""
    loaded: Record = json.loads(Path(__file__).with_name(f"{name}.schema.json").read_text(encoding="utf-8"))
    return loaded


def as_line(record: Record) -> str:
    """One line of ASCII without any control character."""
    return json.dumps(record, ensure_ascii=True).replace("\x7f", "\\u007f")


def scenario_record(scenario: Scenario) -> Record:
    """One scenario, for `list --json`."""
    return {
        "scenario": scenario.address,
        "chapter": scenario.chapter,
        "title": scenario.title,
        "lesson": scenario.lesson,
        "level": scenario.level,
        "cause": scenario.cause,
        "reports": list(scenario.reports),
    }


def run_records(judgement: Judgement) -> Iterator[Record]:
    """One performance, for `run --json`: a record for each request of each act, and one where there was none."""
    for exchange in judgement.exchanges or (None,):
        yield {**_performance(judgement), **_exchange(judgement, exchange)}


def _performance(judgement: Judgement) -> Record:
    gateway = judgement.transcript.gateway
    return {
        "scenario": judgement.case.scenario.address,
        "variant": judgement.case.variant,
        "gateway": gateway.name,
        "gateway_version": gateway.version,
        "mode": gateway.mode,
    }


def _exchange(judgement: Judgement, exchange: Exchange | None) -> Record:
    act = exchange.asked.act if exchange else 1
    facts = exchange.facts if exchange else None
    held = [judged for judged in judgement.judged if judged.act == act]
    return {
        "act": act,
        "request": exchange.asked.request if exchange else 1,
        "client_version": facts.version if facts else "",
        "status": facts.status if facts else None,
        "outcome": facts.outcome if facts else None,
        "made_by": facts.made_by if facts else None,
        "ending": facts.ending if facts else None,
        "error_code": facts.code if facts else "",
        "fidelity": facts.fidelity if facts else None,
        "complete": facts.complete if facts else False,
        "interim": list(facts.interim) if facts else [],
        "surplus": facts.surplus if facts else 0,
        "upstream_requests": facts.upstream_requests if facts else 0,
        "proxy_status": facts.proxy_status if facts else "",
        "cache_status": facts.cache_status if facts else "",
        "reports": list(judgement.case.scenario.reports),
        "delivered": judgement.delivered,
        "verdict": _verdict(judgement, held),
        "expectations": [_expectation(judged) for judged in held],
        "elapsed_ms": _elapsed(judgement, act),
    }


def _verdict(judgement: Judgement, held: list[Judged]) -> Verdict:
    """Of this act: the worst of its expectations; of the performance, where nothing could be tested."""
    if judgement.verdict in (Verdict.INCONCLUSIVE, Verdict.NOT_REACHED, Verdict.NOT_APPLICABLE):
        return judgement.verdict
    found = {judged.verdict for judged in held}
    worst = (*sorted(FAILS), Verdict.INCONCLUSIVE, Verdict.INADVISABLE)
    return next((verdict for verdict in worst if verdict in found), Verdict.CONFORMS)


def _expectation(judged: Judged) -> Record:
    expectation = judged.expectation
    return {
        "says": expectation.says,
        "keyword": expectation.keyword,
        "clauses": [str(clause) for clause in expectation.clauses],
        "verdict": judged.verdict,
    }


def _elapsed(judgement: Judgement, act: int) -> float:
    """Milliseconds from the first to the last event of an act."""
    times = [event.at for event in judgement.transcript.events if event.act == act]
    return round((max(times) - min(times)) / 1e6, 3) if times else 0.0
