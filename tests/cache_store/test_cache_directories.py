"""Directories that cannot be used: one line that says what is wrong, where, and what to do; and the store is empty."""

import contextlib
import os
import random
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from lab.gateways.reference.cache.body import Lost
from lab.gateways.reference.cache.store.connecting import FILE
from tests.cache_store.disk import opened
from tests.cache_store.stored import content, put, stored, through

pytestmark = pytest.mark.anyio

MIB = 1 << 20


def is_a_file(directory: Path) -> None:
    directory.write_bytes(b"x")


def is_below_a_file(directory: Path) -> None:
    directory.parent.rmdir()
    directory.parent.write_bytes(b"x")


def holds_something_else(directory: Path) -> None:
    directory.mkdir()
    (directory / "letters").write_bytes(b"x")


def has_a_foreign_database(directory: Path) -> None:
    directory.mkdir()
    with contextlib.closing(sqlite3.connect(directory / FILE)) as connection:
        connection.executescript(
            "PRAGMA journal_mode = WAL; CREATE TABLE letters (text); INSERT INTO letters VALUES (1)"
        )


def has_no_database(directory: Path) -> None:
    directory.mkdir()
    (directory / FILE).write_bytes(b"no database " * 1_000)


def has_a_directory_in_its_place(directory: Path) -> None:
    (directory / FILE).mkdir(parents=True)


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (is_a_file, "cache is no directory: name one"),
        (is_below_a_file, "cache is no directory: name one"),
        (holds_something_else, "cache holds something else ('letters'): name an empty directory"),
        (has_a_foreign_database, "cache.sqlite is somebody else's database: name another directory"),
        (has_no_database, "cache.sqlite is no database, or a damaged one"),
        (has_a_directory_in_its_place, "cache.sqlite cannot be opened"),
    ],
)
async def test_what_is_not_ours_is_left_alone(tmp_path: Path, make: Callable[[Path], None], says: str) -> None:
    directory = tmp_path / "parent" / "cache"
    directory.parent.mkdir()
    make(directory)
    before = everything(tmp_path)
    await unusable(directory, says)
    assert everything(tmp_path) == before


def everything(directory: Path) -> dict[str, bytes]:
    return {
        str(path): path.read_bytes() if path.is_file() else b""
        for path in directory.rglob("*")
        if not path.name.endswith(("-wal", "-shm"))
    }


async def unusable(directory: Path, says: str) -> None:
    """It says so, once, and then nothing is stored, but all goes on."""
    said: list[str] = []
    async with opened(directory, said=said) as store:
        assert await through(store.begin(stored(b"k")), [b"abc", b"def"]) == b"abcdef"
        assert (await store.find(b"k"), store.open(stored(b"k"))) == ((), None)
        await store.update(stored(b"k"), stored(b"k"))
        await store.remove(stored(b"k"))
        await store.invalidate(b"k")
    assert len(said) == 1
    assert says in said[0]
    assert said[0].startswith("--cache-dir: ")
    assert "\n" not in said[0]


async def test_another_version(tmp_path: Path) -> None:
    async with opened(tmp_path):
        pass
    with contextlib.closing(sqlite3.connect(tmp_path / FILE)) as connection:
        connection.execute("PRAGMA user_version = 2")
    await unusable(tmp_path, "was written by another version (2, not 1): remove it")


async def test_another_gateway_uses_it(tmp_path: Path) -> None:
    async with opened(tmp_path) as first:
        await put(first, stored(b"k"), b"abc")
        await unusable(tmp_path, "is in use, probably by another gateway")
        assert await first.find(b"k")
    async with opened(tmp_path) as second:
        assert await second.find(b"k")


@contextlib.contextmanager
def small_disk(at: Path, options: str) -> Iterator[Path]:
    """A file system of its own."""
    at.mkdir()
    mount = shutil.which("mount")
    if mount is None or not hasattr(os, "geteuid") or os.geteuid() != 0:
        pytest.skip("only root can make a file system")
    done = subprocess.run(
        [mount, "-t", "tmpfs", "-o", options, "none", at], capture_output=True, text=True, check=False
    )
    if done.returncode:
        pytest.skip(f"no file system can be made here: {done.stderr.strip()}")
    try:
        yield at
    finally:
        subprocess.run(["umount", at], check=True)


