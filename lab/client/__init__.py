"""The client: asks, forgives everything, and keeps every byte with its time. It never half-closes unless scripted.

`askers` the clients of an act; `asking` one that speaks HTTP/1 or plays a script; `streams` and `session` those that
speak HTTP/2; `connection` their end of a connection; `answers` when they have all that they asked for.
"""

from lab.client.askers import Askers
from lab.client.asking import Asker

__all__ = ["Asker", "Askers"]
