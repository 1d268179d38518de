"""Not older than ten seconds.

The gateway has a copy that is good for a minute. After half a minute a client asks for the report, but not for one that
is older than ten seconds: max-age=10, in the request this time. Another one wants a report that will be good for
another 45 seconds: min-fresh=45. The copy is fresh for the upstream, and not fresh enough for either. Who decides?
"""

from lab import *
from lab.expect import CacheSays


def origin():
    """Its report is "v1", and stays so."""
    request = yield ReceiveRequest()
    if request.get(b"if-none-match") == b'"v1"':
        yield Send(
            b"HTTP/1.1 304 Not Modified\r\n",
            NONCE,
            b'ETag: "v1"\r\n',
            b"Cache-Control: max-age=60\r\n",
            b"\r\n",
        )
    else:
        yield Send(
            b"HTTP/1.1 200 OK\r\n",
            NONCE,
            b'ETag: "v1"\r\n',
            b"Cache-Control: max-age=60\r\n",
            b"Content-Length: 5\r\n",
            b"\r\n",
            b"hello",
        )


def wishes(directive):
    return [
        Act(
            client=Get("/report"),
            upstream=origin,
            expect=[Question("Does the cache keep a copy?", CacheSays("stored"))],
        ),
        Act(
            client=Get("/report", b"Cache-Control: " + directive + b"\r\n"),
            clock=30,
            expect=[
                Follows("the client gets the report", ClientSees(b"hello"), [RFC(9111, "5.2.1"), RFC(9111, "4")],
                        "the copy is fresh, and what a request says of caching is advice"),
                Question("Does the cache ask because the client wants it so?", CacheSays("fwd=request")),
                Question("Is the copy as young afterwards as the client has wished?", Not(HasField(b"Age: 30"))),
            ],
        ),
    ]


scenario = Scenario(
    lesson="A client may ask for a younger copy than there is. A cache may grant it, and need not.",
    guess="Is the upstream asked, although the copy is fresh?",
    vary={"no older": b"max-age=10", "fresh for longer": b"min-fresh=45"},
    acts=wishes,
    reports=[],
    level=2,
    needs={"cache", "clock"},
)
