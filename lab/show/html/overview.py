"""Several performances in one picture."""

from itertools import islice

from lab.show.html.told import Again
from lab.show.matrix import cell_of
from lab.show.svg.matrix import matrix
from lab.show.svg.multiple import MOST, small_multiple


def overview(again: Again) -> str:
    """Of one scenario a small picture for each gateway or variant; of many scenarios a table of colours."""
    first = [told.judgement for told in islice(again(), MOST + 1)]
    if len(first) <= MOST and len({each.case.scenario.address for each in first}) == 1:
        return small_multiple(first)
    return matrix(cell_of(told.judgement) for told in again())
