"""Which element is there from when to when: the one account from which the film that moves and its stills are drawn."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from lab.show.film.board import board, lights
from lab.show.film.lanes import annotation, parties, row
from lab.show.film.look import BAR, FADE, LEFT, RIGHT, ROW_SECONDS, WIPE, size
from lab.show.film.panel import caption, ground, stays
from lab.show.film.strip import strip
from lab.show.film.values import Film, Scene, marks
from lab.show.svg.kit import Markup, Tone, area, fitting, group, width, words
from lab.show.text.messages import Way


class How(StrEnum):
    """How an element comes."""

    FADE = ""
    TO_RIGHT = "to-right"
    TO_LEFT = "to-left"
    STEADY = "to-right steady"


@dataclass(frozen=True)
class Shown:
    """An element. `begin`, `end`: seconds from the beginning (None: it stays). `lasts`: how long it takes to come."""

    begin: float
    end: float | None
    body: Markup
    how: How = How.FADE
    lasts: float = FADE


def timeline(film: Film) -> Iterator[Shown]:
    """Every element of the film, in the order in which they are drawn."""
    yield Shown(-FADE, None, ground())
    begin = 0.0
    for number, chapter in enumerate(film.chapters, 1):
        title = f"{number}  {chapter.title}" if len(film.chapters) > 1 else chapter.title
        for scene in chapter.scenes:
            last = scene is film.chapters[-1].scenes[-1]
            end = None if last else begin + scene.seconds
            yield Shown(_from(begin), end, _header(scene, title))
            yield from _scene(scene, begin, end)
            begin += scene.seconds
    yield from _bar(film)


def _scene(scene: Scene, begin: float, end: float | None) -> Iterator[Shown]:
    if scene.rows:
        yield Shown(_from(begin), end, parties(scene))
    there, stages = 0, False
    for number, step in enumerate(scene.steps):
        over = begin + step.seconds
        for place in range(there, step.rows):
            yield from _row(scene, place, begin + FADE + ROW_SECONDS * (place - there), end)
        if step.strip and not stages:
            yield Shown(begin, end, strip(scene))
        if step.lit:
            yield Shown(
                begin, None if end is None and number == len(scene.steps) - 1 else over, lights(scene, step.lit)
            )
        yield Shown(_from(begin), end if stays(scene, number) else over, caption(scene, number))
        there, stages, begin = max(there, step.rows), stages or step.strip, over
    if scene.board:
        yield Shown(begin - scene.seconds, end, board(scene))


def _from(begin: float) -> float:
    """The first picture is there at once: a film that does not play yet shows it."""
    return begin or -FADE


def _row(scene: Scene, place: int, begin: float, end: float | None) -> Iterator[Shown]:
    message = scene.rows[place]
    how = {Way.LEFT: How.TO_LEFT, Way.NOWHERE: How.FADE}.get(message.way, How.TO_RIGHT)
    yield Shown(begin, end, row(scene, place), how, WIPE)
    first = next((place for place, each in enumerate(scene.rows) if each.mark), None)
    if place == first and message.says:
        yield Shown(begin, end, annotation(message))


def _header(scene: Scene, title: str) -> Markup:
    """The title as large as it can be beside the performance's address."""
    room = RIGHT - LEFT - width(scene.note, 18) - 24
    pixels = next((each for each in (36, 34, 32, 30, 28, 26) if width(title, each, strong=True) <= room), 26)
    title = fitting(title, max(room, RIGHT - LEFT - 200), pixels, strong=True)
    note = fitting(scene.note, RIGHT - LEFT - width(title, pixels, strong=True) - 24, 18)
    return group(
        words(LEFT, 52, title, Tone.PLAIN, f"strong {size(pixels)}"),
        words(RIGHT, 50, note, Tone.QUIET, f"end {size(18)}"),
    )


def _bar(film: Film) -> Iterator[Shown]:
    """How far it is: a piece for each chapter, which fills."""
    scale = (RIGHT - LEFT) / film.seconds
    for mark in marks(film):
        x, wide = LEFT + mark.begin * scale, (mark.end - mark.begin) * scale - 4
        yield Shown(-FADE, None, area(x, BAR, wide, 10, Tone.NAME, 3))
        yield Shown(mark.begin, None, _piece(x, wide), How.STEADY, mark.end - mark.begin)


def _piece(x: float, wide: float) -> Markup:
    return Markup(f'<rect class="solid {Tone.QUIET}" x="{x:.1f}" y="{BAR}" width="{wide:.1f}" height="10" rx="3"/>')
