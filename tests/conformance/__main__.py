"""python -m tests.conformance [CACHE ...] [-- TEST ...]

Runs the suite on these caches (all that are installed) and prints the table, and what ours does not pass. With tests
named, only those. Fails where ours does not pass more required and more optimal tests than each of the others."""

import sys
from collections.abc import Sequence

from tests.conformance import running
from tests.conformance.contenders import CACHES, OURS
from tests.conformance.table import Results, beaten, failures, table


def main(arguments: Sequence[str]) -> int:
    names, ids = _split(arguments)
    unknown = set(names) - {cache.name for cache in CACHES}
    if unknown:
        print(f"no such cache: {', '.join(sorted(unknown))}; there are {', '.join(cache.name for cache in CACHES)}")
        return 2
    try:
        found = _run(names, ids)
    except running.Trouble as trouble:
        print(trouble)
        return 2
    print(f"\n{table(found)}")
    for name, results in found.items():
        if name == OURS.name or ids:
            print(f"\nNot passed by {name}:\n{failures(results) or '  none'}")
    if not found:
        return 2
    others = {name: results for name, results in found.items() if name != OURS.name}
    if ids or OURS.name not in found or not others:
        return 0
    better = beaten(found[OURS.name], others)
    print("\n" + ("\n".join(better) or "Ours passes more required and more optimal tests than each of the others."))
    return 1 if better else 0


def _split(arguments: Sequence[str]) -> tuple[list[str], list[str]]:
    words = list(arguments)
    at = words.index("--") if "--" in words else len(words)
    return words[:at], words[at + 1 :]


def _run(names: Sequence[str], ids: Sequence[str]) -> dict[str, Results]:
    running.install()
    found: dict[str, Results] = {}
    with running.origin() as origin:
        for cache in CACHES:
            if names and cache.name not in names:
                continue
            if not cache.installed:
                print(f"{cache.name}: not installed, left out")
                continue
            print(f"{cache.name}: {running.version(cache)}", flush=True)
            try:
                with running.started(cache, origin) as port:
                    found[cache.name] = running.ask(port, ids)
            except running.Trouble as trouble:
                print(f"{cache.name}: left out: {trouble}")
    return found


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
