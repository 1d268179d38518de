"""badgateway stick: a folder from which learners install the lab without a network."""

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lab.cli.problems import Problem, near

if TYPE_CHECKING:
    from lab.cli.sticking.targets import Target
    from lab.cli.sticking.wheels import Collection


def _words(ctx: click.Context, parameter: click.Parameter, value: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word.strip() for word in value.split(",") if word.strip()))


@click.command("stick")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--jupyterlab", is_flag=True, help="Also JupyterLab, in a folder of its own (some hundred MB).")
@click.option("--systems", default="all", show_default=True, metavar="NAME,...", callback=_words,
              help="Only for these: linux, linux-arm, macos, macos-intel, windows.")  # fmt: skip
@click.option("--pythons", default="all", show_default=True, metavar="VERSION,...", callback=_words,
              help="Only for these: 3.11, 3.12, 3.13, 3.14.")  # fmt: skip
def command(folder: Path, jupyterlab: bool, systems: tuple[str, ...], pythons: tuple[str, ...]) -> int:
    """Fill DIR (a USB stick, a shared folder) with all that is needed to install the lab where there is no network.

    \b
    Examples: badgateway stick /media/usb
              badgateway stick stick --systems linux,windows --pythons 3.12,3.13

    It fetches wheels with pip, so that here a network is needed, once. DIR gets the folder `wheels` and a READ-ME.txt
    with three lines to type; what else is in DIR stays as it is. Do it again, and only what is new is fetched.

    Exit status: 0 all is there; 1 for some of them a wheel was not to be had (READ-ME.txt says for which); 2 wrong
    usage, or nothing could be fetched.
    """
    from lab.cli.sticking.targets import PYTHONS, SYSTEMS, targets

    wanted = targets(_chosen("--systems", systems, tuple(SYSTEMS)), _chosen("--pythons", pythons, PYTHONS))
    try:
        return _fill(folder, wanted, jupyterlab)
    except OSError as error:
        raise Problem(f"{error.filename or folder} cannot be written: {error.strerror}") from None


def _chosen(option: str, words: tuple[str, ...], known: tuple[str, ...]) -> tuple[str, ...]:
    if words == ("all",):
        return known
    for word in words:
        if word not in known:
            raise Problem(f"{option} {word}: not one that the lab knows; {near(word, known)}")
    if not words:
        raise Problem(f"{option}: name at least one of {', '.join(known)}")
    return tuple(each for each in known if each in words)


def _fill(folder: Path, wanted: "tuple[Target, ...]", jupyterlab: bool) -> int:
    from lab.cli.sticking.own import own_wheel
    from lab.cli.sticking.text import FILE, JUPYTER, WHEELS, text
    from lab.cli.sticking.wheels import Collection, NotFetched

    wheels = folder / WHEELS
    wheels.mkdir(parents=True, exist_ok=True)
    try:
        own_wheel(wheels)
    except NotFetched as error:
        raise Problem(f"the lab's own wheel could not be made: {error}") from None
    core = Collection(wheels)
    missing = _collect(core, "badgateway", wanted)
    served = [target for target in wanted if target.name not in missing]
    if not served:
        raise Problem(f"nothing could be fetched; the last word was: {list(missing.values())[-1]}")
    if jupyterlab:
        (folder / JUPYTER).mkdir(exist_ok=True)
        more = _collect(Collection(folder / JUPYTER, core.wheels), "badgateway[notebooks]", tuple(served))
        missing |= {f"JupyterLab: {name}": why for name, why in more.items()}
    (folder / FILE).write_text(text(served, missing, jupyter=jupyterlab), encoding="utf-8", newline="\r\n")
    _tell(folder, served, missing)
    return int(bool(missing))


def _collect(collection: "Collection", what: str, wanted: "tuple[Target, ...]") -> dict[str, str]:
    """Fetch this for all targets. Gives for which that could not be done, and why."""
    from packaging.requirements import Requirement

    from lab.cli.sticking.wheels import NotFetched

    missing = {}
    for target in wanted:
        try:
            collection.complete(Requirement(what), target)
        except NotFetched as error:
            missing[target.name] = str(error)
        click.echo(f"{target.name}: {missing.get(target.name, 'complete')}", err=True)
    return missing


def _tell(folder: Path, served: "list[Target]", missing: dict[str, str]) -> None:
    from lab.cli.sticking.text import FILE

    size = sum(path.stat().st_size for path in folder.glob("*/*.whl")) / 1e6
    free = shutil.disk_usage(folder).free / 1e6
    short = f"; for {len(missing)} something is missing" if missing else ""
    click.echo(f"{folder} serves {len(served)} kinds of machines with {size:.0f} MB{short}. "
               f"{FILE} says how. ({free:,.0f} MB are free there.)")  # fmt: skip
