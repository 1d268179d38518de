"""The client is served, and then the upstream falls apart.

A stale copy may be used while it is asked again, and the client gets it at once. In the background the gateway asks,
and gets no answer that can be used: the connection closes, or breaks, or there is nonsense on it. The client has its
answer by then. Who sees it?
"""

from lab import *
from lab.expect import CacheSays

OK = Send(
    b"HTTP/1.1 200 OK\r\n",
    NONCE,
    b'ETag: "v1"\r\n',
    b"Cache-Control: max-age=60, stale-while-revalidate=600\r\n",   # good for a minute; ten more while it is asked
    b"Content-Length: 5\r\n",
    b"Connection: close\r\n",                                       # the next question needs a new connection
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
    lesson="What breaks in the background is seen in the log alone, until the time for it has run out.",
    guess="Does any client learn that something is wrong?",
    vary={
        "it hangs up": [Close(wrong="it hangs up", right=NOT_MODIFIED)],
        "it breaks off": [Reset(wrong="it breaks off", right=NOT_MODIFIED)],
        "it talks nonsense": [Send(b"Segmentation fault\n", wrong="this is no answer in HTTP", right=NOT_MODIFIED)],
    },
    acts=lambda failure: [
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
                *failure,
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
                MustNot("what went wrong is in the store now", Got("disguised"), RFC(9111, "3.3"),
                        "it was no complete answer"),
                Question("Is the good copy still there?", Either(Got("stale"), UpstreamSees(b'"v1"'))),
            ],
        ),
    ],
    reports=["connection_terminated", "http_protocol_error"],
    cause="B12",
    level=2,
    needs=["cache", "clock"],
)
