"""Files that commands write at their end: that they can be written is found out before anything is performed."""

from collections.abc import Iterable
from pathlib import Path

import click

from lab.cli.problems import Problem


def refuse_unwritable(path: Path, option: str) -> None:
    """Problem where this file cannot be written, to which an option of this name leads."""
    try:
        path.open("ab").close()
    except OSError as error:
        raise _unwritable(path, option, error) from None


def write(path: Path, option: str, text: Iterable[str]) -> None:
    """Write it, piece by piece, and say so. Problem where that cannot be done."""
    try:
        with path.open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(text)
    except OSError as error:
        raise _unwritable(path, option, error) from None
    click.echo(f"{path} is written.", err=True)


def _unwritable(path: Path, option: str, error: OSError) -> Problem:
    return Problem(f"{option} {path} cannot be written: {error.strerror}")
