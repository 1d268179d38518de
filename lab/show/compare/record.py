"""The comparison for programs: one JSON object, which `lab/show/compare.schema.json` describes."""

from typing import Any

from lab.compare import remedies, stages
from lab.compare.causes import Causes
from lab.compare.comparison import Comparison, results
from lab.compare.pair import trials as pair
from lab.compare.results import Exhibit, Experiment, Result
from lab.compare.table import CODES, Row, rows
from lab.show.escape import octets

Record = dict[str, Any]

_MOST_OCTETS = 4_000
"""Of what one party sent, at most so much is shown; how much it was stands beside it."""


class _Evidence:
    """What claims and cells rest on: each is kept once, and referred to by its name."""

    def __init__(self) -> None:
        self.kept: dict[str, Record] = {}

    def names(self, given: tuple[Exhibit, ...]) -> list[str]:
        for part in given:
            self.kept.setdefault(part.name, _exhibit(part))
        return [part.name for part in given]


def comparison_record(comparison: Comparison) -> Record:
    """Everything that was measured. Evidence is named by what stands in `evidence`."""
    evidence = _Evidence()
    player = comparison.player
    return {
        "codes": list(CODES),
        "gateway": player.name,
        "gateway_version": player.version,
        "mode": player.mode,
        "performances": comparison.performances,
        "elapsed_s": round(comparison.seconds, 3),
        "rows": [_row(row, evidence) for row in rows(comparison)],
        "claims": [
            _claim(experiment, result, evidence) for code in CODES for experiment, result in results(comparison, code)
        ],
        "remedies": [
            _treatment(each, evidence)
            for remedy in remedies.REMEDIES
            for each in remedies.treatments(comparison.tried, remedy)
        ],
        "stages": [_broken(each, evidence) for each in stages.broken(comparison.tried)],
        "times": _times(comparison),
        "causes": _causes(comparison.causes),
        "evidence": list(evidence.kept.values()),
    }


def _row(row: Row, evidence: _Evidence) -> Record:
    cells = {
        str(code): {
            "says": list(cell.says),
            "more": list(cell.more),
            "clauses": [str(clause) for clause in cell.clauses],
            "names": list(cell.names),
            "evidence": evidence.names(cell.evidence),
        }
        for code, cell in row.cells.items()
    }
    return {"row": row.name, "asks": row.asks, "cells": cells}


def _claim(experiment: Experiment, result: Result, evidence: _Evidence) -> Record:
    return {
        "name": experiment.name,
        "about": experiment.about,
        "claim": experiment.claim,
        "result": result.holding,
        "says": result.says,
        "evidence": evidence.names(result.evidence),
    }


def _treatment(each: remedies.Treatment, evidence: _Evidence) -> Record:
    return {
        "remedy": each.remedy.name,
        "situation": each.situation.says,
        "effect": each.effect,
        "status": each.status,
        "why_untried": each.why,
        "evidence": evidence.names(each.evidence),
    }


def _broken(each: stages.Broken, evidence: _Evidence) -> Record:
    return {
        "side": each.failure.side,
        "stage": each.failure.stage,
        "failure": each.failure.says,
        "status": each.status,
        "got": each.got,
        "reported": each.reported,
        "why_untried": each.why,
        "evidence": evidence.names(each.evidence),
    }


def _times(comparison: Comparison) -> list[Record]:
    found = []
    for trial in pair():
        tried = comparison.tried[trial.name]
        if tried.transcript is None or not tried.told or tried.last.act is None:
            continue
        for span in stages.spans(tried.transcript, tried.last.act):
            took = None if span.milliseconds is None else round(span.milliseconds, 3)
            found.append(
                {"trial": trial.name, "side": span.side, "stage": span.stage, "milliseconds": took, "says": span.says}
            )
    return found


def _causes(causes: Causes) -> Record:
    return {
        "cases": causes.cases,
        "not_played": causes.not_played,
        "faulty": causes.faulty,
        "reported": causes.reported,
        "errors": [{"error": error, "count": number} for error, number in causes.errors.most_common()],
        "instead": [{"outcome": outcome, "count": number} for outcome, number in causes.instead.most_common()],
        "causes": sorted(causes.causes),
        "requests_with_a_condition": causes.conditional,
        "requests_without": causes.unconditional,
        "not_modified": [
            {"condition": conditional, "made_by": maker, "count": number}
            for (conditional, maker), number in sorted(causes.not_modified.items())
        ],
    }


def _exhibit(part: Exhibit) -> Record:
    return {
        "name": part.name,
        "trial": part.trial,
        "visit": part.visit,
        "performance": part.performance,
        "source": part.source,
        "shown_status": part.shown,
        "made_by": part.made_by,
        "outcome": part.outcome,
        "client_sent": octets(part.asked[:_MOST_OCTETS]),
        "client_sent_bytes": len(part.asked),
        "client_received": octets(part.answer[:_MOST_OCTETS]),
        "client_received_bytes": len(part.answer),
        "content_bytes": part.content,
        "upstream_received_bytes": part.upstream_asked,
        "upstream_sent_bytes": part.upstream_answered,
        "upstream_requests": part.upstream_requests,
        "began_ms": round(part.began, 3),
        "ended_ms": round(part.ended, 3),
    }
