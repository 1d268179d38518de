"""What the cache of a gateway is told."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class CacheSettings:
    """`size`: at most so many bytes are stored. `directory`: where, so that they outlive the gateway; None: in memory.
    `targets`: the names of targeted fields to obey, the first one before the others (RFC 9213, 2.2)."""

    size: int = 256 << 20
    directory: Path | None = None
    targets: tuple[str, ...] = ()

    def __str__(self) -> str:
        """How much, and where: `at most 256 MiB in memory`."""
        size = f"{self.size / (1 << 20):g} MiB"
        return f"at most {size} in {'memory' if self.directory is None else self.directory}"
