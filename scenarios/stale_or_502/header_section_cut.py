"""The answer ends in its third line.

The gateway asks whether its stale copy still holds. The upstream begins: 304, that much can be read. Then the
connection closes in the middle of the ETag. The number is there, and the header section is not. Does that 304 count?
"""

from lab import *
from lab.expect import CacheSays

OK = Send(
    b"HTTP/1.1 200 OK\r\n",
    NONCE,
    b'ETag: "v1"\r\n',
    b"Cache-Control: max-age=60, stale-if-error=600\r\n",   # good for a minute; in place of an error, ten more
    b"Content-Length: 5\r\n",
    b"\r\n",
    b"hello",
)
NOT_MODIFIED = Send(
    b"HTTP/1.1 304 Not Modified\r\n",
    NONCE,
    b'ETag: "v1"\r\n',
    b"Cache-Control: max-age=60, stale-if-error=600\r\n",
    b"\r\n",
)
ASKERS = {"a plain client": (), "a client with a copy": (b'If-None-Match: "v1"\r\n',)}
HONEST = Follows("no success is made up, and the client is not blamed", Not(Got("own", "blamed-client", "disguised")),
                 [RFC(9110, "15.3"), RFC(9110, "15.5")], "the request was in order: the trouble is behind the gateway")


def answer(request):
    """What an upstream says that is in order."""
    return NOT_MODIFIED if b'"v1"' in (request.get(b"if-none-match") or b"") else OK


def well():
    request = yield ReceiveRequest()
    yield answer(request)


def broken():
    request = yield ReceiveRequest()
    yield Send(
        b"HTTP/1.1 304 Not Modified\r\n",
        NONCE,
        b'ETag: "v',   # and no more
        wrong="it is cut in the middle of a field line",
        right=answer(request),
    )
    yield Close()


scenario = Scenario(
    lesson="Half a 304 confirms nothing: an answer counts when its header section is complete.",
    guess="304, 502, or the copy?",
    vary=ASKERS,
    acts=lambda lines: [
        Act(
            client=Get("/report"),
            upstream=well,
            clock=0,
            expect=[Question("Does the cache say that it keeps a copy?", CacheSays("stored"))],
        ),
        Act(
            client=Get("/report", *lines),
            upstream=broken,
            clock=100,
            expect=[
                HONEST,
                Question("Is the client spared the error?", Got("stale")),
                Question("Is a copy called good that nobody has confirmed?", Answers(304)),
                Follows("the copy is not taken for validated", Not(Got("stored")), [RFC(9112, "8"), RFC(9111, "4.3.4")],
                        "the header section ended in the middle: which copy it speaks of was never said"),
            ],
        ),
    ],
    reports=["http_response_incomplete", "connection_terminated"],
    cause="A4",
    level=2,
    needs=["cache", "clock"],
)
