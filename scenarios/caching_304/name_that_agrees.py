"""The name agrees, the date does not.

A client has "v1" of a report and asks by both, name and date. The name is right. The date is older than that of the
copy in the gateway, for the report was put back where it was, and files get new dates when they are moved. One of the
two says that nothing has changed. Is that enough for a 304?
"""

from lab import *
from lab.expect import CacheSays


def origin():
    """Its report is "v1", with a new date."""
    request = yield ReceiveRequest()
    if request.get(b"if-none-match") == b'"v1"':
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
            b"Last-Modified: Fri, 01 Nov 2024 12:00:00 GMT\r\n",
            b"Cache-Control: max-age=60\r\n",
            b"Content-Length: 5\r\n",
            b"\r\n",
            b"hello",
        )


scenario = Scenario(
    lesson="The name alone decides. Whoever wants name and date to agree sends again what the client has.",
    guess="A 304, or the report once more?",
    acts=[
        Act(
            client=Get("/report"),
            upstream=origin,
            expect=[Question("Does the cache keep a copy?", CacheSays("stored"))],
        ),
        Act(
            client=Get("/report", b'If-None-Match: "v1"\r\n'),
            expect=[Question("Is the name alone good for a 304?", Answers(304))],
        ),
        Act(
            client=Get("/report", b'If-None-Match: "v1"\r\n', b"If-Modified-Since: Tue, 01 Oct 2024 12:00:00 GMT\r\n"),
            expect=[
                Follows("the client is told that its copy is good, or gets the report",
                        Either(Answers(304), ClientSees(b"hello")), [RFC(9110, "13.1.2"), RFC(9110, "15.4.5")],
                        "nothing has changed"),
                Should("with a date beside it, too", Answers(304),
                       [RFC(9111, "4.3.2"), RFC(9110, "13.1.3"), RFC(9110, "13.2.2")],
                       "the date is to be ignored, and a name that is on the list makes it a 304"),
                Follows("the answer is complete", Complete(), RFC(9110, "15.4.5"), "a 304 ends at its empty line"),
                Question("Does the 304 come from the store?", MadeBy("store")),
            ],
        ),
    ],
    reports=[],
    cause="B4",
    level=2,
    needs={"cache"},
)
