"""A star in place of a name.

Where a name is expected, a client writes a star: send the report unless there is one at all. With a GET this is odd,
for who would want a report only if there is none? But it has a meaning: there is one, so the answer is 304. The gateway
has a fresh copy. Does it know the star?
"""

from lab import *
from lab.expect import CacheSays


def origin():
    """Its report is "v1", and stays so."""
    request = yield ReceiveRequest()
    if request.get(b"if-none-match") in (b"*", b'"v1"'):
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
            b"Content-Length: 5\r\n",
            b"\r\n",
            b"hello",
        )


scenario = Scenario(
    lesson="A star stands for any state at all: if there is something, there is nothing to send.",
    guess="A 304, or the report?",
    acts=[
        Act(
            client=Get("/report"),
            upstream=origin,
            expect=[Question("Does the cache keep a copy?", CacheSays("stored"))],
        ),
        Act(
            client=Get("/report", b"If-None-Match: *\r\n"),
            expect=[
                Follows("the client is told that its copy is good, or gets the report",
                        Either(Answers(304), ClientSees(b"hello")), [RFC(9110, "13.1.2"), RFC(9110, "15.4.5")],
                        "nothing has changed"),
                Should("the star makes it a 304", Answers(304), [RFC(9110, "13.1.2"), RFC(9111, "4.3.2")],
                       "there is a report, whatever its name"),
                Follows("the answer is complete", Complete(), RFC(9110, "15.4.5"), "a 304 ends at its empty line"),
                Question("Does the 304 come from the store?", MadeBy("store")),
            ],
        ),
    ],
    reports=[],
    cause="B5",
    level=3,
    needs={"cache"},
)
