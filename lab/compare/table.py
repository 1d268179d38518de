"""The table: seven rows, 502 in one column and 304 in the other, every sentence out of what was measured."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from lab.compare.cells import causes, definition, impact, indication, relationship, resolution, stage
from lab.compare.cells.cell import Cell
from lab.compare.comparison import Comparison

CODES = (502, 304)


@dataclass(frozen=True)
class Row:
    """`name`: what is compared; `asks`: the same as a question; `cells`: by status."""

    name: str
    asks: str
    cells: Mapping[int, Cell]


_ROWS: tuple[tuple[str, str, Callable[[Comparison], Mapping[int, Cell]]], ...] = (
    ("definition", "What does it say?", definition.cells),
    ("common causes", "Where does it come from?", causes.cells),
    ("indication", "Who made it, and how can one tell?", indication.cells),
    ("impact on the client", "What does the client get, and what does it cost?", impact.cells),
    ("resolution", "What was tried, and did it help?", resolution.cells),
    ("stage of the HTTP cycle", "Where in the exchange does it happen?", stage.cells),
    ("server-client relationship", "Who takes part, and between whom does it happen?", relationship.cells),
)


def rows(comparison: Comparison) -> tuple[Row, ...]:
    """The seven rows."""
    return tuple(Row(name, asks, make(comparison)) for name, asks, make in _ROWS)
