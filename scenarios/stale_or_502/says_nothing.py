"""The upstream says nothing at all.

The gateway asks whether its stale copy still holds. The upstream takes the question, keeps the connection open and is
silent. So there is no error yet: there is only time that goes by. In place of an error the copy may be used. When is
silence an error?
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
    yield Stall(wrong="asked whether the copy holds, it says nothing", right=answer(request))


scenario = Scenario(
    lesson="Silence becomes an error only by a clock: until it strikes, the client waits, though a copy is at hand.",
    guess="What does the client get, and how long does it wait for it?",
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
                Fitting("else it is a 504", Either(Got("stale", "hung"), Answers(504)),
                        [RFC(9209, "2.3.10"), RFC(9110, "15.6.5")]),
            ],
        ),
    ],
    reports=["connection_read_timeout", "http_response_timeout"],
    cause="B11",
    level=1,
    needs=["cache", "clock"],
)
