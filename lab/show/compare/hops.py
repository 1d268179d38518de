"""A small picture of each exchange of the pair: who took part, and how many bytes went over each connection."""

from collections.abc import Iterator

from lab.compare.comparison import Comparison
from lab.compare.pair import BAD_GATEWAY, FROM_STORE, NOT_MODIFIED
from lab.compare.results import Exhibit, exhibit
from lab.compare.visits import Tried
from lab.outcome import Maker
from lab.show.markup import Markup, tag

_PICTURES = ((502, BAD_GATEWAY), (304, NOT_MODIFIED), (304, FROM_STORE))


def hops(comparison: Comparison) -> Markup:
    """One picture for each that was performed."""
    return tag("div", *_pictures(comparison), class_="pictures")


def _pictures(comparison: Comparison) -> Iterator[Markup]:
    for code, trial in _PICTURES:
        tried = comparison.tried[trial.name]
        if tried.told and tried.last.facts is not None:
            yield _picture(code, tried, exhibit(tried, len(tried.seen)))


def _picture(code: int, tried: Tried, shown: Exhibit) -> Markup:
    facts = tried.last.facts
    assert facts is not None
    reached = bool(shown.upstream_asked or shown.upstream_answered)
    failed = facts.made_by is Maker.GATEWAY and (facts.status or 0) >= 500
    behind = "fails" if failed else "works" if reached else "unused"
    sign = {"fails": "✗", "works": "✓", "unused": "–"}[behind]
    upstream = _bytes(shown.upstream_asked, shown.upstream_answered) if reached else ("not", "asked")
    client = _bytes(len(shown.asked), len(shown.answer))
    caption = tag("figcaption", tag("b", str(facts.status or "no answer")), f" {_who(facts.made_by)}")
    row = (
        _box("client"), _link("works", "✓", client), _box("gateway"), _link(behind, sign, upstream),
        _box("upstream", faint=not reached),
    )  # fmt: skip
    return tag("figure", caption, tag("div", *row, class_="hops"), class_=f"is-{code}")


def _who(maker: Maker) -> str:
    return {
        Maker.GATEWAY: "made by the gateway",
        Maker.UPSTREAM: "made by the upstream",
        Maker.STORE: "made by the gateway's store",
        Maker.NOBODY: "made by nobody",
    }[maker]


def _box(name: str, *, faint: bool = False) -> Markup:
    return tag("span", name, class_="box faint" if faint else "box")


def _bytes(asked: int, answered: int) -> tuple[str, ...]:
    return f"→ {asked:,}", f"← {answered:,}", "bytes"


def _link(how: str, sign: str, words: tuple[str, ...]) -> Markup:
    lines = (tag("span", each) for each in words)
    return tag("span", tag("span", sign, class_="sign"), tag("span", *lines, class_="bytes"), class_=f"link {how}")
