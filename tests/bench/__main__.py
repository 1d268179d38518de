"""`make bench`: (a) one performance, (b) the whole catalogue, (c) ten thousand, (d) the imports; of the gateway, in
processes of its own: (e) small content, (f) large content, (g) latency, (h) memory, (i) HTTP/2; of its cache: (j) hits,
(k) decisions, (l) many objects, (m) large objects, (n) collapsing; (o) the grid; (p) diagrams,
(q) a capture, (r) what telling loads.

python -m tests.bench [a b c d e f g h i j k l m n o p q r]
"""

import asyncio
import statistics
import subprocess
import sys
import time
from typing import TYPE_CHECKING

from tests.bench import cache, capturing, drawing, gateway
from tests.bench.floor import floor, relay
from tests.bench.grid import whole_grid
from tests.bench.measuring import Left, alternate, told

if TYPE_CHECKING:
    from lab.scenario import Case

PLAIN, SECURED = "first/all_is_well", "tls/all_well"
MANY = 10_000


async def one_performance() -> bool:
    """A plain performance against the floor, the relay and one over TLS."""
    from lab.gateways.names import gateway_named
    from lab.performance import perform

    gateway = gateway_named("reference")
    plain, secured = _case(PLAIN), _case(SECURED)
    ours = {"plain": lambda: perform(plain, gateway), "tls": lambda: perform(secured, gateway)}
    medians = await alternate({"floor": floor, "relay": relay, **ours})
    ratio = medians["plain"] / medians["floor"]
    print("(a) one performance, start to finish, in a warm process")
    told("the floor: raw server and bare application", f"{medians['floor']:.2f} ms", "", True)
    met = told("a plain performance", f"{medians['plain']:.2f} ms", "", True)
    met &= told("  of the floor", f"{ratio:.2f} times", "at most 2.5", ratio <= 2.5)
    told("  of a minimal relay on h11", f"{medians['plain'] / medians['relay']:.2f} times", "", True)
    told("a performance with TLS to the upstream", f"{medians['tls']:.2f} ms", "", True)
    return met


async def whole_catalogue() -> bool:
    """The catalogue in full, with its controls: the longest single wait plus 3 s."""
    from lab.catalogue import load
    from lab.gateways.names import gateway_named
    from lab.performance import perform_all

    cases = load().all_cases()
    begun = time.perf_counter()
    longest, played = 0.0, 0
    async for performed in perform_all(cases, gateway_named("reference")):
        played += 1
        longest = max(longest, performed.transcript.elapsed / 1e9)
    took = time.perf_counter() - begun
    print("(b) the whole catalogue, each with its control")
    told("cases played", str(played), "", True)
    told("the longest single wait", f"{longest:.2f} s", "", True)
    return told("in all", f"{took:.2f} s", "at most the longest plus 3 s", took <= longest + 3)


async def ten_thousand() -> bool:
    """Ten thousand performances: neither slower nor fuller at the end."""
    from lab.gateways.names import gateway_named
    from lab.performance import perform

    gateway, case = gateway_named("reference"), _case(PLAIN)
    for _ in range(300):
        await perform(case, gateway)
    before, begun = Left.now(), time.perf_counter()
    each: list[float] = []
    for _ in range(MANY):
        start = time.perf_counter()
        await perform(case, gateway)
        each.append(time.perf_counter() - start)
    took, after = time.perf_counter() - begun, Left.now()
    drift = statistics.median(each[-1000:]) / statistics.median(each[:1000])
    print(f"(c) {MANY:,} performances, one after the other")
    met = told("in all", f"{took:.1f} s", "under 30 s", took < 30)
    met &= told("the last 1,000 against the first", f"{drift:.2f} times", "at most 1.2", drift <= 1.2)
    for what in ("files", "tasks", "threads"):
        was, now = getattr(before, what), getattr(after, what)
        met &= told(f"{what}, before and after", f"{was} and {now}", "the same", was == now)
    grown = after.memory - before.memory
    met &= told("memory grown", f"{grown:.1f} MB", "under 5 MB", grown < 5)
    told("sockets in TIME_WAIT", f"{after.time_wait}", "", True)
    return met


async def imports() -> bool:
    """Milliseconds in a fresh interpreter, less what Python itself takes."""
    print("(d) starting up, less the interpreter itself")
    commands = {
        "python": ["-c", "pass"],
        "import lab": ["-c", "import lab"],
        "badgateway --version": ["-m", "lab", "--version"],
    }
    medians = {name: statistics.median(_started(command) for _ in range(9)) for name, command in commands.items()}
    for name in ("import lab", "badgateway --version"):
        told(name, f"{medians[name] - medians['python']:.0f} ms", "", True)
    return True


def _started(command: list[str]) -> float:
    begun = time.perf_counter()
    subprocess.run([sys.executable, *command], check=True, stdout=subprocess.DEVNULL)
    return (time.perf_counter() - begun) * 1000


def _case(address: str) -> "Case":
    from lab.catalogue import load

    return load().select([address])[0]


def main() -> int:
    parts = {
        "a": one_performance, "b": whole_catalogue, "c": ten_thousand, "d": imports,
        "e": gateway.small, "f": gateway.large, "g": gateway.latency, "h": gateway.memory, "i": gateway.http2,
        "j": cache.hits, "k": cache.decisions, "l": cache.many, "m": cache.large, "n": cache.collapsing,
        "o": whole_grid, "p": drawing.diagrams, "q": capturing.capture, "r": drawing.loading,
    }  # fmt: skip
    wanted = sys.argv[1:] or list(parts)
    met = [asyncio.run(parts[name]()) for name in wanted]
    print("All targets are met." if all(met) else "A target is missed: see MISS above.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
