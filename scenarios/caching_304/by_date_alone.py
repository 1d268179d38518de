"""By its date alone.

A report has no name, only the date of its last change. A client asks whether it has changed since that date, and the
gateway has a fresh copy with the very same date. Then another client asks with an older date, for its copy is older. Is
a date as good as a name?
"""

from lab import *
from lab.expect import CacheSays


def origin():
    """Its report is of the first of November."""
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
            b"Content-Length: 5\r\n",
            b"\r\n",
            b"hello",
        )


scenario = Scenario(
    lesson="Without a name, the date of the last change can be asked by: the same or later is a 304, earlier is not.",
    guess="Which of the two clients gets a 304?",
    acts=[
        Act(
            client=Get("/report"),
            upstream=origin,
            expect=[Question("Does the cache keep a copy?", CacheSays("stored"))],
        ),
        Act(
            client=Get("/report", b"If-Modified-Since: Fri, 01 Nov 2024 12:00:00 GMT\r\n"),
            expect=[
                Follows("the client is told that its copy is good, or gets the report",
                        Either(Answers(304), ClientSees(b"hello")), [RFC(9110, "13.1.3"), RFC(9110, "15.4.5")],
                        "nothing has changed since"),
                Should("a cache that has a copy looks at the condition", Either(Answers(304), Not(MadeBy("store"))),
                       RFC(9111, "4.3.2")),
                Question("Does the 304 come from the store?", MadeBy("store")),
            ],
        ),
        Act(
            client=Get("/report", b"If-Modified-Since: Tue, 01 Oct 2024 12:00:00 GMT\r\n"),
            expect=[
                Follows("the client gets the report", ClientSees(b"hello"), [RFC(9110, "13.1.3"), RFC(9110, "13.2.2")],
                        "it has changed since October"),
            ],
        ),
    ],
    reports=[],
    level=2,
    needs={"cache"},
)
