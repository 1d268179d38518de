"""The date agrees, the name does not.

A client has "v1" of a report and asks by both: is it still "v1", and has it changed since noon? Today it was changed
twice within a second, so the date is the same, and the name is not: it is "v2". The gateway has a fresh copy of "v2".
If it believes the date, it says 304, and the client goes on with what is wrong. Which of the two counts?
"""

from lab import *
from lab.expect import CacheSays


def origin():
    """Its report is "v2", of noon."""
    yield ReceiveRequest()
    yield Send(
        b"HTTP/1.1 200 OK\r\n",
        NONCE,
        b'ETag: "v2"\r\n',
        b"Last-Modified: Fri, 01 Nov 2024 12:00:00 GMT\r\n",
        b"Cache-Control: max-age=60\r\n",
        b"Content-Length: 5\r\n",
        b"\r\n",
        b"hello",
    )


scenario = Scenario(
    lesson="If-None-Match beats If-Modified-Since: with a name at hand, the date is not even looked at.",
    guess="A 304, or the report?",
    acts=[
        Act(
            client=Get("/report"),
            upstream=origin,
            expect=[Question("Does the cache keep a copy?", CacheSays("stored"))],
        ),
        Act(
            client=Get("/report", b'If-None-Match: "v1"\r\n', b"If-Modified-Since: Fri, 01 Nov 2024 12:00:00 GMT\r\n"),
            expect=[
                Must("the date is ignored", Not(Answers(304)), [RFC(9110, "13.1.3"), RFC(9110, "13.2.2")],
                     "there is an If-None-Match, and none of its names is that of the copy"),
                Follows("the client gets the report", ClientSees(b"hello"), [RFC(9110, "13.1.2"), RFC(9110, "13.2.2")],
                        "the condition holds: what the client has is another state of it"),
                Question("Does it come from the store?", MadeBy("store")),
            ],
        ),
    ],
    reports=[],
    cause="B3",
    level=2,
    needs={"cache"},
)
