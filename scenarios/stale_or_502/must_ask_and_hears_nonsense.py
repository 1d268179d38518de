"""It has to ask, and hears nonsense.

A copy says must-revalidate. The minute is over, the gateway asks, and somebody answers, but not in HTTP. So the origin
was reached, after a fashion: this is not the case of a cache that is cut off. The copy must not be used, for nobody has
validated it. Which error tells the truth?
"""

from lab import *
from lab.expect import CacheSays

OK = Send(
    b"HTTP/1.1 200 OK\r\n",
    NONCE,
    b'ETag: "v1"\r\n',
    b"Cache-Control: max-age=60, must-revalidate\r\n",   # good for a minute, and then for nothing without asking
    b"Content-Length: 5\r\n",
    b"\r\n",
    b"hello",
)
NOT_MODIFIED = Send(
    b"HTTP/1.1 304 Not Modified\r\n",
    NONCE,
    b'ETag: "v1"\r\n',
    b"Cache-Control: max-age=60, must-revalidate\r\n",
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
        b"Segmentation fault (core dumped)\n",
        wrong="this is no answer in HTTP",
        right=answer(request),
    )
    yield Close()


scenario = Scenario(
    lesson="The same copy, another error: unreachable is a 504, an answer that makes no sense is a 502.",
    guess="Again a 504, or a 502 this time?",
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
                MustNot("the copy is used, or called good", MadeBy("store"), RFC(9111, "5.2.2.2"),
                        "must-revalidate: not before the origin has validated it"),
                HONEST,
                Fitting("it is a 502", Answers(502), [RFC(9110, "15.6.3"), RFC(9111, "5.2.2.2")],
                        "the answer is invalid, and that is more to the point than a 504"),
            ],
        ),
    ],
    reports=["http_protocol_error"],
    cause="B14",
    level=2,
    needs=["cache", "clock"],
)
