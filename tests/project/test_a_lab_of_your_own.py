"""A file lab.py, or a package lab/, of the user's hides ours: that is said in one line, and breaks nobody's tests."""

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

import badgateway
from lab.version import VERSION

ROOT = Path(badgateway.__file__).resolve().parent
YOURS = "raise RuntimeError('somebody loaded your lab')"


def python(*arguments: str, path: list[Path], cwd: Path) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {
        "PYTHONPATH": os.pathsep.join(map(str, path)),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
    }
    command = [sys.executable, *arguments]
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False, timeout=60)


def told(done: subprocess.CompletedProcess[str], yours: Path) -> None:
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    assert done.stderr.startswith(f"badgateway: {yours} hides the lab's own package of the same name, {ROOT / 'lab'}: ")
    assert "rename yours, or take " in done.stderr


def test_a_file_in_the_folder_where_python_starts(tmp_path: Path) -> None:
    (tmp_path / "lab.py").write_text(YOURS)
    told(python("-m", "badgateway", "list", path=[ROOT], cwd=tmp_path), tmp_path / "lab.py")


def test_a_package_on_pythonpath(tmp_path: Path) -> None:
    yours, elsewhere = tmp_path / "yours", tmp_path / "elsewhere"
    (yours / "lab").mkdir(parents=True)
    (yours / "lab" / "__init__.py").write_text(YOURS)
    elsewhere.mkdir()
    code = "import sys, badgateway; sys.exit(badgateway.main())"  # what the installed command does
    told(python("-c", code, path=[yours, ROOT], cwd=elsewhere), yours / "lab")


def test_a_lab_that_comes_later_on_the_path_hides_nothing(tmp_path: Path) -> None:
    (tmp_path / "lab.py").write_text(YOURS)
    code = "import badgateway; print(badgateway.stranger())"
    assert python("-c", code, path=[ROOT, tmp_path], cwd=ROOT).stdout == "None\n"


def test_a_project_with_a_lab_of_its_own_keeps_its_tests(tmp_path: Path) -> None:
    (tmp_path / "lab.py").write_text("ANSWER = 42")
    (tmp_path / "test_it.py").write_text("import lab\n\ndef test_it():\n    assert lab.ANSWER == 42\n")
    done = python("-m", "pytest", "-p", "badgateway", "-p", "no:cacheprovider", path=[ROOT], cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "1 passed" in done.stdout
    assert f"badgateway: {tmp_path / 'lab.py'} hides the lab's own package" in done.stdout


@pytest.mark.skipif(not find_spec("lab.cli"), reason="there is no command line yet")
@pytest.mark.parametrize("module", ["badgateway", "lab"])
def test_both_modules_are_the_command(module: str, tmp_path: Path) -> None:
    done = python("-m", module, "--version", path=[ROOT], cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert VERSION in done.stdout
