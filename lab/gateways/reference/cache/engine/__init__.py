"""What a shared cache does with a request and with its answer (RFC 9111): decisions, each with its reason.

No I/O, no asyncio, no clock of its own: values in (`values`), values out.

`engine` decides what to do with a request, and `reacting` what to do with its answer. `wants` reads the request, and
`uris` its target; `selecting` finds the stored responses that match, `freshness` for how long they may be used,
`conditions` whether the client has them already, and how to ask whether they are valid; `answers` makes the answer.
`storing` says what of a response is stored, `updating` what a validated one becomes, `metadata` what follows from its
field lines, `cache_status` what became of the request.
"""

from lab.gateways.reference.cache.engine.engine import Engine
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
    "Engine",
    "Asked", "Instant", "Policy", "Stored", "Terms",
    "Decision", "Serve", "Forward", "Refuse", "FromStore",
    "Reaction", "Relay", "Validated", "AskAgain", "ServeStale", "Fail",
]  # fmt: skip
