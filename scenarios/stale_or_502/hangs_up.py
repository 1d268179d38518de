"""The upstream hangs up instead of saying 304.

The gateway has a copy that was good for a minute. The minute is over, so it asks the upstream. The upstream takes the
question and closes the connection. The copy came with a permission: in place of an error it may be used for ten minutes
more. There is a copy, there is an error. Which of them does the client see?
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
    yield Close(wrong="asked whether the copy holds, it hangs up", right=answer(request))


scenario = Scenario(
    lesson="A permission for bad times is given in good ones: stale-if-error has to be sent before the error.",
    guess="The client sees a 200, a 304 or a 502?",
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
                Fitting("else it is a 502", Either(Got("stale"), Answers(502)),
                        [RFC(9209, "2.3.8"), RFC(9110, "15.6.3")]),
            ],
        ),
    ],
    reports=["connection_terminated"],
    cause="B11",
    level=1,
    needs=["cache", "clock"],
)
