"""What is kept of one performance, and at the head of a file of many."""

import hashlib
from dataclasses import dataclass

from lab.transcript import Transcript


@dataclass(frozen=True)
class Heading:
    """`version`: of the format. `lab`: the version of the lab that wrote it. `cases`: what was to be played, by name,
    in the order in which it is told."""

    format: str
    version: int
    lab: str = ""
    cases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Saved:
    """A performance, its control where it has one, and what its scenario said of itself then.

    `lacking`: what the gateway would have needed and could not do (then nothing was performed). `source`: the
    fingerprint of the scenario's file. `http2`: what its client asks over HTTP/1.1 was asked over HTTP/2.
    """

    transcript: Transcript
    control: Transcript | None = None
    lacking: tuple[str, ...] = ()
    title: str = ""
    lesson: str = ""
    reports: tuple[str, ...] = ()
    verdict: str = ""
    source: str = ""
    http2: bool = False

    @property
    def name(self) -> str:
        """The case, as `run` names it."""
        told = self.transcript
        return f"{told.scenario}[{told.variant}]" if told.variant else told.scenario


def fingerprint(text: bytes) -> str:
    """By which it is seen whether a scenario's file has changed since."""
    return hashlib.sha256(text).hexdigest()[:16]
