"""Which of very many messages a picture shows: the marked ones, the ends of every act, some at the beginning and at the
end; between them stands how many are left out.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lab.show.text.messages import Message
from lab.transcript import What

MOST = 48
"""So many messages are always shown."""

_BEGINNING, _END, _AROUND = 14, 14, 2
_LOUD = frozenset({What.DEADLINE, What.STALLED, What.REFUSED, What.FAILED, What.HANDSHAKE_FAILED})


@dataclass(frozen=True)
class Left:
    """So many were left out here."""

    act: int
    count: int
    octets: int

    @property
    def text(self) -> str:
        octets = f", {self.octets:,} bytes" if self.octets else ""
        return f"{self.count:,} more {'step' if self.count == 1 else 'steps'} left out{octets}"


def abridged(messages: Sequence[Message]) -> list[Message | Left]:
    """All of them, if they are few."""
    if len(messages) <= MOST:
        return list(messages)
    kept = set(range(_BEGINNING)) | set(range(len(messages) - _END, len(messages)))
    marked = [place for place, each in enumerate(messages) if each.mark]
    for place in marked[: MOST // 4]:
        kept |= set(range(max(place - _AROUND, 0), min(place + _AROUND + 1, len(messages))))
    loud = [place for place, each in enumerate(messages) if each.what in _LOUD]
    kept |= set(loud[:_AROUND]) | set(loud[-_AROUND:])
    return list(_with_gaps(messages, sorted(kept)))


def _with_gaps(messages: Sequence[Message], kept: Sequence[int]) -> Iterator[Message | Left]:
    before = -1
    for place in kept:
        hidden = messages[before + 1 : place]
        if len(hidden) == 1:
            yield hidden[0]
        elif hidden:
            yield Left(hidden[0].act, len(hidden), sum(len(each.data) for each in hidden))
        yield messages[place]
        before = place
