"""Which party may take which step, and where a script has ended."""

from collections.abc import Iterator
from itertools import pairwise

from lab.scenario.rehearsal import Rehearsal
from lab.script import ENDINGS, Mistake, ReceiveRequest, Send, StartTLS


def wrong_party(rehearsal: Rehearsal) -> Iterator[Mistake]:
    """Steps that only the upstream can take."""
    for script in rehearsal.scripts:
        for step in script.steps if not script.peer else ():
            if isinstance(step, ReceiveRequest | StartTLS):
                yield Mistake(f"{type(step).__name__} is for the upstream, not for the client", step.where)
            elif isinstance(step, Send) and not all(isinstance(line, bytes) for line in step.lines):
                yield Mistake("placeholders are for what the upstream sends, not the client", step.where)


def after_the_end(rehearsal: Rehearsal) -> Iterator[Mistake]:
    """Steps after one that ends the script."""
    for script in rehearsal.scripts:
        for before, after in pairwise(script.steps):
            if isinstance(before, ENDINGS):
                name = type(before).__name__
                yield Mistake(f"nothing can follow {name}: the script has ended there", after.where)
