"""The condition comes before the range.

A client has "v1" of a film, asks for the last five bytes of it, and adds: unless it is still "v1". The gateway has a
fresh copy of "v1". Two rules apply, one says 304 and the other 206. Which is asked first?
"""

from lab import *
from lab.expect import CacheSays


def origin():
    """Its film is "v1", and stays so."""
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
            b"Content-Length: 10\r\n",
            b"\r\n",
            b"0123456789",
        )


scenario = Scenario(
    lesson="First whether, then how much: where the condition gives a 304, nobody looks at the range.",
    guess="304, 206, or 200?",
    acts=[
        Act(
            client=Get("/film"),
            upstream=origin,
            expect=[Question("Does the cache keep a copy?", CacheSays("stored"))],
        ),
        Act(
            client=Get("/film", b"Range: bytes=5-9\r\n", b'If-None-Match: "v1"\r\n'),
            expect=[
                Follows("the client is told that its copy is good, or gets some of the film",
                        Either(Answers(304), ClientSees(b"56789")), [RFC(9110, "13.1.2"), RFC(9110, "14.2")],
                        "nothing has changed"),
                Should("the condition decides", Answers(304),
                       [RFC(9111, "4.3.2"), RFC(9110, "13.2.2"), RFC(9110, "14.2")],
                       "a range counts only where a 200 would have come"),
                Follows("the answer is complete", Complete(), RFC(9110, "15.4.5"), "a 304 ends at its empty line"),
                Question("Does the 304 come from the store?", MadeBy("store")),
            ],
        ),
    ],
    reports=[],
    level=3,
    needs={"cache"},
)
