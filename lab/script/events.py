"""What one party can wait for at another, and an expectation can ask for afterwards: bytes that arrived."""

from dataclasses import dataclass, field

from lab.script.marks import Mistake, Where, written_here


@dataclass(frozen=True)
class Event:
    """These bytes have arrived at a party in this act (no bytes given: the end of a header section)."""

    what: bytes = b"\r\n\r\n"
    where: Where = field(default_factory=written_here, compare=False, repr=False, kw_only=True)

    def __post_init__(self) -> None:
        if not isinstance(self.what, bytes) or not self.what:
            raise Mistake(f"{type(self).__name__} takes bytes, not {self.what!r}", self.where)


class ClientSees(Event):
    """The client has received these bytes from the gateway."""


class UpstreamSees(Event):
    """The upstream has received these bytes from the gateway."""
