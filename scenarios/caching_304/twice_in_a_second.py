"""Twice in one second.

A file is written, fetched, and written again, all in the same second. The date of its last change has no room for less
than a second, so both states have the same one. The copy has grown old, and the gateway asks by the date. The upstream
compares the dates and says 304. Everybody has done what they should. Which state does the client get?
"""

from lab import *
from lab.expect import CacheSays


def written_again():
    """Its report is another, of the same second."""
    request = yield ReceiveRequest()
    if request.get(b"if-modified-since") == b"Fri, 01 Nov 2024 12:00:00 GMT":
        yield Send(
            b"HTTP/1.1 304 Not Modified\r\n",
            NONCE,
            b"Last-Modified: Fri, 01 Nov 2024 12:00:00 GMT\r\n",
            b"Cache-Control: max-age=60\r\n",
            b"\r\n",
        )
    else:
        yield Send(
            b"HTTP/1.1 200 OK\r\n",
            NONCE,
            b"Last-Modified: Fri, 01 Nov 2024 12:00:00 GMT\r\n",
            b"Cache-Control: max-age=60\r\n",
            b"Content-Length: 6\r\n",
            b"\r\n",
            b"second",
        )


scenario = Scenario(
    lesson="A date of whole seconds is a weak name: two states can share it. An ETag need not be weak.",
    guess="The first state, or the second?",
    acts=[
        Act(
            client=Get("/report"),
            upstream=[
                ReceiveRequest(),
                Send(
                    b"HTTP/1.1 200 OK\r\n",
                    NONCE,
                    b"Last-Modified: Fri, 01 Nov 2024 12:00:00 GMT\r\n",
                    b"Date: Fri, 01 Nov 2024 12:00:00 GMT\r\n",            # the same second
                    b"Cache-Control: max-age=60\r\n",
                    b"Content-Length: 5\r\n",
                    b"\r\n",
                    b"first",
                ),
            ],
            expect=[Question("Does the cache keep a copy?", CacheSays("stored"))],
        ),
        Act(
            client=Get("/report"),
            upstream=written_again,
            clock=120,
            expect=[
                MustNot("the copy is used unasked", Asked(0), RFC(9111, "4"), "it is stale"),
                Follows("the client gets one of the two, and no 304",
                        Either(ClientSees(b"first"), ClientSees(b"second")),
                        [RFC(9110, "15.4.5"), RFC(9110, "8.8.2.2")],
                        "it has set no condition; that the two cannot be told apart is nobody's fault"),
                Question("Does the client get the file as it is now?", ClientSees(b"second")),
            ],
        ),
    ],
    reports=[],
    cause="B9",
    level=3,
    needs={"cache", "clock"},
)
