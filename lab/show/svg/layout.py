"""Where everything in a diagram stands: lanes from left to right, rows from top to bottom. Values, nothing drawn yet.

Evenly spaced, a row is as high as what it says. To scale, the space between two rows is that of the time between them,
but never less than the rows need; where it would be very much, it is cut short, and the break says how long it was.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from lab.show.svg.kit import SIZE, wrapped
from lab.show.svg.rows import Kind, Row, rows
from lab.show.text.messages import Way
from lab.transcript import CLIENT_HOP, UPSTREAM_HOP, Transcript
from lab.verdict import Judgement

MARGIN = 20
TIMES = 64
"""The right edge of the column of times."""
LEFT_STAGES = 156
"""The bracket of the client's stages; their names stand to its left."""
CLIENT = 178
HOP, STORE, PEER = 372, 84, 112
"""Pixels from lane to lane: of a hop, from the gateway to its store, from one upstream to the next."""
RIGHT_STAGES, RIGHT_MARGIN = 22, 140
INSET = 14
"""Text keeps this distance from the lanes on both sides."""

LANES_TOP, FIRST_ROW = 126, 164
LABEL, UNDER, COMPACT, SAID = 18, 16, 26, 17
"""Heights: of a line of an arrow's words, of a line under it, of a row that says little, of a line of a mark's
sentence."""

MOST_PEERS = 4
"""More upstreams than these share one lane."""

_WHOLE_SCALE, _BROKEN_GAP, _MUCH_LONGER = 600.0, 90.0, 2
"""To scale: pixels for all the time there is, and for a gap that is cut short, since it is so many times longer than
all others together."""


@dataclass(frozen=True)
class Lane:
    """One party. `kind`: client, gateway, store, upstream."""

    kind: str
    name: str
    below: str
    x: float


@dataclass(frozen=True)
class Break:
    """Where the axis of time is cut short: at `y`, by so many nanoseconds."""

    y: float
    length: int


@dataclass(frozen=True)
class Layout:
    """A diagram before it is drawn. `bottom`: where the lanes end. `hops`: those that there are, from the client's
    on. `scale`: pixels for a millisecond; 0: none."""

    judgement: Judgement
    lanes: tuple[Lane, ...]
    rows: tuple[Row, ...]
    wide: float
    bottom: float
    hops: tuple[int, ...] = (0, 1)
    breaks: tuple[Break, ...] = ()
    scale: float = 0

    def ends(self, row: Row) -> tuple[float, float]:
        """The lanes between which a row is drawn: left and right."""
        gateways = [lane.x for lane in self.lanes if lane.kind == "gateway"]
        if row.kind is Kind.STORE:
            return gateways[0], next(lane.x for lane in self.lanes if lane.kind == "store")
        upstreams = [lane.x for lane in self.lanes if lane.kind == "upstream"]
        place = self.hops.index(row.hop)
        left = gateways[place - 1] if place else self.lanes[0].x
        if place < len(gateways):
            return left, gateways[place]
        return left, upstreams[min(row.peer, len(upstreams)) - 1]

    def room(self, row: Row) -> tuple[float, float]:
        """Between which x its words have room: where no other lane passes."""
        left, right = self.ends(row)
        if row.kind is Kind.STORE:
            return right + INSET, right - STORE + HOP + STORE - INSET
        store = next((lane.x for lane in self.lanes if lane.kind == "store"), None)
        if store is not None and left < store < right:
            left = store
        return left + INSET, min(right, left + HOP) - INSET


def arrow_at(row: Row) -> float:
    """The height at which its arrow is drawn."""
    return row.top + (COMPACT / 2 if is_compact(row) else len(label_lines(row)) * LABEL + 5)


def is_compact(row: Row) -> bool:
    """Whether it is a thin row, with its words on the line."""
    return row.kind in (Kind.OPENED, Kind.LEFT_OUT, Kind.STORE) or (row.quiet and not row.under and not row.mark)


def label_lines(row: Row) -> list[str]:
    """The words over an arrow, in at most two lines."""
    sign = f"{row.mark} " if row.mark else ""
    return wrapped(sign + row.text, HOP - 2 * INSET, SIZE, lines=2, strong=bool(row.mark))


