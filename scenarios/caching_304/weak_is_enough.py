"""Weak is strong enough.

The upstream names its report W/"v1". The W says: this name is weak, it stays the same when a comma is moved. A client
asks whether it has changed since "v1", without the W, for a program on the way has taken that off. For the question
whether a copy will still do, weak and strong are to be taken for the same. Byte by byte, they are not. Which is it?
"""

from lab import *
from lab.expect import CacheSays


def origin():
    """Its report is W/"v1", and stays so."""
    request = yield ReceiveRequest()
    if b'"v1"' in (request.get(b"if-none-match") or b""):
        yield Send(
            b"HTTP/1.1 304 Not Modified\r\n",
            NONCE,
            b'ETag: W/"v1"\r\n',
            b"Cache-Control: max-age=60\r\n",
            b"\r\n",
        )
    else:
        yield Send(
            b"HTTP/1.1 200 OK\r\n",
            NONCE,
            b'ETag: W/"v1"\r\n',                     # weak: good enough to be used, not the same bytes
            b"Cache-Control: max-age=60\r\n",
            b"Content-Length: 5\r\n",
            b"\r\n",
            b"hello",
        )


scenario = Scenario(
    lesson='To ask whether a copy will do, compare weakly: W/"v1" and "v1" are one name.',
    guess="A 304, or the report once more?",
    acts=[
        Act(
            client=Get("/report"),
            upstream=origin,
            expect=[Question("Does the cache keep a copy?", CacheSays("stored"))],
        ),
        Act(
            client=Get("/report", b'If-None-Match: "v1"\r\n'),
            expect=[
                Follows("the client is told that its copy is good, or gets the report",
                        Either(Answers(304), ClientSees(b"hello")), [RFC(9110, "13.1.2"), RFC(9110, "15.4.5")],
                        "nothing has changed"),
                Should("the two are one name, and it is a 304", Answers(304),
                       [RFC(9110, "13.1.2"), RFC(9110, "8.8.3.2"), RFC(9111, "4.3.2")],
                       "If-None-Match is compared weakly"),
                Follows("the name comes as the upstream has written it", HasField(b'ETag: W/"v1"'),
                        [RFC(9110, "15.4.5"), RFC(9110, "8.8.3")], "it is what the upstream says of its report"),
                Question("Does the 304 come from the store?", MadeBy("store")),
            ],
        ),
    ],
    reports=[],
    cause="B5",
    level=2,
    needs={"cache"},
)
