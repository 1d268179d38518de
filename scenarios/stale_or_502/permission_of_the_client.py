"""The client brings the permission.

The report's author has said nothing about bad times. But a client may say for itself that it would rather have an old
report than none: if there is an error, up to ten minutes past its time will do. Another client asks without a word of
it. The upstream hangs up on both. Does the wish count?
"""

from lab import *
from lab.expect import CacheSays

OK = Send(
    b"HTTP/1.1 200 OK\r\n",
    NONCE,
    b'ETag: "v1"\r\n',
    b"Cache-Control: max-age=60\r\n",   # good for a minute, and nothing said of later
    b"Content-Length: 5\r\n",
    b"\r\n",
    b"hello",
)
NOT_MODIFIED = Send(
    b"HTTP/1.1 304 Not Modified\r\n",
    NONCE,
    b'ETag: "v1"\r\n',
    b"Cache-Control: max-age=60\r\n",
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
    yield Close(wrong="asked whether the copy holds, it hangs up", right=answer(request))


scenario = Scenario(
    lesson="Who can live with an old answer may say so: stale-if-error stands in requests, too.",
    guess="Who gets the old report?",
    vary={
        "it says nothing": (),
        "it takes what is stale": (b"Cache-Control: stale-if-error=600\r\n",),
        "not if it is so old": (b"Cache-Control: stale-if-error=10\r\n",),
    },
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
                Question("Does the client get the old report?", Got("stale")),
                Question("Is it a 502?", Answers(502)),
            ],
        ),
    ],
    reports=["connection_terminated"],
    cause="B11",
    level=2,
    needs=["cache", "clock"],
)
