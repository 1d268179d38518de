"""The verbs of a script: values that say what a party does, byte for byte. Nothing here acts."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from lab.script.events import Event
from lab.script.marks import Marked, Mistake, Where, one_of, written_here
from lab.tls import Certificate


class Placeholder(Enum):
    """Bytes that are known only when the script is performed; they keep scripts static."""

    NONCE = "nonce"
    """A field line that names the performance and the answer: it tells who made what the client got."""
    FIELDS = "fields"
    """The field lines that the grid adds (validators and freshness); often nothing."""
    ACCEPT = "accept"
    """The Sec-WebSocket-Accept field line that answers the request's key (RFC 6455, 4.2.2)."""
    STREAM = "stream"
    """The HTTP/2 stream identifier of the request being answered, four octets."""


NONCE = Placeholder.NONCE
FIELDS = Placeholder.FIELDS
ACCEPT = Placeholder.ACCEPT

Part = bytes | Placeholder


class Step(Marked):
    """One thing that a party does. The list of verbs is closed."""


@dataclass(frozen=True)
class ReceiveRequest(Step):
    """Read a request: its header section, and of its content all (`content=None`) or so many bytes: what comes beyond
    them is for `Receive`.

    In a generator script the value of `yield ReceiveRequest()` is the request, a `Received`.
    """

    content: int | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.content is not None and not _number(self.content, 0):
            raise Mistake(f"content= takes a number of bytes or None (all of it), not {self.content!r}", self.where)


@dataclass(frozen=True)
class Receive(Step):
    """Read at least so many bytes, whatever they are."""

    at_least: int = 1

    def __post_init__(self) -> None:
        super().__post_init__()
        if not _number(self.at_least, 1):
            raise Mistake(f"Receive takes a number of bytes from 1, not {self.at_least!r}", self.where)


@dataclass(frozen=True, init=False)
class Send(Step):
    """Write these bytes at once: one argument per wire line, joined as they are.

    The constructor also takes `lines=`, so that `dataclasses.replace` works.
    """

    lines: tuple[Part, ...]

    def __init__(
        self,
        *parts: Part,
        lines: Iterable[Part] = (),
        wrong: str | None = None,
        right: object = None,
        watch: str | None = None,
        where: Where | None = None,
    ) -> None:
        given = {"lines": parts or tuple(lines), "wrong": wrong, "right": right, "watch": watch}
        for name, value in given.items():
            object.__setattr__(self, name, value)
        object.__setattr__(self, "where", where or written_here())
        self.__post_init__()

    def __post_init__(self) -> None:
        super().__post_init__()
        if not self.lines:
            raise Mistake("Send() sends nothing: give it bytes, or leave it out", self.where)
        for number, line in enumerate(self.lines, 1):
            if isinstance(line, str):
                raise Mistake(f"argument {number} of Send is text, not bytes: write b{line!r}", self.where)
            if not isinstance(line, bytes | Placeholder):
                raise Mistake(f"argument {number} of Send is {type(line).__name__}, not bytes", self.where)


LONGEST_PAUSE = 5.0


@dataclass(frozen=True)
class Pause(Step):
    """Do nothing for so many seconds: only where time itself is the fault."""

    seconds: float

    def __post_init__(self) -> None:
        super().__post_init__()
        _seconds("Pause", self.seconds, self.where)


@dataclass(frozen=True)
class Until(Step):
    """Wait for an event at another party; where it does not come (a gateway that buffers), go on after so long."""

    event: Event
    else_after: float = 0.1

    def __post_init__(self) -> None:
        super().__post_init__()
        if not isinstance(self.event, Event):
            raise Mistake(f"Until waits for an event such as ClientSees(b'...'), not {self.event!r}", self.where)
        _seconds("else_after=", self.else_after, self.where)


TLS_VERSIONS = ("1.0", "1.1", "1.2", "1.3")


@dataclass(frozen=True)
class StartTLS(Step):
    """Shake hands as a TLS server, with this certificate and these conditions.

    `alpn`: the protocols offered, in order of preference; with `refuse_alpn` the handshake fails with the alert
    no_application_protocol when none is shared. `server_name`: what the ClientHello must ask for, else the alert
    unrecognized_name. `client_certificate`: demand one. `oldest`, `newest`: versions of TLS.
    """

    certificate: Certificate | str = Certificate.VALID
    alpn: tuple[str, ...] = ()
    refuse_alpn: bool = False
    server_name: str | None = None
    client_certificate: bool = False
    oldest: str = "1.2"
    newest: str = "1.3"

    def __post_init__(self) -> None:
        super().__post_init__()
        one_of("certificate=", self.certificate, tuple(Certificate), self.where)
        object.__setattr__(self, "certificate", Certificate(self.certificate))
        one_of("oldest=", self.oldest, TLS_VERSIONS, self.where)
        one_of("newest=", self.newest, TLS_VERSIONS, self.where)
        if TLS_VERSIONS.index(self.oldest) > TLS_VERSIONS.index(self.newest):
            raise Mistake(f"oldest={self.oldest!r} is newer than newest={self.newest!r}", self.where)
        if not isinstance(self.alpn, tuple) or not all(isinstance(name, str) for name in self.alpn):
            raise Mistake("alpn= takes a tuple of protocol names, such as ('http/1.1',)", self.where)
        if not isinstance(self.server_name, str | None):
            raise Mistake(f"server_name= takes a name or None, not {self.server_name!r}", self.where)


@dataclass(frozen=True)
class Close(Step):
    """End politely: under TLS a closure alert (unless `alert=False`, which is a truncation), then FIN."""

    alert: bool = True


@dataclass(frozen=True)
class Reset(Step):
    """Break the connection: RST, no closure alert."""


@dataclass(frozen=True)
class Stall(Step):
    """Say nothing more, and keep the connection open. With `reads=False` nothing more is read either, so that what the
    other side sends has nowhere to go."""

    reads: bool = True


ENDINGS = (Close, Reset, Stall)


def _number(value: object, least: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= least


def _seconds(what: str, value: object, where: Where) -> None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise Mistake(f"{what} takes seconds, not {value!r}", where)
    if not 0 < value <= LONGEST_PAUSE:
        raise Mistake(f"{what} takes more than 0 and at most {LONGEST_PAUSE:g} seconds, not {value!r}", where)
