"""The comparison as one page of HTML with all that belongs to it: no script, nothing fetched.

Tables are tables, with heads for their rows and columns; a colour only repeats what a word says.
"""

from collections.abc import Iterable
from importlib.resources import files

from lab.compare import remedies, stages
from lab.compare.comparison import Comparison, results
from lab.compare.results import Exhibit, Holding
from lab.compare.table import CODES, Row, rows
from lab.show.compare.hops import hops
from lab.show.compare.words import EFFECTS, EFFECTS_SAY, evidence_words, introduction, performed, title
from lab.show.markup import Markup, tag
from lab.show.text.statuses import status_words

_HOLDING = {Holding.HOLDS: "good", Holding.PARTLY: "doubt", Holding.FAILS: "bad", Holding.UNTRIED: "quiet"}
_EFFECT = {
    remedies.Effect.CURED: ("good", "✓"),
    remedies.Effect.NO_MORE: ("doubt", "="),
    remedies.Effect.NOT_CURED: ("bad", "✗"),
    remedies.Effect.UNTRIED: ("quiet", "–"),
}
_VERSUS = "502 against 304"


def page(comparison: Comparison) -> str:
    """The whole document."""
    css = Markup(files(__package__).joinpath("page.css").read_text(encoding="utf-8"))
    body = (
        tag("header", tag("h1", _VERSUS), tag("p", introduction(comparison), class_="lead"), hops(comparison)),
        tag("main", _table(comparison), _remedies(comparison), _breaks(comparison), *_all_claims(comparison)),
        tag("footer", tag("p", f"{title(comparison)}. {performed(comparison)}. Again: ",
                          tag("code", "badgateway compare 502 304"), ".")),
    )  # fmt: skip
    head = (
        Markup('<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'),
        tag("title", title(comparison)),
        tag("style", css),
    )
    return f"<!doctype html>\n{tag('html', tag('head', *head), tag('body', *body), lang='en')}\n"


# The seven rows


def _table(comparison: Comparison) -> Markup:
    corner = tag("td", "", role="cell", class_="corner")
    codes = (tag("th", status_words(code), scope="col", role="columnheader", class_=f"is-{code}") for code in CODES)
    head = tag("thead", tag("tr", corner, *codes, role="row"), role="rowgroup")
    body = tag("tbody", *map(_row, rows(comparison)), role="rowgroup")
    caption = tag("caption", "Seven questions, both answered by what was just measured")
    return tag("section", tag("table", caption, head, body, role="table", class_="seven"))


def _row(row: Row) -> Markup:
    name = tag("th", tag("span", row.name, class_="name"), tag("span", row.asks, class_="asks"),
               scope="row", role="rowheader")  # fmt: skip
    return tag("tr", name, *(_cell(row, code) for code in CODES), role="row")


def _cell(row: Row, code: int) -> Markup:
    cell = row.cells[code]
    says = tag("ul", *(tag("li", sentence) for sentence in cell.says))
    more = (tag("li", sentence) for sentence in cell.more)
    clauses = (tag("li", tag("a", f"{clause}, {clause.title}", href=clause.url)) for clause in cell.clauses)
    behind = (*more, *clauses, *(tag("li", names) for names in cell.names), *_evidence_items(cell.evidence))
    label = tag("span", status_words(code), class_="label", aria_hidden="true")
    return tag("td", label, says, _details(behind), role="cell", class_=f"is-{code}")


def _details(items: tuple[Markup, ...]) -> Markup:
    if not items:
        return Markup("")
    return tag("details", tag("summary", "more"), tag("ul", *items, class_="evidence"))


def _evidence_items(given: Iterable[Exhibit]) -> tuple[Markup, ...]:
    found = []
    for part in given:
        head, *rest = evidence_words(part)
        found.append(tag("li", tag("b", head), *(tag("div", tag("code", words)) for words in rest)))
    return tuple(found)


# What was tried


def _remedies(comparison: Comparison) -> Markup:
    heads = (tag("th", f"{each.says[0].upper()}{each.says[1:]}", scope="col") for each in remedies.SITUATIONS)
    body = []
    for remedy in remedies.REMEDIES:
        found = remedies.treatments(comparison.tried, remedy)
        body.append(tag("tr", tag("th", remedy.name, scope="row"), *map(_treatment, found)))
    table = tag("table", tag("caption", tag("span", "What people do about a 502, and where the 502 comes from")),
                tag("thead", tag("tr", tag("td", ""), *heads)), tag("tbody", *body), class_="matrix")  # fmt: skip
    return tag("section", _scrolling(table, "remedies by situation"), tag("p", EFFECTS_SAY, class_="small"))


def _treatment(each: remedies.Treatment) -> Markup:
    colour, sign = _EFFECT[each.effect]
    word = (tag("span", sign, aria_hidden="true"), f" {EFFECTS[each.effect]}")
    return tag("td", tag("span", *word, class_=f"badge {colour}"), title=each.why)


def _scrolling(table: Markup, label: str) -> Markup:
    """A table that may be wider than the page: it scrolls by itself, with the keyboard, too."""
    return tag("div", table, class_="scrolls", tabindex="0", role="region", aria_label=label)


def _breaks(comparison: Comparison) -> Markup:
    body = []
    for side in stages.Side:
        mine = [each for each in stages.broken(comparison.tried) if each.failure.side is side]
        for number, each in enumerate(mine):
            first = [tag("th", side, scope="rowgroup", rowspan=str(len(mine)))] if number == 0 else []
            colour = "quiet" if each.why else "bad" if each.reported else "plain"
            got = tag("td", tag("span", each.got, class_=f"badge {colour}"), title=each.why)
            body.append(tag("tr", *first, tag("td", each.failure.stage), tag("td", each.failure.says), got))
    heads = (tag("th", words, scope="col") for words in ("Where", "Stage", "What fails", "What the client gets"))
    table = tag("table", tag("caption", tag("span", "A failure at each stage, and what the client gets")),
                tag("thead", tag("tr", *heads)), tag("tbody", *body), class_="breaks")  # fmt: skip
    return tag("section", _scrolling(table, "failures by stage"))


# What people say


def _all_claims(comparison: Comparison) -> Iterable[Markup]:
    for code in CODES:
        claims = (
            tag(
                "li",
                tag("p", tag("span", result.holding, class_=f"badge {_HOLDING[result.holding]}"), " ",
                    tag("b", experiment.claim)),
                tag("p", result.says),
                _details(_evidence_items(result.evidence)),
            )
            for experiment, result in results(comparison, code)
        )  # fmt: skip
        heading = tag("h2", f"What people say of a {code}")
        yield tag("section", heading, tag("ul", *claims, class_="claims"), class_=f"is-{code}")
