"""How many parties took part, and which hop failed, or validated."""

from collections.abc import Iterator

from lab.compare.cells.cell import Cell, Second, evidence, listed, missing, of_store, second
from lab.compare.comparison import Comparison
from lab.compare.pair import BAD_GATEWAY, FROM_STORE, NOT_MODIFIED
from lab.outcome import Maker
from lab.rfc import RFC

_GATEWAY = RFC(9110, "3.7")
_NUMBERS = {1: "One party", 2: "Two parties", 3: "Three parties"}


def cells(comparison: Comparison) -> dict[int, Cell]:
    tried = comparison.tried
    bad, unchanged, stored = (second(tried, trial) for trial in (BAD_GATEWAY, NOT_MODIFIED, FROM_STORE))
    return {
        502: Cell(tuple(_told(bad) if bad else [missing(tried, BAD_GATEWAY)]), evidence(bad), (_GATEWAY,)),
        304: Cell(
            (
                *(_told(unchanged) if unchanged else [missing(tried, NOT_MODIFIED)]),
                *(of_store(_told(stored)) if stored else [missing(tried, FROM_STORE)]),
            ),
            evidence(unchanged, stored), (_GATEWAY,),
        ),
    }  # fmt: skip


def _told(second: Second) -> Iterator[str]:
    facts, shown = second.facts, second.shown
    parties = ["the client"]
    parties += ["the gateway"] if shown.answer else []
    parties += ["the upstream"] if shown.upstream_asked or shown.upstream_answered else []
    yield f"{_NUMBERS[len(parties)]} took part: {listed(parties)}."
    if facts.made_by is Maker.GATEWAY and facts.status is not None and facts.status >= 500:
        yield "The hop between gateway and upstream failed; the one between client and gateway did its work."
    elif facts.status == 304 and facts.made_by is Maker.STORE:
        asked = "without asking the upstream" if not facts.upstream_requests else "after it had asked the upstream"
        yield f"The gateway validated the client's copy by its own, {asked}."
    elif facts.status == 304 and facts.made_by is Maker.UPSTREAM:
        yield "The upstream validated the client's copy; the gateway passed question and answer on."
    else:
        yield f"The client got {facts.status or 'no status'} ({facts.outcome}): nobody reported a failure or validated."
