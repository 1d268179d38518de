"""Help in sections, for a command with many options."""

import re
from collections.abc import Mapping
from typing import Any

import click


class Headed(click.Command):
    """A command whose options stand under headings: each under the first whose pattern its parameter's name fits.
    Those that fit none stand last, under `Options`."""

    def __init__(self, *args: Any, headings: Mapping[str, str], **more: Any) -> None:
        super().__init__(*args, **more)
        self._headings = headings

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        sections: dict[str, list[tuple[str, str]]] = {heading: [] for heading in (*self._headings, "Options")}
        for parameter in self.get_params(ctx):
            if (record := parameter.get_help_record(ctx)) is not None:
                sections[self._heading(parameter.name or "")].append(record)
        for heading, rows in sections.items():
            if rows:
                with formatter.section(heading):
                    formatter.write_dl(rows)

    def _heading(self, name: str) -> str:
        return next((heading for heading, fits in self._headings.items() if re.fullmatch(fits, name)), "Options")
