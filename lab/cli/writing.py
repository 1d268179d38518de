"""Files that commands write at their end: that they can be written is found out before anything is performed."""

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import click

from lab.cli.problems import Problem

HTML, SVG = b"<!doctype html>", b"<svg"
"""By which our pages and our pictures begin."""

_OTHER_KINDS = frozenset((".png", ".jpg", ".jpeg", ".gif", ".webp", ".pdf"))
"""Names by which somebody hopes for what the lab does not write. A file so named would open nowhere."""


def refuse_unwritable(path: Path, option: str, begins: bytes = HTML) -> None:
    """Problem where this file cannot be written, to which an option of this name leads, or where it is already there
    and does not begin as what would be written. Nothing is changed."""
    if str(path) == "-":
        raise Problem(f"{option} -: give the name of a file; what is told already goes to standard output")
    if path.suffix.lower() in _OTHER_KINDS:
        raise Problem(
            f"{option} {path}: the lab writes no {path.suffix[1:].upper()}; a browser makes one of what it writes"
        )
    try:
        if path.is_file():
            _refuse_strangers(path, option, begins)
            path.open("ab").close()
        elif path.exists() and not path.is_dir():  # a device, or a pipe, which to open is to wait
            if not os.access(path, os.W_OK):
                raise Problem(f"{option} {path} cannot be written: Permission denied")
        else:
            path.open("xb" if not path.exists() else "ab").close()
            path.unlink()
    except OSError as error:
        raise _unwritable(path, option, error) from None


def _refuse_strangers(path: Path, option: str, begins: bytes) -> None:
    with path.open("rb") as file:
        beginning = file.read(len(begins))
    if beginning and beginning.lower() != begins:
        raise Problem(f"{option} {path}: it is already there and holds something else: choose another name")


def write(path: Path, option: str, pieces: Iterable[str | bytes], *, silent: bool = False) -> None:
    """Write it, piece by piece, and say so. Problem where that cannot be done. What is not written to its end is
    removed, so that nobody takes it for the whole."""
    try:
        with path.open("wb") as file:
            for piece in pieces:
                file.write(piece.encode("utf-8") if isinstance(piece, str) else piece)
    except OSError as error:
        _remove(path)
        raise _unwritable(path, option, error) from None
    except BaseException:
        _remove(path)
        click.echo(f"{path} was not written to its end, and is removed.", err=True)
        raise
    if not silent:
        click.echo(f"{path} is written.", err=True)


def _remove(path: Path) -> None:
    if path.is_file() and not path.is_symlink():
        with suppress(OSError):
            path.unlink()


def _unwritable(path: Path, option: str, error: OSError) -> Problem:
    return Problem(f"{option} {path} cannot be written: {error.strerror}")
