"""badgateway show: one scenario to read."""

from pathlib import Path

import click

from lab.cli.choosing import Shelf, scenarios_option


@click.command("show", short_help="Read a scenario: its story, its bytes, right against wrong.")
@click.argument("name", metavar="SCENARIO|CHAPTER")
@scenarios_option
def command(name: str, folder: Path | None) -> None:
    """Read one SCENARIO without playing it: its story, its bytes, right against wrong, the clauses; of a CHAPTER,
    its text and its goals.

    \b
    Examples: badgateway show first/broken_promise
              badgateway show first
    """
    from lab.show.terminal import Terminal
    from lab.show.text.lines import EMPTY, Span, Style, line, wrapped
    from lab.show.text.page import chapter_page, page

    shelf, terminal = Shelf(folder), Terminal()
    if (shelf.folder / name).is_dir():
        for entry in shelf.catalogue.chapters:
            if entry.name == name.removesuffix("/"):
                terminal.show(chapter_page(entry.chapter, entry.scenarios, terminal.text_width))
                return
    terminal.show(page(shelf.scenario(name), terminal.text_width))
    terminal.show(
        [EMPTY, *wrapped(line("Play it: ", Span(f"badgateway run {name}", Style.STRONG)), terminal.text_width)]
    )
