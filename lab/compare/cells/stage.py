"""In which of the four stages it happens, on which connection; and how long each took."""

from collections.abc import Iterator

from lab.compare.cells.cell import Cell, Second, evidence, missing, of_store, second
from lab.compare.comparison import Comparison
from lab.compare.pair import BAD_GATEWAY, FROM_STORE, NOT_MODIFIED
from lab.compare.results import Holding
from lab.compare.stages import Side, Span, judge_sides, spans
from lab.outcome import Ending, Maker


def cells(comparison: Comparison) -> dict[int, Cell]:
    tried = comparison.tried
    bad, unchanged, stored = (second(tried, trial) for trial in (BAD_GATEWAY, NOT_MODIFIED, FROM_STORE))
    sides = judge_sides(tried)
    only = () if sides.holding is Holding.UNTRIED else (sides.says,)
    return {
        502: Cell((*(_told(bad) if bad else [missing(tried, BAD_GATEWAY)]), *only), (*evidence(bad), *sides.evidence)),
        304: Cell(
            (
                *(_told(unchanged) if unchanged else [missing(tried, NOT_MODIFIED)]),
                *(of_store(_alone(stored)) if stored else []),
            ),
            evidence(unchanged, stored),
            more=tuple(of_store(_told(stored)) if stored else ()),
        ),
    }


def _told(second: Second) -> Iterator[str]:
    assert second.tried.transcript is not None
    assert second.seen.act is not None
    found = spans(second.tried.transcript, second.seen.act)
    for side in Side:
        mine = [span for span in found if span.side is side]
        if any(span.milliseconds is not None for span in mine):
            yield f"{side.capitalize()}: {', '.join(map(_took, mine))}."
        else:
            yield f"{side.capitalize()}: no stage, for nobody asked on it."
    yield _where(second, found)


def _alone(second: Second) -> Iterator[str]:
    """Shortly, where one connection was enough."""
    if not second.shown.upstream_requests:
        yield "The client connection alone: nobody asked on the other."


def _took(span: Span) -> str:
    """How long a stage took. The lab's addresses are numbers: there was no name to look up."""
    if span.milliseconds is None:
        return f"no {span.stage}" + (" to look up" if span.stage == "name" else "")
    return f"{span.stage} {span.milliseconds:.1f} ms"


def _where(second: Second, found: tuple[Span, ...]) -> str:
    """Where it went wrong, if it did."""
    facts = second.facts
    reached = [span.stage for span in found if span.side is Side.UPSTREAM and span.milliseconds is not None]
    if facts.ending is not Ending.COMPLETE:
        return "It went wrong for the client, too: what it got is no complete answer."
    if facts.status is not None and facts.status >= 500 and facts.made_by is Maker.GATEWAY:
        at = f"in the stage {reached[-1]}" if reached else "before there was one"
        return f"It went wrong on the upstream connection, {at}; nothing went wrong on the client connection."
    return "Nothing went wrong in any stage."
