"""Octets for a page: the rows of a terminal in a <pre>; what is wrong is a <mark>, and has its sign beside it."""

from collections.abc import Iterable

from lab.show.hex import directions
from lab.show.markup import Markup, Part, safe, tag
from lab.show.text.hex import direction_lines
from lab.show.text.lines import Line, Span, Style
from lab.verdict import Judgement

COLUMNS = 80


def hex_view(judgement: Judgement, heading: str = "h4") -> Markup:
    """Each direction of each connection of a performance: a title (as this heading) and its octets."""
    found = [
        tag("section", tag(heading, each.title), *_rows(direction_lines(each, COLUMNS)), class_="octets")
        for each in directions(judgement)
    ]
    return Markup("".join(found)) if found else tag("p", "No octet went over any connection.")


def _rows(lines: Iterable[Line]) -> list[Markup]:
    rows = [_row(each) for each in lines]
    return [tag("pre", Markup("\n".join(rows)), class_="hex", tabindex="0")] if rows else []


def _row(line: Line) -> Markup:
    """Neighbours in the same style stand in one element."""
    joined: list[Span] = []
    for span in line:
        if joined and (joined[-1].style is span.style or not span.text.strip()):
            joined[-1] = Span(joined[-1].text + span.text, joined[-1].style)
        else:
            joined.append(span)
    return safe(list(map(_span, joined)))


def _span(span: Span) -> Part:
    match span.style:
        case Style.FAULT:
            return tag("mark", span.text, class_="fault")
        case Style.DOUBT:
            return tag("mark", span.text, class_="watch")
        case Style.QUIET:
            return tag("span", span.text, class_="soft")
    return span.text
