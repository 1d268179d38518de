"""Every door opens in a fresh Python that lacks what only some systems have (`elsewhere.py` says what that is)."""

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ELSEWHERE = [sys.executable, "-m", "tests.project.elsewhere"]


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "PYTHONUNBUFFERED": "1"}


def elsewhere(*words: str | Path, cwd: Path) -> str:
    """What a command says there; it has to end well, and to complain of nothing."""
    done = subprocess.run(
        [*ELSEWHERE, *map(str, words)], cwd=cwd, env=environment(), stdin=subprocess.DEVNULL, capture_output=True,
        encoding="utf-8", timeout=60, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, ""), done.stdout + done.stderr
    return done.stdout


def test_what_is_hidden_is_gone() -> None:
    code = (
        "import asyncio, os, signal, socket, subprocess, sys\nfrom tests.project import elsewhere\nelsewhere.hide()\n"
        "assert not [n for m, ns in elsewhere.ATTRIBUTES.items() for n in ns if hasattr(m, n)]\n"
        "assert 'lab' not in sys.modules\n"
        "async def handle():\n    asyncio.get_running_loop().add_signal_handler(2, print)\n"
        "import_it = lambda: __import__('ctypes').CDLL(None)\n"
        "for lacking in (lambda: asyncio.run(handle()), lambda: subprocess.run(['true']), import_it,\n"
        "                lambda: __import__('fcntl')):\n"
        "    try:\n        lacking()\n    except (NotImplementedError, ImportError):\n        continue\n"
        "    raise AssertionError(lacking)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], env=environment(), capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_chapters_are_played(tmp_path: Path) -> None:
    words = ("run", "first", "tls", "connections", "reuse_races", "--json")
    done = subprocess.run([*ELSEWHERE, "badgateway", *words], cwd=tmp_path, env=environment(), capture_output=True,
                          encoding="utf-8", timeout=60, check=False)  # fmt: skip
    assert done.stderr.count("\n") <= 2, done.stderr  # the summary
    rows = [json.loads(row) for row in done.stdout.splitlines()]
    for chapter in words[1:-1]:
        verdicts = [row["verdict"] for row in rows if row["scenario"].startswith(f"{chapter}/")]
        assert set(verdicts) <= {"conforms", "not-applicable", "inadvisable"}
        assert verdicts.count("conforms") > len(verdicts) / 2


READ = {
    "tour": "That was the tour.",
    "list --level 1": "first/broken_promise",
    "list --causes": "A25",
    "show first/broken_promise": "Take home:",
    "words gateway": "reverse proxy",
    "new mine/too_short.py": "is yours to change",
    "run mine/too_short.py --save kept.json.gz --junit report.xml": "You got          200 OK",
    "show kept.json.gz mine/too_short.py": "You got          200 OK",
    "completion bash": "complete ",
    "gateway --help": "--upstream",
}


def test_whatever_can_be_read_is_read(tmp_path: Path) -> None:
    said = elsewhere(*" + ".join(f"badgateway {words}" for words in READ).split(), cwd=tmp_path)
    for says in READ.values():
        assert says in said
        said = said.partition(says)[2]


def test_pytest_plays_too(tmp_path: Path) -> None:
    (tmp_path / "pytest.ini").touch()
    (tmp_path / "test_it.py").write_text(
        "from urllib.request import urlopen\n\n"
        "def test_it(upstream, gateway_in_front_of):\n"
        "    with urlopen(gateway_in_front_of(upstream('first/all_is_well'))) as answer:\n"
        "        assert answer.status == 200\n"
    )
    # Where Jupyter is installed, a plugin of platformdirs comes with it, and needs what is hidden.
    without = ("-p", "no:cacheprovider", "-p", "no:platformdirs")
    words = ("pytest", "-q", "-p", "badgateway", *without, "--scenarios", ROOT / "scenarios" / "first")
    said = elsewhere(*words, "test_it.py", ROOT / "scenarios" / "first", cwd=tmp_path)
    assert re.search(r"^\d+ passed", said, re.MULTILINE), said


@pytest.mark.skipif(sys.platform == "win32", reason="signals are sent otherwise there")
@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("upstream tls/expired", signal.SIGINT),
        ("origin", signal.SIGINT),
        ("gateway --upstream http://127.0.0.1:1", signal.SIGINT),
        ("gateway --upstream http://127.0.0.1:1 --tls", signal.SIGTERM),
    ],
)
def test_what_serves_says_so_and_ends_when_told(words: str, number: signal.Signals) -> None:
    command = [*ELSEWHERE, "badgateway", *words.split(), "--listen", "127.0.0.1:0"]
    with subprocess.Popen(command, env=environment(), stderr=subprocess.PIPE, encoding="utf-8") as process:
        assert process.stderr is not None
        try:
            said = process.stderr.readline()
            if not re.search(r"https?://127\.0\.0\.1:\d", said):  # first comes where the authority lies
                said = process.stderr.readline()
            assert re.search(r"https?://127\.0\.0\.1:\d+", said)
            process.send_signal(number)
            assert process.wait(20) == 0
            assert process.stderr.read() == ""
        finally:
            process.kill()
