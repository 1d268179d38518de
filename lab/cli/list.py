"""badgateway list: which scenarios there are."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lab.cli.choosing import Shelf, scenarios_option
from lab.cli.completing import chapters
from lab.cli.problems import Problem, near

if TYPE_CHECKING:
    from lab.catalogue import Catalogue, ChapterEntry
    from lab.show.text.lines import Line


@click.command("list")
@click.argument("chapter", required=False, shell_complete=chapters)
@click.option(
    "--level", type=click.IntRange(1, 3), metavar="N", help="Only scenarios of this level; 1 needs no knowledge."
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object per line and scenario.")
@scenarios_option
def command(chapter: str | None, level: int | None, as_json: bool, folder: Path | None) -> int:
    """List the scenarios: all, or those of a CHAPTER.

    \b
    Example:  badgateway list truncated_bodies --level 1

    With --json, each line has the keys scenario, chapter, title, lesson, level, cause and reports (the error types of
    Proxy-Status that would name the fault). Exit status 2 when a file could not be read as a scenario; the rest is
    listed all the same.
    """
    from lab.show.records import as_line, scenario_record

    known = Shelf(folder).catalogue
    chapters = _chapters(known, chapter)
    if as_json:
        for entry in chapters:
            for scenario in entry.scenarios:
                if level in (None, scenario.level):
                    click.echo(as_line(scenario_record(scenario)))
    else:
        from lab.show.terminal import Terminal

        terminal = Terminal()
        for entry in chapters:
            terminal.show(_entry(entry, level, terminal.text_width))
    for mistake in known.mistakes:
        click.echo(f"badgateway: {mistake}", err=True)
    return 2 if known.mistakes else 0


def _chapters(known: "Catalogue", chapter: str | None) -> "tuple[ChapterEntry, ...]":
    if chapter is None:
        return known.chapters
    name = chapter.removesuffix("/")
    found = tuple(entry for entry in known.chapters if entry.name == name)
    if not found:
        names = [entry.name for entry in known.chapters]
        raise Problem(f"there is no chapter {chapter!r}; {near(name, names)}")
    return found


def _entry(entry: "ChapterEntry", level: int | None, width: int) -> "Iterator[Line]":
    """A chapter with its scenarios: the level, the name, the title."""
    from lab.show.text.lines import EMPTY, Span, Style, line, wrapped

    scenarios = [scenario for scenario in entry.scenarios if level in (None, scenario.level)]
    if not scenarios:
        return
    yield line(Span(entry.name, Style.STRONG), f": {entry.chapter.title}")
    longest = min(max(len(scenario.address) for scenario in scenarios), width // 2)
    for scenario in scenarios:
        head = f"  {scenario.level}  {scenario.address:{longest}}  "
        yield from wrapped(line(head, scenario.title), width, " " * (longest + 7))
    yield EMPTY
