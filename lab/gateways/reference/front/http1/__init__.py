"""HTTP/1.0 and HTTP/1.1 in front: one request after the other, read by `lab.h1`, strictly."""

from lab.gateways.reference.front.http1.connection import ClientConnection

__all__ = ["ClientConnection"]
