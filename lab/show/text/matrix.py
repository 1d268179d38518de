"""The matrix for a terminal: a line for each scenario, a letter for each gateway."""

from collections.abc import Iterable, Iterator

from lab.show.matrix import LETTERS, Cell, Matrix, Place, arranged, tally
from lab.show.text.lines import EMPTY, Line, Span, Style, cut, line, wrapped
from lab.show.text.statuses import counted
from lab.verdict import FAILS, READS, Verdict

_WIDEST_NAME = 60
_STYLES = {Verdict.CONFORMS: Style.GOOD, Verdict.INADVISABLE: Style.DOUBT, Verdict.INCONCLUSIVE: Style.DOUBT}


def matrix_lines(cells: Iterable[Cell], width: int) -> Iterator[Line]:
    """Chapter by chapter, then each gateway's numbers, then what the letters mean."""
    matrix = arranged(cells)
    if not matrix.gateways:
        yield line("Nothing was played.")
        return
    for number, gateway in enumerate(matrix.gateways, 1):
        yield line(Span(f"{_column(number)} ", Style.STRONG), cut(gateway, width - 3))
    room = max(min(width - 2 * len(matrix.gateways) - 1, _WIDEST_NAME, _longest(matrix)), 9)
    for chapter in matrix.chapters:
        yield EMPTY
        heads = " ".join(_column(number) for number in range(1, len(matrix.gateways) + 1))
        yield line(Span(f"{cut(chapter.name, room):{room}} ", Style.STRONG), Span(heads, Style.QUIET))
        for row in chapter.rows:
            cells_of_row = [part for place in row.places for part in (_letter(place), " ")]
            yield line(f"  {cut(row.name, room - 2):{room - 2}} ", *cells_of_row)
    yield EMPTY
    yield from _legend(matrix, width)


def _legend(matrix: Matrix, width: int) -> Iterator[Line]:
    for number, gateway in enumerate(matrix.gateways):
        said = (
            f"{_column(number + 1)} {gateway}: {counted(matrix.scenarios, 'scenario')}; {tally(matrix.counts(number))}"
        )
        yield from wrapped(line(said), width, "  ")
    letters = (f"{LETTERS[each]} {READS[each]}" for each in matrix.used())
    several = " Of several variants the worst counts." if _several(matrix) else ""
    said = f"{', '.join(letters)}. Capitals fail a test.{several}"
    yield from wrapped(line(Span(said, Style.QUIET)), width, "  ")


def _letter(place: Place) -> Span:
    verdict = place.verdict
    if verdict in FAILS:
        return Span(place.letter, Style.BAD)
    return Span(place.letter, _STYLES.get(verdict, Style.PLAIN) if verdict else Style.PLAIN)


def _column(number: int) -> str:
    """A digit, then letters: one column wide."""
    return "123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"[number - 1] if number <= 35 else "*"


def _longest(matrix: Matrix) -> int:
    names = (len(row.name) + 2 for chapter in matrix.chapters for row in chapter.rows)
    return max(*names, *(len(chapter.name) for chapter in matrix.chapters))


def _several(matrix: Matrix) -> bool:
    return any(len(p.cells) > 1 for chapter in matrix.chapters for row in chapter.rows for p in row.places)
