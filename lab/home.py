"""Where the lab's own scenarios and notebooks lie: in the package when it was installed, beside it in a checkout."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def scenarios_folder() -> Path:
    """The folder whose subfolders are chapters. FileNotFoundError, with what to do, where it is missing."""
    return _folder("scenarios")


def notebooks_folder() -> Path:
    """The folder with the sources of the notebooks. FileNotFoundError, with what to do, where it is missing."""
    return _folder("notebooks")


def _folder(name: str) -> Path:
    packaged, beside = _PACKAGE / f"_{name}", _PACKAGE.parent / name
    if packaged.is_dir():
        return packaged
    if beside.is_dir() and (_PACKAGE.parent / "pyproject.toml").is_file():
        return beside
    raise FileNotFoundError(f"the lab's {name} are neither in {packaged} nor in {beside}: install badgateway again")
