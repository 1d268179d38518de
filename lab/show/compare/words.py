"""The words that the terminal and the page share."""

from collections.abc import Iterator

from lab.compare.comparison import Comparison
from lab.compare.pair import BAD_GATEWAY, NOT_MODIFIED
from lab.compare.remedies import Effect
from lab.compare.results import Exhibit, exhibit
from lab.compare.visits import Source
from lab.show.escape import octets

EFFECTS = {
    Effect.CURED: "cured",
    Effect.NO_MORE: "anyway",
    Effect.NOT_CURED: "no",
    Effect.UNTRIED: "untried",
}
EFFECTS_SAY = (
    "cured: the page was there with it, and without it was not; anyway: it was there, but asking again at once would"
    " have done; no: still no page."
)


def title(comparison: Comparison) -> str:
    return f"502 against 304, measured just now on {comparison.player.full_name}"


def introduction(comparison: Comparison) -> str:
    """What the two columns have in common, and where they part."""
    bad, unchanged = (comparison.tried[trial.name] for trial in (BAD_GATEWAY, NOT_MODIFIED))
    beginning = "A client has a page, and asks for it again. "
    if bad.told and unchanged.told and exhibit(bad, 2).asked == exhibit(unchanged, 2).asked:
        size = len(exhibit(bad, 2).asked)
        beginning = f"A client has a page, and asks for it again: with the same {size} bytes both times. "
    return beginning + "For the 502 the upstream behind the gateway answers nonsense, for the 304 nothing has changed."


def performed(comparison: Comparison) -> str:
    return f"{comparison.performances:,} performances in {comparison.seconds:.1f} s"


def evidence_words(part: Exhibit) -> Iterator[str]:
    """One visit, in a few lines: which performance, which bytes, which times."""
    if part.source is Source.OWN_COPY:
        yield f"{part.name}: nobody was asked; the client's own copy shows {part.shown}"
        return
    yield f"{part.name} (performance {part.performance}, {part.began:.1f} to {part.ended:.1f} ms)"
    yield f"client: sent {_bytes(part.asked)}"
    how = ", ".join((*filter(None, (part.outcome,)), f"made by {part.made_by}"))
    yield f"client: got {_bytes(part.answer)}" + (f" ({how})" if part.answer and part.made_by else "")
    requests = f"{part.upstream_requests} request{'' if part.upstream_requests == 1 else 's'}"
    yield f"upstream: got {part.upstream_asked:,} bytes ({requests}), sent {part.upstream_answered:,}"


def _bytes(data: bytes) -> str:
    return f"{len(data):,} bytes, {first_line(data)}" if data else "nothing"


def first_line(data: bytes) -> str:
    """The start line, as it came, at most so much of it."""
    return octets(data.partition(b"\r\n")[0][:100])
