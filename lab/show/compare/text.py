"""The comparison in a terminal: the table of seven rows, then what was tried, and what people say.

Colour only repeats what a word says.
"""

from collections.abc import Iterable, Iterator

from lab.compare import remedies, stages
from lab.compare.comparison import Comparison, results
from lab.compare.pair import BAD_GATEWAY, FROM_STORE, NOT_MODIFIED
from lab.compare.results import Exhibit, Holding
from lab.compare.table import CODES, Row, rows
from lab.show.compare.words import EFFECTS, EFFECTS_SAY, evidence_words, introduction, performed, title
from lab.show.text.lines import EMPTY, Line, Span, Style, line, width, wrapped
from lab.show.text.statuses import status_words
from lab.show.text.wire import transcript_lines

_NAME = 13
_GAP = "  "
_NARROWEST = 70
_WIDEST = 130
_STYLES = {
    Holding.HOLDS: Style.GOOD, Holding.PARTLY: Style.DOUBT, Holding.FAILS: Style.BAD, Holding.UNTRIED: Style.QUIET,
}  # fmt: skip
_EFFECT_STYLES = {
    remedies.Effect.CURED: Style.GOOD, remedies.Effect.NO_MORE: Style.DOUBT, remedies.Effect.NOT_CURED: Style.PLAIN,
    remedies.Effect.UNTRIED: Style.QUIET,
}  # fmt: skip


def comparison_lines(comparison: Comparison, most: int, *, everything: bool = False) -> Iterator[Line]:
    """All of it, at most so wide. `everything`: also the evidence of each part, and the transcripts of the pair."""
    most = min(most, _WIDEST)
    yield from _heading(title(comparison), most)
    yield from wrapped(line(introduction(comparison)), most)
    yield EMPTY
    yield from table_lines(comparison, most, everything=everything)
    yield EMPTY
    yield from remedies_lines(comparison, most)
    yield EMPTY
    yield from breaks_lines(comparison, most)
    for code in CODES:
        yield EMPTY
        yield from claims_lines(comparison, code, most, everything=everything)
    yield EMPTY
    more = "" if everything else " With -v: more of it, and the evidence."
    yield from wrapped(line(Span(f"{performed(comparison)}.{more}", Style.QUIET)), most)
    if everything:
        yield from _transcripts(comparison, most)


def _heading(text: str, most: int) -> Iterator[Line]:
    return wrapped(line(Span(text, Style.STRONG)), most)


# The table


def table_lines(comparison: Comparison, most: int, *, everything: bool) -> Iterator[Line]:
    side_by_side = most >= _NARROWEST
    cell = (most - _NAME - 2 * len(_GAP)) // 2
    if side_by_side:
        yield line(" " * _NAME, *(Span(f"{_GAP}{status_words(code):{cell}}", Style.STRONG) for code in CODES))
    for row in rows(comparison):
        yield line(Span("─" * most, Style.QUIET))
        yield from _beside(row, cell) if side_by_side else _below(row, most)
        if everything:
            for code in CODES:
                yield from _indented((f"{code}: {sentence}" for sentence in row.cells[code].more), most)
                clauses = [f"{clause}, {clause.title}: {clause.url}" for clause in row.cells[code].clauses]
                yield from _indented((f"{code}: {words}" for words in clauses), most)
                yield from _indented(row.cells[code].names, most)
                yield from _evidence(row.cells[code].evidence, most)
    yield line(Span("─" * most, Style.QUIET))


def _beside(row: Row, cell: int) -> Iterator[Line]:
    name = list(wrapped(line(Span(row.name, Style.STRONG)), _NAME))
    columns = [name, *(list(_sentences(row.cells[code].says, cell)) for code in CODES)]
    widths = (_NAME, cell, cell)
    for number in range(max(map(len, columns))):
        parts: list[Span] = []
        for column, size in zip(columns, widths, strict=True):
            there = column[number] if number < len(column) else EMPTY
            parts += [*there, Span(" " * (size - width(there)) + _GAP)]
        yield tuple(parts[:-1])


