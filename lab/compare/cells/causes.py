"""Where each comes from: counted over the catalogue, all of it performed just now."""

from collections import Counter
from collections.abc import Iterator

from lab.catalogue.causes import CAUSES
from lab.compare.causes import Causes
from lab.compare.cells.cell import Cell, listed
from lab.compare.comparison import Comparison
from lab.outcome import Maker

_MOST = 4
_OF_502 = "A"  # the causes of a 502, in the list of causes; the others are confusions about 304
_BY = {Maker.UPSTREAM: "made by the upstream", Maker.STORE: "made by the gateway's store",
       Maker.GATEWAY: "made by the gateway", Maker.NOBODY: "made by nobody"}  # fmt: skip


def cells(comparison: Comparison) -> dict[int, Cell]:
    found = comparison.causes
    if not found.cases:
        nothing = Cell(("Nothing of the catalogue could be performed on this gateway.",))
        return {502: nothing, 304: nothing}
    return {
        502: Cell(tuple(_bad(found)), more=tuple(_more_of_bad(found)), names=tuple(_names_502(found))),
        304: Cell(tuple(_unchanged(found)), more=_unasked(found), names=tuple(_names_304(found))),
    }


def _bad(found: Causes) -> Iterator[str]:
    yield (
        f"Of {found.faulty:,} cases of the catalogue whose fault took effect just now, {found.reported:,} gave a 502"
        " that the gateway made."
    )
    if found.errors:
        yield f"What it named: {_most(found.errors)}."


def _more_of_bad(found: Causes) -> Iterator[str]:
    if found.instead:
        yield f"The other {found.faulty - found.reported} ended in: {_most(found.instead)}."
    if found.causes:
        known = [cause for cause in CAUSES if cause.startswith(_OF_502)]
        played = [cause for cause in found.causes if cause.startswith(_OF_502)]
        yield f"A 502 came of {len(played)} of {len(known)} real-world causes (badgateway list --causes)."


def _unchanged(found: Causes) -> Iterator[str]:
    with_one = {maker: number for (conditional, maker), number in found.not_modified.items() if conditional}
    got = sum(with_one.values())
    makers = f": {listed(f'{number} {_BY[maker]}' for maker, number in with_one.items())}" if got else ""
    yield (
        "No fault: a condition in the request (If-None-Match or If-Modified-Since), and a page that is still the same."
    )
    yield f"Of {found.conditional} requests of the catalogue with a condition, {got} got a 304{makers}."


def _unasked(found: Causes) -> tuple[str]:
    without = sum(number for (conditional, _), number in found.not_modified.items() if not conditional)
    fault = " That is a fault of its own." if without else ""
    return (f"Of {found.unconditional} without a condition, {without or 'none'} did.{fault}",)


def _names_502(found: Causes) -> Iterator[str]:
    for error, _ in found.errors.most_common():
        names = sorted(name for name, each in found.gave_502.items() if each == error)
        yield f"{error}: {', '.join(names)}"


def _names_304(found: Causes) -> Iterator[str]:
    for conditional, names in sorted(found.gave_304.items(), reverse=True):
        yield f"304 {'with' if conditional else 'without'} a condition: {', '.join(sorted(names))}"


def _most(counter: Counter[str]) -> str:
    """The most frequent, and how many the others make together."""
    first = counter.most_common(_MOST)
    rest = counter.total() - sum(number for _, number in first)
    return ", ".join(f"{name} {number}" for name, number in first) + (f", others {rest}" if rest else "")
