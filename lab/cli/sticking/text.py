"""What stands on the stick to be read: how the lab is installed from it, and what is on it."""

from collections.abc import Iterable, Iterator, Mapping
from textwrap import fill

from lab.cli.sticking.targets import Target
from lab.version import VERSION

FILE = "READ-ME.txt"
WHEELS, JUPYTER = "wheels", "jupyterlab"
"""The folders beside it."""

_SHELLS = {
    "Linux and macOS": ("python3 -m venv ~/badgateway-lab", "~/badgateway-lab/bin/", "'"),
    "Windows (in the Command Prompt, cmd)": (
        "py -m venv %USERPROFILE%\\badgateway-lab", "%USERPROFILE%\\badgateway-lab\\Scripts\\", '"',
    ),
}  # fmt: skip
"""How an environment is made, where its commands lie, and how a word is quoted."""


def text(there: Iterable[Target], missing: Mapping[str, str], *, jupyter: bool) -> str:
    """The whole file. `there`: for which targets everything is on the stick. `missing`: for which not, and why."""
    paragraphs = [
        f"The Bad Gateway Lab, version {VERSION}, to be installed without a network.",
        _wrapped("You need Python (python.org has it for Windows and macOS; on Debian and Ubuntu also the package"
                 " python3-venv). Open a terminal, go to the folder in which this file lies, and type three lines."),
        *_steps("badgateway", "tour", WHEELS),
        "So that `badgateway` alone is found, type in each new terminal, first:\n\n" + _activations(),
        _wrapped("The third line is where to begin: eight minutes, six questions. `badgateway notebooks` copies the"
                 " eleven lessons as notebooks into a folder. To be rid of it all, delete the folder badgateway-lab in"
                 " your home."),
    ]  # fmt: skip
    if jupyter:
        paragraphs += [
            "With JupyterLab, in which the notebooks are read, the same three lines are:",
            *_steps("badgateway[notebooks]", "notebooks", WHEELS, JUPYTER),
        ]
    paragraphs.append("This stick serves:\n\n" + "".join(f"  {row}\n" for row in _served(there)))
    if missing:
        rows = "".join(f"  {name}: {why}\n" for name, why in missing.items())
        paragraphs.append(f"It does not serve, for a wheel was not to be had:\n\n{rows}")
    return "\n".join(f"{paragraph.rstrip()}\n" for paragraph in paragraphs)


def _steps(what: str, first: str, *places: str) -> Iterator[str]:
    """What is to be typed in each kind of shell to install this from these folders, and to begin with this command."""
    found = " ".join(f"--find-links {place}" for place in places)
    for shell, (make, commands, quote) in _SHELLS.items():
        quoted = f"{quote}{what}{quote}" if "[" in what else what
        rows = (make, f"{commands}pip install --no-index {found} {quoted}", f"{commands}badgateway {first}")
        yield f"{shell}:\n\n" + "".join(f"  {row}\n" for row in rows)


def _activations() -> str:
    """What makes a shell find the lab's commands, for each kind of shell."""
    found = {shell: f"{commands}activate" for shell, (_, commands, _) in _SHELLS.items()}
    return "".join(f"    {shell}: {'source ' * ('/' in row)}{row}\n" for shell, row in found.items())


def _served(there: Iterable[Target]) -> list[str]:
    by_system: dict[str, list[str]] = {}
    for target in there:
        by_system.setdefault(target.system.name, []).append(target.python)
    return [f"{name}: Python {', '.join(pythons)}" for name, pythons in by_system.items()] or ["nobody"]


def _wrapped(paragraph: str) -> str:
    return fill(paragraph, 78)
