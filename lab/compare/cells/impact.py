"""What the client gets and what it costs: bytes on each connection, the page or not, time."""

from collections.abc import Iterator

from lab.compare.cells.cell import Cell, Second, evidence, missing, octets, second
from lab.compare.comparison import Comparison
from lab.compare.pair import BAD_GATEWAY, FROM_STORE, NOT_MODIFIED
from lab.compare.results import All, shows_page
from lab.compare.savings import savings
from lab.compare.upstreams import PAGE
from lab.compare.visits import Source


def cells(comparison: Comparison) -> dict[int, Cell]:
    tried = comparison.tried
    bad, unchanged, stored = (second(tried, trial) for trial in (BAD_GATEWAY, NOT_MODIFIED, FROM_STORE))
    of_store = [f"From the store: {_bytes(stored)}; {_took(stored)}."] if stored else []
    return {
        502: Cell(
            tuple(_told(bad)) if bad else (missing(tried, BAD_GATEWAY),), evidence(bad), more=tuple(_before(bad))
        ),
        304: Cell(
            (*(_told(unchanged) if unchanged else [missing(tried, NOT_MODIFIED)]), *of_store),
            evidence(unchanged, stored),
            more=(*_before(unchanged), *_saved(tried)),
        ),
    }


def _told(second: Second) -> Iterator[str]:
    content = second.shown.content
    if shows_page(second.seen, PAGE):
        came = "no content came" if not content else f"{octets(content)} of content came"
        yield f"The page is there: {came}, and the client shows {_shows(second)}."
    else:
        copy = ", although the client has a copy" if b"\nIf-None-Match:" in second.shown.asked else ""
        came = f"{octets(content)} of something else came" if content else "no content came"
        yield f"The page of {octets(len(PAGE))} is not there{copy}: {came}."
    yield f"{_bytes(second)}; {_took(second)}."


def _before(second: Second | None) -> Iterator[str]:
    if second is None:
        return
    before = second.before
    whole, took = len(before.asked) + len(before.answer), before.ended - before.began
    yield f"The page itself had cost {octets(whole)} on the client connection, and {took:.1f} ms."


def _shows(second: Second) -> str:
    return "what came" if second.seen.source is Source.NETWORK else str(second.seen.source)


def _bytes(second: Second) -> str:
    shown = second.shown
    client = len(shown.asked) + len(shown.answer)
    upstream = shown.upstream_asked + shown.upstream_answered
    return f"{octets(client)} on the client connection, {octets(upstream)} on the upstream connection"


def _took(second: Second) -> str:
    return f"{second.shown.ended - second.shown.began:.1f} ms"


def _saved(tried: All) -> Iterator[str]:
    """Against a 200, by size and by who makes the 304."""
    found = list(savings(tried))
    if found:
        yield "Against a 200, on the client connection and on the upstream connection:"
    for each in found:
        client, upstream = map(_less, each.saved)
        yield f"a page of {octets(each.content)}, {each.how}: {client}, {upstream}."


def _less(saved: int) -> str:
    return f"{saved:,} less" if saved > 0 else f"{-saved:,} more" if saved < 0 else "the same"
