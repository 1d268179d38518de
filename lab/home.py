"""Where the lab's own scenarios lie: inside the package when it was installed, beside it in a checkout."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def scenarios_folder() -> Path:
    """The folder whose subfolders are chapters. FileNotFoundError, with what to do, where it is missing."""
    packaged, beside = _PACKAGE / "_scenarios", _PACKAGE.parent / "scenarios"
    if packaged.is_dir():
        return packaged
    if beside.is_dir() and (_PACKAGE.parent / "pyproject.toml").is_file():
        return beside
    raise FileNotFoundError(f"the lab's scenarios are neither in {packaged} nor in {beside}: install badgateway again")
