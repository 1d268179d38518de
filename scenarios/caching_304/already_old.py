"""It was old when it came.

Between the gateway and the origin there is another cache. What it sends is 50 seconds old already, as its Age says, and
good for 60. The gateway keeps it. Twenty seconds later it has been there for twenty seconds only, but it was made more
than a minute ago. Is it fresh?
"""

from lab import *
from lab.expect import CacheSays

scenario = Scenario(
    lesson="Freshness counts from when the origin made it, not from when you got it. Age carries the years along.",
    guess="Is the copy used after twenty seconds?",
    acts=[
        Act(
            client=Get("/report"),
            upstream=[
                ReceiveRequest(),
                Send(
                    b"HTTP/1.1 200 OK\r\n",
                    NONCE,
                    b"Cache-Control: max-age=60\r\n",
                    b"Age: 50\r\n",                   # made 50 seconds ago
                    b"Content-Length: 5\r\n",
                    b"\r\n",
                    b"hello",
                ),
            ],
            expect=[
                Question("Does the cache keep a copy?", CacheSays("stored")),
                Question("For ten seconds?", CacheSays("ttl=10")),
            ],
        ),
        Act(
            client=Get("/report"),
            upstream=[
                ReceiveRequest(),
                Send(
                    b"HTTP/1.1 200 OK\r\n",
                    NONCE,
                    b"Cache-Control: max-age=60\r\n",
                    b"Content-Length: 7\r\n",
                    b"\r\n",
                    b"goodbye",
                ),
            ],
            clock=20,
            expect=[
                MustNot("the copy is used", MadeBy("store"), [RFC(9111, "4.2.3"), RFC(9111, "4.2"), RFC(9111, "4")],
                        "it is 70 seconds old, and so it is stale"),
                Follows("the client gets the new report", ClientSees(b"goodbye"), RFC(9110, "3.7"),
                        "the upstream has sent it in answer to this request"),
            ],
        ),
    ],
    reports=[],
    level=2,
    needs={"cache", "clock"},
)
