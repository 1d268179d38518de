"""What is said, under the diagram: one caption at a time, and answers that stay."""

from lab.show.film.look import LEFT, PANEL_BOTTOM, PANEL_TOP, RIGHT, fitted, leading, size
from lab.show.film.values import ANSWERS, Kind, Scene, Step
from lab.show.svg.kit import Markup, Tone, card, group, words

_TONES = {
    Kind.GUESS: Tone.WATCH,
    Kind.FAULT: Tone.FAULT,
    Kind.WATCH: Tone.WATCH,
    Kind.LESSON: Tone.GOOD,
}
_SIZES = (40, 36, 34, 32, 30, 28, 26, 24)
_INDENT, _HEADING, _ANSWER = 24, 22, 24
_WIDE = RIGHT - LEFT - 2 * _INDENT
_COLUMN = 214
"""Where the answers begin, beside what is asked."""


def ground() -> Markup:
    """The card on which all captions stand."""
    return card(LEFT, PANEL_TOP, RIGHT - LEFT, PANEL_BOTTOM - PANEL_TOP, 12)


def caption(scene: Scene, number: int) -> Markup:
    """The caption of a step: of an answer, below those before it."""
    step = scene.steps[number]
    top = PANEL_TOP + 14 + _taken(scene, number)
    if step.kind in ANSWERS:
        return _answer(step, top)
    tone = _TONES.get(step.kind, Tone.QUIET)
    heading = words(LEFT + _INDENT, top + 20, step.heading, tone, f"strong {size(_HEADING)}")
    top += leading(_HEADING) if step.heading else 0
    strong = step.kind in (Kind.LESSON, Kind.GUESS)
    pixels, lines = fitted(step.text, _WIDE, PANEL_BOTTOM - top - 8, _SIZES, strong=strong)
    look = f"{size(pixels)}{' strong' if strong else ''}"
    slack = 0 if _taken(scene, number) else max((PANEL_BOTTOM - top - len(lines) * leading(pixels)) / 2 - 12, 0)
    first = top + slack + pixels
    said = (words(LEFT + _INDENT, first + place * leading(pixels), each, Tone.PLAIN, look)
            for place, each in enumerate(lines))  # fmt: skip
    return group(*([heading] if step.heading else []), *said)


def stays(scene: Scene, number: int) -> bool:
    """Whether it is there until its scene is over."""
    return scene.steps[number].kind in ANSWERS or number == len(scene.steps) - 1


def _answer_lines(step: Step) -> list[str]:
    return fitted(step.text, _WIDE - _COLUMN, 2 * leading(_ANSWER), (_ANSWER,))[1]


def _taken(scene: Scene, number: int) -> float:
    """The height of the answers before this step."""
    before = (each for each in scene.steps[:number] if each.kind in ANSWERS)
    return sum(len(_answer_lines(each)) * leading(_ANSWER) + 2 for each in before)


def _answer(step: Step, top: float) -> Markup:
    lines = _answer_lines(step)
    said = (words(LEFT + _INDENT + _COLUMN, top + 22 + place * leading(_ANSWER), each, Tone.PLAIN, size(_ANSWER))
            for place, each in enumerate(lines))  # fmt: skip
    return group(words(LEFT + _INDENT, top + 22, step.heading, Tone.QUIET, f"strong {size(_ANSWER)}"), *said)
