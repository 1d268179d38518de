"""The matrix as a heat map: scenarios by gateways, a letter in each cell, and above it each chapter in numbers.

A cell that fails a test is solid with a capital letter; what else is worth a look has an edge; the rest is a letter.
"""

from collections.abc import Iterable, Iterator

from lab.show.matrix import LETTERS, Cell, Chapter, Matrix, Place, Row, arranged, tally
from lab.show.svg.kit import (
    SMALL_SIZE,
    Markup,
    Tone,
    box,
    card,
    fitting,
    group,
    inverse,
    number,
    picture,
    solid,
    words,
    wrapped,
)  # fmt: skip
from lab.show.text.statuses import counted
from lab.verdict import FAILS, READS, Verdict

WIDE = 960
_EDGE = 16
_ROW, _CELL, _GAP = 16, 18, 20
_HEAD = 40
"""Above the rows of a chapter: its name, the numbers of the gateways."""

_ONE, _TWO = 36, 110
"""So many rows stand in one column, so many in two."""

_LOUD = {Verdict.INADVISABLE: Tone.DOUBT, Verdict.INCONCLUSIVE: Tone.DOUBT, Verdict.NOT_REACHED: Tone.STORE}
_CALM = {Verdict.CONFORMS: Tone.GOOD, Verdict.NOT_APPLICABLE: Tone.QUIET}


def matrix(cells: Iterable[Cell]) -> str:
    """The picture, as one SVG document."""
    found = arranged(cells)
    name = f"{counted(found.scenarios, 'scenario')} on {counted(len(found.gateways), 'gateway')}"
    body = [words(_EDGE, 28, name, Tone.PLAIN, "strong large")]
    legend, y = _legend(found, 48)
    overview, y = _overview(found, y + 14)
    details, y = _details(found, y + 26)
    desc = " ".join(f"{gateway}: {tally(found.counts(place))}." for place, gateway in enumerate(found.gateways))
    return picture(
        f"Verdicts: {name}", f"{desc} {_letters(found)}", WIDE, y + 10, [*body, *legend, *overview, *details]
    )


def _letters(found: Matrix) -> str:
    said = ", ".join(f"{LETTERS[verdict]} {READS[verdict]}" for verdict in found.used())
    return f"{said}. Capitals fail a test. Of several variants of a scenario the worst counts."


def _legend(found: Matrix, y: float) -> tuple[list[Markup], float]:
    rows = wrapped(_letters(found), WIDE - 2 * _EDGE)
    return [words(_EDGE, y + 18 * place, row, Tone.QUIET) for place, row in enumerate(rows)], y + 18 * (len(rows) - 1)


# Chapters by gateways


def _overview(found: Matrix, y: float) -> tuple[list[Markup], float]:
    """How much of each chapter fails on each gateway, as a number and as the filled part of a cell."""
    left = 180
    each = min((WIDE - _EDGE - left) / max(len(found.gateways), 1), 170)
    drawn: list[Markup] = []
    for place, gateway in enumerate(found.gateways):
        label = fitting(f"{place + 1} {gateway}", each - 8, SMALL_SIZE, strong=True)
        drawn.append(group(words(left + place * each, y + 14, label, Tone.PLAIN, "strong small"), title=gateway))
    y += 22
    for chapter in found.chapters:
        drawn.append(words(_EDGE, y + 14, fitting(chapter.name, left - _EDGE - 8), Tone.PLAIN))
        drawn += [
            _share(chapter, place, gateway, left + place * each, y, each - 8)
            for place, gateway in enumerate(found.gateways)
        ]
        y += 23
    return drawn, y


