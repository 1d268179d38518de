"""The client is served, and then the upstream says 500.

The copy is stale, but it allows something pleasant: use me while you ask again. So the client gets the copy at once,
and the gateway asks the upstream in the background. The answer is an error, and nobody is left to pass it on to. Only
the store is there. What is in it when the next client comes?
"""

from lab import *
from lab.expect import CacheSays

OK = Send(
    b"HTTP/1.1 200 OK\r\n",
    NONCE,
    b'ETag: "v1"\r\n',
    b"Cache-Control: max-age=60, stale-while-revalidate=600\r\n",   # good for a minute; ten more while it is asked
    b"Content-Length: 5\r\n",
    b"\r\n",
    b"hello",
)
NOT_MODIFIED = Send(
    b"HTTP/1.1 304 Not Modified\r\n",
    NONCE,
    b'ETag: "v1"\r\n',
    b"Cache-Control: max-age=60, stale-while-revalidate=600\r\n",
    b"\r\n",
)


def answer(request):
    """What an upstream says that is in order."""
    return NOT_MODIFIED if b'"v1"' in (request.get(b"if-none-match") or b"") else OK


def well():
    request = yield ReceiveRequest()
    yield answer(request)


scenario = Scenario(
    lesson="An error in the background is nobody's answer: it must leave the good copy where it is.",
    guess="Does the next client get the report, or the error?",
    vary={
        "500": b"HTTP/1.1 500 Internal Server Error\r\n",
        "502": b"HTTP/1.1 502 Bad Gateway\r\n",
        "503": b"HTTP/1.1 503 Service Unavailable\r\n",
        "504": b"HTTP/1.1 504 Gateway Timeout\r\n",
    },
    acts=lambda status_line: [
        Act(
            client=Get("/report"),
            upstream=well,
            clock=0,
            expect=[Question("Does the cache say that it keeps a copy?", CacheSays("stored"))],
        ),
        Act(
            client=Get("/report"),
            upstream=[
                ReceiveRequest(),
                Until(ClientSees(b"hello")),   # the client has its answer before the upstream gives one
                Send(
                    status_line,
                    NONCE,
                    b"Content-Length: 5\r\n",
                    b"\r\n",
                    b"sorry",
                    watch="an error, when the client has long been served",
                ),
            ],
            until=UpstreamSees(),
            clock=100,
            expect=[
                Question("Does the client get the copy at once?", Got("stale")),
                Question("Is the upstream asked behind its back?", Asked(1)),
            ],
        ),
        Act(
            client=Get("/report"),
            upstream=well,
            until=UpstreamSees(),
            clock=110,
            expect=[
                MustNot("what went wrong is in the store now", Either(Got("disguised"), ClientSees(b"sorry")),
                        [RFC(9111, "3"), RFC(9110, "15.1")], "nothing in it allows it to be kept"),
                Question("Is the good copy still there?", Either(Got("stale"), UpstreamSees(b'"v1"'))),
            ],
        ),
    ],
    reports=[],
    cause="B12",
    level=1,
    needs=["cache", "clock"],
)
