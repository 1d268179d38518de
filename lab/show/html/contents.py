"""The head of a page: how the verdicts are spread, and a table in which each performance is found."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from lab.show.grid.html import anchor, tone
from lab.show.html.told import Told
from lab.show.markup import Markup, tag
from lab.show.text.statuses import counted
from lab.show.text.table import verdict_span
from lab.verdict import READS, Verdict


@dataclass(frozen=True)
class Entry:
    """What the contents say of one performance: little enough to be kept of thousands. `id`: its place on the page."""

    id: str
    chapter: str
    name: str
    title: str
    on: str
    verdict: Verdict
    got: tuple[tuple[str, str, str], ...]


def entries(given: Iterable[Told]) -> Iterator[Entry]:
    """An entry for each; no two have the same place."""
    seen: Counter[str] = Counter()
    for each in given:
        place = anchor(each.judgement.case.name)
        seen[place] += 1
        yield entry(each, place if seen[place] == 1 else f"{place}--{seen[place]}")


def entry(told: Told, place: str) -> Entry:
    """The entry of one performance that stands at this place."""
    judgement, scenario = told.judgement, told.judgement.case.scenario
    found = (exchange.facts for exchange in judgement.exchanges)
    got = tuple((str(each.status or "-"), str(each.outcome), str(each.made_by)) for each in found)
    on = judgement.transcript.gateway.full_name
    return Entry(place, scenario.chapter, judgement.case.name, scenario.title, on, judgement.verdict, got)


def numbers(given: Iterable[Entry]) -> Markup:
    """How many there are of each verdict."""
    found = Counter(entry.verdict for entry in given)
    items = (tag("li", tag("b", f"{found[verdict]:,}"), badge(verdict)) for verdict in Verdict if found[verdict])
    return tag("ul", *items, class_="numbers")


def badge(verdict: Verdict, words: str = "") -> Markup:
    """A verdict with the sign that it has in a terminal; the colour only repeats it."""
    said = verdict_span(verdict, words or READS[verdict])
    return tag("span", said.text, class_=f"badge {tone(said.style)}")


def contents(given: tuple[Entry, ...]) -> Iterator[Markup]:
    """The table, chapter by chapter."""
    several = len({entry.on for entry in given}) > 1
    heads = ("scenario", *(("gateway",) if several else ()), "verdict", "status", "outcome", "made by")
    yield Markup(
        '<section aria-labelledby="contents">\n<h2 id="contents">Contents</h2>\n'
        '<div class="wide" role="region" aria-labelledby="contents" tabindex="0">\n<table class="contents">\n'
    )
    yield tag("caption", f"{counted(len(given), 'performance')}, by chapter", class_="hidden")
    yield tag("thead", tag("tr", *(tag("th", head, scope="col") for head in heads)))
    for chapter, rows in groupby(given, key=lambda entry: entry.chapter):
        head = tag("th", chapter, scope="rowgroup", colspan=str(len(heads)))
        yield tag("tbody", tag("tr", head, class_="chapter"), *(_row(entry, several) for entry in rows))
    yield Markup("</table>\n</div>\n</section>\n")


def _row(entry: Entry, several: bool) -> Markup:
    name = entry.name.partition("/")[2] or entry.name
    link = tag("th", tag("a", name, href=f"#{entry.id}", title=entry.title), scope="row")
    columns = zip(*entry.got, strict=True) if entry.got else (("-",),) * 3
    got = (tag("td", *_lines(column)) for column in columns)
    where = (tag("td", entry.on),) if several else ()
    return tag("tr", link, *where, tag("td", badge(entry.verdict)), *got)


def _lines(column: tuple[str, ...]) -> Iterator[Markup]:
    """Of several requests, a line each."""
    return (tag("span", each, class_="line") for each in column) if len(column) > 1 else iter((tag("span", column[0]),))
