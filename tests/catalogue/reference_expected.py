"""What the reference gateway gave, case by case, in the form of `lab/gateways/reference/expected.toml`.

python -m tests.catalogue.reference_expected   prints the file anew; read every line that changed before it is kept
"""

import asyncio
import json
import tomllib
from collections.abc import Mapping
from contextlib import aclosing
from functools import cache
from importlib.resources import files

from lab.catalogue import load
from lab.gateways.names import gateway_named
from lab.outcome import Facts
from lab.performance import perform_all
from lab.verdict import Judgement, Verdict

MODES = {"stream": "reference", "buffer": "reference-buffer", "lenient": "reference-lenient"}

HEAD = """\
# What the reference gateway gives, beyond what the scenarios expect of every gateway: for each request its status, the
# outcome, and the error type in Proxy-Status (in brackets: in the log alone, for the answer had begun). Requests are
# separated by semicolons. `usual`: in each of its three modes (stream, buffer, lenient) that is not named beside it.
"""


@cache
def played(mode: str) -> Mapping[str, Judgement]:
    """Every case of the catalogue, on the reference gateway in this mode, by its name."""
    return asyncio.run(_play(mode))


async def _play(mode: str) -> dict[str, Judgement]:
    async with aclosing(perform_all(load().all_cases(), gateway_named(MODES[mode]), jobs=8)) as all_performed:
        return {performed.case.name: performed.judgement async for performed in all_performed}


def given(judgement: Judgement) -> str:
    """One performance in short."""
    if not judgement.exchanges:
        return f"{judgement.verdict}: {judgement.why}"
    return "; ".join(_exchange(exchange.facts, judgement) for exchange in judgement.exchanges)


def _exchange(facts: Facts, judgement: Judgement) -> str:
    said = " ".join(facts.errors) or " ".join(f"({error})" for error in sorted(logged(judgement)))
    return f"{facts.status or 'nothing'} {facts.outcome} {said}".rstrip()


def logged(judgement: Judgement) -> set[str]:
    """The error types that the gateway's log names."""
    words = {word.strip("():,;") for line in judgement.transcript.log for word in line.split()}
    return words & set(judgement.case.scenario.reports)


def found(mode: str) -> dict[str, str]:
    """What every case gave; of those that cannot be played here (as root, without IPv6), what is recorded."""
    before = recorded()
    return {name: before[name][mode] if judgement.verdict is Verdict.NOT_APPLICABLE and name in before
            else given(judgement) for name, judgement in played(mode).items()}  # fmt: skip


def recorded() -> dict[str, dict[str, str]]:
    """The file as it stands: by case, then by mode."""
    text = (files("lab.gateways.reference") / "expected.toml").read_text(encoding="utf-8")
    rows: dict[str, dict[str, str]] = tomllib.loads(text)
    return {name: {mode: row.get(mode, row["usual"]) for mode in MODES} for name, row in rows.items()}


def written() -> str:
    """The file as it would be written from what is played now."""
    lines = [HEAD]
    all_found = {mode: found(mode) for mode in MODES}
    for name, usual in sorted(all_found["stream"].items()):
        row = {"usual": usual}
        row |= {mode: all_found[mode][name] for mode in MODES if all_found[mode][name] != usual}
        lines.append(f"{json.dumps(name)} = {{ {', '.join(f'{mode} = {json.dumps(row[mode])}' for mode in row)} }}")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    print(written(), end="")
