"""A condition for the origin alone.

The gateway has a fresh copy of a report, named "v1". A client asks for the report only if it is "v2". At the upstream
it is "v2" by now, although the copy is fresh by its own promise. If the gateway judges by its copy, it says 412, and
is wrong. If-Match is for the origin, which knows. What may a cache do with it?
"""

from lab import *
from lab.expect import CacheSays

scenario = Scenario(
    lesson="If-Match is a question about now, and a copy is about then: only the origin can answer it with a 412.",
    guess="A 412, the old report, or the new one?",
    acts=[
        Act(
            client=Get("/report"),
            upstream=[
                ReceiveRequest(),
                Send(
                    b"HTTP/1.1 200 OK\r\n",
                    NONCE,
                    b'ETag: "v1"\r\n',
                    b"Cache-Control: max-age=60\r\n",
                    b"Content-Length: 5\r\n",
                    b"\r\n",
                    b"hello",
                ),
            ],
            expect=[Question("Does the cache keep a copy?", CacheSays("stored"))],
        ),
        Act(
            client=Get("/report", b'If-Match: "v2"\r\n'),
            upstream=[
                ReceiveRequest(),
                Send(
                    b"HTTP/1.1 200 OK\r\n",
                    NONCE,
                    b'ETag: "v2"\r\n',
                    b"Cache-Control: max-age=60\r\n",
                    b"Content-Length: 7\r\n",
                    b"\r\n",
                    b"goodbye",
                ),
            ],
            expect=[
                MustNot("the cache judges the condition by its copy", Answers(412),
                        [RFC(9111, "4.3.2"), RFC(9110, "13.2.2")], "it applies to an origin server only"),
                Follows("the client gets a report", Either(ClientSees(b"hello"), ClientSees(b"goodbye")),
                        [RFC(9110, "13.1.1"), RFC(9111, "4")],
                        "a cache may ignore the condition and use its copy, or pass it on"),
                Question("Is the condition passed on to the origin?", UpstreamSees(b'"v2"')),
            ],
        ),
    ],
    reports=[],
    level=3,
    needs={"cache"},
)