def _below(row: Row, most: int) -> Iterator[Line]:
    yield from wrapped(line(Span(row.name, Style.STRONG)), most)
    for code in CODES:
        yield line(Span(f"  {status_words(code)}", Style.STRONG))
        for each in _sentences(row.cells[code].says, most - 4):
            yield (Span("    "), *each)


def _sentences(says: Iterable[str], most: int) -> Iterator[Line]:
    for sentence in says:
        yield from wrapped(line(f"- {sentence}"), most, "  ")


# What was tried


def remedies_lines(comparison: Comparison, most: int) -> Iterator[Line]:
    yield from _heading("What people do about a 502, and where the 502 comes from", most)
    names = [remedy.name for remedy in remedies.REMEDIES]
    longest = max(map(len, names))
    cell = (most - longest) // len(remedies.SITUATIONS) - 1
    if cell < max(map(len, EFFECTS.values())):
        yield from _remedies_below(comparison, most)
        return
    heads = [list(wrapped(line(situation.name), cell)) for situation in remedies.SITUATIONS]
    for number in range(max(map(len, heads))):
        texts = ["".join(span.text for span in head[number]) if number < len(head) else "" for head in heads]
        yield line(" " * longest, *(Span(f" {text:{cell}}", Style.STRONG) for text in texts))
    for remedy in remedies.REMEDIES:
        found = remedies.treatments(comparison.tried, remedy)
        cells = (Span(f" {EFFECTS[each.effect]:{cell}}", _EFFECT_STYLES[each.effect]) for each in found)
        yield line(f"{remedy.name:{longest}}", *cells)
    yield from wrapped(line(Span(EFFECTS_SAY, Style.QUIET)), most)
    for situation in remedies.SITUATIONS:
        yield from wrapped(line(Span(f"{situation.name}: {situation.says}", Style.QUIET)), most, "  ")


def _remedies_below(comparison: Comparison, most: int) -> Iterator[Line]:
    """A line for each, where no table fits."""
    for remedy in remedies.REMEDIES:
        yield from wrapped(line(Span(remedy.name, Style.STRONG)), most)
        for each in remedies.treatments(comparison.tried, remedy):
            effect = Span(f"  {EFFECTS[each.effect]:10}", _EFFECT_STYLES[each.effect])
            yield from wrapped(line(effect, each.situation.says), most, " " * 12)
    yield from wrapped(line(Span(EFFECTS_SAY, Style.QUIET)), most)


def breaks_lines(comparison: Comparison, most: int) -> Iterator[Line]:
    yield from _heading("A failure at each stage, and what the client gets", most)
    for side in stages.Side:
        yield line(f"on the {side}")
        for each in stages.broken(comparison.tried):
            if each.failure.side is side:
                got = Span(each.why or each.got, Style.BAD if each.reported else Style.PLAIN)
                head = f"  {each.failure.stage:11} {each.failure.says}: "
                yield from wrapped(line(head, got), most, " " * 14)


# What people say


def claims_lines(comparison: Comparison, code: int, most: int, *, everything: bool) -> Iterator[Line]:
    yield from _heading(f"What people say of a {code}", most)
    for experiment, result in results(comparison, code):
        holding = Span(f"{result.holding:14}", _STYLES[result.holding])
        yield from wrapped(line(holding, Span(experiment.claim, Style.STRONG)), most, " " * 14)
        yield from wrapped(line(" " * 14, result.says), most, " " * 14)
        if everything:
            yield from _evidence(result.evidence, most)


def _evidence(given: Iterable[Exhibit], most: int) -> Iterator[Line]:
    for part in given:
        head, *rest = evidence_words(part)
        yield from _indented((head,), most)
        yield from _indented(rest, most, "        ")


def _indented(texts: Iterable[str], most: int, indent: str = "      ") -> Iterator[Line]:
    for text in texts:
        yield from wrapped(line(indent, Span(text, Style.QUIET)), most, indent + "  ")


def _transcripts(comparison: Comparison, most: int) -> Iterator[Line]:
    for trial in (BAD_GATEWAY, NOT_MODIFIED, FROM_STORE):
        transcript = comparison.tried[trial.name].transcript
        if transcript is not None:
            yield EMPTY
            yield from _heading(f"Transcript of {trial.name} (milliseconds)", most)
            yield from transcript_lines(transcript, most)
