"""One of three will do.

A client has kept three states of a report: yesterday's, this morning's and "v1". It sends all three names, and "v1" is
the last of them. The gateway has a fresh copy of "v1". So the client has what it needs already. Does the gateway read
to the end of the list?
"""

from lab import *
from lab.expect import CacheSays


def origin():
    """Its report is "v1", and stays so."""
    request = yield ReceiveRequest()
    if b'"v1"' in (request.get(b"if-none-match") or b""):
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


scenario = Scenario(
    lesson="If-None-Match is a list. Each name on it counts, the last one as much as the first.",
    guess="A 304, or the report once more?",
    acts=[
        Act(
            client=Get("/report"),
            upstream=origin,
            expect=[Question("Does the cache keep a copy?", CacheSays("stored"))],
        ),
        Act(
            client=Get("/report", b'If-None-Match: "v-1", "v0", "v1"\r\n'),
            expect=[
                Follows("the client is told that its copy is good, or gets the report",
                        Either(Answers(304), ClientSees(b"hello")), [RFC(9110, "13.1.2"), RFC(9110, "15.4.5")],
                        "nothing has changed"),
                Should("a name on the list makes it a 304", Answers(304), [RFC(9110, "13.1.2"), RFC(9111, "4.3.2")],
                       "one of the names is that of the report"),
                Must("the 304 says which one", Either(Not(Answers(304)), HasField(b'ETag: "v1"')), RFC(9110, "15.4.5"),
                     "the client has three, and has to know which of them to use"),
                Question("Does the 304 come from the store?", MadeBy("store")),
            ],
        ),
    ],
    reports=[],
    cause="B5",
    level=2,
    needs={"cache"},
)
