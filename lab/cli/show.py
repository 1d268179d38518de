"""badgateway show: one scenario to read."""

from pathlib import Path

import click

from lab.cli.choosing import catalogue, scenario_named, scenarios_option


@click.command("show", short_help="Read a scenario: its story, its bytes, right against wrong.")
@click.argument("scenario")
@scenarios_option
def command(scenario: str, folder: Path | None) -> None:
    """Read one SCENARIO without playing it: its story, its bytes, right against wrong, the clauses.

    \b
    Example:  badgateway show first/broken_promise
    """
    from lab.show.terminal import Terminal
    from lab.show.text.page import page

    found = scenario_named(scenario, catalogue(folder))
    terminal = Terminal()
    terminal.show(page(found, terminal.text_width))
