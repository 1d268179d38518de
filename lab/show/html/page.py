"""The page itself, piece by piece."""

from collections.abc import Iterable, Iterator
from itertools import chain, groupby

from lab.show.grid.html import anchor
from lab.show.html.contents import Entry, contents, entries, numbers
from lab.show.html.overview import overview
from lab.show.html.performance import article, sections
from lab.show.html.told import Again
from lab.show.markup import Markup, Part, style_sheet, tag
from lab.show.text.statuses import counted

BEGINS = b"<!doctype html>"
_MADE_BY = "badgateway run --html FILE"


def page(again: Again, *, title: str = "", lead: str = "") -> Iterator[str]:
    """One document of all these performances. The same performances give the same text.

    `title`, `lead`: what stands at its head instead of how many they are, and on which gateway.
    """
    given = tuple(entries(again()))
    if len(given) == 1:
        [told] = again()
        yield from _framed(title or given[0].title or given[0].name, lead, sections(told, "h2"))
    else:
        articles = (article(told, entry.id) for entry, told in zip(given, again(), strict=False))
        above = _overview(again) if _several(given) else ()
        yield from document(given, articles, title=title or _how_many(given), lead=lead, above=above)


def document(
    given: tuple[Entry, ...],
    articles: Iterable[Iterable[str]],
    *,
    title: str,
    lead: str = "",
    above: Iterable[str] = (),
) -> Iterator[str]:
    """The document of performances with these entries, out of the `article` of each. `above`: what comes first."""
    parts = chain(above, contents(given), _chapters(given, iter(articles)))
    yield from _framed(title, lead, parts, numbers(given))


def _several(given: tuple[Entry, ...]) -> bool:
    """Whether they are to be compared: on several gateways, or of one scenario."""
    scenarios = {entry.name.partition("[")[0] for entry in given}
    return bool(given) and (len({entry.on for entry in given}) > 1 or len(scenarios) == 1)


def _overview(again: Again) -> Iterator[str]:
    yield tag("h2", "Side by side")
    yield tag("figure", Markup(overview(again)), tabindex="0")


def _framed(title: str, lead: str, parts: Iterable[str], below: Part = "") -> Iterator[str]:
    yield from _head(title)
    said = tag("p", lead, class_="lead") if lead else ""
    yield f"{tag('header', tag('h1', title), said, below)}\n<main>\n"
    yield from (f"{part}\n" for part in parts)
    yield f"</main>\n{tag('footer', tag('p', 'Made by the Bad Gateway Lab: ', tag('code', _MADE_BY)))}\n"
    yield "</body>\n</html>\n"


def _head(name: str) -> Iterator[str]:
    yield f"""{BEGINS.decode()}
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="badgateway">
{tag("title", name)}
<style>
{style_sheet(__package__)}</style>
</head>
<body>
"""


def _how_many(given: tuple[Entry, ...]) -> str:
    gateways = list(dict.fromkeys(entry.on for entry in given))
    on = f" on {gateways[0]}" if len(gateways) == 1 else f" on {len(gateways)} gateways" if gateways else ""
    return counted(len(given), "performance") + on


def _chapters(given: tuple[Entry, ...], articles: Iterator[Iterable[str]]) -> Iterator[str]:
    """Each chapter under its heading. A chapter that comes twice has its second part where it comes."""
    for number, (chapter, rows) in enumerate(groupby(given, key=lambda entry: entry.chapter)):
        place = f"chapter-{anchor(chapter)}-{number}"
        yield f'<section aria-labelledby="{place}">'
        yield tag("h2", chapter or "(no chapter)", id=place)
        for _, parts in zip(rows, articles, strict=False):
            yield from parts
        yield "</section>"
