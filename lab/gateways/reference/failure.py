"""Why no answer, or no complete one, could be had from the upstream."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from lab.rfc.conditions import CONDITIONS, Condition, Row, error_type
from lab.rfc.errors import ErrorType

LONGEST_SHOWN = 200
"""Characters of an explanation that are shown: what an upstream sends can be long."""


@dataclass(eq=False)
class Failure(Exception):
    """What the gateway saw go wrong, of the closed list of conditions.

    `details`: one sentence more, for people; it may speak of bytes that came over a wire, so it is escaped where it is
    shown. `extras`: the parameters that the error type defines. `received_status`: the status code of the response
    that broke, where there was one. `next_hop`: the upstream that was asked; empty where none was chosen. `override`:
    the status code of the answer, where something else decides it than the type of the error.
    """

    condition: Condition
    details: str = ""
    extras: Mapping[str, int | str] = field(default_factory=dict)
    received_status: int | None = None
    next_hop: str = ""
    override: int | None = None

    @property
    def status(self) -> int:
        """The status code of the answer that says so."""
        return self.override or self.error_type.status or int(self.extras.get("status-code", 500))

    @property
    def row(self) -> Row:
        return CONDITIONS[self.condition]

    @property
    def error_type(self) -> ErrorType:
        return error_type(self.condition)

    def __str__(self) -> str:
        return ": ".join(filter(None, (self.error_type.name, shown(self.details))))


def shown(text: str, most: int = LONGEST_SHOWN) -> str:
    """Text as it can be shown anywhere: printable ASCII, anything else as a backslash escape, and not too long."""
    cut = text if len(text) <= most else text[: most - 3] + "..."
    return "".join(c if " " <= c <= "~" else c.encode("unicode_escape").decode("ascii") for c in cut)
