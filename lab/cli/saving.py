"""The files that are written beside what is told: the kept performances, which can be read again, and JUnit XML."""

import gzip
import os
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from lab.cli.problems import Problem
from lab.show.saved import FORMAT, VERSION, Heading, Saved, Writer, fingerprint, is_ours
from lab.version import VERSION as LAB

if TYPE_CHECKING:
    from lab.performance import Performed
    from lab.scenario import Scenario
    from lab.verdict import Judgement


class Keeper:
    """Writes each performance as it ends into `path`. After each of them the file is complete; a compressed one is
    when it is closed."""

    def __init__(self, path: Path, names: Sequence[str]) -> None:
        """Problem where it cannot be written, or holds something else."""
        if not path.name.endswith((".json", ".json.gz")):
            raise Problem(f"--save {path}: its name ends in .json, or in .json.gz to be compressed")
        self._path = path
        _refuse_strangers(path)
        with self._problems():
            self._below = open(path, "wb")  # noqa: SIM115
            compressed = path.suffix == ".gz"
            self._file = gzip.GzipFile("", "wb", fileobj=self._below, mtime=0) if compressed else self._below
            heading = Heading(FORMAT, VERSION, LAB, tuple(names))
            self._writer = Writer(cast(BinaryIO, self._file), heading, rewrites=not compressed)

    def add(self, performed: "Performed", judgement: "Judgement") -> None:
        with self._problems():
            self._writer.add(_kept(performed, judgement))

    def close(self, seconds: float) -> None:
        with self._problems():
            self._writer.finish(seconds)
            self._file.close()
            self._below.close()

    @contextmanager
    def _problems(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            with suppress(OSError, AttributeError):  # what is still in its buffer cannot be written either
                self._below.close()
            raise Problem(f"--save {self._path} cannot be written: {error.strerror}") from None


def _refuse_strangers(path: Path) -> None:
    """What is there may be written anew only if it is empty, or of our own kind."""
    try:
        if os.path.isfile(path) and os.path.getsize(path):
            with opened(path) as file:
                if not is_ours(file.read(256)):
                    raise Problem(f"--save {path}: it is already there and holds something else: choose another name")
    except (OSError, EOFError, zlib.error):
        raise Problem(f"--save {path}: it is already there and cannot be read: choose another name") from None


def _kept(performed: "Performed", judgement: "Judgement") -> Saved:
    scenario = performed.case.scenario
    return Saved(
        performed.transcript, performed.control, tuple(sorted(performed.lacking)), scenario.title, scenario.lesson,
        tuple(scenario.reports), judgement.verdict, source_of(scenario),
        performed.case.http2,
    )  # fmt: skip


def source_of(scenario: "Scenario") -> str:
    """The fingerprint of a scenario's file as it is now; empty where it cannot be read."""
    try:
        return fingerprint(Path(scenario.where.file).read_bytes())
    except OSError:
        return ""


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """A file of kept performances, to be read; compressed or not by its name."""
    with open(path, "rb") as file:
        yield cast(BinaryIO, gzip.GzipFile("", "rb", fileobj=file)) if path.suffix == ".gz" else file


class JUnit:
    """JUnit XML in a file that is opened before anything is played: what cannot be written is said at once."""

    def __init__(self, path: Path) -> None:
        self._judgements: list[Judgement] = []
        try:
            self._file = path.open("w", encoding="utf-8", newline="\n")
        except OSError as error:
            raise Problem(f"--junit {path} cannot be written: {error.strerror}") from None

    def add(self, judgement: "Judgement") -> None:
        self._judgements.append(judgement)

    def write(self) -> None:
        from lab.show.junit import junit

        with self._file:
            self._file.write(junit(self._judgements))
