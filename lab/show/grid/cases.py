"""One case in HTML: its row in the overview, and its part of the details."""

from collections.abc import Iterator
from dataclasses import dataclass

from lab.grid import Asking, Cell, State
from lab.scenario import Case
from lab.show.grid.html import anchor, tone
from lab.show.grid.words import CLIENTS, HEADS, Row, remarks, sign, status, story, style, word
from lab.show.markup import safe
from lab.show.text.lines import Style


@dataclass(frozen=True)
class Told:
    """One case, told, so that its cells need not be kept."""

    chapter: str
    row: str
    article: str


def told(case: Case, row: Row) -> Told:
    """Tell one case."""
    calm = "" if any(remarks(cell) or cell.why or style(cell) is Style.BAD for cell in row.values()) else " calm"
    return Told(case.scenario.chapter, _row(case, row, calm), _article(case, row, calm))


def _row(case: Case, row: Row, calm: str) -> str:
    cells = "".join(_in_overview(row.get((state, asking)), asking) for state in State for asking in Asking)
    name = safe(case.name.partition("/")[2] or case.name)
    link = f'<a href="#{anchor(case.name)}">{name}</a>'
    return f'<tr class="case{calm}"><th scope="row" title="{name}">{link}</th>{cells}</tr>\n'


def _in_overview(cell: Cell | None, asking: Asking) -> str:
    first = " first" if asking is Asking.PLAIN else ""
    if cell is None:
        return f'<td class="quiet{first}"><span class="hidden">not played</span></td>'
    letter = "".join(f'<span class="letter" aria-hidden="true">{mark}</span>' for mark, _ in remarks(cell)[:1])
    said = ", ".join([word(cell), *(says for _, says in remarks(cell))])
    return (
        f'<td class="{tone(style(cell))}{first}"><span class="sign" aria-hidden="true">{safe(sign(cell))}</span>'
        f'{safe(status(cell))}{letter}<span class="hidden"> {safe(said)}</span></td>'
    )


def _article(case: Case, row: Row, calm: str) -> str:
    heads = "".join(f'<th scope="col">{HEADS[asking]}</th>' for asking in Asking)
    rows = "".join(
        f'<tr><th scope="row">{state}</th>'
        + "".join(_in_detail(row.get((state, asking)), asking) for asking in Asking)
        + "</tr>\n"
        for state in State
    )
    return f"""<article id="{anchor(case.name)}" class="case{calm}">
<h3>{safe(case.scenario.title)}</h3>
<p class="soft mono">{safe(case.name)}</p>
<p>{safe(case.scenario.lesson)}</p>
<table class="cells"><caption class="hidden">{safe(case.name)}, by state and client</caption>
<thead><tr><th scope="col"><span class="hidden">state of the cache</span></th>{heads}</tr></thead>
<tbody>
{rows}</tbody></table>
</article>
"""


def _in_detail(cell: Cell | None, asking: Asking) -> str:
    head = f'<td data-client="{CLIENTS[asking]}">'
    if cell is None:
        return f'{head}<span class="soft">not played</span></td>'
    number = status(cell)
    said = word(cell) if number in ("?", "n/a") else f"{number} {word(cell)}"
    found = "".join(f"<em>{mark} {safe(says)}</em>" for mark, says in remarks(cell))
    items = "".join(f"<li>{safe(sentence)}</li>" for sentence in (*story(cell), *_fields(cell)))
    return (
        f'{head}<details class="{tone(style(cell))}"><summary><span class="sign" aria-hidden="true">'
        f"{safe(sign(cell))}</span> <b>{safe(said)}</b>{found}</summary><ul>{items}</ul></details></td>"
    )


def _fields(cell: Cell) -> Iterator[str]:
    """What the gateway said itself."""
    if cell.met is not None and cell.met.cache_status:
        yield f"Cache-Status: {cell.met.cache_status[:_LONGEST]}"
    if cell.met is not None and cell.met.proxy_status:
        yield f"Proxy-Status: {cell.met.proxy_status[:_LONGEST]}"


_LONGEST = 300
