"""Runs pytest in a project of its own, as a user of the plugin would."""

import os
import re
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

TIMEOUT = 120
WITHOUT = ("-p", "no:cacheprovider", "-p", "no:hypothesispytest")


@dataclass(frozen=True)
class Ran:
    """What an inner pytest gave back."""

    status: int
    output: str

    @property
    def counts(self) -> Counter[str]:
        """How many passed, failed, errors, skipped: from the last line."""
        found = re.findall(r"(\d+) (passed|failed|error|errors|skipped)", self.output.strip().splitlines()[-1])
        return Counter({word.removesuffix("s"): int(number) for number, word in found})


def run_pytest(folder: Path, *arguments: str | Path) -> Ran:
    """Run pytest in this folder; plugins of the outer run (xdist, coverage) are not taken along, and
    hypothesis is left out, whose plugin takes two seconds to load."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "COV_"))}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *WITHOUT, "--color=no", *map(str, arguments)],
        cwd=folder, env=environment, capture_output=True, text=True, timeout=TIMEOUT, check=False,
    )  # fmt: skip
    return Ran(done.returncode, done.stdout + done.stderr)