def _share(chapter: Chapter, place: int, gateway: str, x: float, y: float, wide: float) -> Markup:
    counts = chapter.counts(place)
    played, failed = counts.total(), sum(counts[verdict] for verdict in FAILS)
    unknown = counts[Verdict.INCONCLUSIVE]
    tone = Tone.BAD if failed else Tone.DOUBT if unknown else Tone.GOOD if played else Tone.QUIET
    says = f"{failed} of {played} fail" if failed or not unknown else f"{unknown} of {played} not tested"
    parts = [box(x, y, wide, 19, tone, 2)]
    if failed:
        parts.append(solid(f"M{number(x)} {number(y + 16)}h{number(wide * failed / played)}v3H{number(x)}Z", Tone.BAD))
    parts.append(words(x + 6, y + 13, fitting(says if played else "not played", wide - 8, SMALL_SIZE), tone, "small"))
    return group(*parts, title=f"{chapter.name} on {gateway}: {tally(counts)}")


# Scenarios by gateways


def _details(found: Matrix, top: float) -> tuple[list[Markup], float]:
    """All rows, in as many columns as their number needs; a chapter that goes on in the next column says so."""
    columns = 1 if found.scenarios <= _ONE else 2 if found.scenarios <= _TWO else 3
    wide = (WIDE - 2 * _EDGE - _GAP * (columns - 1)) / columns
    if columns == 1:
        wide = min(wide, 560)
    whole = sum(_HEAD + _ROW * len(chapter.rows) for chapter in found.chapters)
    most = whole / columns + _HEAD
    drawn: list[Markup] = []
    column, y, lowest = 0, top, top
    for chapter in found.chapters:
        rows = list(chapter.rows)
        name = chapter.name
        while rows:
            fit = int((most - (y - top) - _HEAD) // _ROW)
            if fit < min(3, len(rows)) and column + 1 < columns:
                column, y = column + 1, top
                continue
            now = rows if column + 1 == columns else rows[: max(fit, 1)]
            x = _EDGE + column * (wide + _GAP)
            drawn += _chapter(name, now, found.gateways, x, y, wide)
            y += _HEAD + _ROW * len(now)
            lowest = max(lowest, y)
            rows, name = rows[len(now) :], f"{chapter.name}, continued"
    return drawn, lowest


def _chapter(
    name: str, rows: list[Row], gateways: tuple[str, ...], x: float, y: float, wide: float
) -> Iterator[Markup]:
    left = x + wide - 8 - _CELL * len(gateways)
    yield card(x, y, wide, _HEAD - 8 + _ROW * len(rows))
    yield words(x + 8, y + 18, fitting(name, left - x - 12, strong=True), Tone.PLAIN, "strong")
    for place, _ in enumerate(gateways):
        yield words(left + _CELL * (place + 0.5), y + 18, str(place + 1), Tone.QUIET, "small middle")
    for line, row in enumerate(rows):
        at = y + _HEAD - 14 + _ROW * line
        yield words(
            x + 8, at + 11.5, fitting(row.name.replace("_", " "), left - x - 14, SMALL_SIZE), Tone.PLAIN, "small"
        )
        for place, gateway in enumerate(gateways):
            yield _cell(
                row.places[place], f"{name.partition(',')[0]}/{row.name} on {gateway}", left + _CELL * place, at
            )


def _cell(place: Place, where: str, x: float, y: float) -> Markup:
    verdict, middle = place.verdict, x + _CELL / 2
    if verdict is None:
        return Markup("")
    if place.fails:
        edge = solid(f"M{number(x + 1)} {number(y + 1)}h{_CELL - 2}v{_ROW - 2}h-{_CELL - 2}Z", Tone.BAD)
        letter = inverse(middle, y + 12, place.letter, "strong small middle")
        return group(edge, letter, title=f"{where}: {place.says}")
    tone = _LOUD.get(verdict) or _CALM.get(verdict, Tone.PLAIN)
    letter_only = words(middle, y + 12, place.letter, tone, "small middle")
    edges = [box(x + 1, y + 1, _CELL - 2, _ROW - 2, tone, 2)] if verdict in _LOUD else []
    return group(*edges, letter_only, title=f"{where}: {place.says}")
