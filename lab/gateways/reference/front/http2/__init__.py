"""HTTP/2 in front (RFC 9113): many requests at once on one connection.

`gate` cuts frames, counts them against floods, and keeps from h2 what it would take amiss; `machine` is h2, the state
of the connection and of each stream; `request` judges a request; `stream` says what its application answers; `outbox`
lets the streams take turns at the windows and the socket; `connection` holds it all together.
"""

from lab.gateways.reference.front.http2.connection import ClientConnection

__all__ = ["ClientConnection"]
