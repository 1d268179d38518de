"""How long a diagram takes, and what `lab.show` loads."""

import statistics
import subprocess
import sys
import time

from tests.bench.measuring import told
from tests.show.shapes import flood
from tests.show.staged import broken_promise

ORDINARY, MANY = 5.0, 300.0
"""Milliseconds, of a diagram of an ordinary performance and of one with 10,000 events."""

HEAVY = ("matplotlib", "IPython", "ipykernel", "jupyter_client", "nbformat", "rich", "asyncio", "ssl", "hypercorn")


async def diagrams() -> bool:
    """A diagram of few events, and one of very many, which is abridged."""
    from lab.show.svg.sequence import diagram

    few, many = broken_promise(), flood(5_000)
    print("(p) sequence diagrams, drawn in a warm process")

    def milliseconds(judgement: object, times: int) -> float:
        measured: list[float] = []
        for _ in range(times):
            begun = time.perf_counter()
            diagram(judgement)  # type: ignore[arg-type]
            measured.append((time.perf_counter() - begun) * 1000)
        return statistics.median(measured)

    milliseconds(few, 20)
    took = milliseconds(few, 101)
    met = told("of an ordinary performance", f"{took:.1f} ms", f"under {ORDINARY:.0f} ms", took < ORDINARY)
    took = milliseconds(many, 7)
    number = f"{len(many.transcript.events):,}"
    return told(f"of one with {number} events", f"{took:.0f} ms", f"under {MANY:.0f} ms", took < MANY) and met


async def loading() -> bool:
    """What `import lab.show` loads, and how long it takes."""
    print("(r) importing lab.show, and what draws")
    code = (
        "import sys, lab.show, lab.show.svg.sequence; print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    )
    loaded = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.split()
    heavy = [name for name in HEAVY if name in loaded]
    met = told("of what is heavy, it loads", ", ".join(heavy) or "nothing", "nothing", not heavy)

    def started(code: str) -> float:
        begun = time.perf_counter()
        subprocess.run([sys.executable, "-c", code], check=True)
        return (time.perf_counter() - begun) * 1000

    bare = statistics.median(started("pass") for _ in range(9))
    took = statistics.median(started("import lab.show, lab.show.svg.sequence") for _ in range(9)) - bare
    told("less the interpreter itself", f"{took:.0f} ms", "", True)
    return met
