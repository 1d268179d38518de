"""badgateway show: a scenario to read, or performances that were kept."""

from pathlib import Path

import click

from lab.cli.choosing import Shelf, scenarios_option
from lab.cli.completing import scenarios
from lab.cli.exporting import Exports, export_options
from lab.cli.problems import Problem


@click.command("show")
@click.argument("names", nargs=-1, required=True, metavar="SCENARIO|CHAPTER|FILE.json [NAME]...",
                shell_complete=scenarios)  # fmt: skip
@click.option("--json", "json_lines", is_flag=True, help="Of a FILE.json: one JSON object per line and request.")
@export_options
@click.option("-v", "--verbose", is_flag=True, help="Of a FILE.json: expectations, and the whole transcript.")
@click.option("--hex", "octets", is_flag=True, help="Of a FILE.json: each connection, octet by octet.")
@scenarios_option
def command(
    names: tuple[str, ...], json_lines: bool, exports: Exports, verbose: bool, octets: bool, folder: Path | None
) -> int:  # fmt: skip
    """Read one SCENARIO without playing it: its story, its bytes, right against wrong, the clauses; of a CHAPTER,
    its text and its goals.

    Of a FILE.json (or .json.gz) that `badgateway run --save` has kept: show it again as `run` did, all of it or only
    what is named after it, and judge it once more with the scenarios as they stand now. A scenario of your own is
    found by --scenarios DIR, or named by its file. Exit status as of run. Several files, kept on several gateways, are
    put side by side.

    \b
    Examples: badgateway show first/broken_promise
              badgateway show first
              badgateway show all.json truncated_bodies -v
              badgateway show all.json first/garbage --svg garbage.svg
              badgateway show reference.json nginx.json --html both.html

    What is written by --svg, --html, --har and --pcapng is told by `badgateway run --help`.
    """
    files = [name for name in names if name.endswith((".json", ".json.gz"))]
    only = [name for name in names if name not in files]
    if files:
        from lab.cli.showing import show_kept

        given = [*map(Path, files)]
        return show_kept(given, only, folder, exports, json_lines=json_lines, verbose=verbose, octets=octets)
    name, *more = names
    if more or json_lines or verbose or octets or exports:
        raise Problem(
            f"one scenario or chapter is read at a time: names after {name}, -v, --hex, --json and what is written go"
            " with FILE.json, or with `badgateway run`"
        )
    _read(name, folder)
    return 0


def _read(name: str, folder: Path | None) -> None:
    """A scenario or a chapter as a page."""
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
