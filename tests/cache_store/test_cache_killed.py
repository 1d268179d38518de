"""A process that is killed while it stores: what it leaves behind is whole, and within the limit."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="many processes that begin at once need fork")
def test_nothing_broken_is_found_and_the_good_copy_stays(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.cache_store.killing", str(tmp_path / "cache"), "10"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=100, check=False, cwd=ROOT)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout + done.stderr
    assert done.stdout.startswith("killed 10 times, ")
    assert int(done.stdout.split()[3]) > 3
