"""One failure after the other, at each stage of the HTTP cycle, on both sides of a gateway."""

from collections.abc import Sequence
from functools import cached_property
from typing import overload

from lab.compare.stages import BREAKS, Broken, broken
from lab.notebook.displayed import Displayed, Shown, in_a_table
from lab.notebook.performing import gateway_of


class Breaks(Shown, Sequence[Broken]):
    """What each failure became for the client, shown as a table. `of(side)`: those of one side alone."""

    def __init__(self, found: Sequence[Broken]) -> None:
        self._found = tuple(found)

    @overload
    def __getitem__(self, place: int) -> Broken: ...

    @overload
    def __getitem__(self, place: slice) -> "Breaks": ...

    def __getitem__(self, place: int | slice) -> "Broken | Breaks":
        return Breaks(self._found[place]) if isinstance(place, slice) else self._found[place]

    def __len__(self) -> int:
        return len(self._found)

    def of(self, side: str) -> "Breaks":
        """Those on the "client connection", or on the "upstream connection"."""
        return Breaks([each for each in self if each.failure.side == side])

    @cached_property
    def displayed(self) -> Displayed:
        return in_a_table(
            ("on which connection", "at which stage", "what fails", "what the client gets"),
            [(each.failure.side, each.failure.stage, each.failure.says, each.why or each.got) for each in self],
        )


async def break_each_stage(gateway: str = "reference") -> Breaks:
    """Let every stage fail once, on either connection, and see what the client gets."""
    from lab.compare.performing import try_all

    return Breaks(broken(await try_all((each.trial for each in BREAKS), gateway_of(gateway))))
