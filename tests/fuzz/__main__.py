"""`make fuzz`: the fuzz tests for as long as FUZZ_SECONDS says (600), each round with another seed, which it names.

What is found is shown as pytest shows it, smallest first, with what reproduces it; the end is then not awaited. To
play one round again: `FUZZ=20 python -m pytest tests/fuzz --hypothesis-seed=SEED`.
"""

import os
import random
import subprocess
import sys
import time

TIMES = "20"


def main() -> int:
    seconds, begun = float(os.environ.get("FUZZ_SECONDS", "600")), time.monotonic()
    environment = {**os.environ, "FUZZ": os.environ.get("FUZZ", TIMES)}
    rounds = 0
    while time.monotonic() - begun < seconds:
        rounds, seed = rounds + 1, random.randrange(1 << 32)
        print(f"round {rounds}, seed {seed}, after {time.monotonic() - begun:.0f} s", flush=True)
        pytest = [sys.executable, "-m", "pytest", "-q", "tests/fuzz", f"--hypothesis-seed={seed}", *sys.argv[1:]]
        if status := subprocess.run(pytest, env=environment, check=False).returncode:
            return status
    print(f"nothing was found in {rounds} rounds, {time.monotonic() - begun:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
