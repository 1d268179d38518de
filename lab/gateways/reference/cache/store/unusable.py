"""Why a cache directory cannot be used, in words for whoever named it."""

import sqlite3
from pathlib import Path

_FAILURES = {
    "SQLITE_FULL": ("the disk is full", "make room there"),
    "SQLITE_CORRUPT": ("is damaged", "remove it"),
    "SQLITE_NOTADB": ("is no database, or a damaged one", "remove it, or name another directory"),
    "SQLITE_READONLY": ("cannot be written", "allow it, or name another directory"),
    "SQLITE_PERM": ("cannot be written", "allow it, or name another directory"),
    "SQLITE_CANTOPEN": ("cannot be opened", "allow it, or name another directory"),
    "SQLITE_BUSY": ("is in use, probably by another gateway", "give each gateway a directory of its own"),
    "SQLITE_LOCKED": ("is in use, probably by another gateway", "give each gateway a directory of its own"),
    "SQLITE_IOERR": ("cannot be read or written", "look after the disk"),
    "SQLITE_ERROR": ("is not as it was made", "remove it"),
}


class Unusable(Exception):
    """The store cannot be used, or no longer. Its text says what is wrong, where, and what to do."""

    def __init__(self, path: Path, what: str, remedy: str) -> None:
        super().__init__(f"--cache-dir: {path} {what}: {remedy}, and start again; until then nothing is stored")


def because(path: Path, error: sqlite3.Error) -> Unusable:
    """What an error of SQLite's means here."""
    name = getattr(error, "sqlite_errorname", "SQLITE_ERROR")
    primary = "_".join(name.split("_")[:2])
    what, remedy = _FAILURES.get(primary, ("cannot be used", "remove it, or name another directory"))
    return Unusable(path, f"{what} ({name}: {error})", remedy)
