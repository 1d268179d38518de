"""The diagram of a scene: three parties, and rows between them that come one after the other."""

from collections.abc import Mapping
from itertools import chain

from lab.outcome.stages import Stage
from lab.show.film.look import HEADS, LEFT, RIGHT, ROWS_BOTTOM, ROWS_TOP, size
from lab.show.film.values import Scene
from lab.show.svg.kit import Markup, Tone, box, fitting, group, number, path, solid, width, words
from lab.show.svg.rows import Kind, Row
from lab.show.svg.tones import OF_MARK
from lab.show.text.messages import Way
from lab.transcript import CLIENT_HOP

CLIENT, GATEWAY, UPSTREAM = 130, 630, 1130
"""Where their lines stand."""

_OF_STAGE: Mapping[Stage | None, Tone] = {Stage.REQUEST: Tone.REQUEST, Stage.RESPONSE: Tone.RESPONSE}
_TALLEST, _LABEL, _HEAD = 52, 24, 26


def parties(scene: Scene) -> Markup:
    """The three of them with their lines; they are there from the beginning of the scene."""
    names = (
        (CLIENT, "client"),
        (GATEWAY, "gateway with a store" if scene.store else "gateway"),
        (UPSTREAM, "upstream"),
    )
    lines = (_vertical(x, HEADS + 38, ROWS_BOTTOM + 12, Tone.QUIET) for x, _ in names)
    heads = ((box(*_head(x, name), Tone.PLAIN, 8), _centred(x, HEADS + 28, name)) for x, name in names)
    return group(*lines, *chain.from_iterable(heads))


def _head(x: float, name: str) -> tuple[float, float, float, float]:
    wide = width(name, _HEAD, strong=True) + 28
    return x - wide / 2, HEADS, wide, 38


def _centred(x: float, y: float, text: str) -> Markup:
    return words(x, y, text, Tone.PLAIN, f"strong middle {size(_HEAD)}")


def row(scene: Scene, place: int) -> Markup:
    """One row, with its label over its line."""
    given = scene.rows[place]
    high = min((ROWS_BOTTOM - ROWS_TOP) / max(len(scene.rows), 1), _TALLEST)
    y = ROWS_TOP + high * (place + 1) - 6
    tone = _tone(given)
    most = _LABEL if high >= 40 else 22
    if given.kind is Kind.STORE:
        return _store(given, y, most)
    near, far = (CLIENT, GATEWAY) if given.hop == CLIENT_HOP else (GATEWAY, UPSTREAM)
    strong, room = given.mark is not None, far - near - 44
    pixels = next((each for each in (most, 22, 20, 18) if width(given.text, each, strong=strong) <= room), 18)
    label = fitting(given.text, room, pixels, strong=strong)
    look = f"middle {size(pixels)}{' strong' if strong else ''}"
    return group(
        words((near + far) / 2, y - 9, label, tone, look),
        _line(given, near, far, y, tone),
        *_number(given, y),
        *_sign(given, y, tone),
    )


def _tone(given: Row) -> Tone:
    if given.mark is not None:
        return OF_MARK[given.mark]
    return _OF_STAGE.get(given.stage, Tone.PLAIN)


def _store(given: Row, y: float, pixels: int) -> Markup:
    """What the store of the gateway did, beside the gateway's line: in a box, for it is no message."""
    small = pixels - 4
    text = fitting(f"store: {given.text}", UPSTREAM - GATEWAY - 60, small)
    x, wide, high = GATEWAY + 30, width(text, small) + 20, pixels + 8
    tip = x - 2 if given.way is Way.RIGHT else GATEWAY + 4
    ahead = 1 if given.way is Way.RIGHT else -1
    return group(
        path(f"M{GATEWAY + 4} {number(y - 12)}H{x}", Tone.STORE, "arrow"),
        _tip(tip, y - 12, ahead, Tone.STORE),
        box(x, y - 12 - high / 2, wide, high, Tone.STORE, 8),
        words(x + 10, y - 12 + small * 0.35, text, Tone.STORE, size(small)),
    )


def _line(given: Row, near: float, far: float, y: float, tone: Tone) -> Markup:
    """As it went: an arrow; with a bar at its tip where a FIN ends the connection; with a cross where nothing came
    of it, or a RST broke it off; dotted where there was nothing."""
    if given.way is Way.NOWHERE:
        return path(f"M{near + 14} {number(y)}L{far - 14} {number(y)}", tone, "arrow nothing")
    ahead = -1 if given.way is Way.LEFT else 1
    tail, tip = (far - 4, near + 4) if ahead < 0 else (near + 4, far - 4)
    if given.way is Way.REFUSED or given.kind is Kind.RST:
        tip -= 16 * ahead
        at = f"{number(tip - 9)} {number(y - 9)}l18 18M{number(tip - 9)} {number(y + 9)}l18 -18"
        parts = [path(f"M{at}", tone, "arrow")]
    elif given.kind is Kind.FIN:
        tip -= 10 * ahead
        parts = [_tip(tip, y, ahead, tone), _vertical(tip + 3 * ahead, y - 11, y + 11, tone, "arrow")]
    else:
        parts = [_tip(tip, y, ahead, tone)]
    return group(path(f"M{number(tail)} {number(y)}L{number(tip - 6 * ahead)} {number(y)}", tone, "arrow"), *parts)


def _tip(x: float, y: float, ahead: int, tone: Tone) -> Markup:
    back = number(x - 18 * ahead)
    return solid(f"M{number(x)} {number(y)}L{back} {number(y - 9)}L{back} {number(y + 9)}Z", tone)


def _vertical(x: float, top: float, bottom: float, tone: Tone, look: str = "thick") -> Markup:
    return path(f"M{number(x)} {number(top)}V{number(bottom)}", tone, look)


def _number(given: Row, y: float) -> list[Markup]:
    """Which request this is, where there are several."""
    return [words(CLIENT - 56, y + 4, str(given.number), Tone.QUIET, f"strong {size(26)}")] if given.number else []


def _sign(given: Row, y: float, tone: Tone) -> list[Markup]:
    if given.mark is None:
        return []
    x = LEFT if given.hop == CLIENT_HOP else UPSTREAM + 30
    return [box(x, y - 22, 46, 32, tone, 6), words(x + 23, y + 3, given.mark.value, tone, f"strong middle {size(26)}")]


def annotation(given: Row) -> Markup:
    """What the mark of this row says, in its author's words; it stands under all rows."""
    assert given.mark is not None
    said = fitting(f"{given.mark.value} {given.says}", RIGHT - LEFT, 24, strong=True)
    return words((LEFT + RIGHT) / 2, ROWS_BOTTOM + 30, said, OF_MARK[given.mark], f"strong middle {size(24)}")
