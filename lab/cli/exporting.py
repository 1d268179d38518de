"""What `run` and `show` write beside what they tell: pictures, a page, captures. Both by the same options and words."""

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from lab.cli.problems import Problem
from lab.cli.writing import HTML, SVG, refuse_unwritable, write

if TYPE_CHECKING:
    from lab.show.html.told import Again

Command = Callable[..., Any]

_OPTIONS = (
    click.option("--svg", metavar="FILE|DIR/", type=click.Path(),
                 help="Draw it into FILE: what went over the wire, one scenario in several columns, or many as a table"
                      " of colours. Into DIR/: a picture of each."),
    click.option("--to-scale", is_flag=True, help="With --svg: time to scale."),
    click.option("--html", metavar="FILE", type=click.Path(path_type=Path), help="Write a page of all for a browser."),
    click.option("--har", metavar="FILE", type=click.Path(path_type=Path),
                 help="Write a HAR, for the developer tools of a browser."),
    click.option("--pcapng", metavar="FILE", type=click.Path(path_type=Path),
                 help="Write a capture of every connection, for Wireshark."),
)  # fmt: skip

_BEGINS = {"--svg": SVG, "--html": HTML, "--har": b'{"log"', "--pcapng": b"\n\r\r\n"}


def export_options(command: Command) -> Command:
    """Give a command the options of this module. It gets them as one value, `exports`."""

    @wraps(command)
    def collected(
        *, svg: str | None, to_scale: bool, html: Path | None, har: Path | None, pcapng: Path | None, **rest: Any
    ) -> Any:
        if to_scale and svg is None:
            raise Problem("--to-scale goes with --svg FILE")
        if svg == "":
            raise Problem("--svg: give it the name of a file, or of a folder with / at its end")
        given = {"--svg": svg, "--html": html, "--har": har, "--pcapng": pcapng}
        targets = {option: Path(name) for option, name in given.items() if name is not None}
        folder = svg is not None and (svg.endswith(("/", "\\")) or os.path.isdir(svg))
        return command(exports=Exports(targets, folder=folder, to_scale=to_scale), **rest)

    for option in reversed(_OPTIONS):
        collected = option(collected)
    return collected


@dataclass(frozen=True)
class Exports:
    """What is to be written where. `folder`: the pictures go into a folder, one each."""

    targets: Mapping[str, Path]
    folder: bool = False
    to_scale: bool = False

    def __bool__(self) -> bool:
        return bool(self.targets)

    def refuse(self, *others: Path | None) -> None:
        """Problem where one cannot be written, or is named twice; nothing is written by this. `others`: what else the
        command reads or writes."""
        taken = {path.resolve() for path in others if path is not None}
        for option, path in self.targets.items():
            if path.resolve() in taken:
                raise Problem(f"{option} {path}: this file is named twice")
            taken.add(path.resolve())
        for option, path in self.targets.items():
            if option == "--svg" and self.folder:
                _refuse_folder(path)
            else:
                refuse_unwritable(path, option, _BEGINS[option])

    def write(self, again: "Again") -> None:
        """Write all of them, each out of the performances as they are given once more."""
        for option, path in self.targets.items():
            if option == "--svg":
                self._draw(path, again)
            else:
                write(path, option, _WRITERS[option](again))

    def _draw(self, path: Path, again: "Again") -> None:
        from lab.cli.drawing import each_picture, one_picture

        if not self.folder:
            write(path, "--svg", [one_picture(again, to_scale=self.to_scale)])
            return
        count = 0
        for count, (name, picture) in enumerate(each_picture(again, to_scale=self.to_scale), 1):  # noqa: B007
            refuse_unwritable(path / name, "--svg", SVG)
            write(path / name, "--svg", [picture], silent=True)
        click.echo(f"{path} has {count} picture{'' if count == 1 else 's'}.", err=True)


def _refuse_folder(path: Path) -> None:
    try:
        path.mkdir(exist_ok=True)
    except OSError as error:
        raise Problem(f"--svg {path} cannot be made: {error.strerror}") from None
    refuse_unwritable(path / ".badgateway.svg", "--svg", _BEGINS["--svg"])


def _page(again: "Again") -> Iterator[str]:
    from lab.show.html.page import page

    return page(again)


def _har(again: "Again") -> Iterator[str]:
    from lab.show.har import har

    return har(told.judgement for told in again())


def _pcapng(again: "Again") -> Iterator[bytes]:
    from lab.show.pcapng import capture_of, pcapng

    return pcapng(capture_of(told.judgement) for told in again())


_WRITERS: Mapping[str, Callable[["Again"], Iterator[str] | Iterator[bytes]]] = {
    "--html": _page,
    "--har": _har,
    "--pcapng": _pcapng,
}
