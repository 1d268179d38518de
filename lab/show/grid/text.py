"""The grid for a terminal: of a few scenarios a table each, of many a row each; where it is narrow, a line a cell."""

from collections.abc import Container, Iterable, Iterator, Mapping

from lab.grid import Asking, Cell, State
from lab.scenario import Case
from lab.show.grid.counts import told
from lab.show.grid.words import CLIENTS, HEADS, UNKNOWN, Row, meanings, remarks, sign, status, story, style, words
from lab.show.text.lines import EMPTY, Line, Span, Style, cut, line, wrapped
from lab.show.text.statuses import counted
from lab.show.text.wire import transcript_lines

_STATE, _WORDS, _COMPACT, _GAP = 17, 21, 6, " "
_BLOCK = _COMPACT * len(Asking)
_BLOCKS = (_BLOCK + len(_GAP)) * len(State) - len(_GAP)
_SHORTEST_NAME = 20
_FIRST = 3


def in_one_row(width: int) -> bool:
    """Whether a whole case fits into one row of this width."""
    return width >= _BLOCKS + _SHORTEST_NAME


def heading(width: int) -> Iterator[Line]:
    """Above the rows of `compact`."""
    indent = " " * (width - _BLOCKS)
    yield line(indent, Span(_GAP.join(f"{state:{_BLOCK}}" for state in State), Style.STRONG))
    clients = "".join(f"{CLIENTS[asking]:{_COMPACT}}" for asking in Asking)
    yield line(Span(f"{'scenario':{len(indent)}}", Style.STRONG), Span(_GAP.join([clients] * len(State)), Style.QUIET))


def compact(case: Case, row: Row, width: int) -> Iterator[Line]:
    """A case in one row; a name for which there is no room stands above it."""
    room = width - _BLOCKS
    name = f"  {case.name.partition('/')[2] or case.name}"
    if len(name) >= room:
        yield line(cut(name, width))
        name = ""
    cells: list[str | Span] = [f"{name:{room}}"]
    for number, state in enumerate(State):
        cells += [_GAP] if number else []
        cells += [_compact(row.get((state, asking))) for asking in Asking]
    yield line(*cells)


def table(case: Case, row: Row, width: int) -> Iterator[Line]:
    """A case as a table: a line for each state, a column for each client; where there is no room, a line for each."""
    yield from wrapped(line(Span(case.scenario.title, Style.STRONG)), width)
    yield line(Span(cut(case.name, width), Style.QUIET))
    if width < _STATE + _WORDS * len(Asking):
        yield from _listed(row, width)
        return
    yield line(" " * _STATE, Span("".join(f"{HEADS[asking]:{_WORDS}}" for asking in Asking), Style.STRONG))
    for state in State:
        cells = [row.get((state, asking)) for asking in Asking]
        yield line(Span(f"{state:{_STATE}}", Style.STRONG), *map(_in_words, cells))
        for number in range(max(len(remarks(cell)) if cell else 0 for cell in cells)):
            yield line(" " * _STATE, *(_remark(cell, number) for cell in cells))


def explained(cell: Cell, width: int) -> Iterator[Line]:
    """One cell in sentences, with everything that happened."""
    yield EMPTY
    yield from wrapped(line(Span(f"{cell.question.name}: ", Style.STRONG), words(cell)), width)
    for sentence in story(cell):
        yield from wrapped(line(f"  {sentence}"), width, "    ")
    yield from transcript_lines(cell.transcript, width)


def reasons(cells: Iterable[Cell], width: int) -> Iterator[Line]:
    """Why nothing is known of some cells: each reason once."""
    grouped: dict[str, list[str]] = {}
    for cell in cells:
        if cell.why:
            grouped.setdefault(cell.why, []).append(f"{cell.question.state} {CLIENTS[cell.question.asking]}")
    for why, places in grouped.items():
        where = "all" if len(places) == len(State) * len(Asking) else ", ".join(places)
        yield from wrapped(line(Span(f"{UNKNOWN} {where}: {why}", Style.DOUBT)), width, "    ")


def legend(signs: Container[str], width: int) -> Iterator[Line]:
    """What the signs and letters mean that are used."""
    for mark, name, says, _ in meanings(signs):
        yield from wrapped(line(f"  {mark} {name}: ", Span(says, Style.QUIET)), width, "    ")


def grouped(reasons: Mapping[str, str], noun: str, what: str, width: int) -> Iterator[Line]:
    """The names that share a reason, each reason once: `2 scenarios left out: it has several requests (a, b)`."""
    by_reason: dict[str, list[str]] = {}
    for name, why in reasons.items():
        by_reason.setdefault(why, []).append(name)
    if by_reason:
        yield EMPTY
    for why, names in by_reason.items():
        first = f"{'; '.join(names[:_FIRST])}{'; ...' if len(names) > _FIRST else ''}"
        said = f"{counted(len(names), noun)} {what}: {why} "
        yield from wrapped(line(said, Span(f"({first})", Style.QUIET)), width, "  ")


def summary(gateway: str, found: Mapping[str, int], *, seconds: float, asked: int, width: int) -> Iterator[Line]:
    """The line of a gateway."""
    played = counted(found[""], "cell") if found[""] == asked else f"{found['']:,} of {counted(asked, 'cell')}"
    style = Style.BAD if found["disguised"] else Style.STRONG
    yield EMPTY
    yield from wrapped(line(Span(f"{gateway}: {played} in {seconds:.1f} s; {told(found)}.", style)), width, "  ")


def _compact(cell: Cell | None) -> Span:
    if cell is None:  # not played
        return Span(" " * _COMPACT)
    (letter, _), *_ = (*remarks(cell), (" ", ""))
    return Span(f"{sign(cell)}{status(cell):3}{letter} ", style(cell))


def _in_words(cell: Cell | None) -> Span:
    return Span(f"{words(cell):{_WORDS}}", style(cell)) if cell else Span(" " * _WORDS)


def _remark(cell: Cell | None, number: int) -> Span:
    told = remarks(cell) if cell else ()
    text = "  {} {}".format(*told[number]) if number < len(told) else ""
    return Span(f"{text:{_WORDS}}", style(cell) if cell else Style.PLAIN)


def _listed(row: Row, width: int) -> Iterator[Line]:
    for (state, asking), cell in row.items():
        if asking is Asking.PLAIN:
            yield line(Span(state, Style.STRONG))
        said = ", ".join([words(cell), *(text for _, text in remarks(cell))])
        yield from wrapped(line(f"  {CLIENTS[asking]:7}", Span(said, style(cell))), width, " " * 11)
