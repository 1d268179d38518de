"""The 304 is about another copy.

A client has "v1" of a report. The gateway has "v2", which has grown old. The client asks whether it has changed since
"v1". The gateway asks the upstream for both in one question: "v1" or "v2"? And the upstream says 304: it is "v2". If
that 304 goes on to the client, it uses its "v1". Who needs what here?
"""

from lab import *
from lab.expect import CacheSays


def origin():
    """Its report is "v2"."""
    request = yield ReceiveRequest()
    if b'"v2"' in (request.get(b"if-none-match") or b""):
        yield Send(
            b"HTTP/1.1 304 Not Modified\r\n",
            NONCE,
            b'ETag: "v2"\r\n',                  # this is the one that is good
            b"Cache-Control: max-age=60\r\n",
            b"\r\n",
        )
    else:
        yield Send(
            b"HTTP/1.1 200 OK\r\n",
            NONCE,
            b'ETag: "v2"\r\n',
            b"Cache-Control: max-age=60\r\n",
            b"Content-Length: 7\r\n",
            b"\r\n",
            b"goodbye",
        )


scenario = Scenario(
    lesson="A 304 names the copy that is good. Only those who have that one are told 304.",
    guess="A 304, or a 200?",
    acts=[
        Act(
            client=Get("/report"),
            upstream=origin,
            expect=[Question("Does the cache keep a copy?", CacheSays("stored"))],
        ),
        Act(
            client=Get("/report", b'If-None-Match: "v1"\r\n'),
            clock=120,
            expect=[
                Must("a client with another copy gets no 304", Not(Answers(304)),
                     [RFC(9111, "4.3.2"), RFC(9110, "13.1.2")],
                     "the name in the 304 is not on its list, so it gets a 200 out of the store"),
                Follows("the client gets the report as it is", ClientSees(b"goodbye"),
                        [RFC(9111, "4.3.2"), RFC(9111, "4.3.4")], "it has another one"),
                Question("Is it the gateway's copy?", MadeBy("store")),
                Question("Does the cache say that it was told 304?", CacheSays("fwd-status=304")),
            ],
        ),
    ],
    reports=[],
    level=3,
    needs={"cache", "clock"},
)
