"""Nobody has said how long.

The upstream sends a report that was last changed in 2010, and says nothing of caching. A cache may think: what has not
changed for years will stay for an hour. That is a guess, and it is allowed. An hour later another client asks. Does the
gateway guess, and for how long?
"""

from lab import *
from lab.expect import CacheSays


def origin():
    """Its report is old, and it says no more of it."""
    yield ReceiveRequest()
    yield Send(
        b"HTTP/1.1 200 OK\r\n",
        NONCE,
        b"Last-Modified: Fri, 01 Jan 2010 12:00:00 GMT\r\n",
        b"Content-Length: 5\r\n",
        b"\r\n",
        b"hello",
    )


scenario = Scenario(
    lesson="Say nothing, and a cache may make up a lifetime of its own. If you care, say a number.",
    guess="Is the upstream asked again after an hour?",
    acts=[
        Act(
            client=Get("/report"),
            upstream=origin,
            expect=[
                Question("Does the cache keep a copy?", CacheSays("stored")),
                Question("Does it say for how long?", CacheSays("ttl")),
            ],
        ),
        Act(
            client=Get("/report"),
            clock=3600,
            expect=[
                Follows("the client gets the report", ClientSees(b"hello"), [RFC(9111, "4.2.2"), RFC(9110, "3.7")],
                        "from the copy, by a guess that is allowed, or from the upstream"),
                Must("a copy comes with its age", Either(Not(MadeBy("store")), HasField(b"Age")), RFC(9111, "4"),
                     "so that the next cache can make its own guess"),
                Question("Does the cache guess an hour or more?", MadeBy("store")),
            ],
        ),
    ],
    reports=[],
    level=2,
    needs={"cache", "clock"},
)
