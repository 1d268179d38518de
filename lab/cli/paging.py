"""What `grid --html` and `grid --svg` write: that it can be written is found out first, it is written last."""

from collections import Counter
from collections.abc import Container, Mapping
from pathlib import Path

from lab.cli.writing import SVG, refuse_unwritable, write
from lab.scenario import Case
from lab.show.grid.cases import Told, told
from lab.show.grid.page import page
from lab.show.grid.words import Row
from lab.show.svg.heat import Fault, fault_of, heat
from lab.transcript import Player


class Page:
    """Problem where `path` cannot be written."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._told: list[Told] = []
        refuse_unwritable(path, "--html")

    def add(self, case: Case, row: Row) -> None:
        """One more case is over."""
        self._told.append(told(case, row))

    def write(
        self, player: Player, found: Counter[str], signs: Container[str], left_out: Mapping[str, str], *, asked: int
    ) -> None:
        """Write all of them."""
        write(self._path, "--html", page(player, self._told, found, signs, left_out, asked=asked))


class Drawing:
    """The heat map. Problem where `path` cannot be written."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._faults: list[Fault] = []
        refuse_unwritable(path, "--svg", SVG)

    def add(self, case: Case, row: Row) -> None:
        """One more case is over."""
        self._faults.append(fault_of(case, row))

    def write(self, player: Player) -> None:
        """Write all of them."""
        write(self._path, "--svg", (heat(player, self._faults),))
