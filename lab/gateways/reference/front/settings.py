"""How the front of the gateway behaves: its limits, its time-outs, and the maker of its error pages."""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from email.utils import formatdate

from lab.gateways.reference.front.refusal import Refusal
from lab.h1 import Limits

log = logging.getLogger("lab.gateways.reference.front")

FieldLine = tuple[bytes, bytes]

# (status, condition, why, the request's Accept) to (status, fields, content). `condition` is one word: a kind of
# anomaly of lab.h1, or one of those in `refusal`. The front itself adds Connection and Content-Length.
ErrorPage = Callable[[int, str, str, bytes], tuple[int, Iterable[FieldLine], bytes]]


def plain_error_page(status: int, condition: str, why: str, accept: bytes) -> tuple[int, list[FieldLine], bytes]:
    """The error page of a front that nobody gave a better one."""
    fields = [(b"Date", formatdate(usegmt=True).encode()), (b"Content-Type", b"text/plain; charset=utf-8")]
    return status, fields, f"{status} {condition}: {why}\n".encode()


# A request line of 8,000 octets should be read by everybody (RFC 9112, 3).
LIMITS = Limits(line=8_192, field=16_384, section=65_536, fields=200)


@dataclass(frozen=True)
class Floods:
    """What a client of HTTP/2 may do, on one connection, before it is told to calm down (RFC 9113, 10.5).

    frames   that bring nothing (PING, SETTINGS, WINDOW_UPDATE, tiny DATA, CONTINUATION and the like) at once, and then
             so many each second
    resets   of streams whose request is being worked on, by the client or for what it did, in the same way
    unread   octets that wait for a client that does not read
    """

    frames: int = 10_000
    frames_per_second: int = 1_000
    resets: int = 200
    resets_per_second: int = 20
    unread: int = 262_144


@dataclass(frozen=True)
class FrontSettings:
    """Times in seconds.

    header_timeout   for a whole header section, from its first octet (408; in HTTP/2 GOAWAY)
    content_timeout  between two octets of the content, while the application waits for them (408)
    idle_timeout     without a request; then the connection is closed
    write_timeout    in which a client that does not read has to take something; then it is reset, or in HTTP/2 the
                     stream whose window it keeps shut
    linger           how long a closed connection is still read, so that the client can read its last answer; in HTTP/2
                     also how long the rest of a request is waited for that has its answer already
    connections      how many clients at a time; more are answered 503
    streams          how many requests at a time one client of HTTP/2 may have open; more are refused
    """

    error_page: ErrorPage = plain_error_page
    limits: Limits = LIMITS
    header_timeout: float = 10.0
    content_timeout: float = 10.0
    idle_timeout: float = 60.0
    write_timeout: float = 60.0
    linger: float = 1.0
    connections: int = 1_000
    streams: int = 100
    floods: Floods = Floods()

    def __post_init__(self) -> None:
        if self.connections < 1:
            raise ValueError("a gateway needs at least one client connection")
        if not 1 <= self.streams <= 10_000:  # so many windows still fit into that of their connection
            raise ValueError("a client of HTTP/2 needs at least one stream, and gets at most 10000")
        for name in ("header", "content", "idle", "write"):
            if not 0 < getattr(self, f"{name}_timeout") < float("inf"):
                raise ValueError(f"the {name} time-out towards clients takes a number of seconds above 0")

    def page(self, refusal: Refusal, accept: bytes) -> tuple[int, list[FieldLine], bytes]:
        """Status, field lines and content of the answer to what is refused, with its length."""
        words = refusal.status, refusal.condition, refusal.why, accept
        try:
            status, fields, content = self.error_page(*words)
        except Exception:
            log.exception("the error page could not be made")
            status, fields, content = plain_error_page(*words)
        return status, [*fields, (b"Content-Length", b"%d" % len(content))], content
