"""Yesterday is no date.

A client asks for a report if it has changed since "yesterday". That is no date in HTTP, and a condition that cannot be
read is none: the client is to get the report. The gateway has a fresh copy with a real date. Does it guess?
"""

from lab import *
from lab.expect import CacheSays


def origin():
    """Its report is of noon."""
    yield ReceiveRequest()
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
    lesson="A condition that cannot be read is no condition: better a report too many than a wrong 304.",
    guess="A 304, a 400, or the report?",
    acts=[
        Act(
            client=Get("/report"),
            upstream=origin,
            expect=[Question("Does the cache keep a copy?", CacheSays("stored"))],
        ),
        Act(
            client=Get("/report", b"If-Modified-Since: yesterday\r\n"),
            expect=[
                Must("the condition is ignored", Not(Answers(304)), RFC(9110, "13.1.3"), "its value is no date"),
                Follows("the client gets the report", ClientSees(b"hello"), [RFC(9110, "13.1.3"), RFC(9110, "9.3.1")],
                        "without a condition, this is a GET like any other"),
                Question("Does it come from the store?", MadeBy("store")),
            ],
        ),
    ],
    reports=[],
    level=2,
    needs={"cache"},
)
