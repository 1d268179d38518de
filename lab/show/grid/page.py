"""The grid as one page for a browser: it needs no script and no other file. Whatever came over a wire is escaped."""

from collections.abc import Container, Iterable, Iterator, Mapping

from lab.grid import Asking, State
from lab.show.grid.cases import Told
from lab.show.grid.counts import ALWAYS_TOLD, KINDS
from lab.show.grid.html import anchor, tone
from lab.show.grid.words import CLIENTS, meanings
from lab.show.markup import safe, style_sheet
from lab.show.text.statuses import counted
from lab.transcript import Player


def page(
    player: Player, cases: Iterable[Told], found: Mapping[str, int], signs: Container[str],
    left_out: Mapping[str, str], *, asked: int,
) -> Iterator[str]:  # fmt: skip
    """The page, piece by piece. `found`: as `lab.show.grid.counts` counts. `signs`: signs and letters that are used.
    `asked`: how many cells were to be played. `left_out`: the names of cases that were not, and why."""
    given = tuple(cases)
    name = safe(player.full_name)
    yield f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>502, 304 or a stale 200: faults against a cache, on {name}</title>
<style>
{style_sheet(__package__)}</style>
</head>
<body>
{_header(name, found, asked)}<main>
"""
    yield _legend(signs)
    yield _overview(given)
    yield '<h2 id="details">Every cell</h2>\n<p>Open a cell to read what happened in it.</p>\n'
    yield from (each.article for each in given)
    yield _left_out(left_out)
    yield "</main>\n<footer><p>Made by the Bad Gateway Lab: <code>badgateway grid --html FILE</code></p></footer>\n"
    yield "</body>\n</html>\n"


def _header(name: str, found: Mapping[str, int], asked: int) -> str:
    numbers = "".join(
        f"<li><b>{found[kind]:,}</b><span>{safe(kind)}</span></li>"
        for kind in KINDS
        if found[kind] or kind in ALWAYS_TOLD
    )
    part = "" if found[""] == asked else f" It was interrupted: {found['']:,} of {asked:,} cells were played."
    return f"""<header>
<h1>The same broken upstream, five states of a cache</h1>
<p>A gateway with a cache stands in front of an upstream that breaks. Is it a 502, a 304, a stale 200, or is a good copy
lost? That depends on what the cache holds, and on what the client says of its own copy. Each fault met each state, for
three clients; then the upstream was well again and had changed, and a last request showed what the cache was left
with.</p>
<p class="soft">Played on {name}: {counted(found[""], "cell")}.{part}</p>
<ul class="numbers">{numbers}</ul>
</header>
"""


def _legend(signs: Container[str]) -> str:
    states = "".join(_entry("", state, state.says) for state in State)
    clients = "".join(_entry("", CLIENTS[asking], asking.says) for asking in Asking)
    used = "".join(_entry(tone(style), f"{mark} {name}", says) for mark, name, says, style in meanings(signs))
    return (
        f'<h2 id="legend">How to read it</h2>\n<h3>What the cache holds</h3>\n<dl class="legend">{states}</dl>\n'
        f'<h3>What the client sends</h3>\n<dl class="legend">{clients}</dl>\n'
        f'<h3>What the client gets, and what is left</h3>\n<dl class="legend">{used}</dl>\n'
    )


def _entry(tone: str, term: str, says: str) -> str:
    return f'<div><dt class="{tone}">{safe(term)}</dt><dd>{safe(says)}</dd></div>'


def _overview(given: tuple[Told, ...]) -> str:
    chapters: dict[str, list[Told]] = {}
    for each in given:
        chapters.setdefault(each.chapter, []).append(each)
    states = "".join(f'<th scope="colgroup" colspan="{len(Asking)}" class="first">{state}</th>' for state in State)
    clients = "".join(f'<th scope="col"{_first(asking)}>{CLIENTS[asking]}</th>' for _ in State for asking in Asking)
    bodies = "".join(
        f'<tbody id="chapter-{anchor(name)}">\n<tr class="chapter"><th scope="rowgroup" colspan="16">{safe(name)}</th>'
        f"</tr>\n{''.join(each.row for each in rows)}</tbody>\n"
        for name, rows in chapters.items()
    )
    links = "".join(f'<li><a href="#chapter-{anchor(name)}">{safe(name)}</a></li>' for name in chapters)
    return f"""<h2 id="overview">All at a glance</h2>
<nav aria-label="Chapters"><ul>{links}</ul></nav>
<div><label class="only"><input type="checkbox" id="only">
only where something outlives the fault, looks complete and is not, or stays unknown</label></div>
<div class="wide" role="region" aria-labelledby="overview" tabindex="0">
<table class="grid">
<caption class="hidden">What each client got, by fault and by state of the cache</caption>
<thead>
<tr><th scope="col" rowspan="2">scenario</th>{states}</tr>
<tr>{clients}</tr>
</thead>
{bodies}</table>
</div>
"""


def _left_out(left_out: Mapping[str, str]) -> str:
    if not left_out:
        return ""
    items = "".join(f"<li><code>{safe(name)}</code>: {safe(why)}</li>" for name, why in left_out.items())
    return f'<h2 id="left-out">Not replayed</h2>\n<ul class="left-out">{items}</ul>\n'


def _first(asking: Asking) -> str:
    return ' class="first"' if asking is Asking.PLAIN else ""
