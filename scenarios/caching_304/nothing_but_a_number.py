"""A 304 and nothing else.

The gateway asks whether "v1" of a report is still good. The upstream says 304, and not a word more: no name, no date of
the change, nothing about caching. It has asked about one copy only, so it is plain which one is meant. Or is it? The
client that waits has set no condition. What does it get?
"""

from lab import *
from lab.expect import CacheSays


def origin():
    """Its report is "v1", and of a 304 it sends the number only."""
    request = yield ReceiveRequest()
    if request.get(b"if-none-match") == b'"v1"':
        yield Send(
            b"HTTP/1.1 304 Not Modified\r\n",
            NONCE,
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


scenario = Scenario(
    lesson="A 304 has to bring the name and the lifetime that a 200 would have: a bare one makes no copy surely fresh.",
    guess="Will the copy be fresh again afterwards, or will everybody be asking from now on?",
    acts=[
        Act(
            client=Get("/report"),
            upstream=origin,
            expect=[Question("Does the cache keep a copy?", CacheSays("stored"))],
        ),
        Act(
            client=Get("/report"),
            clock=120,
            expect=[
                Follows("the client gets the report, and no 304", ClientSees(b"hello"),
                        [RFC(9110, "15.4.5"), RFC(9111, "4.3.3")],
                        "a 304 is for those who have set a condition, and this client has nothing to use"),
                Question("Is the copy used on the strength of this 304?", MadeBy("store")),
                Question("Does the gateway ask again, without a condition?", Asked(2)),
            ],
        ),
        Act(
            client=Get("/report"),
            clock=130,
            expect=[
                Follows("the next client gets the report", ClientSees(b"hello"), [RFC(9111, "4"), RFC(9110, "3.7")],
                        "it has not changed"),
                Question("Is there a fresh copy again?", Asked(0)),
            ],
        ),
    ],
    reports=[],
    cause="B7",
    level=3,
    needs={"cache", "clock"},
)
