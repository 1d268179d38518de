"""What the reader found wrong, and where."""

from dataclasses import dataclass

from lab.h1.anomalies import MOST_OF_A_KIND, shown
from lab.h2.kinds import Kind

__all__ = ["Anomaly", "Findings", "shown"]


@dataclass(frozen=True, slots=True)
class Anomaly:
    """One thing wrong.

    offset  of the first octet of the frame concerned, counted from the first octet of that direction
    stream  the one concerned; 0: the connection
    detail  what was found there, escaped and bounded, for people; may be empty
    """

    kind: Kind
    offset: int
    stream: int = 0
    detail: str = ""

    def __str__(self) -> str:
        found = f" ({self.detail})" if self.detail else ""
        where = f"stream {self.stream}, " if self.stream else ""
        return f"{where}octet {self.offset}: {self.kind.says}{found} [{self.kind.clause}]"


class Findings:
    """The anomalies found so far, in order; of each kind so many, for a peer must not fill the memory with them."""

    def __init__(self) -> None:
        self.found: list[Anomaly] = []
        self._of_kind: dict[Kind, int] = {}

    def note(self, kind: Kind, offset: int, stream: int = 0, detail: str = "") -> Anomaly:
        anomaly = Anomaly(kind, offset, stream, detail)
        so_many = self._of_kind.get(kind, 0)
        if so_many < MOST_OF_A_KIND:
            self._of_kind[kind] = so_many + 1
            self.found.append(anomaly)
        return anomaly
