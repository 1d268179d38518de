"""Collecting wheels for other machines than this one, by pip.

pip itself judges by this machine what a requirement's conditions mean ("only on Windows"). So here each requirement is
followed by ourselves, for each target, and pip fetches single wheels.
"""

import subprocess
import sys
import tempfile
import zipfile
import zlib
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from email.parser import BytesParser
from pathlib import Path

from packaging.requirements import Requirement
from packaging.tags import Tag
from packaging.utils import canonicalize_name, parse_wheel_filename
from packaging.version import Version

from lab.cli.sticking.targets import Target

PATIENCE = 300
"""Seconds for one call of pip."""


class NotFetched(Exception):
    """pip has no wheel to give; the message is its own, in one line."""


@dataclass(frozen=True)
class Wheel:
    """A file with its name read. `needs`: what it requires, under conditions."""

    path: Path
    name: str
    version: Version
    tags: frozenset[Tag]
    needs: tuple[Requirement, ...]

    def serves(self, requirement: Requirement, target: Target) -> bool:
        """Whether it is what is required, and can be installed there."""
        same = self.name == canonicalize_name(requirement.name)
        return same and requirement.specifier.contains(self.version) and not self.tags.isdisjoint(target.tags)


def read(path: Path) -> Wheel:
    """ValueError where it is no wheel, or only a part of one."""
    name, version, _, tags = parse_wheel_filename(path.name)
    try:
        with zipfile.ZipFile(path) as archive:
            metadata = [each for each in archive.namelist() if each.endswith(".dist-info/METADATA")]
            head = BytesParser().parsebytes(archive.read(metadata[0]), headersonly=True)
    except (zipfile.BadZipFile, zlib.error, EOFError, IndexError, NotImplementedError) as error:
        raise ValueError(f"{path.name} is damaged") from error
    return Wheel(path, name, version, tags, tuple(map(Requirement, head.get_all("Requires-Dist", ()))))


def _whole(paths: Iterable[Path]) -> Iterator[Wheel]:
    """Those that can be read: what is damaged is fetched anew, and what is no wheel is nobody's business."""
    for path in paths:
        try:
            wheel = read(path)
        except ValueError:
            continue
        yield wheel


class Collection:
    """The wheels of a folder, to which is added what is missing."""

    def __init__(self, folder: Path, others: Iterable[Wheel] = ()) -> None:
        """`others`: wheels elsewhere that need not be fetched."""
        self._folder = folder
        self.wheels = [*others, *_whole(sorted(folder.glob("*.whl")))]

    def complete(self, asked: Requirement, target: Target) -> None:
        """Fetch all that is needed to install this there. `NotFetched` where there is no wheel for something."""
        waiting, seen = deque([asked]), set[str]()
        while waiting:
            together = list(waiting)
            waiting.clear()
            self._fetch([each for each in together if self._found(each, target) is None], target)
            for requirement in together:
                wheel = self._found(requirement, target)
                assert wheel is not None
                for need in _needs(wheel, requirement, target):
                    if str(need) not in seen:
                        seen.add(str(need))
                        waiting.append(need)

    def _found(self, requirement: Requirement, target: Target) -> Wheel | None:
        return next((wheel for wheel in self.wheels if wheel.serves(requirement, target)), None)

    def _fetch(self, requirements: list[Requirement], target: Target) -> None:
        if not requirements:
            return
        with tempfile.TemporaryDirectory(dir=self._folder) as fresh:
            _download(requirements, target, fresh)
            for path in sorted(Path(fresh).glob("*.whl")):
                self.wheels.append(read(path.replace(self._folder / path.name)))
        for requirement in requirements:
            if self._found(requirement, target) is None:
                raise NotFetched(f"no wheel of {requirement.name}")


def _needs(wheel: Wheel, requirement: Requirement, target: Target) -> Iterator[Requirement]:
    for need in wheel.needs:
        if any(target.wants(need, extra) for extra in ("", *requirement.extras)):
            yield Requirement(f"{need.name}{_extras(need)}{need.specifier}")


def _extras(requirement: Requirement) -> str:
    return f"[{','.join(sorted(requirement.extras))}]" if requirement.extras else ""


def _download(requirements: list[Requirement], target: Target, folder: str) -> None:
    command = [
        sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:", "--dest", folder,
        "--disable-pip-version-check", "--no-input", "--python-version", target.python, "--implementation", "cp",
        *(word for each in target.system.platforms for word in ("--platform", each)),
        *(f"{each.name}{each.specifier}" for each in requirements),
    ]  # fmt: skip
    run_pip(command)


def run_pip(command: list[str]) -> None:
    """`NotFetched`, with pip's own last word, where it fails."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        raise NotFetched(f"pip was not done after {PATIENCE} seconds") from None
    if done.returncode:
        said = [row.strip() for row in done.stderr.splitlines() if row.strip()]
        errors = [row.removeprefix("ERROR: ") for row in said if row.startswith("ERROR: ")]
        raise NotFetched((errors or said or [f"pip ended with {done.returncode}"])[-1])
