"""A copy without a name.

The report came with neither an ETag nor a date of last change. A copy of it goes stale like any other, but has no name
to ask by: all that a gateway could say is when it got it, and this upstream does not heed that. It is down with a 503.
The copy may be used in place of an error. Does it matter that it has no name?
"""

from lab import *
from lab.expect import CacheSays

HELLO = [
    ReceiveRequest(),
    Send(
        b"HTTP/1.1 200 OK\r\n",
        NONCE,
        b"Cache-Control: max-age=60, stale-if-error=600\r\n",   # no ETag, no Last-Modified
        b"Content-Length: 5\r\n",
        b"\r\n",
        b"hello",
    ),
]
HONEST = Follows("no success is made up, and the client is not blamed", Not(Got("own", "blamed-client", "disguised")),
                 [RFC(9110, "15.3"), RFC(9110, "15.5")], "the request was in order: the trouble is behind the gateway")

scenario = Scenario(
    lesson="Do not count on a 304 for a copy without a validator: it can be used up, and then comes in full again.",
    guess="The old report or the error? And what did the gateway ask?",
    acts=[
        Act(
            client=Get("/report"),
            upstream=HELLO,
            clock=0,
            expect=[Question("Does the cache say that it keeps a copy?", CacheSays("stored"))],
        ),
        Act(
            client=Get("/report"),
            upstream=[
                ReceiveRequest(),
                Send(
                    b"HTTP/1.1 503 Service Unavailable\r\n",
                    NONCE,
                    b"Content-Length: 5\r\n",
                    b"\r\n",
                    b"sorry",
                    watch="an error, in a proper answer",
                ),
            ],
            clock=100,
            expect=[
                HONEST,
                Question("Is the client spared the error?", Got("stale")),
                Question("Is there a condition in what the gateway asks?", UpstreamSees(b"\r\nIf-")),
            ],
        ),
        Act(
            client=Get("/report"),
            upstream=HELLO,
            clock=110,
            expect=[
                Question("Does the client get the whole report once more?", Got("relayed")),
            ],
        ),
    ],
    reports=[],
    cause="B11",
    level=2,
    needs=["cache", "clock"],
)
