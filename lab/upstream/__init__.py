"""The upstream: the only room that misbehaves. It plays scripts on plain sockets, and TLS in memory, so that each
connection ends exactly as its script says."""

from lab.upstream.connection import closed
from lab.upstream.peers import Upstream
from lab.upstream.recording import Recording

__all__ = ["Recording", "Upstream", "closed"]
