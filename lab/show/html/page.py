"""The page itself, piece by piece."""

from collections.abc import Iterator
from importlib.resources import files
from itertools import groupby

from lab.show.grid.html import anchor
from lab.show.html.contents import Entry, contents, entries, numbers
from lab.show.html.performance import article, sections
from lab.show.html.told import Again, Told
from lab.show.markup import tag
from lab.show.text.statuses import counted

BEGINS = b"<!doctype html>"
_MADE_BY = "badgateway run --html FILE"


def page(
    again: Again, *, title: str = "", lead: str = "", command: str = "badgateway run --html FILE"
) -> Iterator[str]:
    """One document of all these performances. The same performances give the same text.

    `title`, `lead`: what stands at its head instead of how many they are, and on which gateway.
    """
    given = tuple(entries(again()))
    single = len(given) == 1
    name = title or (given[0].title or given[0].name if single else _how_many(given))
    yield from _head(name)
    head = f"{tag('h1', name)}\n{tag('p', lead, class_='lead') if lead else ''}"
    if single:
        [told] = again()
        yield f"<header>\n{head}</header>\n<main>\n"
        yield from (f"{part}\n" for part in sections(told, "h2"))
    else:
        yield f"<header>\n{head}{numbers(given)}\n</header>\n<main>\n"
        yield from contents(given)
        yield from _chapters(given, again())
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
{files(__package__).joinpath("page.css").read_text(encoding="utf-8")}</style>
</head>
<body>
"""


def _how_many(given: tuple[Entry, ...]) -> str:
    gateways = list(dict.fromkeys(entry.on for entry in given))
    on = f" on {gateways[0]}" if len(gateways) == 1 else f" on {len(gateways)} gateways" if gateways else ""
    return counted(len(given), "performance") + on


def _chapters(given: tuple[Entry, ...], performances: Iterator[Told]) -> Iterator[str]:
    """Each chapter under its heading. A chapter that comes twice has its second part where it comes."""
    for number, (chapter, rows) in enumerate(groupby(given, key=lambda entry: entry.chapter)):
        place = f"chapter-{anchor(chapter)}-{number}"
        yield f'<section aria-labelledby="{place}">\n{tag("h2", chapter or "(no chapter)", id=place)}\n'
        for entry, told in zip(rows, performances, strict=False):
            yield from article(told, entry.id)
        yield "</section>\n"
