"""Keep it, but ask each time.

The upstream sends a report and adds no-cache. That does not mean that it may not be kept. It means: keep it, and before
each use ask whether it is still good. The next client comes at once. Is anything gained by a copy that can never be
used without asking?
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
            b"Cache-Control: no-cache\r\n",
            b"\r\n",                            # the question was answered, and nothing had to travel
        )
    else:
        yield Send(
            b"HTTP/1.1 200 OK\r\n",
            NONCE,
            b'ETag: "v1"\r\n',
            b"Cache-Control: no-cache\r\n",     # keep it, and ask before each use
            b"Content-Length: 5\r\n",
            b"\r\n",
            b"hello",
        )


scenario = Scenario(
    lesson="no-cache does not forbid a copy: it demands a question before each use. What is saved is the content.",
    guess="Is the upstream asked once, or twice?",
    acts=[
        Act(
            client=Get("/report"),
            upstream=origin,
            expect=[Question("Does the cache keep a copy?", CacheSays("stored"))],
        ),
        Act(
            client=Get("/report"),
            expect=[
                MustNot("a copy is used unasked", Asked(0), RFC(9111, "5.2.2.4"), "not before it has been validated"),
                Must("a copy is asked for by its name", Either(Not(MadeBy("store")), UpstreamSees(b'"v1"')),
                     RFC(9111, "4.3.1")),
                Follows("the client gets the report", ClientSees(b"hello"), [RFC(9111, "4.3.4"), RFC(9110, "9.3.1")],
                        "it is the copy if that is still good, and the upstream's if there is no copy"),
                Question("Does the content stay where it is, so that only a 304 travels?", MadeBy("store")),
            ],
        ),
    ],
    reports=[],
    needs={"cache"},
)
