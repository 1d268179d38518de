"""What was tried, and whether it helped."""

from collections.abc import Iterable, Iterator

from lab.compare import remedies
from lab.compare.cells.cell import Cell, evidence, listed, missing, second
from lab.compare.comparison import Comparison, results
from lab.compare.pair import BAD_GATEWAY, NOT_MODIFIED
from lab.compare.results import All, Holding, Result, shows_page
from lab.compare.upstreams import PAGE

_FEW = 2


def cells(comparison: Comparison) -> dict[int, Cell]:
    tried = comparison.tried
    of_304 = {experiment.name: result for experiment, result in results(comparison, 304)}
    bad, unchanged = second(tried, BAD_GATEWAY), second(tried, NOT_MODIFIED)
    broken = of_304["no-action"]
    sound = [missing(tried, NOT_MODIFIED)]
    if unchanged is not None:
        shown = shows_page(unchanged.seen, PAGE)
        sound = ["Nothing to resolve: the page was shown." if shown else "The page was not shown."]
    return {
        502: Cell(tuple(_by_situation(tried)), evidence(bad), more=tuple(_of_many(tried))),
        304: Cell(
            (*sound, *_told(broken)),
            (*evidence(unchanged), *broken.evidence),
            more=tuple(_told(of_304["less-than-a-page"])),
        ),
    }


def _by_situation(tried: All) -> Iterator[str]:
    """For each situation, what cured; and what cured in no situation at all."""
    found = [each for remedy in remedies.REMEDIES for each in remedies.treatments(tried, remedy)]
    tried_ones = len({each.remedy.name for each in found if each.effect is not remedies.Effect.UNTRIED})
    if not tried_ones:
        yield f"Nothing could be tried: {found[0].why}."
        return
    yield f"{tried_ones} remedies were tried; what helps depends on where the 502 comes from."
    for situation in remedies.SITUATIONS:
        here = [each for each in found if each.situation is situation]
        cured = _cured(here)
        told = [each for each in here if each.effect is not remedies.Effect.UNTRIED]
        if not told:
            yield f"Where {situation.says}: not tried ({here[0].why})."
        else:
            yield f"Where {situation.says}: {_few(cured) if cured else 'nothing that was tried'}."


def _of_many(tried: All) -> Iterator[str]:
    """For each situation in which many cured, all of them."""
    found = [each for remedy in remedies.REMEDIES for each in remedies.treatments(tried, remedy)]
    for situation in remedies.SITUATIONS:
        cured = _cured(each for each in found if each.situation is situation)
        if len(cured) > _FEW:
            yield f"Where {situation.says}: {listed(cured)}."


def _cured(found: Iterable[remedies.Treatment]) -> list[str]:
    return [each.remedy.name for each in found if each.effect is remedies.Effect.CURED]


def _few(names: list[str]) -> str:
    return listed(names if len(names) <= _FEW else [names[0], f"{len(names) - 1} others"])


def _told(result: Result) -> Iterator[str]:
    if result.holding is Holding.UNTRIED:
        yield f"Not tried: {result.says}."
    else:
        yield result.says
