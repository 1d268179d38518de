"""The board: what several performances came to, a line each; the lines that are spoken of are lit."""

from collections.abc import Collection

from lab.show.film.look import LEFT, RIGHT, size
from lab.show.film.values import Scene
from lab.show.svg.kit import Markup, Tone, box, fitting, group, number, rule, solid, words

_TOP, _BOTTOM, _HEAD = 92, 452, 24
_STATUS, _MAKER = 660, 960


def board(scene: Scene) -> Markup:
    """All lines, under their heads."""
    heads = ((LEFT + 16, "What happened"), (_STATUS, "The client got"), (_MAKER, "Who made it"))
    return group(
        *(words(x, _TOP + 16, head, Tone.QUIET, f"strong {size(22)}") for x, head in heads),
        *(each for place in range(len(scene.board)) for each in _line(scene, place)),
    )


def lights(scene: Scene, lit: Collection[int]) -> Markup:
    """What is behind the lines that are spoken of, with a sign before each."""
    high = _high(scene)
    return group(
        *(box(LEFT, _y(scene, place) + 2, RIGHT - LEFT, high - 4, Tone.WATCH, 8) for place in lit),
        *(solid(f"M{LEFT - 24} {number(_y(scene, place) + high / 2 - 9)}l16 9l-16 9z", Tone.WATCH) for place in lit),
    )


def _high(scene: Scene) -> float:
    return min((_BOTTOM - _TOP - _HEAD) / max(len(scene.board), 1), 56)


def _y(scene: Scene, place: int) -> float:
    return _TOP + _HEAD + _high(scene) * place


def _line(scene: Scene, place: int) -> tuple[Markup, ...]:
    result, y = scene.board[place], _y(scene, place)
    base = y + _high(scene) / 2 + 8
    cells = ((LEFT + 16, _STATUS, result.title), (_STATUS, _MAKER, result.status), (_MAKER, RIGHT, result.maker))
    return (
        rule(LEFT, y, RIGHT, y),
        *(words(x, base, fitting(text, end - x - 12, 24), Tone.PLAIN, size(24)) for x, end, text in cells),
    )
