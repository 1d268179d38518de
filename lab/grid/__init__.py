"""The grid: one fault after the other, met by a gateway whose store is in one state after the other.

`states` what a store holds and who asks it; `setting` the acts by which it comes to that, and `healthy` the upstream
that is well before and after; `building` the case that is performed; `cells` what came of one, as it is read from the
transcript (`reading`) and from what the store was left with (`remains`). All of these are pure: `playing` performs
them.
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
