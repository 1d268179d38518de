"""The language of scenario files: `from lab import *`. Nothing else is imported here."""

from lab import h1, h2, tls
from lab.expect import (
    Answers,
    Asked,
    Complete,
    Disguised,
    Either,
    Fitting,
    Follows,
    Got,
    HasField,
    MadeBy,
    Must,
    MustNot,
    Not,
    Question,
    Reports,
    Should,
    ShouldNot,
)
from lab.rfc import RFC
from lab.scenario import Act, Scenario, Together
from lab.script import (
    FIELDS,
    NONCE,
    BlackHole,
    ClientSees,
    Close,
    Connections,
    Get,
    Pause,
    Peer,
    Receive,
    ReceiveRequest,
    Refuse,
    Request,
    Reset,
    Send,
    Stall,
    StartTLS,
    UnixSocket,
    Until,
    Upstreams,
    UpstreamSees,
)

__all__ = [
    "FIELDS", "NONCE", "RFC", "Act", "Answers", "Asked", "BlackHole", "ClientSees", "Close", "Complete",
    "Connections", "Disguised", "Either", "Fitting", "Follows", "Get", "Got", "HasField", "MadeBy", "Must", "MustNot",
    "Not", "Pause", "Peer", "Question", "Receive", "ReceiveRequest", "Refuse", "Reports", "Request", "Reset",
    "Scenario", "Send", "Should", "ShouldNot", "Stall", "StartTLS", "Together", "UnixSocket", "Until", "UpstreamSees",
    "Upstreams", "h1", "h2", "tls",
]  # fmt: skip
