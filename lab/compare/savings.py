"""How many bytes a 304 saves against a 200, on each connection: for a small and a large page, and by who makes it."""

from collections.abc import Iterator
from dataclasses import dataclass

from lab.compare.pair import IN_STORE
from lab.compare.results import All, Exhibit, Holding, Result, exhibits, is_304, untried, why_untried
from lab.compare.upstreams import ASK_FIRST, page
from lab.compare.visits import Trial, Visit
from lab.outcome import Maker

SMALL, LARGE = b"hello", b"0123456789abcdef" * 62_500
SIZES = (("small", SMALL), ("large", LARGE))


def _sized(name: str, content: bytes, freshness: bytes, needs: frozenset[str] = frozenset()) -> Trial:
    upstream = page(content, freshness)
    return Trial(name, (Visit(upstream=upstream), Visit(at=1, upstream=upstream)), needs)


SAVINGS = tuple(
    _sized(f"304: a {size} page, {how}", content, freshness, needs)
    for size, content in SIZES
    for how, freshness, needs in (
        ("validated by the upstream", ASK_FIRST, frozenset[str]()),
        ("from the gateway's store", IN_STORE, frozenset({"cache", "clock"})),
    )
)


@dataclass(frozen=True)
class Saving:
    """Bytes, requests and answers together, of a 200 and of the 304 that came after it; on each connection.

    `how` the 304 came about, as it was seen. `content`: bytes of the page.
    """

    how: str
    content: int
    client: tuple[int, int]
    upstream: tuple[int, int]
    evidence: tuple[Exhibit, ...]

    @property
    def saved(self) -> tuple[int, int]:
        """On the client connection, on the upstream connection; negative: it cost more."""
        return self.client[0] - self.client[1], self.upstream[0] - self.upstream[1]


def savings(tried: All) -> Iterator[Saving]:
    """Of each trial in which a 304 came second, after a 200."""
    for trial in SAVINGS:
        found = tried[trial.name]
        if not found.told:
            continue
        first, second = exhibits(found)
        if is_304(first) or not is_304(second):
            continue
        client = _on_client(first), _on_client(second)
        upstream = _on_upstream(first), _on_upstream(second)
        yield Saving(_how(second), first.content, client, upstream, (first, second))


def _how(second: Exhibit) -> str:
    asked = "" if second.upstream_requests else ", which asked nobody"
    return {
        Maker.UPSTREAM: "validated by the upstream",
        Maker.STORE: f"validated by the gateway's store{asked}",
    }.get(Maker(second.made_by), f"validated by the gateway{asked}")


def _on_client(part: Exhibit) -> int:
    return len(part.asked) + len(part.answer)


def _on_upstream(part: Exhibit) -> int:
    return part.upstream_asked + part.upstream_answered


def judge(tried: All) -> Result:
    found = list(savings(tried))
    if not found:
        return why_untried(*(tried[trial.name] for trial in SAVINGS)) or untried("no 304 came after a 200")
    evidence = tuple(part for each in found for part in each.evidence)
    less = [each for each in found if min(each.saved) <= 0]
    said = "; ".join(f"{each.content:,} bytes {each.how}: {_saved(each)}" for each in found)
    holding = Holding.HOLDS if not less else Holding.PARTLY if len(less) < len(found) else Holding.FAILS
    return Result(holding, f"Saved on the client connection and on the upstream connection: {said}.", evidence)


def _saved(saving: Saving) -> str:
    return " and ".join(f"{number:,}" for number in saving.saved)
