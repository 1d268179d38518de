"""When each connection was there, put among the messages of a diagram."""

from collections.abc import Sequence

from lab.show.svg.abridged import Left
from lab.show.text.messages import Message, Way
from lab.transcript import Event, What


def with_openings(shown: Sequence[Message | Left], events: Sequence[Event]) -> list[Message | Event | Left]:
    """Each connection's opening put where it was, before the first message on it; of what was left out, none."""
    found: list[Message | Event | Left] = list(shown)
    whole = not any(isinstance(each, Left) for each in shown)
    for event in events:
        if event.what is What.OPENED:
            place = next((n for n, each in enumerate(found) if _comes_after(each, event)), len(found))
            if whole or any(isinstance(each, Message) and _of(each, event) for each in found):
                found.insert(place, event)
    return found


def _of(message: Message, event: Event) -> bool:
    return (message.hop, message.peer, message.connection) == (event.hop, event.peer, event.connection)


def _comes_after(each: Message | Event | Left, event: Event) -> bool:
    """Attempts that nobody saw stand where they must have been, whatever the time at which they were written down."""
    if isinstance(each, Event):
        return each.at > event.at
    if isinstance(each, Left):
        return False
    return _of(each, event) or (each.way is not Way.REFUSED and each.until > event.at)
