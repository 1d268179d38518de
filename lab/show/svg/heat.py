"""The grid as a heat map: faults by states of a cache, for each client; above it, how often what happened in each.

A cell says with its sign, its status and its letter what it says with its colour; what nobody could know is not empty.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from lab.grid import Asking, Cell, State
from lab.scenario import Case
from lab.show.grid.counts import KINDS
from lab.show.grid.words import CLIENTS, Row, meanings, remarks, sign, status, style, word
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
    rule,
    solid,
    words,
    wrapped,
)  # fmt: skip
from lab.show.svg.tones import of_style
from lab.show.text.statuses import counted
from lab.transcript import Player

COLUMNS = tuple((state, asking) for state in State for asking in Asking)

_EDGE, _NAME, _CELL, _GAP, _ROW = 16, 224, 40, 10, 17
_BLOCK = _CELL * len(Asking) + _GAP
WIDE = 2 * _EDGE + _NAME + _BLOCK * len(State)


@dataclass(frozen=True)
class Spot:
    """What is kept of a cell: its sign, three characters of a status, a letter or nothing, its tone, itself in words,
    and the kinds for which it counts."""

    sign: str
    status: str
    letter: str
    tone: Tone
    says: str
    kinds: tuple[str, ...]


@dataclass(frozen=True)
class Fault:
    """One case: a spot for each of `COLUMNS`, None where nothing was played."""

    name: str
    spots: tuple[Spot | None, ...]

    @property
    def chapter(self) -> str:
        return self.name.partition("/")[0]


def fault_of(case: Case, row: Row) -> Fault:
    """What a heat map needs of one case, so that its cells need not be kept."""
    return Fault(case.name, tuple(_spot(row.get(column)) for column in COLUMNS))


def _spot(cell: Cell | None) -> Spot | None:
    if cell is None:
        return None
    told = remarks(cell)
    says = ", ".join([f"{status(cell).strip()} {word(cell)}", *(text for _, text in told)])
    kinds = tuple(kind for kind, fits in KINDS.items() if fits(cell))
    letter = told[0][0] if told else ""
    return Spot(sign(cell), status(cell), letter, of_style(style(cell)), says, kinds)


def heat(player: Player, faults: Sequence[Fault]) -> str:
    """The picture, as one SVG document."""
    title = f"{counted(len(faults), 'fault')} against a cache, on {player.full_name}"
    drawn = [words(_EDGE, 28, fitting(title, WIDE - 2 * _EDGE, 16, strong=True), Tone.PLAIN, "strong large")]
    y = 48.0
    for said in _legend(faults):
        for text in wrapped(said, WIDE - 2 * _EDGE, SMALL_SIZE):
            drawn.append(words(_EDGE, y, text, Tone.QUIET, "small"))
            y += 15
    drawn += _heads(y + 14)
    y += 36
    numbers, y = _numbers(faults, y)
    drawn += numbers
    chapters: dict[str, list[Fault]] = {}
    for fault in faults:
        chapters.setdefault(fault.chapter, []).append(fault)
    for name, rows in chapters.items():
        drawn += _chapter(name, rows, y + 16)
        y += 16 + 34 + _ROW * len(rows)
    return picture(title, " ".join([*_legend(faults), *_in_words(faults)]), WIDE, y + 14, drawn)


def _x(column: int) -> float:
    block, place = divmod(column, len(Asking))
    return _EDGE + _NAME + block * _BLOCK + place * _CELL


def _legend(faults: Sequence[Fault]) -> list[str]:
    played = sum(spot is not None for fault in faults for spot in fault.spots)
    asked = len(faults) * len(COLUMNS)
    part = [f"Not all was played: {played:,} of {counted(asked, 'cell')}."] if played < asked else []
    used = {mark for fault in faults for spot in fault.spots if spot for mark in (spot.sign, spot.letter)}
    return [
        *part,
        f"State of the cache: {', '.join(f'{each} ({each.says})' for each in State)}.",
        f"Client: {', '.join(f'{CLIENTS[each]} ({each.says})' for each in Asking)}.",
        f"Signs: {', '.join(f'{mark} {name}' for mark, name, _, _ in meanings(used))}.",
    ]


def _heads(y: float) -> Iterator[Markup]:
    for place, state in enumerate(State):
        yield words(_x(place * len(Asking)), y, str(state), Tone.PLAIN, "strong")
    for column, (_, asking) in enumerate(COLUMNS):
        yield words(_x(column) + _CELL / 2, y + 16, CLIENTS[asking], Tone.QUIET, "small middle")


def _counts(faults: Iterable[Fault]) -> tuple[Counter[str], ...]:
    found: tuple[Counter[str], ...] = tuple(Counter() for _ in COLUMNS)
    for fault in faults:
        for spot, counts in zip(fault.spots, found, strict=True):
            counts.update(spot.kinds if spot else ())
    return found


def _numbers(faults: Sequence[Fault], y: float) -> tuple[list[Markup], float]:
    """How often each kind is met in each column: as a number, and as the height of a bar beside it."""
    found = _counts(faults)
    kinds = [kind for kind in KINDS if any(counts[kind] for counts in found)]
    drawn: list[Markup] = []
    for kind in kinds:
        drawn.append(words(_EDGE, y + 13, kind, Tone.PLAIN))
        for column, (counts, (state, asking)) in enumerate(zip(found, COLUMNS, strict=True)):
            title = f"{kind}: {counts[kind]} of {len(faults)}, {state}, {CLIENTS[asking]}"
            drawn.append(group(*_number(counts[kind], len(faults), _x(column), y), title=title))
        y += 19
    return drawn, y


def _number(count: int, of: int, x: float, y: float) -> Iterator[Markup]:
    yield box(x + 1, y, _CELL - 2, 17, Tone.REQUEST if count else Tone.QUIET, 1)
    if count:
        wide = max((_CELL - 2) * count / of, 1)
        yield solid(f"M{number(x + 1)} {number(y + 14)}h{number(wide)}v3h-{number(wide)}Z", Tone.REQUEST)
    yield words(x + _CELL / 2, y + 12, f"{count:,}", Tone.PLAIN if count else Tone.QUIET, "small middle")


def _chapter(name: str, rows: Sequence[Fault], y: float) -> Iterator[Markup]:
    yield card(8, y, WIDE - 16, 30 + _ROW * len(rows))
    yield words(_EDGE, y + 19, fitting(name, _NAME, strong=True), Tone.PLAIN, "strong")
    for column, (_, asking) in enumerate(COLUMNS):
        yield words(_x(column) + _CELL / 2, y + 19, CLIENTS[asking], Tone.QUIET, "small middle")
    for line, fault in enumerate(rows):
        at = y + 25 + _ROW * line
        label = (fault.name.partition("/")[2] or fault.name).replace("_", " ")
        yield words(_EDGE, at + 12, fitting(label, _NAME - 10, SMALL_SIZE), Tone.PLAIN, "small")
        for column, spot in enumerate(fault.spots):
            if spot is not None:
                state, asking = COLUMNS[column]
                title = f"{fault.name}, {state}, {CLIENTS[asking]}: {spot.says}"
                yield group(*_drawn(spot, _x(column), at), title=title)
    for place in range(1, len(State)):
        x = _x(place * len(Asking)) - _GAP / 2
        yield rule(x, y + 8, x, y + 26 + _ROW * len(rows))


def _drawn(spot: Spot, x: float, y: float) -> Iterator[Markup]:
    """What is bad is solid; what is plain has no edge."""
    text = f"{spot.sign}{spot.status}{spot.letter}".strip()
    if spot.tone is Tone.BAD:
        yield solid(f"M{number(x + 1)} {number(y + 1)}h{_CELL - 2}v{_ROW - 2}h-{_CELL - 2}Z", Tone.BAD)
        yield inverse(x + _CELL / 2, y + 13, text, "bytes middle strong")
        return
    if spot.tone not in (Tone.PLAIN, Tone.QUIET):
        yield box(x + 1, y + 1, _CELL - 2, _ROW - 2, spot.tone, 1)
    yield words(x + _CELL / 2, y + 13, text, spot.tone, "bytes middle")


def _in_words(faults: Sequence[Fault]) -> Iterator[str]:
    for counts, (state, asking) in zip(_counts(faults), COLUMNS, strict=True):
        told = ", ".join(f"{kind} {counts[kind]}" for kind in KINDS if counts[kind])
        yield f"{state}, {CLIENTS[asking]}: {told or 'nothing played'}."
