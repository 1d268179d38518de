"""From a source to a notebook: jupytext reads the same, nbformat finds it valid, and what is malformed is told."""

import json

import pytest

from lab.notebook.source import Malformed, as_text, cells, notebook, version
from tests.notebook.running import NAMES, clean, text_of


def test_jupytext_reads_the_same_cells_and_nbformat_a_valid_notebook(subtests: pytest.Subtests) -> None:
    """One test: however many processes share the tests, both are imported once."""
    jupytext = pytest.importorskip("jupytext", reason="jupytext is not installed (pip install '.[test]')")
    nbformat = pytest.importorskip("nbformat", reason="nbformat is not installed (pip install '.[test]')")
    for name in NAMES:
        with subtests.test(name):
            ours = [(cell.text, cell.markdown, list(cell.tags)) for cell in cells(text_of(name))]
            read = jupytext.reads(text_of(name), fmt="py:percent")
            theirs = [(each.source, each.cell_type == "markdown", each.metadata.get("tags", [])) for each in read.cells]
            assert ours == theirs
            for solutions in (False, True):
                nbformat.validate(json.loads(as_text(notebook(text_of(name), solutions=solutions))))


@pytest.mark.parametrize("solutions", [False, True])
@pytest.mark.parametrize("name", NAMES)
def test_a_notebook_has_no_outputs_and_is_always_the_same(name: str, solutions: bool) -> None:
    given = notebook(text_of(name), solutions=solutions)
    assert clean(given)
    assert len({cell["id"] for cell in given["cells"]}) == len(given["cells"])
    assert as_text(notebook(text_of(name), solutions=solutions)) == as_text(given)


SOURCE = """# %% [markdown]
# # A title
#
# Text.

# %%
first = 1

second = 2

# %% tags=["exercise"]
answer = ...

# %% tags=["solution"]
answer = 3
"""


def test_a_learner_gets_exercises_and_a_teacher_solutions_in_their_place() -> None:
    learner = [cell.text for cell in version(SOURCE, solutions=False)]
    assert learner == ["# A title\n\nText.", "first = 1\n\nsecond = 2", "answer = ..."]
    teacher = version(SOURCE, solutions=True)
    assert [cell.text for cell in teacher[:2]] == learner[:2]
    assert teacher[2].markdown
    assert teacher[2].text.startswith("**Solution.**")
    assert teacher[3].text == "answer = 3"


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("print(1)\n# %%\n", "line 1: the first cell"),
        ("# %% [raw]\n", "line 1: a cell begins"),
        ("# %%\n\n# %% [markdown]\nText\n", "line 4: in a markdown cell"),
        ('# %%\n1\n\n# %% tags=["solution"]\n2\n', "line 4: a solution follows"),
        ('# %% tags=["exercise"]\n1\n\n# %%\n2\n', "line 1: this exercise has no solution"),
        ('# %%\n1\n# %% tags=["exercise"]\n1\n', "line 3: this exercise has no solution"),
    ],
)
def test_what_is_malformed_is_told_with_its_line(source: str, says: str) -> None:
    with pytest.raises(Malformed, match=says):
        version(source, solutions=True)
