"""What is said, under the diagram: one caption at a time, and answers that stay."""

from collections.abc import Iterator, Sequence

from lab.show.film.look import LEFT, PANEL_BOTTOM, PANEL_TOP, RIGHT, fitted, leading, size
from lab.show.film.values import ANSWERS, Kind, Scene, Step
from lab.show.svg.kit import Markup, Tone, card, group, words, wrapped

_TONES = {
    Kind.GUESS: Tone.WATCH,
    Kind.FAULT: Tone.FAULT,
    Kind.WATCH: Tone.WATCH,
    Kind.LESSON: Tone.GOOD,
}
_STRONG = (Kind.LESSON, Kind.GUESS)
_SIZES = (40, 36, 34, 32, 30, 28, 26, 24)
_PAIRS = ((26, 34), (26, 30), (24, 30), (24, 28), (22, 28), (22, 26), (20, 26), (20, 24), (18, 22), (16, 20))
"""Of the answers, and of a lesson under them."""

_INDENT, _HEADING = 24, 22
_WIDE = RIGHT - LEFT - 2 * _INDENT
_COLUMN = 226
"""Where the answers begin, beside what is asked."""

_GAP = 4


def ground() -> Markup:
    """The card on which all captions stand."""
    return card(LEFT, PANEL_TOP, RIGHT - LEFT, PANEL_BOTTOM - PANEL_TOP, 12)


def caption(scene: Scene, number: int) -> Markup:
    """The caption of a step: of an answer, and of a lesson after it, below those before it."""
    step = scene.steps[number]
    if number in _together(scene):
        return _below_others(scene, number)
    tone, strong = _TONES.get(step.kind, Tone.QUIET), step.kind in _STRONG
    top = PANEL_TOP + 14.0
    heading = [words(LEFT + _INDENT, top + 20, step.heading, tone, f"strong {size(_HEADING)}")] if step.heading else []
    top += leading(_HEADING) if step.heading else 0
    pixels, lines = fitted(step.text, _WIDE, PANEL_BOTTOM - top - 8, _SIZES, strong=strong)
    first = top + max((PANEL_BOTTOM - top - len(lines) * leading(pixels)) / 2 - 12, 0) + pixels
    return group(*heading, *_lines(lines, LEFT + _INDENT, first, pixels, strong=strong))


def stays(scene: Scene, number: int) -> bool:
    """Whether it is there until its scene is over."""
    return number in _together(scene) or number == len(scene.steps) - 1


def _together(scene: Scene) -> list[int]:
    """The steps whose captions stand one under the other: the answers, and the lesson after them."""
    places = [place for place, step in enumerate(scene.steps) if step.kind in ANSWERS]
    after = [place for place, step in enumerate(scene.steps) if step.kind is Kind.LESSON]
    return [*places, *after] if places else []


def _below_others(scene: Scene, number: int) -> Markup:
    step, sizes = scene.steps[number], _sizes(scene)
    pixels, lines = _column(step, sizes)
    before = (_column(scene.steps[place], sizes) for place in _together(scene) if place < number)
    top = PANEL_TOP + 12 + sum(len(said) * leading(each) + _GAP for each, said in before)
    strong = step.kind in _STRONG
    heading = words(LEFT + _INDENT, top + pixels, step.heading, _TONES.get(step.kind, Tone.QUIET),
                    f"strong {size(sizes[0])}")  # fmt: skip
    return group(heading, *_lines(lines, LEFT + _INDENT + _COLUMN, top + pixels, pixels, strong=strong))


def _sizes(scene: Scene) -> tuple[int, int]:
    """The largest in which all of them have room."""
    room = PANEL_BOTTOM - PANEL_TOP - 24
    for sizes in _PAIRS:
        heights = (
            len(lines) * leading(pixels) + _GAP
            for pixels, lines in (_column(scene.steps[place], sizes) for place in _together(scene))
        )
        if sum(heights) <= room:
            return sizes
    return _PAIRS[-1]


def _column(step: Step, sizes: tuple[int, int]) -> tuple[int, list[str]]:
    pixels = sizes[step.kind is Kind.LESSON]
    return pixels, wrapped(step.text, _WIDE - _COLUMN, pixels, strong=step.kind in _STRONG)


def _lines(lines: Sequence[str], x: float, first: float, pixels: int, *, strong: bool) -> Iterator[Markup]:
    look = f"{size(pixels)}{' strong' if strong else ''}"
    return (words(x, first + place * leading(pixels), each, Tone.PLAIN, look) for place, each in enumerate(lines))
