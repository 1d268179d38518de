"""For programs: one JSON object per line and cell. `lab/show/grid.schema.json` says what each key means."""

from lab.grid import Cell
from lab.outcome import Facts
from lab.show.records import Record


def grid_record(cell: Cell) -> Record:
    """One cell, for `grid --json`."""
    question, gateway = cell.question, cell.transcript.gateway
    return {
        "scenario": question.case.scenario.address,
        "variant": question.case.variant,
        "gateway": gateway.name,
        "gateway_version": gateway.version,
        "mode": gateway.mode,
        "state": question.state,
        "client": question.asking,
        "sort": cell.sort,
        "why": cell.why,
        "delivered": cell.delivered,
        "met": _got(cell.met, cell.asked_with),
        "last": _got(cell.last, cell.asked_last_with),
        "copy_kept": cell.copy_kept,
        "findings": list(cell.findings),
        "disguised": cell.disguised,
        "elapsed_ms": round(cell.transcript.elapsed / 1e6, 3),
    }


def _got(facts: Facts | None, asked_with: str | None) -> Record | None:
    if facts is None:
        return None
    return {
        "status": facts.status,
        "outcome": facts.outcome,
        "made_by": facts.made_by,
        "ending": facts.ending,
        "fidelity": facts.fidelity,
        "complete": facts.complete,
        "content_bytes": len(facts.content),
        "proxy_status": facts.proxy_status,
        "cache_status": facts.cache_status,
        "upstream_requests": facts.upstream_requests,
        "asked": asked_with is not None,
        "if_none_match": asked_with or "",
    }
