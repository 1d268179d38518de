"""What the gateway changed between its two sides, as tables: of each request, what went up and what came back."""

from collections.abc import Iterator

from lab.show.changes import Way, changes, rows
from lab.show.markup import Markup, tag
from lab.verdict import Judgement

_LOOKS = {"-": "bad", "+": "good", "~": "doubt"}


def changed(judgement: Judgement) -> Iterator[Markup]:
    """A table for each request."""
    for number, exchange in enumerate(judgement.exchanges, 1):
        found = changes(judgement.transcript, exchange.asked, exchange.facts.made_by)
        which = f"Request {number}" if len(judgement.exchanges) > 1 else ""
        ways = _way("the request, on its way up", found.request), _way("the response, on its way back", found.response)
        yield tag("table", tag("caption", which) if which else "", *ways, class_="changed")


def _way(name: str, way: Way) -> Markup:
    head = tag("tr", tag("th", name, scope="rowgroup", colspan="2"))
    return tag("tbody", head, *(_row(row.sign, row.text) for row in rows(way)))


def _row(sign: str, text: str) -> Markup:
    says = tag("code", text) if sign in ("-", "+") else text
    return tag("tr", tag("td", sign), tag("td", says), class_=_LOOKS.get(sign, "soft"))
