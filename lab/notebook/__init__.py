"""The door for notebooks: `from lab import *`, `from lab.notebook import *`, and `await` at the top of a cell.

`perform` plays a scenario of the catalogue, or one written in a cell, and gives a `Run` that shows itself; `show` shows
what else there is to see; `guess` and `reveal` hold what one thought against what came. `exercising` and `exercises/`
check what the reader fills in; `source` makes notebooks out of the files in notebooks/. Nothing of Jupyter is imported,
and none of it is needed: `python -m asyncio` does, too.
"""

from lab.notebook.breaking import Breaks, break_each_stage
from lab.notebook.comparing import Compared, perform_comparison
from lab.notebook.displayed import Displayed
from lab.notebook.exercising import Checked
from lab.notebook.finding import find
from lab.notebook.gridding import Grid, perform_grid
from lab.notebook.guessing import Guess, guess, reveal
from lab.notebook.performing import perform, perform_all
from lab.notebook.playing import play
from lab.notebook.problems import Problem, tell_mistakes
from lab.notebook.run import Run, Runs
from lab.notebook.showing import show, table

__all__ = [
    "Breaks", "Checked", "Compared", "Displayed", "Grid", "Guess", "Problem", "Run", "Runs", "break_each_stage", "find",
    "guess", "perform", "perform_all", "perform_comparison", "perform_grid", "play", "reveal", "show", "table",
]  # fmt: skip

tell_mistakes()
