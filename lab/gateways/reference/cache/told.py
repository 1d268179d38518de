"""What the command line says of the cache, as the gateway is told it. Raises ValueError, in one line each: what, and
what to do instead."""

import os
from collections.abc import Sequence
from pathlib import Path

from lab.gateways.reference.cache.settings import CacheSettings
from lab.h1.fieldlines import TOKEN

LEAST = 64 << 10
"""Bytes: in fewer there is room for so little that nothing would be stored."""


def cache_settings(size: int | None, directory: Path | None, targets: Sequence[str]) -> CacheSettings:
    """`size`: in bytes; None: the usual one."""
    if size is not None and size < LEAST:
        raise ValueError(f"--cache-size: a cache takes at least {LEAST >> 10}k")
    if directory is not None:
        _check_directory(directory)
    for place, target in enumerate(targets):
        _check_target(target, targets[:place])
    return CacheSettings(CacheSettings.size if size is None else size, directory, tuple(targets))


def _check_directory(directory: Path) -> None:
    """What is wrong with its place alone: what is damaged in it, or in use, costs the copies, and not the gateway."""
    above = directory.absolute()
    there = next((path for path in (above, *above.parents) if os.path.lexists(path)), above)
    if not os.path.isdir(there):
        raise ValueError(f"--cache-dir: {str(there)!r} is a file: name a directory, which need not exist yet")
    if not os.access(there, os.W_OK | os.X_OK):
        raise ValueError(f"--cache-dir: {str(there)!r} cannot be written: allow it, or name another directory")


def _check_target(target: str, before: Sequence[str]) -> None:
    if not TOKEN.fullmatch(target.encode()):
        raise ValueError(f"--target takes the name of a field such as CDN-Cache-Control, not {target!r}")
    if target.lower() == "cache-control":
        raise ValueError("--target Cache-Control: that one is obeyed anyway, where none of the targets is there")
    if target.lower() in (each.lower() for each in before):
        raise ValueError(f"--target {target!r} is given twice: once is enough")


def without_a_cache(size: str | None, directory: Path | None, targets: Sequence[str]) -> None:
    """Refuse what has no meaning where nothing is stored."""
    given = {"--cache-size": size is not None, "--cache-dir": directory is not None, "--target": bool(targets)}
    for option, is_given in given.items():
        if is_given:
            raise ValueError(f"{option} says how to store responses, which --cache alone turns on: add --cache")
