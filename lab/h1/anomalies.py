"""What the reader found wrong, where, and whether it goes on."""

from dataclasses import dataclass
from typing import NoReturn

from lab.h1.kinds import Kind

MOST_OF_A_KIND = 100  # more of the same tell nothing new, and a peer must not fill the memory with them


@dataclass(frozen=True, slots=True)
class Anomaly:
    """One thing wrong with the octets received.

    offset  of the first octet concerned, counted from the first octet fed to the reader
    detail  what was found there, escaped and bounded, for people; may be empty
    name    the field or the transfer coding concerned, as received and bounded; may be empty
    size    of what was too large, in octets (or in lines, where it is lines that are too many), as far as it was read
    """

    kind: Kind
    offset: int
    detail: str = ""
    name: bytes = b""
    size: int | None = None

    @property
    def fatal(self) -> bool:
        """Whether no recipient may go on."""
        return self.kind.repair is None

    def __str__(self) -> str:
        found = f" ({self.detail})" if self.detail else ""
        return f"octet {self.offset}: {self.kind.says}{found} [{self.kind.clause}]"


class Refusal(Exception):
    """The reader stops here."""

    def __init__(self, anomaly: Anomaly) -> None:
        super().__init__(str(anomaly))
        self.anomaly = anomaly


class Findings:
    """The anomalies found so far, in order. Strict: the first one ends the reading."""

    def __init__(self, strict: bool) -> None:
        self.strict = strict
        self.found: list[Anomaly] = []
        self._of_kind: dict[Kind, int] = {}

    def record(self, anomaly: Anomaly) -> None:
        """Keep it, unless there are too many of its kind already; never ends the reading."""
        so_many = self._of_kind.get(anomaly.kind, 0)
        if so_many < MOST_OF_A_KIND:
            self._of_kind[anomaly.kind] = so_many + 1
            self.found.append(anomaly)

    def note(self, kind: Kind, offset: int, detail: str = "", name: bytes = b"") -> None:
        """An anomaly that a recipient may repair. Raises Refusal when it is not repaired: when reading strictly."""
        if self.strict or kind.repair is None:
            self.refuse(kind, offset, detail, name)
        self.record(Anomaly(kind, offset, detail, name[:MOST_SHOWN]))

    def refuse(self, kind: Kind, offset: int, detail: str = "", name: bytes = b"", size: int | None = None) -> NoReturn:
        """An anomaly after which the reading ends. Raises Refusal."""
        anomaly = Anomaly(kind, offset, detail, name[:MOST_SHOWN], size)
        self.record(anomaly)
        raise Refusal(anomaly)


MOST_SHOWN = 60


def shown(octets: bytes) -> str:
    """Octets as people read them, safe to print and bounded."""
    text = octets[:MOST_SHOWN].decode("latin-1").encode("unicode_escape").decode("ascii").replace('"', '\\"')
    return f'"{text}"' + ("..." if len(octets) > MOST_SHOWN else "")
