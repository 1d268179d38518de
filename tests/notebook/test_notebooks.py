"""Every notebook runs: solved in a kernel, where each solution is right; and unsolved, where nothing is an error."""

import importlib.util
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from lab.notebook.source import EXERCISE, SOLUTION, as_text, notebook
from tests.notebook.kernels import kernel, run
from tests.notebook.running import NAMES, in_this_process, outputs, text_of

LACKING = [name for name in ("nbclient", "nbformat", "ipykernel") if importlib.util.find_spec(name) is None]
MOST_SECONDS = 20


@pytest.fixture(scope="module")
def manager() -> Iterator[Any]:
    """One kernel for all of them that run in this process."""
    with kernel() as started:
        yield started


@pytest.mark.skipif(bool(LACKING), reason=f"not installed: {', '.join(LACKING)} (pip install '.[test]')")
@pytest.mark.parametrize("name", NAMES)
def test_solved_in_a_kernel_every_exercise_is_right_and_it_takes_little_time(
    name: str, manager: Any, tmp_path: Path
) -> None:
    given, seconds = run(manager, as_text(notebook(text_of(name), solutions=True)), tmp_path)
    solved = [cell for cell in given.cells if cell.cell_type == "code" and SOLUTION in cell.metadata.get("tags", ())]
    assert len(solved) >= 3
    for cell in solved:
        assert outputs(cell).startswith(("Right: ", "Your guess: ")), f"{cell.source}\n{outputs(cell)}"
    shown = [kind for cell in given.cells for each in cell.get("outputs", ()) for kind in each.get("data", ())]
    assert not any("javascript" in kind or "widget" in kind for kind in shown)
    assert seconds < MOST_SECONDS


@pytest.mark.anyio
@pytest.mark.parametrize("name", NAMES)
async def test_unsolved_every_exercise_says_not_yet_and_nothing_is_an_error(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # a notebook may write files
    ran = await in_this_process(name, solutions=False)
    exercises = [each for each in ran if EXERCISE in each.cell.tags]
    assert len(exercises) >= 3
    for each in exercises:
        assert each.text.startswith("Not yet: "), f"{each.cell.text}\n{each.text}"
