"""Which picture is drawn: of one performance, what went over the wire; of several, what they have in common."""

import re
from collections.abc import Iterator
from itertools import chain, count, islice

from lab.show.html.overview import overview
from lab.show.html.told import Again
from lab.show.svg.sequence import diagram


def one_picture(again: Again, *, to_scale: bool) -> str:
    """One picture of all: of one performance what went over the wire, of one scenario a column for each gateway or
    variant, of many scenarios a table."""
    first = list(islice(again(), 2))
    return diagram(first[0].judgement, to_scale=to_scale) if len(first) == 1 else overview(again)


def each_picture(again: Again, *, to_scale: bool) -> Iterator[tuple[str, str]]:
    """A picture of each, with the name of its file: its scenario's, and its gateway's where that is not enough."""
    taken: set[str] = set()
    for told in again():
        name, on = _safe(told.judgement.case.name), _safe(told.judgement.transcript.gateway.name)
        several = (f"{name}-{on}-{number}" for number in count(2))
        found = next(each for each in chain((name, f"{name}-{on}"), several) if each not in taken)
        taken.add(found)
        yield f"{found}.svg", diagram(told.judgement, to_scale=to_scale)


def _safe(name: str) -> str:
    """As a part of the name of a file. It may come out of a file from anywhere: it leads into no other folder."""
    return re.sub(r"[^\w.=,+-]+", "_", name, flags=re.ASCII).strip("._")[:120] or "unnamed"
