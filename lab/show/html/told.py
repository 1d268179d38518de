"""What a page is made of."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from lab.transcript import Transcript
from lab.verdict import Judgement


@dataclass(frozen=True)
class Told:
    """One performance, and its control: what happened when the case was repaired (None: nothing in it is wrong)."""

    judgement: Judgement
    control: Transcript | None = None


Again = Callable[[], Iterator[Told]]
"""Gives all the performances, each time it is called: so they are gone through twice, and never held."""
