"""The film as one HTML page: it plays by itself; with a script it can be stopped, and jumps to its chapters; without
one, or in print, everything that it says stands below it."""

from collections.abc import Iterator
from importlib.resources import files

from lab.show.film.animation import animation
from lab.show.film.values import Film, Step, marks
from lab.show.markup import Markup, tag
from lab.version import VERSION


def page(film: Film) -> str:
    """The document. It fetches nothing."""
    head = tag(
        "head",
        Markup('<meta charset="utf-8">\n<meta name="viewport" content="width=device-width, initial-scale=1">'),
        tag("title", film.title),
        tag("style", _file("page.css")),
    )
    body = tag(
        "body",
        tag("h1", film.title),
        tag("div", Markup(animation(film)), id="film"),
        Markup(_CONTROLS % f"{film.seconds:.1f}"),
        tag("nav", tag("ol", *_links(film)), aria_label="Chapters"),
        *_chapters(film),
        tag("footer", tag("p", f"Made by the Bad Gateway Lab, badgateway {VERSION}, from what was performed.")),
        tag("script", _file("page.js")),
        data_seconds=f"{film.seconds:.1f}",
    )
    return f'<!doctype html>\n<html lang="en">\n{head}\n{body}\n</html>\n'


_CONTROLS = (
    '<div id="controls" hidden><button id="pause" type="button">Pause</button>'
    '<button id="restart" type="button">From the beginning</button>'
    '<input id="place" type="range" min="0" max="%s" step="0.1" value="0" aria-label="Place in the film, in seconds">'
    '<span id="time"></span></div>'
)


def _file(name: str) -> Markup:
    return Markup(files(__package__).joinpath(name).read_text(encoding="utf-8"))


def _links(film: Film) -> Iterator[Markup]:
    for number, mark in enumerate(marks(film), 1):
        link = tag("a", mark.title, href=f"#chapter-{number}", data_at=f"{mark.begin:.1f}")
        yield tag("li", f"{_clock(mark.begin)} ", link)


def _chapters(film: Film) -> Iterator[Markup]:
    """All that is said, under the names of the chapters."""
    said = list(film.steps())
    for number, mark in enumerate(marks(film), 1):
        steps = [step for at, *_, step in said if mark.begin - 0.01 <= at < mark.end - 0.01]
        yield tag(
            "section", tag("h2", mark.title), *(_said(step, mark.title) for step in steps), id=f"chapter-{number}"
        )


def _said(step: Step, title: str) -> Markup:
    """With what it is, where the title does not say that already."""
    heading = step.heading.removesuffix("?")
    asks = step.heading.endswith("?")
    shown = heading not in ("", title)
    return tag("p", tag("b", f"{step.heading} " if asks else f"{heading}: ") if shown else "", step.text)


def _clock(seconds: float) -> str:
    return f"{int(seconds) // 60}:{int(seconds) % 60:02}"
