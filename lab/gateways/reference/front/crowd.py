"""All client connections that are open, of whatever version: they count together."""


class Crowd:
    """At most `most` of them are served; the others are told so."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._members: set[object] = set()

    def enter(self, connection: object) -> bool:
        """Whether there is room for it. It counts in either case, until it leaves."""
        self._members.add(connection)
        return len(self._members) <= self._most

    def leave(self, connection: object) -> None:
        self._members.discard(connection)
