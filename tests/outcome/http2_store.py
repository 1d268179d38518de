"""A copy is stored; then a client asks over HTTP/2 and gets a 304 out of the store."""

from dataclasses import replace

from lab import h2
from lab.outcome import Facts, facts
from lab.script import Request
from lab.transcript import CLIENT_HOP, UPSTREAM_HOP, Asked, Event, Player, Transcript, What

STORED = b'HTTP/1.1 200 OK\r\nLab-Nonce: n.1\r\nETag: "v1"\r\nContent-Length: 5\r\n\r\nhello'


def asked_twice(request: Request) -> Facts:
    """The facts of the second request, which the store answers with a 304."""
    request = replace(request, version="2")
    asks = h2.headers(1, request.pairs(), end_stream=True)
    gets = h2.headers(1, [*h2.answers(304), (b"lab-nonce", b"n.1"), (b"etag", b'"v1"')], end_stream=True)
    events = (
        Event(0, UPSTREAM_HOP, 1, What.REQUEST, 1, detail="GET /"),
        Event(1, UPSTREAM_HOP, 1, What.SENT, 1, STORED),
        Event(2, UPSTREAM_HOP, 1, What.ANSWERED, 1, detail="n.1"),
        Event(3, CLIENT_HOP, 2, What.OPENED, 2, request=1),
        Event(4, CLIENT_HOP, 2, What.SENT, 2, h2.preface(), stream=0),
        Event(5, CLIENT_HOP, 2, What.SENT, 2, asks, request=1, stream=1),
        Event(6, CLIENT_HOP, 2, What.RECEIVED, 2, h2.settings(), stream=0),
        Event(7, CLIENT_HOP, 2, What.RECEIVED, 2, gets, request=1, stream=1),
    )
    asked = tuple(Asked(act, 1, "GET", "/") for act in (1, 2))
    return facts(Transcript("a/b", "", Player("here"), False, "p", asked, events), asked[1])
