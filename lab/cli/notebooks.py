"""badgateway notebooks: eleven lessons to work in, copied into a folder and opened."""

import subprocess
import sys
from collections import Counter
from importlib.util import find_spec
from pathlib import Path

import click

from lab.cli.problems import Problem

FOLDER, SOLVED_FOLDER = Path("badgateway-notebooks"), Path("badgateway-notebooks-solved")


@click.command("notebooks")
@click.argument("folder", required=False, metavar="[DIR]", type=click.Path(path_type=Path))
@click.option(
    "--solutions",
    is_flag=True,
    help="The teacher's version, with a solution in place of each exercise, and the two lessons as pages.",
)
@click.option("--no-open", is_flag=True, help="Only copy them; start nothing.")
def command(folder: Path | None, solutions: bool, no_open: bool) -> int:
    """Copy the notebooks into DIR (badgateway-notebooks), and open them in JupyterLab where it is installed.

    \b
    Example:  badgateway notebooks
              badgateway notebooks --solutions --no-open

    No work is overwritten: a notebook in which you have changed or run a cell stays as it is. One in which you have
    not is renewed when the lab has a newer one. To begin a notebook anew, remove or rename your copy.

    They run in JupyterLab, in VS Code and in the classic interface: with the Python that has badgateway, offline.
    """
    folder = folder or (SOLVED_FOLDER if solutions else FOLDER)
    _copy(folder, solutions=solutions)
    if no_open:
        return 0
    if find_spec("jupyterlab") is None:
        click.echo(f"JupyterLab is not installed. This installs it: {sys.executable} -m pip install jupyterlab")
        click.echo(f"VS Code opens {folder}, too: choose the Python that has badgateway as its kernel.")
        return 0
    return _opened(folder)


def _copy(folder: Path, *, solutions: bool) -> None:
    from lab.notebook.copying import Fate, copy_all
    from lab.show.text.statuses import counted

    fates: Counter[Fate] = Counter()
    try:
        for copied in copy_all(folder, solutions=solutions):
            fates[copied.fate] += 1
            if copied.fate in (Fate.KEPT, Fate.RENEWED):
                click.echo(f"{copied.path}: {copied.fate}")
    except (FileExistsError, NotADirectoryError):
        raise Problem(f"{folder} is no folder: name one for the notebooks") from None
    except FileNotFoundError as error:
        raise Problem(str(error)) from None
    except OSError as error:
        raise Problem(f"the notebooks cannot be written into {folder}: {error.strerror or error}") from None
    click.echo(f"{counted(fates.total(), 'file')} in {folder}, {fates[Fate.NEW]} of them new.")


def _opened(folder: Path) -> int:
    """JupyterLab until it ends. It asks by itself what an interruption means, so that this one waits."""
    words = [sys.executable, "-m", "jupyterlab", str(folder)]
    click.echo(f"Starting JupyterLab: {' '.join(words)}")
    process = subprocess.Popen(words)
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:
            continue
