"""The arrows of a diagram, and the ends of connections: each has a form of its own.

bytes              an arrow
FIN                an arrow against a closed bar
RST                a zigzag, and a cross
closure alert      an arrow with a flag
silence, deadline  a dotted line, and a clock
refused            an arrow that ends at a bar before the party, with a cross
no answer          a dotted arrow that ends nowhere, in an open circle
"""

from collections.abc import Iterator

from lab.show.svg.kit import Markup, Tone, arrow_head, circle, line, number, path, solid, veil
from lab.show.svg.rows import Kind
from lab.show.text.messages import Way


def drawn(kind: Kind, way: Way, left: float, right: float, y: float, tone: Tone, look: str) -> Iterator[Markup]:
    """One row's arrow, between two lanes at this height. `look`: `thick` or nothing."""
    begin, end, direction = (right, left, -1) if way is Way.LEFT else (left, right, 1)
    match kind:
        case Kind.FIN:
            yield from _fin(begin, end, direction, y, tone, look)
        case Kind.RST:
            yield from _rst(begin, end, direction, y, tone, look)
        case Kind.ALERT:
            yield from _arrow(begin, end, direction, y, tone, look)
            yield from _flag(right - 24, y, tone)  # the words above the arrow begin at the left
        case Kind.SILENCE | Kind.DEADLINE | Kind.HERE:
            yield line(left + 3, y, right - 3, y, tone, f"dotted {look}")
            yield from _clock(right - 34, y, tone)
        case Kind.REFUSED:
            yield from _refused(begin, end - 14 * direction, y, tone, look)
        case Kind.NO_ANSWER:
            yield line(begin, y, end - 40 * direction, y, tone, f"dotted {look}")
            yield circle(end - 34 * direction, y, 5, tone)
        case Kind.OPENED | Kind.SECURED:
            yield line(left + 8, y, right - 8, y, tone, "dashed")
            yield arrow_head(right, y, 1, tone)
            yield arrow_head(left, y, -1, tone)
        case _:
            yield from _arrow(begin, end, direction, y, tone, look)


def _arrow(begin: float, end: float, direction: int, y: float, tone: Tone, look: str) -> Iterator[Markup]:
    yield line(begin, y, end - 8 * direction, y, tone, look)
    yield arrow_head(end, y, direction, tone)


def _fin(begin: float, end: float, direction: int, y: float, tone: Tone, look: str) -> Iterator[Markup]:
    yield line(begin, y, end - 10 * direction, y, tone, look)
    yield line(end - 10 * direction, y - 6, end - 10 * direction, y + 6, tone, "thick")
    yield line(end - 5 * direction, y - 6, end - 5 * direction, y + 6, tone, "thick")


def _rst(begin: float, end: float, direction: int, y: float, tone: Tone, look: str) -> Iterator[Markup]:
    tip = end - 12 * direction
    count = max(int(abs(tip - begin) // 9), 2)
    step = (tip - begin) / count
    points = [f"L{number(begin + step * (n + 0.5))} {number(y + (4 if n % 2 else -4))}" for n in range(count)]
    yield path(f"M{number(begin)} {number(y)}{''.join(points)}L{number(tip)} {number(y)}", tone, look)
    yield from cross(end - 7 * direction, y, tone)


def cross(x: float, y: float, tone: Tone) -> Iterator[Markup]:
    yield path(
        f"M{number(x - 5)} {number(y - 5)}L{number(x + 5)} {number(y + 5)}"
        f"M{number(x - 5)} {number(y + 5)}L{number(x + 5)} {number(y - 5)}",
        tone, "thick",
    )  # fmt: skip


def _flag(x: float, y: float, tone: Tone) -> Iterator[Markup]:
    yield line(x, y, x, y - 13, tone)
    yield solid(f"M{number(x)} {number(y - 13)}l9 3.5l-9 3.5Z", tone)


def _clock(x: float, y: float, tone: Tone) -> Iterator[Markup]:
    yield veil(x - 12, y - 10, 24, 20)
    yield circle(x, y, 7.5, tone)
    yield path(f"M{number(x)} {number(y - 4.5)}V{number(y)}H{number(x + 3.5)}", tone)


def _refused(begin: float, end: float, y: float, tone: Tone, look: str) -> Iterator[Markup]:
    back = -1 if end > begin else 1
    yield line(begin, y, end + 12 * back, y, tone, look)
    yield from cross(end + 5 * back, y, tone)
    yield line(end - 2 * back, y - 9, end - 2 * back, y + 9, tone, "thick")
