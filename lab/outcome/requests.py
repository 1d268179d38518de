"""How many requests reached the upstream: those that its scripts read as such, and those that they took as bytes."""

from collections.abc import Iterable

from lab import h1
from lab.transcript import Event, What


def requests_that_reached(upstream: Iterable[Event]) -> int:
    """Of one act, from its events at the upstream.

    A script that reads bytes (`Receive`) does not say that they were a request: there a header section that came, and
    can be read as one of HTTP/1, counts.
    """
    read: dict[tuple[int, int], int] = {}
    came: dict[tuple[int, int], list[bytes]] = {}
    for event in upstream:
        connection = event.peer, event.connection
        if event.what is What.REQUEST:
            read[connection] = read.get(connection, 0) + 1
        elif event.what is What.RECEIVED:
            came.setdefault(connection, []).append(event.data)
    return sum(max(read.get(each, 0), _heads(came.get(each, []))) for each in read.keys() | came.keys())


def _heads(pieces: list[bytes]) -> int:
    data = b"".join(pieces)
    if b"HTTP/1." not in data:
        return 0
    reader = h1.Reader("request")
    reader.feed(data)
    return sum(isinstance(event, h1.Head) for event in reader.events())
