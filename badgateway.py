"""The door with a name of its own: the command `badgateway`, and what pytest loads.

A file `lab.py` of the user's, in a folder on Python's path, hides the lab's package. So before anything of the lab is
imported, this module looks which `lab` Python would find.
"""

import sys
from importlib.util import find_spec
from pathlib import Path


def stranger() -> str | None:
    """One line for the user, where `import lab` would give something else than the lab that lies beside this file."""
    ours = Path(__file__).resolve().parent / "lab"
    spec = find_spec("lab")
    found = Path(spec.origin).resolve() if spec and spec.origin else None
    if found == ours / "__init__.py":
        return None
    if found is None:
        return f"badgateway: the package {ours} is incomplete: install badgateway again"
    what = found.parent if found.name == "__init__.py" else found
    return (
        f"badgateway: {what} hides the lab's own package of the same name, {ours}: "
        f"rename yours, or take {what.parent} off Python's path (PYTHONPATH, or the folder you start Python in)"
    )


HIDDEN = stranger()


def main() -> int | None:
    """The command line. Exit status 2 where the lab cannot be found."""
    if HIDDEN:
        print(HIDDEN, file=sys.stderr)
        return 2
    from lab.cli import main as command

    return command()


# For pytest: the plugin; in a project that has a `lab` of its own, nothing but a line that says why.
pytest_plugins = () if HIDDEN else ("lab.pytest_plugin",)


def pytest_report_header() -> str | None:
    return f"{HIDDEN} (until then its fixtures and scenarios are off)" if HIDDEN else None


if __name__ == "__main__":
    sys.exit(main())
