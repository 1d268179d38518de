"""The lab's own wheel: built where there is a checkout, else packed again from what is installed."""

import csv
import io
import sys
import zipfile
from importlib.metadata import Distribution, PackagePath, distribution
from pathlib import Path

from lab.cli.sticking.wheels import run_pip
from lab.version import VERSION

NAME = "badgateway"


def own_wheel(folder: Path) -> Path:
    """Put it into this folder, in place of any older one. `wheels.NotFetched` or OSError where that fails."""
    for old in folder.glob(f"{NAME}-*.whl"):
        old.unlink()
    checkout = Path(__file__).resolve().parents[3]
    if (checkout / "pyproject.toml").is_file():
        run_pip([
            sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--disable-pip-version-check", "--no-input",
            "--wheel-dir", str(folder), str(checkout),
        ])  # fmt: skip
    else:
        packed_again(distribution(NAME), folder)
    return next(folder.glob(f"{NAME}-{VERSION}-*.whl"))


def packed_again(installed: Distribution, folder: Path) -> Path:
    """The wheel of which these files were installed. What the installer has added is left out."""
    kept = [file for file in installed.files or () if _is_of_the_wheel(file)]
    record = next(file for file in kept if file.name == "RECORD")
    path = folder / f"{installed.name}-{installed.version}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in kept:
            if file is not record:
                archive.writestr(_entry(file), file.read_binary())
        archive.writestr(_entry(record), _record(kept, record))
    return path


def _is_of_the_wheel(file: PackagePath) -> bool:
    ours = not file.is_absolute() and ".." not in file.parts and "__pycache__" not in file.parts
    return ours and file.name not in ("INSTALLER", "REQUESTED", "direct_url.json")


def _entry(file: PackagePath) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(file.as_posix())  # with the first date that there is: the same files, the same wheel
    entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
    return entry


def _record(kept: list[PackagePath], record: PackagePath) -> str:
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    for file in kept:
        known = file is not record and file.hash is not None
        rows.writerow([file.as_posix(), f"{file.hash.mode}={file.hash.value}" if known and file.hash else "",
                       file.size if known else ""])  # fmt: skip
    return text.getvalue()