async def test_it_is_read_only(tmp_path: Path) -> None:
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        with small_disk(tmp_path / "disk", "ro,size=1m") as directory:
            await unusable(directory, "cache.sqlite cannot be opened")
            await unusable(directory / "new", "new cannot be used (Read-only file system)")
    else:
        tmp_path.chmod(0o500)
        await unusable(tmp_path, "cache.sqlite cannot be opened")


async def test_it_became_read_only(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", "size=1m") as directory:
        async with opened(directory) as store:
            await put(store, stored(b"k"), b"abc")
        subprocess.run(["mount", "-o", "remount,ro", directory], check=True)
        await unusable(directory, "cannot be")


async def test_the_disk_is_full(tmp_path: Path) -> None:
    said: list[str] = []
    with small_disk(tmp_path / "disk", "size=2m") as directory:
        async with opened(directory, 64 * MIB, said=said) as store:
            assert await through(store.begin(stored(b"k")), [b"x" * 60_000] * 100) == b"x" * 6_000_000
            assert not await store.find(b"k")
    assert len(said) == 1
    assert "cache.sqlite the disk is full" in said[0]


async def test_there_is_no_room_to_begin(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", "size=24k") as directory:
        await unusable(directory, "the disk is full")


async def test_damage_is_never_served(tmp_path: Path) -> None:
    """Octets are overwritten anywhere in the file: what is found and read is right, or is not there, or is cut."""
    keys = [b"key %d" % number for number in range(12)]
    contents = {key: key * (900 * 7**number % 40_000) for number, key in enumerate(keys)}
    async with opened(tmp_path / "whole", 4 * MIB) as store:
        for key in keys:
            await put(store, stored(key, tag=key.decode()), contents[key])
    whole = (tmp_path / "whole" / FILE).read_bytes()
    right, damaged, spoilt = 0, 0, 0
    chosen = random.Random(1)
    for number in range(20):
        directory = tmp_path / str(number)
        directory.mkdir()
        length = chosen.choice([1, 16, 4_096])
        offset = chosen.choice([chosen.randrange(len(whole) - length), chosen.randrange(24_000)])
        octets = bytearray(whole)
        octets[offset : offset + length] = chosen.randbytes(length)
        (directory / FILE).write_bytes(octets)
        said: list[str] = []
        async with opened(directory, 4 * MIB, said=said) as store:
            for key in keys:
                for found in await store.find(key):
                    expected = stored(key, tag=key.decode())
                    assert (found.key, found.fields, found.terms) == (key, expected.fields, expected.terms)
                    try:
                        assert await content(store, found) == contents[key]
                        right += 1
                    except Lost:
                        damaged += 1
        spoilt += bool(said)
        assert len(said) <= 2
        assert sum("start again" in line for line in said) <= 1
    assert right > 100
    assert damaged > 5
    assert spoilt > 5


async def test_a_damaged_one_is_removed(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await put(store, stored(b"k"), b"abc" * 1_000)
        await put(store, stored(b"other"), b"xyz" * 1_000)
    octets = (tmp_path / FILE).read_bytes()
    (tmp_path / FILE).write_bytes(octets.replace(b"abc" * 10, b"abd" * 10, 1))
    said: list[str] = []
    async with opened(tmp_path, said=said) as store:
        (found,) = await store.find(b"k")
        with pytest.raises(Lost, match="damaged"):
            await content(store, found)
        assert not await store.find(b"k")
        (other,) = await store.find(b"other")
        assert await content(store, other) == b"xyz" * 1_000
    assert len(said) == 1
    assert "a stored response is damaged" in said[0]


async def test_damage_while_it_is_used_is_told_once(tmp_path: Path) -> None:
    said: list[str] = []
    async with opened(tmp_path, 32 * MIB, said=said) as store:
        for number in range(4):
            await put(store, stored(b"%d" % number), bytes([number]) * 4_000_000)
        assert await store.find(b"none") == ()
        with (tmp_path / FILE).open("r+b") as file:
            file.write(os.urandom(12_000_000))
        lost = 0
        for number in range(4):
            for found in await store.find(b"%d" % number):
                with contextlib.suppress(Lost):
                    assert await content(store, found) == bytes([number]) * 4_000_000
                    lost -= 1
                lost += 1
        assert lost
        assert await through(store.begin(stored(b"new")), [b"abc"]) == b"abc"
    assert 1 <= len(said) <= 2, said
