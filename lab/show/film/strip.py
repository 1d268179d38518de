"""The four stages of the HTTP cycle on each connection, as a strip under the diagram."""

from lab.outcome.stages import Stage
from lab.show.film.lanes import CLIENT, GATEWAY, UPSTREAM
from lab.show.film.look import ROWS_BOTTOM, size
from lab.show.film.values import Scene
from lab.show.svg.kit import Markup, box, group, words, wrapped
from lab.show.svg.tones import OF_STAGE
from lab.transcript import CLIENT_HOP

_WIDE, _GAP, _HIGH = 117, 4, 80


def strip(scene: Scene) -> Markup:
    """A box for each stage, with what was done in it."""
    return group(*(each for told in scene.stages for each in _stage(told.hop, told.stage, told.text)))


def _stage(hop: int, stage: Stage, done: str) -> tuple[Markup, ...]:
    near, far = (CLIENT, GATEWAY) if hop == CLIENT_HOP else (GATEWAY, UPSTREAM)
    x = (near + far - 4 * _WIDE - 3 * _GAP) / 2 + list(Stage).index(stage) * (_WIDE + _GAP)
    y, tone = ROWS_BOTTOM - _HIGH, OF_STAGE[stage]
    return (
        box(x, y, _WIDE, _HIGH, tone, 8),
        words(x + _WIDE / 2, y + 26, stage.value, tone, f"strong middle {size(20)}"),
        *(
            words(x + _WIDE / 2, y + 48 + 20 * row, each, tone, f"middle {size(18)}")
            for row, each in enumerate(wrapped(done, _WIDE - 4, 18, lines=2))
        ),
    )
