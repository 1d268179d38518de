"""The client is served, and half a new report arrives.

A stale copy may be used while it is asked again, and the client gets it at once. In the background the upstream sends a
new report: 20 bytes, it says, and sends four. Then the connection ends. Nobody waits for these bytes but the store. Is
there a good old copy in it afterwards, or a piece of a new one?
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
    lesson="A store that takes a fragment in the background hands it on later, with nothing to show that it broke.",
    guess="Four bytes, five bytes, or an error: what does the next client get?",
    vary={
        "it hangs up": Close(wrong="16 bytes are missing", right=Send(b"bye, until later")),
        "it breaks off": Reset(wrong="16 bytes are missing", right=Send(b"bye, until later")),
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
                Send(
                    b"HTTP/1.1 200 OK\r\n",
                    NONCE,
                    b'ETag: "v2"\r\n',
                    b"Cache-Control: max-age=60\r\n",
                    b"Content-Length: 20\r\n",
                    b"\r\n",
                    b"good",
                ),
                failure,
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
                MustNot("what went wrong is in the store now", Either(Got("disguised"), ClientSees(b"good")),
                        [RFC(9111, "3.3"), RFC(9112, "8")], "it was incomplete, and never made complete"),
                Question("Is the good copy still there?", Either(Got("stale"), UpstreamSees(b'"v1"'))),
            ],
        ),
    ],
    reports=["http_response_incomplete", "connection_terminated"],
    cause="B12",
    level=2,
    needs=["cache", "clock"],
)
