"""The film as SVG: all of it, moving by CSS alone, without a script; or one moment of it, which does not move."""

from collections.abc import Iterable, Sequence

from lab.show.film.look import FADE, HIGH, WIDE, style_sheet
from lab.show.film.timeline import How, Shown, timeline
from lab.show.film.values import Film
from lab.show.markup import Markup, safe, tag
from lab.show.svg.colours import PICTURE
from lab.show.svg.colours import style_sheet as colours
from lab.show.svg.kit import picture


def animation(film: Film) -> str:
    """One SVG document that plays once when it is opened, and then shows its last picture. Where motion is not
    wanted, and on paper, it shows that at once."""
    return picture(film.title, description(film), WIDE, HIGH, [_styles(), *map(_moving, timeline(film))])


def still(film: Film, at: float) -> str:
    """What is there so many seconds after the beginning."""
    return picture(film.title, description(film), WIDE, HIGH, [_styles(), _there(tuple(timeline(film)), at)])


def sheet(film: Film, times: Sequence[float]) -> str:
    """An HTML page with the stills of these times, one under the other."""
    shown, ground = tuple(timeline(film)), Markup(f'<rect class="paper" width="{WIDE}" height="{HIGH}"/>')
    stills = (
        tag("svg", ground, _there(shown, at), class_=PICTURE, width=str(WIDE), height=str(HIGH)) for at in times
    )  # fmt: skip
    styles = f"{colours()}{style_sheet()}body{{margin:0}}svg{{display:block}}"
    return f'<!doctype html><meta charset="utf-8"><style>{styles}</style>{"".join(stills)}'


def _there(shown: Iterable[Shown], at: float) -> Markup:
    return safe([_standing(each, at) for each in shown if each.begin <= at and (each.end is None or at < each.end)])


def moments(film: Film) -> list[float]:
    """When the picture changes, and a few times in between where something grows: what a video has to be made of."""
    times = {0.0, film.seconds}
    for each in timeline(film):
        if each.how is not How.STEADY:
            pieces = 4 if each.how else 2
            times |= {each.begin + each.lasts * piece / pieces for piece in range(pieces + 1)}
        times |= {each.end} if each.end is not None else set()
    found = [0.0]
    for at in sorted(times):
        if found[-1] + _NEAR < at <= film.seconds:
            found.append(round(at, 2))
    return found


_NEAR = 0.1
"""Seconds: what is nearer than this is one moment."""


def description(film: Film) -> str:
    """All captions, for those who cannot see them."""
    return " ".join(f"{step.heading}: {step.text}" if step.heading else step.text for *_, step in film.steps())


def _styles() -> Markup:
    return tag("style", Markup(style_sheet()))


def _moving(shown: Shown) -> Markup:
    if shown.begin < 0 and shown.end is None:
        return shown.body
    classes = f"{'shown' if shown.end is None else 'passing'} {shown.how}".rstrip()
    ends = "" if shown.end is None else f",{_seconds(shown.end - FADE)}"
    style = f"animation-delay:{_seconds(shown.begin)}{ends}"
    if shown.lasts != FADE:
        style += f";animation-duration:{_seconds(shown.lasts)}{f',{_seconds(FADE)}' if ends else ''}"
    return tag("g", shown.body, class_=classes, style=style)


def _standing(shown: Shown, at: float) -> Markup:
    came = min((at - shown.begin) / shown.lasts, 1)
    gone = 0 if shown.end is None else max((at - shown.end + FADE) / FADE, 0)
    if came >= 1 and not gone:
        return shown.body
    hidden = f"{100 * (1 - came):.0f}%"
    match shown.how:
        case How.FADE:
            style = f"opacity:{min(came, 1 - gone):.2f}"
        case How.TO_LEFT:
            style = f"clip-path:inset(-20px -20px -20px {hidden});opacity:{1 - gone:.2f}"
        case _:
            style = f"clip-path:inset(-20px {hidden} -20px -20px);opacity:{1 - gone:.2f}"
    return tag("g", shown.body, style=style)


def _seconds(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") + "s"
