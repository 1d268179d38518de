"""One 304 after the other.

Both the gateway and the client have a copy of the report, both named "v1", and both too old. The client asks the
gateway: has it changed since "v1"? The gateway does not know, and asks the upstream the same. The upstream says 304 to
the gateway. What does the gateway say to the client, and how much of the report has to travel?
"""

from lab import *
from lab.expect import CacheSays


def origin():
    """Its report is "v1", and stays so."""
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
            b"Cache-Control: max-age=60\r\n",
            b"Content-Length: 5\r\n",
            b"\r\n",
            b"hello",
        )


scenario = Scenario(
    lesson="Two caches in a row ask the same question twice: a 304 on each connection, and the report on neither.",
    guess="How often is the report itself sent in the second round?",
    acts=[
        Act(
            client=Get("/report"),
            upstream=origin,
            expect=[Question("Does the cache keep a copy?", CacheSays("stored"))],
        ),
        Act(
            client=Get("/report", b'If-None-Match: "v1"\r\n'),
            upstream=origin,
            clock=120,
            expect=[
                MustNot("a copy is called good unasked", Asked(0), [RFC(9111, "4.2.4"), RFC(9111, "4")],
                        "it was stale, and nobody has allowed it"),
                Question("Is the upstream asked by the name of the copy?", UpstreamSees(b'"v1"')),
                Should("the client gets a 304, too", Answers(304), [RFC(9111, "4.3.2"), RFC(9110, "15.4.5")],
                       "it was the client who asked first, and the upstream has answered"),
                Follows("the answer is complete", Complete(), RFC(9110, "15.4.5"), "a 304 ends at its empty line"),
                Question("Does the cache say that its copy was stale?", CacheSays("fwd=stale")),
            ],
        ),
    ],
    reports=[],
    needs={"cache", "clock"},
)
