"""Only a part is asked for, of a copy that is stale.

A client wants the bytes from the second to the fourth. The gateway has the whole report, stale, and the upstream hangs
up when it is asked. In place of an error the copy may be used, and a part of a complete copy can be cut from it. Does
the client get its three bytes, and can it tell that they are old?
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
    yield Close(wrong="it takes the question and hangs up", right=answer(request))


scenario = Scenario(
    lesson="A part may be cut from a complete copy: marked as a part, and as old.",
    guess="206, 200 or 502?",
    acts=[
        Act(
            client=Get("/report"),
            upstream=well,
            clock=0,
            expect=[Question("Does the cache say that it keeps a copy?", CacheSays("stored"))],
        ),
        Act(
            client=Get("/report", b"Range: bytes=1-3\r\n"),
            upstream=broken,
            clock=100,
            expect=[
                HONEST,
                Must("what is only a part says so", Either(Answers(206), Not(ClientSees(b"\nell"))),
                     RFC(9111, "3.3"), "a part is sent as 206, or not at all"),
                Question("Does the client get its three bytes?", Answers(206)),
                Question("Does it get the whole report instead?", ClientSees(b"hello")),
            ],
        ),
    ],
    reports=["connection_terminated"],
    level=3,
    needs=["cache", "clock"],
)
