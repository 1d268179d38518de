"""Every snippet of the README is run: commands, what they print, Python files, make targets."""

import re
import shlex
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.pytest_plugin.inner import run_pytest

README = Path(__file__).resolve().parents[2] / "README.md"
TEXT = README.read_text(encoding="utf-8")
FENCED = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SERVES = {"gateway", "upstream"}
NEEDS_BOTH = "--gateway-url"


@dataclass(frozen=True)
class Command:
    """A line that begins with `$`, and what the README says that it prints (nothing: it does not say)."""

    line: str
    printed: str


def snippets(kind: str) -> list[str]:
    return [body for found, body in FENCED.findall(TEXT) if found == kind]


def commands() -> Iterator[Command]:
    for block in snippets("console"):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            line, _, printed = part.partition("\n")
            yield Command(line, printed)


def words(command: Command) -> list[str]:
    name, *rest = shlex.split(command.line)
    assert name == "badgateway"
    return [sys.executable, "-m", "lab", *rest]


ALL = list(commands())
PLAIN = [command for command in ALL if shlex.split(command.line)[1] not in SERVES and NEEDS_BOTH not in command.line]


def test_there_is_something_to_run() -> None:
    assert len(ALL) >= 10
    assert len(snippets("python")) == 2
    assert {kind for kind, _ in FENCED.findall(TEXT)} == {"console", "python"}


def test_the_commands_that_end_do_what_the_readme_says(tmp_path: Path) -> None:
    for command in PLAIN:
        done = subprocess.run(
            words(command), cwd=tmp_path, stdin=subprocess.DEVNULL, capture_output=True, timeout=60, check=False,
            encoding="utf-8", env=environment(),
        )  # fmt: skip
        assert done.returncode == 0, f"{command.line}\n{done.stdout}{done.stderr}"
        if command.printed.strip():
            assert done.stdout.rstrip() == command.printed.rstrip(), command.line


def test_the_commands_that_serve_say_where(tmp_path: Path) -> None:
    """They say where they listen, and end when they are asked to. (Asking through them is tested in tests/real.)"""
    served = {shlex.split(command.line)[1]: command for command in ALL if shlex.split(command.line)[1] in SERVES}
    assert served.keys() == SERVES
    for command in served.values():
        process = subprocess.Popen(
            [*_on_free_ports(words(command))], cwd=tmp_path, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL,
            encoding="utf-8", env=environment(),
        )  # fmt: skip
        assert process.stderr is not None
        with process, process.stderr:
            try:
                assert re.search(r"http://127\.0\.0\.1:\d+", process.stderr.readline()), command.line
                process.send_signal(signal.SIGTERM)
                assert process.wait(10) == 0
            finally:
                process.kill()


def test_the_python_test_passes_and_the_scenario_is_accepted(tmp_path: Path) -> None:
    test, scenario = snippets("python")
    (tmp_path / "test_snippet.py").write_text(test)
    assert run_pytest(tmp_path).status == 0
    (tmp_path / "hangs_up.py").write_text(scenario)
    done = subprocess.run([sys.executable, "-m", "lab", "run", "hangs_up.py"], cwd=tmp_path, capture_output=True,
                          timeout=60, check=False, encoding="utf-8", env=environment())  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert "502 Bad Gateway" in done.stdout


@pytest.mark.parametrize("target", sorted(set(re.findall(r"make (\w+)", TEXT)) - {"no", "it"}))
def test_the_make_targets_exist(target: str) -> None:
    assert re.search(rf"^{target}:", (README.parent / "Makefile").read_text(), re.MULTILINE)


def test_the_doors_name_chapters_and_scenarios_that_exist() -> None:
    from lab.catalogue import load

    catalogue = load()
    known = {chapter.name for chapter in catalogue.chapters} | {scenario.address for scenario in catalogue.scenarios}
    table = [line for line in TEXT.splitlines() if line.startswith("| ") and "`" in line]
    named = {name for line in table for name in re.findall(r"`([a-z_/]+)`", line.rpartition("|")[0].rpartition("|")[2])}
    assert len(named) >= 6
    assert named <= known


def _on_free_ports(words: list[str]) -> list[str]:
    return [re.sub(r"^127\.0\.0\.1:\d+$", "127.0.0.1:0", word) for word in words]


def environment() -> dict[str, str]:
    import os

    return {**os.environ, "PYTHONPATH": str(README.parent), "PYTHONUTF8": "1", "COLUMNS": "100"}
