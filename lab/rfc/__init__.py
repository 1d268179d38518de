"""The standards, as facts: sections, error types, cache parameters. Data and look-ups only."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class RFC:
    """A clause: the number of an RFC and one of its sections, `RFC(9112, "6.3")`."""

    number: int
    section: str

    def __str__(self) -> str:
        return f"RFC {self.number}, {self.section}"
