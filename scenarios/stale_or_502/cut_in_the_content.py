"""Half a new report arrives.

The gateway has a complete copy of a report, no longer fresh. It asks, and the upstream has a new one: 20 bytes, it
says, and sends four. Then it closes. Now there is an old report, complete, and a new one in a fragment. Which does this
client get? And which is in the store when the upstream is well again?
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
    yield ReceiveRequest()
    yield Send(
        b"HTTP/1.1 200 OK\r\n",
        NONCE,
        b'ETag: "v2"\r\n',
        b"Cache-Control: max-age=60\r\n",
        b"Content-Length: 20\r\n",   # the promise
        b"\r\n",
        b"good",                     # 4 of 20
    )
    yield Close(wrong="16 bytes are missing", right=Send(b"bye, until later"))


scenario = Scenario(
    lesson="A complete old copy is worth more than half a new one: replace it only by what is complete.",
    guess="What does the next client get: the old report, a fragment, or an error?",
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
                Follows("the fragment never looks complete", Not(Disguised()), [RFC(9112, "6.3(6)"), RFC(9112, "8")],
                        "16 bytes are missing"),
                Question("Does the client get the old report instead?", Got("stale")),
            ],
        ),
        Act(
            client=Get("/report"),
            upstream=well,
            clock=200,
            expect=[
                Must("the fragment is not used", Not(Either(Got("disguised"), ClientSees(b"good"))),
                     [RFC(9111, "3.3"), RFC(9112, "8")], "it was incomplete, and never made complete"),
                Question("Does the cache still have the good copy, and ask by its name?", UpstreamSees(b'"v1"')),
            ],
        ),
    ],
    reports=["http_response_incomplete", "connection_terminated"],
    cause="A25",
    level=1,
    needs=["cache", "clock"],
)
