"""What the command line says of the cache."""

import os
from pathlib import Path

import pytest

from lab.gateways.reference.cache.settings import CacheSettings
from lab.gateways.reference.cache.told import cache_settings, without_a_cache


def test_what_is_not_said_is_as_usual() -> None:
    assert cache_settings(None, None, ()) == CacheSettings()


def test_all_of_it(tmp_path: Path) -> None:
    told = cache_settings(1 << 20, tmp_path / "new", ("CDN-Cache-Control", "Our-Cache-Control"))
    assert told == CacheSettings(1 << 20, tmp_path / "new", ("CDN-Cache-Control", "Our-Cache-Control"))
    assert str(told) == f"at most 1 MiB in {tmp_path / 'new'}"


def test_too_small() -> None:
    with pytest.raises(ValueError, match="--cache-size: a cache takes at least 64k"):
        cache_settings(1_000, None, ())


def test_a_file_in_place_of_a_directory(tmp_path: Path) -> None:
    (tmp_path / "kept").touch()
    with pytest.raises(ValueError, match="is a file: name a directory, which need not exist yet"):
        cache_settings(None, tmp_path / "kept", ())
    with pytest.raises(ValueError, match="kept' is a file: name a directory"):
        cache_settings(None, tmp_path / "kept" / "below", ())


@pytest.mark.skipif(os.access("/", os.W_OK), reason="nothing stops this user")
@pytest.mark.parametrize("below", [".", "new", "new/below"])
def test_a_directory_that_cannot_be_written(tmp_path: Path, below: str) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o500)
    with pytest.raises(ValueError, match="closed' cannot be written: allow it, or name another directory"):
        cache_settings(None, closed / below, ())


@pytest.mark.parametrize(
    ("targets", "says"),
    [
        (["", ], "takes the name of a field"),
        (["CDN-Cache-Control: x"], "takes the name of a field"),
        (["ä"], "takes the name of a field"),
        (["cache-control"], "obeyed anyway"),
        (["CDN-Cache-Control", "cdn-cache-control"], "is given twice"),
    ],
)  # fmt: skip
def test_what_is_no_target(targets: list[str], says: str) -> None:
    with pytest.raises(ValueError, match=f"--target.*{says}"):
        cache_settings(None, None, targets)


@pytest.mark.parametrize(
    ("given", "option"),
    [(("1m", None, ()), "--cache-size"), ((None, Path("kept"), ()), "--cache-dir"), ((None, None, ("A",)), "--target")],
)
def test_without_a_cache(given: tuple[str | None, Path | None, tuple[str, ...]], option: str) -> None:
    with pytest.raises(ValueError, match=f"{option} says how to store responses"):
        without_a_cache(*given)


def test_nothing_is_said_where_nothing_is_given() -> None:
    without_a_cache(None, None, ())
