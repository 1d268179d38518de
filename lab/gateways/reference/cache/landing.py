"""What a request to the upstream has come to, for all who wait for it."""

from dataclasses import dataclass

from lab.gateways.reference.cache.body import Body
from lab.gateways.reference.cache.engine import Instant, Relay, ServeStale, Validated
from lab.gateways.reference.failure import Failure
from lab.h1 import Head


@dataclass(frozen=True, slots=True)
class Arrived:
    """The header section of the final response has come.

    reaction  of the cache, for the request of the one who leads
    body      the content, where it is being stored
    asked_at, at   when it was asked for, and when it came
    """

    head: Head
    reaction: Relay | Validated | ServeStale
    body: Body | None
    asked_at: Instant
    at: Instant


Landing = Arrived | Failure
