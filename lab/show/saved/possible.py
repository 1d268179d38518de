"""What no performance can be, though each of its values may be read: then it was edited, or is damaged."""

from collections.abc import Iterator

from lab.show.saved.codec import Unreadable
from lab.show.saved.performance import Saved
from lab.transcript import Transcript

_YEAR = 365 * 86_400 * 10**9
MOST = {
    "at": _YEAR, "hop": 16, "peer": 10_000, "connection": 1_000_000, "act": 10_000, "request": 1_000_000,
    "stream": 2**31 - 1,
}  # fmt: skip
"""No performance of a lab has more. A picture has a lane for each hop, an act is looked for by its number."""


def refuse_impossible(saved: Saved) -> None:
    """`Unreadable`, with the place, where this cannot have happened."""
    for name, transcript in (("transcript", saved.transcript), ("control", saved.control)):
        for says in _impossible(transcript) if transcript is not None else ():
            raise Unreadable(f"{name}.{says}")


def _impossible(transcript: Transcript) -> Iterator[str]:
    for place, asked in enumerate(transcript.asked):
        if any(ord(char) > 255 for char in asked.method + asked.target):
            yield f"asked[{place}] has a character that is no octet"
    if transcript.elapsed > _YEAR:
        yield f"elapsed should be at most {_YEAR:,}"
    for kind in ("asked", "events", "wire", "connecting"):
        for place, each in enumerate(getattr(transcript, kind)):
            yield from (f"{kind}[{place}].{says}" for says in _too_large(each))
    yield from (f"events[{place}] {says}" for place, says in _out_of_place(transcript))


def _too_large(part: object) -> Iterator[str]:
    for name, most in MOST.items():
        if (getattr(part, name, None) or 0) > most:
            yield f"{name} should be at most {most:,}"


def _out_of_place(transcript: Transcript) -> Iterator[tuple[int, str]]:
    acts = {asked.act for asked in transcript.asked}
    if transcript.failure:
        acts.add(max(acts, default=0) + 1)  # it had begun, and nothing was asked in it yet
    before = 0
    for place, event in enumerate(transcript.events):
        if event.act not in acts:
            yield place, f"is of act {event.act}, in which nothing was asked"
        if event.at < before:
            yield place, "is earlier than the one before it"
        before = event.at
