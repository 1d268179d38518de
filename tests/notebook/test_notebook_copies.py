"""`badgateway notebooks`: copies for a reader, in which no work is ever overwritten."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from lab.cli import notebooks
from lab.cli.door import door
from lab.home import notebooks_folder
from lab.notebook import copying
from lab.notebook.copying import Fate, copy_all
from tests.notebook.running import NAMES


def badgateway(*words: str | Path) -> Result:
    return CliRunner().invoke(door, ["notebooks", *map(str, words)])


def edited(path: Path, change: Any) -> bytes:
    """What the file holds after somebody has changed it."""
    there = json.loads(path.read_text(encoding="utf-8"))
    change(there)
    path.write_text(json.dumps(there), encoding="utf-8")
    return path.read_bytes()


def test_it_copies_all_of_them_and_leaves_them_alone_the_next_time(tmp_path: Path) -> None:
    folder = tmp_path / "lessons"
    said = badgateway(folder, "--no-open")
    assert said.exit_code == 0, said.output
    assert sorted(path.stem for path in folder.iterdir()) == NAMES
    before = {path: path.read_bytes() for path in folder.iterdir()}
    again = badgateway(folder, "--no-open")
    assert "0 of them new" in again.output
    assert {path: path.read_bytes() for path in folder.iterdir()} == before


def test_solutions_are_copied_where_they_are_asked_for(tmp_path: Path) -> None:
    badgateway(tmp_path / "learner", "--no-open")
    badgateway(tmp_path / "teacher", "--no-open", "--solutions")
    for name in NAMES:
        assert "**Solution.**" not in (tmp_path / "learner" / f"{name}.ipynb").read_text(encoding="utf-8")
        assert "**Solution.**" in (tmp_path / "teacher" / f"{name}.ipynb").read_text(encoding="utf-8")


def test_a_teacher_gets_the_lessons_too_and_keeps_what_they_changed(tmp_path: Path) -> None:
    badgateway(tmp_path, "--no-open", "--solutions")
    page = tmp_path / "TEACHING.md"
    assert page.read_bytes() == (notebooks_folder() / "TEACHING.md").read_bytes()
    assert (tmp_path / "HANDOUT.md").exists()
    page.write_text("My own plan.", encoding="utf-8")
    said = badgateway(tmp_path, "--no-open", "--solutions")
    assert page.read_text(encoding="utf-8") == "My own plan."
    assert f"{page}: left as it is" in said.output


def _answer(there: Any) -> None:
    there["cells"][1]["source"] = ["missing = 15\n"]


def _run(there: Any) -> None:
    there["cells"][1]["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "5"}]


def _more(there: Any) -> None:
    there["cells"].append({"cell_type": "markdown", "id": "mine", "metadata": {}, "source": "My notes."})


def _unknown(there: Any) -> None:
    there["metadata"] = {}


@pytest.mark.parametrize("change", [_answer, _run, _more, _unknown])
def test_a_copy_in_which_somebody_has_worked_is_left_as_it_is(tmp_path: Path, change: Any) -> None:
    list(copy_all(tmp_path, solutions=False))
    mine = tmp_path / f"{NAMES[0]}.ipynb"
    work = edited(mine, change)
    for solutions in (False, True):
        fates = {copied.path: copied.fate for copied in copy_all(tmp_path, solutions=solutions)}
        assert fates[mine] is Fate.KEPT
        assert mine.read_bytes() == work
    assert "with your work in it" in badgateway(tmp_path, "--no-open").output


@pytest.mark.parametrize("text", ["", "none", "[]", '{"cells": 1}', '{"cells": [1]}', '{"cells": [], "metadata": 3}'])
def test_a_file_that_is_no_notebook_is_left_as_it_is(tmp_path: Path, text: str) -> None:
    mine = tmp_path / f"{NAMES[0]}.ipynb"
    mine.write_text(text, encoding="utf-8")
    assert next(copy_all(tmp_path, solutions=False)).fate is Fate.KEPT
    assert mine.read_text(encoding="utf-8") == text


def test_an_untouched_copy_of_an_older_version_is_renewed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    older = tmp_path / "older"
    older.mkdir()
    for source in copying.sources():
        more = "\n# %%\nolder = True\n" if source.stem == NAMES[0] else ""
        (older / source.name).write_text(source.read_text(encoding="utf-8") + more, encoding="utf-8")
    monkeypatch.setattr(copying, "notebooks_folder", lambda: older)
    list(copy_all(tmp_path / "mine", solutions=False))
    monkeypatch.undo()
    fates = [copied.fate for copied in copy_all(tmp_path / "mine", solutions=False)]
    assert fates == [Fate.RENEWED, *[Fate.SAME] * (len(NAMES) - 1)]
    assert not any(path.name.startswith(".") for path in (tmp_path / "mine").iterdir())
    assert "older = True" not in (tmp_path / "mine" / f"{NAMES[0]}.ipynb").read_text(encoding="utf-8")


def test_where_they_cannot_be_written_one_line_says_so(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("mine")
    for folder in (file, file / "below"):
        said = badgateway(folder, "--no-open")
        assert said.exit_code == 2
        assert "is no folder" in said.output
    assert file.read_text() == "mine"


def test_without_jupyterlab_it_says_how_to_have_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notebooks, "find_spec", lambda name: None)
    said = badgateway(tmp_path)
    assert said.exit_code == 0
    assert "-m pip install jupyterlab" in said.output
