"""What a 304 leaves out, stays.

The gateway asks whether "v1" of a report is still good. The upstream says 304, it is "v1", and forgets the line that
says for how long it may be used. The copy still has that line, from the first time. A minute more, or ask again each
time from now on?
"""

from lab import *
from lab.expect import CacheSays


def origin():
    """Its report is "v1", and in a 304 it says nothing of caching."""
    request = yield ReceiveRequest()
    if request.get(b"if-none-match") == b'"v1"':
        yield Send(
            b"HTTP/1.1 304 Not Modified\r\n",
            NONCE,
            b'ETag: "v1"\r\n',
            b"\r\n",                              # no Cache-Control
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
    lesson="A 304 replaces the fields that it has. Those that it lacks remain as they were, and so does their meaning.",
    guess="Is the third request answered from the store?",
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
                Follows("the client gets the report", ClientSees(b"hello"), [RFC(9111, "4.3.4"), RFC(9110, "15.4.5")],
                        "it has not changed"),
                Follows("the line that was left out is still there", HasField(b"Cache-Control: max-age=60"),
                        [RFC(9111, "3.2"), RFC(9111, "4.3.4")], "a 304 adds and replaces fields, it removes none"),
            ],
        ),
        Act(
            client=Get("/report"),
            clock=150,
            expect=[
                Follows("the next client gets the report", ClientSees(b"hello"), [RFC(9111, "4"), RFC(9110, "3.7")],
                        "it has not changed"),
                Question("Is there a fresh copy, half a minute after the 304?", Asked(0)),
                Question("Does its age count from there?", HasField(b"Age: 30")),
            ],
        ),
    ],
    reports=[],
    cause="B7",
    level=2,
    needs={"cache", "clock"},
)
