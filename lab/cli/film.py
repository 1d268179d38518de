"""badgateway film: a performance as a short film for slides, and the guide to 502 and 304."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lab.cli.choosing import Shelf, scenarios_option
from lab.cli.completing import gateways, scenarios
from lab.cli.problems import Problem, problems_of
from lab.cli.writing import HTML, SVG, refuse_unwritable, write

if TYPE_CHECKING:
    from lab.scenario import Case
    from lab.show.film.values import Film
    from lab.verdict import Judgement

BEGINS = {".svg": SVG, ".html": HTML, ".webm": b"\x1aE\xdf\xa3"}
"""By the ending of its name, what a film is written as, and how such a file begins."""


@click.command("film")
@click.argument("names", nargs=-1, metavar="[SCENARIO | FILE.json [SCENARIO]]", shell_complete=scenarios)
@click.option("--out", metavar="FILE", required=True, type=click.Path(path_type=Path),
              help="Where to, and what: its name ends in .svg, .html or .webm.")  # fmt: skip
@click.option("--guide", is_flag=True, help="502 against 304 from the beginning, in under three minutes.")
@click.option("--gateway", metavar="NAME", shell_complete=gateways,
              help="Which gateway to play on (reference); also: reference-buffer, reference-lenient.")  # fmt: skip
@scenarios_option
def command(names: tuple[str, ...], out: Path, guide: bool, gateway: str | None, folder: Path | None) -> int:
    """Play SCENARIO, and make a short film of it with its story as captions; or of what run --save has kept.

    \b
    Examples: badgateway film first/broken_promise --out promise.svg
              badgateway film stale_or_502/confirmed --out confirmed.html
              badgateway film all.json first/garbage --out garbage.svg
              badgateway film --guide --out guide.webm

    An .svg moves by itself, in a page and on a slide, without a script. An .html can be stopped, jumps to its chapters,
    and has all that is said below it. A .webm needs ffmpeg and Chromium, and takes a minute for each of the film. Where
    motion is not wanted (prefers-reduced-motion), the last picture stands.

    Exit status: 0 it is written; 2 wrong usage, or there is nothing to be seen.
    """
    if out.suffix.lower() not in BEGINS:
        raise Problem(f"--out {out}: its name ends in .svg, .html or .webm")
    video = out.suffix.lower() == ".webm"
    if video:
        from lab.cli.recording import refuse_without_tools

        refuse_without_tools(out)
    refuse_unwritable(out, "--out", BEGINS[out.suffix.lower()])
    film = _guide(names, gateway, folder) if guide else _story(names, gateway, folder)
    write(out, "--out", _as_video(film) if video else [_as_text(film, out.suffix.lower())])
    return 0


def _as_text(film: "Film", suffix: str) -> str:
    from lab.show.film.animation import animation
    from lab.show.film.page import page

    return page(film) if suffix == ".html" else animation(film)


def _as_video(film: "Film") -> Iterable[bytes]:
    from lab.cli.recording import recorded, turns
    from lab.show.terminal import Terminal

    with Terminal(stderr=True).progress(turns(film)) as advance:
        yield from recorded(film, advance)


def _story(names: tuple[str, ...], gateway: str | None, folder: Path | None) -> "Film":
    from lab.show.film.story import Unfilmable, story

    if not names:
        raise Problem("name a scenario, such as first/broken_promise, or give --guide")
    if names[0].endswith((".json", ".json.gz")):
        judgement = _kept(Path(names[0]), names[1:], gateway, folder)
    elif len(names) > 1:
        raise Problem(f"a film is of one scenario: {names[0]}, or {names[1]}")
    else:
        judgement = _performed([Shelf(folder).case(names[0])], gateway)[0]
    with problems_of(Unfilmable):
        return story(judgement)


def _kept(file: Path, only: tuple[str, ...], gateway: str | None, folder: Path | None) -> "Judgement":
    """The one performance in this file that is meant, judged once more."""
    from lab.cli.kept import Kept
    from lab.cli.stock import Stock

    if gateway is not None:
        raise Problem(f"--gateway {gateway}: what {file} holds was played already")
    kept = Kept([file], Stock(Shelf(folder), only))
    names = kept.names[file]
    if len(names) > 1:
        found = f"{len(names)} of that name" if only else f"{len(names)} of them"
        raise Problem(f"a film is of one scenario, and {file} has {found}: name one after it, such as {names[0]}")
    judgements = [each.judgement for each in kept.again()]
    if not judgements:
        raise Problem(f"{file}: {kept.broken.get(file, 'no performance of it was kept')}")
    if not judgements[0].case.scenario.story:
        raise Problem(f"{judgements[0].case.name}: its scenario is not here, and a film tells its story")
    return judgements[0]


def _guide(names: tuple[str, ...], gateway: str | None, folder: Path | None) -> "Film":
    from lab.show.film.guided import guided, performed
    from lab.show.film.story import Unfilmable

    if names or gateway is not None or folder is not None:
        raise Problem("--guide has its own scenarios and its own gateway: give --out alone with it")
    shelf, needed = Shelf(None), performed()
    judgements = _performed([shelf.case(name) for name in needed], None)
    with problems_of(Unfilmable):
        return guided(dict(zip(needed, judgements, strict=True)))


def _performed(cases: "list[Case]", gateway: str | None) -> "list[Judgement]":
    import asyncio

    from lab.gateways.names import gateway_named
    from lab.performance import perform_with_control

    with problems_of(LookupError):
        player = gateway_named(gateway or "reference")

    async def play() -> "list[Judgement]":
        return [(await perform_with_control(case, player)).judgement for case in cases]

    return asyncio.run(play())
