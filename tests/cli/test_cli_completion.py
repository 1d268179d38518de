"""What the shells offer while a command is typed: asked of the real shells, where they are installed."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from lab.cli.door import COMMANDS, COMPLETE, door
from lab.home import scenarios_folder
from lab.words import TERMS
from tests.cli import stories
from tests.cli.door import ROOT
from tests.cli.test_cli_run import folder

BASH = """
source <(badgateway completion bash)
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
_badgateway_completion badgateway
printf '%s\\n' "${COMPREPLY[@]}"
"""
FISH = 'badgateway completion fish | source; complete --do-complete "$argv"'


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A PATH on which the command is called badgateway."""
    bin_ = tmp_path_factory.mktemp("bin")
    command = bin_ / "badgateway"
    command.write_text(f'#!/bin/sh\nexec {sys.executable} -m lab "$@"\n')
    command.chmod(0o755)
    return f"{bin_}{os.pathsep}{os.environ['PATH']}"


def offered(shell: str, line: str, path: str) -> list[str]:
    """What this shell offers at the end of this line, after a TAB."""
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    words = line.split(" ")
    command = {
        "bash": ["bash", "--norc", "-c", BASH, "bash", *words],
        "fish": ["fish", "--no-config", "-c", FISH, line],
    }[shell]
    environment = {**os.environ, "PATH": path, "PYTHONPATH": str(ROOT), "HOME": "/nonexistent"}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=60, check=False)
    return [row.partition("\t")[0] for row in done.stdout.splitlines() if row]


@pytest.mark.parametrize("shell", ["bash", "fish"])
@pytest.mark.parametrize(
    ("line", "offers"),
    [
        ("badgateway up", ["upstream"]),
        ("badgateway run trunc", ["truncated_bodies", "truncated_bodies/content_length_short"]),
        ("badgateway run first/brok", ["first/broken_promise"]),
        ("badgateway run --gateway reference-b", ["reference-buffer"]),
        ("badgateway words closure", ["closure alert"]),
    ],
)
def test_the_shell_offers_it(shell: str, line: str, offers: list[str], path: str) -> None:
    found = offered(shell, line, path)
    assert set(offers) <= set(found)
    assert all(each.startswith(line.rpartition(" ")[2]) for each in found)


@pytest.mark.skipif(shutil.which("zsh") is None, reason="zsh is not installed")
@pytest.mark.parametrize(
    ("line", "offers"), [("badgateway up", "upstream"), ("badgateway run first/bro", "first/broken_promise")]
)
def test_zsh_types_it(line: str, offers: str, path: str, tmp_path: Path) -> None:
    """A real zsh in a terminal of its own: the line, TAB, and what stands there then."""
    code = f"""
zmodload zsh/zpty
zpty shell zsh -f -i
zpty -w shell 'PS1=; autoload -U compinit; compinit -u -D; source <(badgateway completion zsh); print -r READ''Y'
zpty -r -m shell seen '*READY*'
zpty -w -n shell $'{line}\\t'
zpty -r -m shell seen '*{offers}*'
print -r -- "$seen"
zpty -d shell
"""
    environment = {**os.environ, "PATH": path, "PYTHONPATH": str(ROOT), "HOME": str(tmp_path), "TERM": "dumb"}
    done = subprocess.run(
        ["zsh", "-f", "-c", code], capture_output=True, text=True, env=environment, timeout=60, check=False
    )
    assert offers in done.stdout, done.stderr


def asked(*words: str, cwd: Path | None = None) -> list[str]:
    """What the command answers a shell that asks; each with its kind."""
    environment = {COMPLETE: "bash_complete", "COMP_WORDS": " ".join(words), "COMP_CWORD": str(len(words) - 1)}
    result = CliRunner(env=environment).invoke(door, [])
    assert result.stderr == ""
    return [row.removeprefix("plain,") for row in result.stdout.splitlines() if row]


