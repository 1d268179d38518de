"""A file of 1970.

The upstream's files were unpacked in a hurry, and all have the date 0: the first of January 1970. As the date of a last
change that is unlikely, but it is a date like any other. A client asks by it. A program that takes 0 for "no date" will
never say 304. What do the gateway and its fresh copy say?
"""

from lab import *
from lab.expect import CacheSays


def origin():
    """Its report has the date 0."""
    request = yield ReceiveRequest()
    if request.get(b"if-modified-since") == b"Thu, 01 Jan 1970 00:00:00 GMT":
        yield Send(
            b"HTTP/1.1 304 Not Modified\r\n",
            NONCE,
            b"Last-Modified: Thu, 01 Jan 1970 00:00:00 GMT\r\n",
            b"Cache-Control: max-age=60\r\n",
            b"\r\n",
        )
    else:
        yield Send(
            b"HTTP/1.1 200 OK\r\n",
            NONCE,
            b"Last-Modified: Thu, 01 Jan 1970 00:00:00 GMT\r\n",   # zero seconds
            b"Cache-Control: max-age=60\r\n",
            b"Content-Length: 5\r\n",
            b"\r\n",
            b"hello",
        )


scenario = Scenario(
    lesson="Zero is a date. What has not changed since 1970 has not changed.",
    guess="A 304, or the report once more?",
    acts=[
        Act(
            client=Get("/report"),
            upstream=origin,
            expect=[Question("Does the cache keep a copy?", CacheSays("stored"))],
        ),
        Act(
            client=Get("/report", b"If-Modified-Since: Thu, 01 Jan 1970 00:00:00 GMT\r\n"),
            expect=[
                Follows("the client is told that its copy is good, or gets the report",
                        Either(Answers(304), ClientSees(b"hello")), [RFC(9110, "13.1.3"), RFC(9110, "15.4.5")],
                        "nothing has changed since"),
                Should("it is a 304", Answers(304), [RFC(9110, "13.1.3"), RFC(9111, "4.3.2")],
                       "the date of the last change is not later than the one in the question"),
                Question("Does it come from the store?", MadeBy("store")),
            ],
        ),
    ],
    reports=[],
    cause="B9",
    level=3,
    needs={"cache"},
)
