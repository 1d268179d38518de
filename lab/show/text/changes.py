"""What the gateway changed, as text: a small diff for each direction."""

from collections.abc import Iterator

from lab.show.changes import Changes, Way, rows
from lab.show.text.lines import Line, Span, Style, chopped, line, wrapped

_STYLES = {"-": Style.BAD, "+": Style.GOOD, "~": Style.DOUBT, "": Style.QUIET}
_LABEL = 11


def change_lines(changes: Changes, width: int) -> Iterator[Line]:
    """`-` was there before the gateway, `+` is there behind it, `~` says the rest in words."""
    yield from _way("request", changes.request, width)
    yield from _way("response", changes.response, width)


def _way(label: str, way: Way, width: int) -> Iterator[Line]:
    for sign, text in rows(way):
        head = Span(f"{label:{_LABEL}}", Style.STRONG)
        said = Span(f"{sign:2}{text}" if sign else text, _STYLES[sign])
        broken = chopped if sign in ("-", "+") else wrapped
        yield from broken(line(head, said), width, " " * (_LABEL + 2))
        label = ""
