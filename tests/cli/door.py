"""The command in a process of its own, as a user has it."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DEADLINE = 60
_URL = re.compile(r"https?://[\w.:\[\]-]+")


def environment(**more: str) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if key not in ("NO_COLOR", "FORCE_COLOR", "COLUMNS")}
    return {**kept, "PYTHONPATH": str(ROOT), **more}


def command(*args: str | Path) -> list[str]:
    return [sys.executable, "-m", "lab", *map(str, args)]


def badgateway(*args: str | Path, cwd: Path | None = None, **more: str) -> subprocess.CompletedProcess[str]:
    """Run the command to its end, without a terminal."""
    return subprocess.run(
        command(*args), capture_output=True, text=True, encoding="utf-8", stdin=subprocess.DEVNULL, cwd=cwd,
        env=environment(**more), timeout=DEADLINE, check=False,
    )  # fmt: skip


@contextmanager
def begun(*args: str | Path, **more: str) -> Iterator["subprocess.Popen[str]"]:
    """The command while it runs; killed at the end if it still does."""
    process = subprocess.Popen(
        command(*args), stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True,
        env=environment(PYTHONUNBUFFERED="1", **more),
    )  # fmt: skip
    try:
        yield process
    finally:
        process.kill()
        process.communicate(timeout=DEADLINE)


def url_told(process: "subprocess.Popen[str]") -> str:
    """The last URL in the first line that the command says on standard error: where it listens."""
    assert process.stderr is not None
    said = process.stderr.readline()
    found = _URL.findall(said)
    assert found, said + process.stderr.read()
    return str(found[-1])
