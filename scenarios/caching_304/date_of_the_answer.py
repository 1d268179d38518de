"""Changed since I got it?

A report has neither a name nor a date of change. All that a client knows is when it got it, and it asks by that: has it
changed since then? An origin that does not know when it changed has to ignore such a question. A gateway with a fresh
copy knows one thing more: when the copy was made. Is that an answer?
"""

from lab import *
from lab.expect import CacheSays


def origin():
    """Its report says nothing of itself but how long it is good for."""
    yield ReceiveRequest()
    yield Send(
        b"HTTP/1.1 200 OK\r\n",
        NONCE,
        b"Cache-Control: max-age=60\r\n",
        b"Content-Length: 5\r\n",
        b"\r\n",
        b"hello",
    )


scenario = Scenario(
    lesson="Where nothing says when it changed, a cache compares with the date of its copy; an origin does not guess.",
    guess="A 304, or the report once more?",
    acts=[
        Act(
            client=Get("/report"),
            upstream=origin,
            expect=[Question("Does the cache keep a copy?", CacheSays("stored"))],
        ),
        Act(
            client=Get("/report", b"If-Modified-Since: Fri, 31 Dec 2049 23:59:59 GMT\r\n"),
            expect=[
                Should("a cache compares with the date of its copy", Either(Answers(304), Not(MadeBy("store"))),
                       RFC(9111, "4.3.2"), "the copy has no Last-Modified, and is older than the date in the question"),
                Follows("the client is told that its copy is good, or gets the report",
                        Either(Answers(304), ClientSees(b"hello")), [RFC(9111, "4.3.2"), RFC(9110, "13.1.3")],
                        "a cache can answer by its copy, and an origin ignores the question"),
            ],
        ),
        Act(
            client=Get("/report", b"If-Modified-Since: Tue, 01 Oct 2024 12:00:00 GMT\r\n"),
            expect=[
                Follows("a client that has it from before gets the report", ClientSees(b"hello"),
                        [RFC(9111, "4.3.2"), RFC(9110, "13.1.3")], "the copy was made later than that"),
            ],
        ),
    ],
    reports=[],
    level=3,
    needs={"cache"},
)
