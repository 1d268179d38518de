"""What a shared cache does with a request and with its answer (RFC 9111): decisions, each with its reason.

No I/O, no asyncio, no clock of its own: values in (`values`), values out.
"""

from lab.gateways.reference.cache.engine.values import (
    AskAgain,
    Asked,
    Decision,
    Fail,
    Forward,
    FromStore,
    Instant,
    Policy,
    Reaction,
    Refuse,
    Relay,
    Serve,
    ServeStale,
    Stored,
    Terms,
    Validated,
)

__all__ = [
    "Asked", "Instant", "Policy", "Stored", "Terms",
    "Decision", "Serve", "Forward", "Refuse", "FromStore",
    "Reaction", "Relay", "Validated", "AskAgain", "ServeStale", "Fail",
]  # fmt: skip
