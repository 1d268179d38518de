"""The file went back in time.

The gateway has a copy of a file of November. It was a mistake, and the file of October was put back in its place, with
its own date. The copy has grown old, and the gateway asks: has it changed since November? By the dates it has not:
October is earlier. The upstream compares exactly so, and says 304, with the date of October. Is that the copy?
"""

from lab import *
from lab.expect import CacheSays


def put_back():
    """Its report is of October: not changed since November, by the dates."""
    request = yield ReceiveRequest()
    if request.get(b"if-modified-since") == b"Fri, 01 Nov 2024 12:00:00 GMT":
        yield Send(
            b"HTTP/1.1 304 Not Modified\r\n",
            NONCE,
            b"Last-Modified: Tue, 01 Oct 2024 12:00:00 GMT\r\n",   # not the date that was asked by
            b"Cache-Control: max-age=60\r\n",
            b"\r\n",
        )
    else:
        yield Send(
            b"HTTP/1.1 200 OK\r\n",
            NONCE,
            b"Last-Modified: Tue, 01 Oct 2024 12:00:00 GMT\r\n",
            b"Cache-Control: max-age=60\r\n",
            b"Content-Length: 7\r\n",
            b"\r\n",
            b"october",
        )


scenario = Scenario(
    lesson="A date can go back, and then it asks the wrong question. A name cannot: it is the same, or another.",
    guess="Which of the two files does the client get?",
    acts=[
        Act(
            client=Get("/report"),
            upstream=[
                ReceiveRequest(),
                Send(
                    b"HTTP/1.1 200 OK\r\n",
                    NONCE,
                    b"Last-Modified: Fri, 01 Nov 2024 12:00:00 GMT\r\n",
                    b"Cache-Control: max-age=60\r\n",
                    b"Content-Length: 8\r\n",
                    b"\r\n",
                    b"november",
                ),
            ],
            expect=[Question("Does the cache keep a copy?", CacheSays("stored"))],
        ),
        Act(
            client=Get("/report"),
            upstream=put_back,
            clock=120,
            expect=[
                Follows("the client gets a file, and no 304", Either(ClientSees(b"october"), ClientSees(b"november")),
                        [RFC(9110, "15.4.5"), RFC(9111, "4.3.3")],
                        "it has set no condition, and has nothing to use"),
                Follows("the date of one does not stand over the other",
                        Either(Not(ClientSees(b"november")), HasField(b"Last-Modified: Fri, 01 Nov 2024 12:00:00 GMT")),
                        [RFC(9111, "4.3.4"), RFC(9110, "8.8.2.2")],
                        "a 304 with another validator is not about this copy, and does not update it"),
                Question("Does the client get the file as it is now?", ClientSees(b"october")),
            ],
        ),
    ],
    reports=[],
    cause="B9",
    level=3,
    needs={"cache", "clock"},
)