def test_every_command_and_its_options() -> None:
    assert asked("badgateway", "") == list(COMMANDS)
    assert asked("badgateway", "--") == ["--version", "--help"]
    for name in COMMANDS:
        assert "--help" in asked("badgateway", name, "-")
    assert {"--save", "--junit", "--gateway-url", "--scenarios"} <= set(asked("badgateway", "run", "--"))


@pytest.mark.parametrize("begun", ["../", "lab/", "./"])
def test_a_path_is_no_chapter(begun: str) -> None:
    assert asked("badgateway", "show", begun) == [f"file,{begun}"]


def test_chapters_then_scenarios_then_variants() -> None:
    chapters = asked("badgateway", "run", "")
    assert "first" in chapters
    assert not [each for each in chapters if "/" in each]
    assert asked("badgateway", "list", "fi") == ["first"]
    for command in ("run", "show", "upstream"):
        found = asked("badgateway", command, "malformed_headers/")
        files = {path.stem for path in (scenarios_folder() / "malformed_headers").glob("*.py")} - {"chapter"}
        assert found == sorted(f"malformed_headers/{name}" for name in files)
    assert asked("badgateway", "run", "malformed_headers/status_out_of_range[") == [
        "malformed_headers/status_out_of_range[600]", "malformed_headers/status_out_of_range[999]",
    ]  # fmt: skip
    assert asked("badgateway", "new", "x.py", "--from", "first/brok") == ["first/broken_promise"]


def test_a_folder_of_ones_own(tmp_path: Path) -> None:
    mine = folder(tmp_path / "of", good=stories.KEEPS, other=stories.KEEPS)
    assert asked("badgateway", "run", "--scenarios", str(mine), "mine/g") == ["mine/good"]
    assert asked("badgateway", "run", "--scenarios", str(tmp_path / "no"), "mine/g") == []
    assert asked("badgateway", "run", "--scenarios", "") == ["dir,"]


def test_files_where_nothing_else_fits() -> None:
    assert asked("badgateway", "run", "./mi") == ["file,./mi"]
    assert asked("badgateway", "show", "kept.js") == ["file,kept.js"]
    assert asked("badgateway", "run", "--save", "k") == ["file,k"]


def test_words() -> None:
    assert set(asked("badgateway", "words", "")) == {term.term for term in TERMS}
    assert "alert" in asked("badgateway", "words", "closure", "")


@pytest.mark.parametrize(
    "words", [("frobnicate", ""), ("run", "nothing/here["), ("run", "\x1b["), ("run", "--gateway")]
)
def test_what_is_wrong_is_not_told_here(words: tuple[str, ...]) -> None:
    for each in asked("badgateway", *words):
        assert "Traceback" not in each


@pytest.mark.parametrize("line", ["badgateway ru", "badgateway run fi", "badgateway run --s", "badgateway upstream t"])
def test_nothing_heavy_is_loaded(line: str) -> None:
    words = line.split()
    code = (
        "import sys\nfrom lab.cli.door import door\ndoor.status()\n"
        "heavy = {'rich', 'asyncio', 'ssl', 'starlette', 'hypercorn', 'cryptography', 'lab.catalogue'}\n"
        "print(*heavy & set(sys.modules))"
    )
    environment = {COMPLETE: "bash_complete", "COMP_WORDS": line, "COMP_CWORD": str(len(words) - 1)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60,
                          env={**os.environ, "PYTHONPATH": str(ROOT), **environment})  # fmt: skip
    *found, loaded = done.stdout.splitlines()
    assert found
    assert loaded == ""


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_says_how_to_install_it(shell: str) -> None:
    said = CliRunner().invoke(door, ["completion", shell]).stdout
    assert f"badgateway completion {shell}" in said
    assert "To install this:" in said
    assert said.startswith("#compdef badgateway\n") == (shell == "zsh")
    assert CliRunner(env={"SHELL": f"/usr/bin/{shell}"}).invoke(door, ["completion"]).stdout == said


def test_an_unknown_shell() -> None:
    result = CliRunner(env={"SHELL": "/bin/dash"}).invoke(door, ["completion"])
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "badgateway: which shell? badgateway completion bash, zsh or fish\n"
