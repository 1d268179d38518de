"""The grid: one fault after the other, met by a gateway whose store is in one state after the other.

Pure here: what is asked (`questions`), what is performed for it (`build`, `control`), and what came of it (`Cell`).
`lab.grid.playing` performs it.
"""

from lab.grid.building import build, control, fields, why_not
from lab.grid.cells import Cell, Finding, Sort
from lab.grid.reading import read
from lab.grid.setting import SetUp
from lab.grid.states import Asking, Question, State, questions

__all__ = [
    "Asking", "Cell", "Finding", "Question", "SetUp", "Sort", "State", "build", "control", "fields", "questions",
    "read", "why_not",
]  # fmt: skip
