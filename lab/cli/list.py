"""badgateway list: which scenarios there are, and what causes a 502."""

from collections.abc import Iterable, Iterator
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
@click.option("--causes", is_flag=True, help="What causes a 502 in the real world, and which scenarios play it.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object per line and scenario.")
@scenarios_option
def command(chapter: str | None, level: int | None, causes: bool, as_json: bool, folder: Path | None) -> int:
    """List the scenarios: all, or those of a CHAPTER.

    \b
    Examples: badgateway list truncated_bodies --level 1
              badgateway list --causes

    With --json, each line has the keys scenario, chapter, title, lesson, level, cause and reports (the error types of
    Proxy-Status that would name the fault). Exit status 2 when a file could not be read as a scenario; the rest is
    listed all the same.
    """
    from lab.show.records import as_line, scenario_record

    known = Shelf(folder).catalogue
    chapters = _chapters(known, chapter)
    if causes and as_json:
        raise Problem("--causes and --json exclude each other: each line of --json names the cause of its scenario")
    if as_json:
        for entry in chapters:
            for scenario in entry.scenarios:
                if level in (None, scenario.level):
                    click.echo(as_line(scenario_record(scenario)))
    else:
        from lab.show.terminal import Terminal

        terminal = Terminal()
        for entry in chapters if not causes else ():
            terminal.show(_entry(entry, level, terminal.text_width))
        if causes:
            terminal.show(_causes(chapters, level, terminal.text_width))
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
    yield from wrapped(line(Span(entry.name, Style.STRONG), f": {entry.chapter.title}"), width)
    longest = max(len(scenario.address) for scenario in scenarios)
    for scenario in scenarios:
        head = f"  {scenario.level}  {scenario.address:{longest}}  "
        if len(head) > width * 2 // 3:  # no room for a title beside it
            yield line(head)
            head = " " * 7
        yield from wrapped(line(head, scenario.title), width, " " * len(head))
    yield EMPTY


def _causes(chapters: "Iterable[ChapterEntry]", level: int | None, width: int) -> "Iterator[Line]":
    """Each cause in a sentence, with the scenarios that play it."""
    from lab.catalogue.causes import CAUSES
    from lab.show.text.lines import EMPTY, Span, Style, line, wrapped

    played: dict[str, list[str]] = {}
    for entry in chapters:
        for scenario in entry.scenarios:
            if level in (None, scenario.level):
                played.setdefault(scenario.cause, []).append(scenario.address)
    for cause, says in CAUSES.items():
        yield from wrapped(line(Span(f"{cause:5}", Style.STRONG), says), width, " " * 5)
        for address in played.get(cause, ["(no story here)"]):
            yield line(" " * 7, Span(address, Style.QUIET))
    yield EMPTY
    yield from wrapped(line("Play one: ", Span("badgateway run NAME", Style.STRONG)), width)
