"""The whole catalogue's grid: each fault against the states of a store."""

import time

from tests.bench.measuring import told

SECONDS = 90


async def whole_grid() -> bool:
    """Every cell on the reference gateway, with its controls."""
    from lab.catalogue import load
    from lab.cli.grid import JOBS
    from lab.gateways.names import gateway_named
    from lab.grid import questions, why_not
    from lab.grid.playing import play
    from lab.show.grid.counts import counts

    cases = [case for case in load().all_cases() if not why_not(case)]
    begun, cells = time.perf_counter(), []
    found = counts([])
    async for cell in play(questions(cases), gateway_named("reference"), jobs=JOBS):
        found += counts([cell])
        cells.append(cell.transcript.elapsed / 1e9)
    took = time.perf_counter() - begun
    print("(o) the grid of the whole catalogue")
    told("cells played", f"{len(cells):,}", "", True)
    told("the longest of them", f"{max(cells):.2f} s", "", True)
    met = told("looks complete and is not", f"{found['disguised']}", "none", not found["disguised"])
    return told("in all", f"{took:.1f} s", f"under {SECONDS} s", took < SECONDS) and met
