"""Copies of the notebooks for a reader to work in: no work is ever overwritten.

A copy carries in its metadata from which version it was made, and a sum of its cells. So a copy in which nobody has
worked can be told from one that somebody has, and be renewed when the lab has a newer one.
"""

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from lab.home import notebooks_folder
from lab.notebook.source import as_text, notebook
from lab.version import VERSION

PAGES = ("HANDOUT.md", "TEACHING.md")
"""What a teacher has beside the notebooks."""

_MARK = "badgateway"


class Fate(StrEnum):
    """What became of one copy."""

    NEW = "new"
    SAME = "already there"
    RENEWED = "renewed; nobody had worked in it"
    KEPT = "left as it is, with your work in it"


@dataclass(frozen=True)
class Copied:
    """One notebook, or page, in the reader's folder."""

    path: Path
    fate: Fate


def sources() -> tuple[Path, ...]:
    """The sources of all notebooks, in their order. FileNotFoundError where the lab is not whole."""
    return tuple(sorted(notebooks_folder().glob("[0-9][0-9]_*.py")))


def made(source: Path, *, solutions: bool) -> dict[str, Any]:
    """The notebook of one source, with the mark by which its copies are known."""
    given = notebook(source.read_text(encoding="utf-8"), solutions=solutions)
    given["metadata"][_MARK] = {"version": VERSION, "cells": _sum(given)}
    return given


def copy_all(folder: Path, *, solutions: bool) -> Iterator[Copied]:
    """Put a copy of each notebook into a folder, which is made where it is missing. OSError where that fails.

    With the solutions come the pages for teachers.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for source in sources():
        yield _copy(folder / f"{source.stem}.ipynb", made(source, solutions=solutions))
    if solutions:
        for name in PAGES:
            yield _copy_page(folder / name, (notebooks_folder() / name).read_bytes())


def _copy(path: Path, given: dict[str, Any]) -> Copied:
    if not path.exists():
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(as_text(given))
        return Copied(path, Fate.NEW)
    there = _read(path)
    if there is None or not _untouched(there):
        return Copied(path, Fate.KEPT)
    if _sum(there) == _sum(given):
        return Copied(path, Fate.SAME)
    beside = path.with_name(f".{path.name}.new")
    beside.write_text(as_text(given), encoding="utf-8", newline="\n")
    os.replace(beside, path)
    return Copied(path, Fate.RENEWED)


def _copy_page(path: Path, given: bytes) -> Copied:
    if path.exists():
        return Copied(path, Fate.SAME if path.read_bytes() == given else Fate.KEPT)
    path.write_bytes(given)
    return Copied(path, Fate.NEW)


def _untouched(there: dict[str, Any]) -> bool:
    """Whether nobody has changed or run a cell of it: its cells are those that were copied, without an output."""
    mark = there.get("metadata", {}).get(_MARK, {})
    return mark.get("cells") == _sum(there) and not any(cell.get("outputs") for cell in there["cells"])


def _read(path: Path) -> dict[str, Any] | None:
    """A notebook as it lies there; None where it is none that this can read."""
    try:
        there = json.loads(path.read_bytes())
        well = all(isinstance(cell["source"], str | list) for cell in there["cells"])
        return there if well and isinstance(there.get("metadata", {}).get(_MARK, {}), dict) else None
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


def _sum(given: dict[str, Any]) -> str:
    """A sum of all cells as they were written; editors that store a text in one piece or in lines do not change it."""
    texts = [[cell.get("cell_type"), "".join(cell["source"])] for cell in given["cells"]]
    return hashlib.sha256(json.dumps(texts).encode()).hexdigest()