def said_lines(row: Row) -> list[str]:
    """What its mark says."""
    if not row.mark or not row.says:
        return []
    what = "the fault" if row.mark == "!!" else "watch this"
    return wrapped(f"{row.mark} {what}: {row.says}", HOP - 2 * INSET - 12, SIZE, lines=4)


def layout(judgement: Judgement, *, to_scale: bool = False) -> Layout:
    """The diagram of a performance, as values."""
    given = rows(judgement)
    hops = tuple(sorted({CLIENT_HOP, UPSTREAM_HOP} | {row.hop for row in given}))
    lanes = _lanes(judgement, given, len(hops) - 1)
    scale, longest = _scale(given) if to_scale else (0, 0)
    placed, breaks, bottom = _placed(given, scale, longest)
    return Layout(judgement, lanes, placed, lanes[-1].x + RIGHT_MARGIN, bottom, hops, breaks, scale * 1e6)


def _lanes(judgement: Judgement, given: Sequence[Row], gateways: int) -> tuple[Lane, ...]:
    transcript = judgement.transcript
    lanes = [Lane("client", "client", _spoken(judgement), CLIENT)]
    for number in range(1, gateways + 1):
        name = "gateway" if gateways == 1 else f"gateway {number}"
        lanes.append(Lane("gateway", name, _player(transcript), lanes[-1].x + HOP))
        if number == 1 and any(row.kind is Kind.STORE for row in given):
            lanes.append(Lane("store", "store", "", lanes[-1].x + STORE))
    peers = max((event.peer for event in transcript.events), default=1)
    x = lanes[-1].x + HOP
    if peers > MOST_PEERS:
        lanes.append(Lane("upstream", f"upstreams 1 to {peers}", "", x))
    else:
        names = ["upstream"] if peers == 1 else [f"upstream {number}" for number in range(1, peers + 1)]
        lanes += [Lane("upstream", name, "", x + place * PEER) for place, name in enumerate(names)]
    return tuple(lanes)


def _spoken(judgement: Judgement) -> str:
    versions = sorted({each.facts.version for each in judgement.exchanges if each.facts.version})
    return f"HTTP/{' and '.join(versions)}" if versions else ""


def _player(transcript: Transcript) -> str:
    return " ".join(filter(None, (transcript.gateway.name, transcript.gateway.mode)))


def _scale(given: Sequence[Row]) -> tuple[float, float]:
    """Pixels for a nanosecond, and from how many nanoseconds on a gap is cut short."""
    times = [row.at for row in given if row.at is not None]
    gaps = sorted(max(later - before, 0) for before, later in pairwise(times))
    while len(gaps) > 1 and gaps[-1] > _MUCH_LONGER * sum(gaps[:-1]) > 0:
        gaps.pop()
    whole = sum(gaps)
    return (_WHOLE_SCALE / whole, gaps[-1]) if whole else (0, 0)


def _placed(given: Sequence[Row], scale: float, longest: float) -> tuple[tuple[Row, ...], tuple[Break, ...], float]:
    placed: list[Row] = []
    breaks: list[Break] = []
    y, before = float(FIRST_ROW), None
    for row in given:
        high = row_height(row)
        if placed and scale and row.at is not None and before is not None:
            gap = row.at - before
            if gap > longest:
                y += _BROKEN_GAP
                breaks.append(Break(y - _BROKEN_GAP / 2, gap))
            else:
                y += max(gap * scale - placed[-1].high, 0)
        placed.append(replace(row, top=y, high=high))
        y += high
        before = row.at if row.at is not None else before
    return tuple(placed), tuple(breaks), y + 10


def row_height(row: Row) -> float:
    """As high as what it says."""
    if row.kind is Kind.ACT:
        return 40
    if is_compact(row):
        return COMPACT
    said = said_lines(row)
    box = len(said) * SAID + 16 if said else 0
    under = len(row.under) * UNDER + 4 if row.under else 0
    return len(label_lines(row)) * LABEL + 5 + under + box + (16 if row.way is not Way.NOWHERE or under or box else 14)
