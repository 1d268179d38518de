"""A word for others.

The upstream says to everybody: good for a minute. To the caches of content networks it says: do not keep it at all.
Nobody has told this gateway that it is one of them. So this word is not for it, however much it looks like one. The
next client comes at once. Is there a copy?
"""

from lab import *
from lab.expect import CacheSays


def origin():
    """Its report may be kept by all but a few."""
    yield ReceiveRequest()
    yield Send(
        b"HTTP/1.1 200 OK\r\n",
        NONCE,
        b"Cache-Control: max-age=60\r\n",
        b"CDN-Cache-Control: no-store\r\n",           # for those whom it concerns
        b"Content-Length: 5\r\n",
        b"\r\n",
        b"hello",
    )


scenario = Scenario(
    lesson="A field for one kind of cache is nothing but a field to all others: pass it on, and do not mind it.",
    guess="Is the upstream asked once, or twice?",
    acts=[
        Act(
            client=Get("/report"),
            upstream=origin,
            expect=[
                Question("Does the cache keep a copy?", CacheSays("stored")),
                Question("Does the word for others go on to the next?", HasField(b"CDN-Cache-Control: no-store")),
            ],
        ),
        Act(
            client=Get("/report"),
            expect=[
                Follows("the client gets the report", ClientSees(b"hello"), [RFC(9213, "2.2"), RFC(9110, "3.7")],
                        "from the copy or from the upstream"),
                Question("Is it the copy?", MadeBy("store")),
            ],
        ),
    ],
    reports=[],
    level=3,
    needs={"cache"},
)
