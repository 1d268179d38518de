"""For which machines a stick has wheels, and which wheels fit them. Values only."""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property

from packaging import tags
from packaging.requirements import Requirement
from packaging.tags import Tag

PYTHONS = ("3.11", "3.12", "3.13", "3.14")
"""In this order: a wheel in Python alone that fits the first fits them all."""

LINUX = ("manylinux_2_28", "manylinux_2_17", "manylinux2014", "manylinux_2_12", "manylinux2010", "manylinux_2_5")
"""From glibc 2.28 on: Debian 10, Ubuntu 20.04, RHEL 8."""

MACOS = (12, 0)


@dataclass(frozen=True)
class System:
    """An operating system on one kind of processor. `platforms`: as wheels name it, the best first. `markers`: as
    requirements ask for it."""

    name: str
    platforms: tuple[str, ...]
    markers: Mapping[str, str]


@dataclass(frozen=True)
class Target:
    """One version of Python on one system."""

    system: System
    python: str

    @property
    def name(self) -> str:
        return f"Python {self.python} on {self.system.name}"

    def wants(self, requirement: Requirement, extra: str = "") -> bool:
        """Whether this requirement concerns it, asked for with this extra of the package that has it."""
        own = {
            "python_version": self.python,
            "python_full_version": f"{self.python}.0",
            "implementation_version": f"{self.python}.0",
            "extra": extra,
        }
        environment: dict[str, str | AbstractSet[str]] = {**own, "implementation_name": "cpython"}
        environment |= {"platform_python_implementation": "CPython", "platform_release": "", "platform_version": ""}
        environment |= self.system.markers
        return requirement.marker is None or requirement.marker.evaluate(environment)

    @cached_property
    def tags(self) -> frozenset[Tag]:
        """Of the wheels that can be installed there."""
        return frozenset(self._tags())

    def _tags(self) -> Iterator[Tag]:
        major, minor = map(int, self.python.split("."))
        yield from tags.cpython_tags((major, minor), platforms=self.system.platforms)
        yield from tags.compatible_tags((major, minor), f"cp{major}{minor}", self.system.platforms)


def _linux(machine: str) -> System:
    markers = {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix", "platform_machine": machine}
    return System(f"Linux ({machine})", tuple(f"{each}_{machine}" for each in LINUX), markers)


def _macos(machine: str) -> System:
    markers = {"sys_platform": "darwin", "platform_system": "Darwin", "os_name": "posix", "platform_machine": machine}
    said = "Apple silicon" if machine == "arm64" else "Intel"
    return System(f"macOS ({said})", tuple(tags.mac_platforms(MACOS, machine)), markers)


def _windows() -> System:
    markers = {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt", "platform_machine": "AMD64"}
    return System("Windows (x64)", ("win_amd64",), markers)


SYSTEMS = {
    "linux": _linux("x86_64"),
    "linux-arm": _linux("aarch64"),
    "macos": _macos("arm64"),
    "macos-intel": _macos("x86_64"),
    "windows": _windows(),
}


def targets(systems: tuple[str, ...], pythons: tuple[str, ...]) -> tuple[Target, ...]:
    """All of them, by their names."""
    return tuple(Target(SYSTEMS[system], python) for python in pythons for system in systems)
