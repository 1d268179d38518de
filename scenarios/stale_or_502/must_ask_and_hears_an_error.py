"""It has to ask, and the upstream says 503.

A copy says must-revalidate. The minute is over, the gateway asks, and the upstream says in good order that now is not
the time. That is an error of the upstream's own, with a text for whoever reads it. The copy must not be used. Does the
client see this error, or one that the gateway makes up?
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


broken = [
    ReceiveRequest(),
    Send(
        b"HTTP/1.1 503 Service Unavailable\r\n",
        NONCE,
        b"Content-Type: text/plain\r\n",
        b"Content-Length: 10\r\n",
        b"\r\n",
        b"at sea now",
        watch="an error, in a proper answer",
    ),
]


scenario = Scenario(
    lesson="An error that the upstream has written itself says more than any that a gateway could put in its place.",
    guess="Whose error does the client see?",
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
                Question("Does the upstream's own error come through?", Got("relayed")),
            ],
        ),
    ],
    reports=[],
    cause="B14",
    level=2,
    needs=["cache", "clock"],
)
