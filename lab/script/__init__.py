"""The language of scenario files: steps, peers, requests and events, all of them values."""

from lab.script.events import ClientSees, Event, UpstreamSees
from lab.script.marks import NOWHERE, Marked, Mistake, Where, written_here
from lab.script.peers import (
    AnyPeer,
    BlackHole,
    Connections,
    Peer,
    Refuse,
    Script,
    UnixSocket,
    Upstream,
    Upstreams,
    as_peer,
    peers,
)
from lab.script.playing import (
    MOST_STEPS,
    NONCE_FIELD,
    Playing,
    begin,
    fill,
    mend,
    nonce,
    nonce_line,
    repaired,
    repaired_peer,
    speaks_http2,
)
from lab.script.requests import AUTHORITY, HTTP2_SETTINGS, Get, Received, Request
from lab.script.steps import (
    ACCEPT,
    ENDINGS,
    FIELDS,
    NONCE,
    Close,
    Part,
    Pause,
    Placeholder,
    Receive,
    ReceiveRequest,
    Reset,
    Send,
    Stall,
    StartTLS,
    Step,
    Until,
)

__all__ = [
    "ACCEPT", "AUTHORITY", "ENDINGS", "FIELDS", "HTTP2_SETTINGS", "MOST_STEPS", "NONCE", "NONCE_FIELD", "NOWHERE",
    "AnyPeer", "BlackHole", "ClientSees", "Close", "Connections", "Event", "Get", "Marked", "Mistake", "Part", "Pause",
    "Peer", "Placeholder", "Playing", "Receive", "ReceiveRequest", "Received", "Refuse", "Request", "Reset", "Script",
    "Send", "Stall", "StartTLS", "Step", "UnixSocket", "Until", "Upstream", "UpstreamSees", "Upstreams", "Where",
    "as_peer", "begin", "fill", "mend", "nonce", "nonce_line", "peers", "repaired", "repaired_peer", "speaks_http2",
    "written_here",
]  # fmt: skip
