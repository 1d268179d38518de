"""The permission runs out before the error does.

A copy is good for a minute, and in place of an error for ten minutes more. The upstream begins to say 500, and goes on.
For ten minutes nobody notices. Then the permission is over, and the upstream still says 500. From outside it looks as
if everything broke just now. Since when is it broken?
"""

from lab import *
from lab.expect import CacheSays

OK = Send(
    b"HTTP/1.1 200 OK\r\n",
    NONCE,
    b'ETag: "v1"\r\n',
    b"Cache-Control: max-age=60, stale-if-error=600\r\n",   # good until 60; in place of an error until 660
    b"Content-Length: 5\r\n",
    b"\r\n",
    b"hello",
)
SORRY = [
    ReceiveRequest(),
    Send(
        b"HTTP/1.1 500 Internal Server Error\r\n",
        NONCE,
        b"Content-Length: 5\r\n",
        b"\r\n",
        b"sorry",
        watch="an error, in a proper answer",
    ),
]
ASKERS = {"a plain client": (), "a client with a copy": (b'If-None-Match: "v1"\r\n',)}

scenario = Scenario(
    lesson="A stale answer buys time, and hides that it is running: watch for stale answers, not for errors alone.",
    guess="What does the client get at 100, and what at 1000 seconds?",
    vary=ASKERS,
    acts=lambda lines: [
        Act(
            client=Get("/report"),
            upstream=[ReceiveRequest(), OK],
            clock=0,
            expect=[Question("Does the cache say that it keeps a copy?", CacheSays("stored"))],
        ),
        Act(
            client=Get("/report", *lines),
            upstream=SORRY,
            clock=100,
            expect=[
                Question("Is the client spared the error?", Got("stale")),
                Question("Can the client see that the copy is old?", Either(HasField(b"Age"), CacheSays("ttl"))),
            ],
        ),
        Act(
            client=Get("/report", *lines),
            upstream=SORRY,
            clock=1000,
            expect=[
                ShouldNot("the copy is used after its time", MadeBy("store"), RFC(5861, "4"),
                          "it has been stale for 940 seconds, and 600 were allowed"),
                Follows("no success is made up, and the client is not blamed",
                        Not(Got("own", "blamed-client", "disguised")), [RFC(9110, "15.3"), RFC(9110, "15.5")],
                        "the request was in order"),
                Question("Does the client see the error now?", Got("relayed", "reported")),
            ],
        ),
    ],
    reports=[],
    cause="B11",
    level=1,
    needs=["cache", "clock"],
)
